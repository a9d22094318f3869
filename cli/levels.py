"""The command `level`. Knows texts and figures, not how they are measured."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from cli.edge import MISUSE, command, complain
from cli.output import print_json
from cli.searching import Json
from corpus.cleaning import clean
from corpus.decoding import decode
from corpus.language import READER_LANGUAGES, detect_language, language_confidence
from corpus.reading import SUFFIXES, read_file
from corpus.sentences import split_sentences
from corpus.types import Article
from rag.reading_level import LEAST_FOR_A_LEVEL, LEAST_WORDS, measure
from rag.types import Readability
from rag.words.word_splitting import split_words

_LEAST_LATIN = 0.5  # of the letters; below it the text is in none of the five languages
_SAMPLE = 40  # sentences, from all over the text
_SLICES, _SLICE = 20, 2000  # parts and characters of a long text that are looked at
_TELLING = 40  # characters: shorter sentences do not tell their language
_OTHER_LANGUAGE = 0.2  # confidence; a sentence below it is in another language
_MIXED = 0.2  # of the sentences
_NOTES = {
    "short": f"The text has fewer than {LEAST_WORDS} words: its figures are unstable.",
    "language_doubtful": "Many words are not of this language: the figures may mean nothing.",
    "language_mixed": "Parts of the text are in other languages: the figures may mean nothing.",
    "language_guessed": "The language was guessed from a few words: name it with --language.",
}


@command
def level(
    text: Annotated[str, typer.Argument(help="A text, a file, or - for standard input.", metavar="TEXT|FILE")],
    language: Annotated[
        str | None, typer.Option(help="The text's language: fr, en, it, es, de. Else detected.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell how hard a text is to read, and whom it fits.

    Examples: `actuclair level "Le robot chante." --language fr`, `actuclair level article.md --json`
    """
    if language is not None and language not in READER_LANGUAGES:
        _refuse(f"The language '{language}' is not one of {', '.join(READER_LANGUAGES)}.")
    read, its_language = _read(text)
    if not split_words(read, "en"):
        _refuse(f"There are no words in the text. Give a text in one of {', '.join(READER_LANGUAGES)}.")
    spoken = language or its_language or _detect(read)
    doubts = ["language_mixed"] if _is_mixed(read, spoken) else []
    if not (language or its_language) and len(split_words(read, spoken)) < LEAST_FOR_A_LEVEL:
        doubts.append("language_guessed")
    figures = level_json(measure(read, spoken), spoken, doubts)
    print_json(figures) if json else _print(figures)


def level_json(measured: Readability, language: str, doubts: Sequence[str] = ()) -> dict[str, Any]:
    """The figures as other programs read them; `reliable` and `notes` tell what they are worth.

    `doubts` are about the language: a text in several has no level.
    """
    notes = [*measured.notes, *doubts]
    level = None if "language_mixed" in doubts else measured.level
    return {
        "language": language,
        "level": level.value if level else None,
        "difficulty": round(measured.difficulty, 1),
        "words_per_sentence": round(measured.words_per_sentence, 2),
        "longest_sentence": measured.longest_sentence,
        "rare_words": round(measured.rare_words, 4),
        "formulas": {name: round(value, 2) for name, value in measured.formulas.items()},
        "margin": round(measured.margin, 1),
        "reliable": not notes,
        "notes": [_NOTES.get(note, note) for note in notes],
    }


def _read(text: str) -> tuple[str, str]:
    """The text that is meant, and its language where its file tells it."""
    if text == "-":
        return clean(sys.stdin.buffer.read().decode("utf-8", "replace")), ""
    if not _is_file(text):
        if " " not in text and Path(text).suffix.lower() in SUFFIXES:
            _refuse(f"There is no file '{text}'.")
        return clean(text), ""
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES or path.suffix.lower() == ".txt":  # plain text is measured as it is
        return clean(_decoded(path)), ""
    found = list(read_file(path))
    if len(found) != 1:
        _refuse(f"The file '{text}' holds {len(found)} texts. Give a file with one.")
    if not isinstance(found[0], Article):
        _refuse(f"The file '{text}' cannot be measured: {found[0].reason}")
    article = found[0]
    return article.text[: article.comments_start] or article.text, article.language


def _decoded(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except (OSError, ValueError) as error:
        _refuse(f"The file '{path}' cannot be read: {error}.")


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or holds a zero byte
        return False


def _detect(text: str) -> str:
    letters = [character for character in text[:5000] if character.isalpha()]
    if sum(character < "ɐ" for character in letters) < _LEAST_LATIN * len(letters):
        _refuse(f"The text is in none of {', '.join(READER_LANGUAGES)}. Only those can be measured.")
    found = detect_language(text)
    if found not in READER_LANGUAGES:
        _refuse(
            f"The text seems to be in '{found}', which cannot be measured. If it is in one of "
            f"{', '.join(READER_LANGUAGES)}, name it with --language."
        )
    return found


def _is_mixed(text: str, language: str) -> bool:
    """Whether many sentences, of a sample, are in another of the readers' languages."""
    step = max(_SLICE, len(text) // _SLICES)
    slices = [text[start : start + _SLICE] for start in range(0, len(text), step)]
    sentences = [s.text for part in slices for s in split_sentences(part, language) if len(s.text) >= _TELLING]
    sample = sentences[:: max(1, len(sentences) // _SAMPLE)]
    others = sum(language_confidence(sentence, language) < _OTHER_LANGUAGE for sentence in sample)
    return others > _MIXED * len(sample)


def _refuse(message: str) -> NoReturn:
    complain(message)
    raise typer.Exit(MISUSE)


def _print(figures: dict[str, Any]) -> None:
    worth = f"difficulty {figures['difficulty']} ± {figures['margin']}"
    typer.echo(f"{figures['level'] or 'no level'} ({figures['language']}, {worth})")
    typer.echo(
        f"{figures['words_per_sentence']} words a sentence, the longest {figures['longest_sentence']}; "
        f"{100 * figures['rare_words']:.0f} % rare words"
    )
    typer.echo(", ".join(f"{name} {value}" for name, value in figures["formulas"].items()))
    for note in figures["notes"]:
        typer.echo(note)
