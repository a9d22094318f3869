"""How the check of sentences is measured: what counts as wrong, as found, and how sure a figure is."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Kind
from evals.detection import Detection, Judged, detect, render
from evals.grounding import CLAIMS, Claim, judge, outside_claims, own_claims
from rag.checking.attribution import Checked
from rag.types import Evidence, Question


def judged(kind: str, refused: bool, language: str = "it", abroad: bool = False) -> Judged:
    return Judged("prova", language, kind, abroad, refused, (), "Il robot canta.")


def test_detect_counts_wrong_and_right_sentences_by_language_and_kind():
    figures = detect(
        [judged("number", True), judged("negated", False), judged("supported", True, "es"), judged("supported", False)]
    )

    assert figures["prova"]["all"] == Detection(found=1, missed=1, false_alarms=1, kept=1)
    assert figures["prova"]["it"] == Detection(1, 1, 0, 1)
    assert figures["prova: number"]["it"] == Detection(1, 0, 0, 0)
    assert figures["prova, articles in its language"]["es"] == Detection(0, 0, 1, 0)


def test_detection_tells_precision_recall_and_f1_with_intervals():
    detection = Detection(found=30, missed=10, false_alarms=10, kept=50)

    low, high = detection.f1_interval
    assert (detection.precision.percent, detection.recall.percent, detection.f1) == (75, 75, 75)
    assert detection.right_kept.percent == pytest.approx(100 * 50 / 60)
    assert 60 < low < 70 < 80 < high < 90
    assert Detection(0, 0, 0, 0).f1_interval == (0, 100)


def test_render_shows_the_difference_from_the_baseline_of_the_same_sentences():
    figures = detect([judged("number", True), judged("number", True)])

    table = render(figures, ["it", "de"], {"prova": {"it": [1, 1, 0, 0], "all": [1, 0, 0, 0]}})

    recall = next(line for line in table.splitlines() if line.startswith("| prova | recall"))
    assert recall == "| prova | recall | 100 % (34–100, n=2) +50 | – | 100 % (34–100, n=2) |"


def test_sentence_that_overlaps_an_unsupported_span_is_wrong(tmp_path: Path):
    path = tmp_path / "hallucination.jsonl"
    lines = [
        {
            "id": "a",
            "lang": "fr",
            "context": "Où est-ce ? La ville est Vienne. Elle compte 9 parcs.",
            "response": "La ville est Vienne. Elle compte 9 parcs et 3 lacs.",
            "unsupported": ["et 3 lacs"],
        },
        {"id": "b", "lang": "de", "context": None, "response": "Wien ist schön.", "unsupported": []},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    claims = list(outside_claims(path))

    assert [(claim.set, claim.kind, claim.question.text, len(claim.evidence)) for claim in claims] == [
        ("outside", "supported", "Où est-ce ?", 2),
        ("outside", "wrong", "Où est-ce ?", 2),
        ("outside, without a text", "supported", "", 0),
    ]


@pytest.mark.parametrize("fact", [0, 1])
def test_what_comments_prove_even_in_part_is_refused(fact: int):
    claim = next(claim for claim in own_claims() if claim.kind == "comment")
    facts = [replace(item, kind=Kind.NEWS) for item in claim.evidence[:fact]]
    claim = replace(claim, evidence=(*facts, *claim.evidence[fact:]))

    def proved_by_all(text: str, question: Question, evidence: tuple[Evidence, ...]) -> Checked:
        return Checked(tuple(item.number for item in evidence), (), evidence[0], 1.0)

    (found,) = judge([claim], proved_by_all)

    assert (found.refused, found.reasons) == (True, ("readers' comments say so",))


def test_own_claims_are_of_every_kind_in_both_halves_and_half_across_languages():
    claims: list[Claim] = list(own_claims())
    kinds = Counter((claim.set, claim.kind) for claim in claims)
    abroad = sum(claim.evidence[0].article.language != claim.question.language for claim in claims)

    assert len(claims) >= 100
    assert min(kinds.values()) >= 5
    assert len({kind for _, kind in kinds}) == 9
    assert {claim.question.language for claim in claims} == {"fr", "en", "it", "es", "de"}
    assert 0.45 < abroad / len(claims) < 0.55


def test_no_article_is_both_tuned_and_tested_on():
    halves: dict[str, set[str]] = {"tune": set(), "test": set()}
    for line in map(json.loads, CLAIMS.read_text(encoding="utf-8").splitlines()):
        halves[line["split"]].add(line["article"])

    assert halves["tune"].isdisjoint(halves["test"])
