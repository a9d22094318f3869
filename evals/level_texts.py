"""Texts whose reading level is known, in pieces of about the length of an answer. Knows where they are."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.language import READER_LANGUAGES
from corpus.lines import is_heading
from corpus.reading import read_source
from corpus.sentences import split_sentences
from corpus.types import Article, Kind
from rag.types import ReadingLevel
from rag.words.word_splitting import split_words

_REPOSITORY = Path(__file__).resolve().parent.parent
PIECE = 45  # words: pieces are whole sentences that have at least so many
_LEAST_PARAGRAPH = 40  # words
_CHILDREN = "000"  # the seed document that is from a magazine for children of 8 to 12; the others are for adults
LEVELS = tuple(ReadingLevel)
STEPS = ("ele", "int", "adv")  # of OneStop, easiest first


@dataclass(frozen=True)
class KnownText:
    """A text of a known level. `rank` rises with difficulty among texts of one `story`, which have one language."""

    name: str
    source: str
    language: str
    story: str
    rank: int
    level: ReadingLevel | None
    text: str


def articles(folder: Path, source: str) -> Iterator[KnownText]:
    """The news articles and opinions of a folder; what readers say in comments was not written for anybody's level."""
    for article in read_source(folder):
        if isinstance(article, Article) and article.kind is not Kind.COMMENTS:
            level = ReadingLevel(article.audience.value)
            if source == "seeds" and article.id.startswith(_CHILDREN):
                level = ReadingLevel.TWEEN
            text = _body(article.text[: article.comments_start], article.language)
            yield KnownText(article.id, source, article.language, source, LEVELS.index(level), level, text)


def written(path: Path = _REPOSITORY / "evals" / "level_texts.jsonl") -> Iterator[KnownText]:
    """The stories written at four levels for calibrating."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        level = ReadingLevel(entry["level"])
        name = f"{entry['story']}-{entry['language']}-{level}"
        yield KnownText(name, "written", entry["language"], entry["story"], LEVELS.index(level), level, entry["text"])


def onestop(data: Path) -> Iterator[KnownText]:
    """News stories at three levels of English for learners; only the hardest is ordinary writing, for adults."""
    for line in (data / "onestop.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        for rank, step in enumerate(STEPS):
            level = ReadingLevel.ADULT if step == "adv" else None
            text = _body(entry[step], "en")
            yield KnownText(f"{entry['id']}-{step}", "onestop", "en", entry["id"], rank, level, text)


def encyclopedia(data: Path) -> dict[str, list[str]]:
    """Paragraphs of Wikipedia for each language: the ordinary writing for adults that difficulty is told against."""
    found: dict[str, list[str]] = {language: [] for language in READER_LANGUAGES}
    for name in ("xquad_articles", "piaf_articles"):
        for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found[entry["language"]].append(entry["text"])
    for line in (data / "answerability.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        found[entry["lang"]] += entry["passages"]
    return {
        language: [text for text in dict.fromkeys(texts) if len(split_words(text, language)) >= _LEAST_PARAGRAPH]
        for language, texts in found.items()
    }


def pieces(text: KnownText, words: int = PIECE) -> list[str]:
    """The text in pieces of whole sentences, in order, each of at least so many words; a rest is left out.

    A text that is shorter is one piece.
    """
    found: list[str] = []
    open_piece: list[str] = []
    for sentence in split_sentences(text.text, text.language):
        open_piece.append(sentence.text)
        if _words(open_piece, text.language) >= words:
            found.append("\n".join(open_piece))
            open_piece = []
    return found or [text.text]


def _words(sentences: Sequence[str], language: str) -> int:
    return sum(len(split_words(sentence, language)) for sentence in sentences)


def _body(text: str, language: str) -> str:
    """The sentences without headings."""
    kept = [sentence.text for sentence in split_sentences(text, language) if not is_heading(sentence.text)]
    return "\n".join(kept)
