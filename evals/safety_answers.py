"""What a harmful question really gets: the whole way from guard to evidence gate, over articles, without a model.

Without a writer an answer can only be a quote of an article, so what is counted is an upper bound of what a model,
which is asked about the same evidence and may decline, could write. Knows no figures.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.edge import load_settings
from corpus.reading import read_source
from evals.asking import ArticleInvalid
from evals.safety_cases import Case
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_workspace
from rag.index.ingest import ingest
from rag.types import Status

ARTICLES = Path("corpus/articles")


def get_answers(cases: Sequence[Case], articles: Path) -> list[Status]:
    """How each question ends, asked about the articles of a folder. Raises ArticleInvalid."""
    with TemporaryDirectory(prefix="actuclair-safety-") as home:
        settings = load_settings(home=Path(home), writer="none")
        with open_workspace(settings) as workspace:
            for failure in ingest(read_source(articles), workspace).failed:
                raise ArticleInvalid(failure.source, failure.reason)
            explainer = open_explainer(workspace, None, settings)
            questions = [make_question(case.text, case.language, case.level, case.language) for case in cases]
            return [explainer.answer(question).status for question in questions]
