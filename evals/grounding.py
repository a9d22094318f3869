"""Does the check of sentences tell what articles support? `python -m evals.grounding --help`.

Asks no language model. Two sets: sentences of our own about the demo articles, and answers to texts from outside, which
are read through `--data` and left out, with a word, when they are not there.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.progress import track

from cli.edge import command, console, load_settings
from corpus.language import READER_LANGUAGES
from corpus.passages import split_passages
from corpus.reading import read_source
from corpus.sentences import split_sentences
from corpus.statements import statements
from corpus.types import Article, Kind
from evals.detection import Detection, Judged, detect, render
from rag.assembly import open_attribution, open_embedder
from rag.checking.attribution import Attribution, Checked
from rag.checking.grounding import RULES
from rag.models.embedder import Embedder
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Evidence, Question

BASELINE = Path(__file__).with_name("grounding_baseline.json")
CLAIMS = Path(__file__).with_name("claims.jsonl")
ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
_OUTSIDE = "hallucination.jsonl"
_SUPPORTED = "supported"
_COMMENTS_PROVE_IT = "readers' comments say so"
Check = Callable[[str, Question, Sequence[Evidence]], Checked]


@dataclass(frozen=True)
class Claim:
    """A sentence with the question it answers, what it may be proved by, and whether it is right ('supported')."""

    set: str
    text: str
    question: Question
    evidence: tuple[Evidence, ...]
    kind: str


class EmbeddedOnce:
    """Embeds each text once, however often it is checked: rule by rule that is minutes."""

    def __init__(self, embedder: Embedder):
        self.name = embedder.name
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}

    def embed_query(self, text: str) -> np.ndarray:
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= zip(new, self._embedder.embed_passages(new), strict=True)
        return np.stack([self._known[text] for text in texts])


def own_claims(path: Path = CLAIMS) -> Iterator[Claim]:
    """Our own sentences about the demo articles; the whole article may prove them."""
    for line in _lines(path):
        question = Question(line["question"], line["language"])
        evidence = _evidence(_article(line["article"]))
        yield Claim(f"own {line['split']}", line["text"], question, evidence, line["kind"])


def outside_claims(path: Path) -> Iterator[Claim]:
    """The sentences of answers, wrong when they overlap a span that the text does not support.

    The questions at the head of a text are what was asked. Most answers came without a text: nothing can prove them.
    """
    for line in _lines(path):
        language, context = line["lang"], line["context"] or ""
        asked = [sentence.text for sentence in split_sentences(context, language) if sentence.text.endswith("?")]
        question = Question(" ".join(asked), language)
        article = Article(id=line["id"], title="", text=context, language=language, source="")
        spans = [
            (start, start + len(span)) for span in line["unsupported"] for start in _places(span, line["response"])
        ]
        name = "outside" if context else "outside, without a text"
        for sentence in split_sentences(line["response"], language):
            wrong = any(start < sentence.end and sentence.start < end for start, end in spans)
            yield Claim(name, sentence.text, question, _evidence(article), "wrong" if wrong else _SUPPORTED)


def judge(claims: Iterable[Claim], check: Check) -> Iterator[Judged]:
    """What the check says of each claim. What comments prove, even in part, is refused: they would be quoted."""
    for claim in claims:
        checked = check(claim.text, claim.question, claim.evidence)
        proof = [item for item in claim.evidence if item.number in checked.numbers]
        reasons = checked.reasons
        if any(item.kind is Kind.COMMENTS for item in proof):
            reasons = (_COMMENTS_PROVE_IT,)
        abroad = any(item.article.language != claim.question.language for item in claim.evidence)
        yield Judged(claim.set, claim.question.language, claim.kind, abroad, bool(reasons), reasons, claim.text)


def _evidence(article: Article) -> tuple[Evidence, ...]:
    found = [(passage, sentence) for passage in split_passages(article) for sentence in statements(passage, article)]
    return tuple(
        Evidence(number, sentence.text, sentence.start, sentence.end, article, passage.kind, 0.0)
        for number, (passage, sentence) in enumerate(found, start=1)
    )


@cache
def _article(name: str) -> Article:
    """Example: 'fr/clip-sora-opinion' -> the article of that file"""
    return next(found for found in read_source(ARTICLES / f"{name}.md") if isinstance(found, Article))


def _places(span: str, text: str) -> Iterator[int]:
    start = text.find(span)
    while span and start >= 0:
        yield start
        start = text.find(span, start + 1)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def rule_by_rule(claims: Sequence[Claim], vectors: SentenceVectors) -> str:
    """What each rule of the check refuses that no other does: wrong sentences (good), and right ones (bad)."""
    whole = _refused(claims, Attribution(vectors))
    lines = ["| rule | " + " | ".join(f"{name}: wrong, right" for name in _sets(claims)) + " |"]
    lines.append("|---|" + "---|" * len(_sets(claims)))
    for left_out in RULES:
        others = {name: rule for name, rule in RULES.items() if name != left_out}
        only = whole - _refused(claims, Attribution(vectors, rules=others))
        counts = Counter((claims[place].set, claims[place].kind == _SUPPORTED) for place in only)
        lines.append(
            f"| {left_out} | " + " | ".join(f"{counts[s, False]}, {counts[s, True]}" for s in _sets(claims)) + " |"
        )
    return "\n".join(lines)


def _refused(claims: Sequence[Claim], attribution: Attribution) -> set[int]:
    return {place for place, judged in enumerate(judge(claims, attribution.check)) if judged.refused}


def _sets(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.set for claim in claims))


@command
def main(
    data: Annotated[Path, typer.Option(help="The folder of the set outside the project.")] = Path("../shared/evals"),
    show: Annotated[str, typer.Option(help="Print the mistakes in a set, such as `own tune`.")] = "",
    rules: Annotated[bool, typer.Option("--rules", help="Count what each rule alone refuses.")] = False,
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
) -> None:
    """Check every sentence of the sets and print how well unsupported ones are found, by language."""
    claims = list(own_claims())
    if (data / _OUTSIDE).exists():
        claims += outside_claims(data / _OUTSIDE)
    else:
        typer.echo(f"Left out: there is no '{data / _OUTSIDE}'. Name its folder with --data.")
    settings = load_settings()
    vectors = SentenceVectors(EmbeddedOnce(open_embedder(settings)))
    judged = list(track(judge(claims, Attribution(vectors).check), "Checking", len(claims), console=console))
    figures = detect(judged)
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    typer.echo(render(figures, READER_LANGUAGES, baseline))
    if settings.checker:
        with_model = list(judge(claims, open_attribution(vectors, settings).check))
        typer.echo(f"With '{settings.checker}':\n\n{render(detect(with_model), READER_LANGUAGES, {})}")
    else:
        typer.echo("With an entailment model: not measured, for ACTUCLAIR_CHECKER names none.")
    if rules:
        typer.echo(rule_by_rule([claim for claim in claims if claim.set.startswith("own")], vectors))
    for entry in judged:
        if entry.set == show and entry.refused == (entry.kind == _SUPPORTED):
            typer.echo(f"{entry.kind} [{entry.language}] {entry.text} {'; '.join(entry.reasons)}")
    if write:
        _keep(figures)


def _keep(figures: Mapping[str, Mapping[str, Detection]]) -> None:
    kept = {name: {language: detection.counts for language, detection in row.items()} for name, row in figures.items()}
    BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"Written: {BASELINE}")


if __name__ == "__main__":
    typer.run(main)
