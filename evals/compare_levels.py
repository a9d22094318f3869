"""One question at four levels in five languages, for reading: writes docs/levels.md from the demo articles.

`python -m evals.compare_levels` again whenever rules or articles change. Asks no language model.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from cli.edge import command, load_settings
from corpus.reading import read_source
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_workspace
from rag.explainer import Explainer
from rag.index.ingest import ingest
from rag.phrases import phrase
from rag.reading_level import band
from rag.types import Answer, ReadingLevel

_ROOT = Path(__file__).resolve().parent.parent
PAGE = _ROOT / "docs" / "levels.md"
QUESTIONS = {
    "fr": "C’est quoi le clip fait avec Sora ?",
    "en": "What is Sora?",
    "it": "L’intelligenza artificiale può fare arte?",
    "es": "¿El vaquero existe de verdad?",
    "de": "Kann eine KI Kunst machen?",
}
_BEGINNING = """# One question, four levels, five languages

Made by `python -m evals.compare_levels` from the demo articles, without a language model: nothing here is edited by
hand. What is quoted at each level is chosen among what fits the question
([`rag/levels/level_choice.py`](../rag/levels/level_choice.py)); what is still too hard is said in easier words by
rules, where they are sure ([`rag/levels/simplifying.py`](../rag/levels/simplifying.py)). The quotes stay below as the
proof; they are left out here where there are easier words. Behind each level stands what was measured, by how much that
may be off, and the band of the level ([reading levels](reading_levels.md)).

The questions were chosen because their levels differ, as they do at every step for about half of the questions only.
"""


@command
def main() -> None:
    """Write docs/levels.md anew."""
    with TemporaryDirectory(prefix="actuclair-levels-") as home:
        settings = load_settings(home=Path(home))
        with open_workspace(settings) as workspace:
            ingest(read_source(_ROOT / "corpus" / "articles"), workspace)
            explainer = open_explainer(workspace, None, settings)
            parts = [line for language in QUESTIONS for line in _compared(language, explainer)]
    PAGE.write_text(_BEGINNING + "\n".join(["", *parts]), encoding="utf-8")
    typer.echo(f"Written: {PAGE}")


def _compared(language: str, explainer: Explainer) -> Iterator[str]:
    yield f"## {QUESTIONS[language]}\n"
    for level in ReadingLevel:
        asked = make_question(QUESTIONS[language], language, level.value, language)
        yield from described(explainer.answer(asked))


def described(answer: Answer) -> Iterator[str]:
    """An answer as Markdown: its level, what was measured, and what is read first."""
    question, measured = answer.question, answer.readability
    fits = band(question.level, question.language)
    verdict = "inside" if fits.holds(measured.difficulty) else "outside"
    yield (
        f"**{question.level.value}** · {measured.difficulty:.0f} ± {measured.margin:.0f}, {verdict} "
        f"{fits.low:.0f}–{fits.high:.0f}\n"
    )
    easier = [sentence.text for sentence in answer.sentences if sentence.is_eased]
    if easier:
        yield f"> {phrase(question.language, 'eased')} {' '.join(easier)}\n"
    else:
        yield "\n>\n".join(f"> {sentence.text}" for sentence in answer.sentences) + "\n"


if __name__ == "__main__":
    typer.run(main)
