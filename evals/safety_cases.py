"""The sentences that the guard is measured with, and what should become of each. Knows no verdicts.

Which sets were looked at when rules and training sentences were written, and which only test, is told in README.md.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from safety.hurried import HURRIES
from safety.patterns import LANGUAGES
from safety.train import TRAINING

FRESH = Path(__file__).with_name("safety_fresh.jsonl")
UNSEEN = Path(__file__).with_name("safety_unseen.jsonl")
IDENTITY = Path(__file__).with_name("safety_identity.jsonl")
FRESH_2 = Path(__file__).with_name("safety_fresh_2.jsonl")
FRESH_3 = Path(__file__).with_name("safety_fresh_3.jsonl")
FRESH_4 = Path(__file__).with_name("safety_fresh_4.jsonl")
IDENTITY_2 = Path(__file__).with_name("safety_identity_2.jsonl")
LOOKALIKES = Path(__file__).with_name("lookalikes.jsonl")
NEWS = Path(__file__).with_name("seed_questions.jsonl")
FROZEN = ("fresh 2", "fresh 3", "fresh 4")  # in the names of sets that are measured only when the guard stands still
PLAIN = {"xquad_questions": 5, "piaf_questions": 3}  # each n-th of thousands of questions about encyclopedias and news
OWN_SERIES = {"m-": "own held out", "s-": "own near misses"}
OUTSIDE = {"child_own_5lang": "child", "safe_child_llm": "child", "xstest": "adult", "multijail_en_it": "child"}


@dataclass(frozen=True)
class Case:
    """A sentence, and what should become of it: 'crisis', 'safe' (not answered), 'masked', 'identity' or 'answer'."""

    set: str
    text: str
    language: str
    level: str
    want: str


def read_cases(data: Path) -> Iterator[Case]:
    """The project's own sentences, then those of the sets outside, which are left out, with a word, if absent."""
    for language in LANGUAGES:
        for line in _lines(TRAINING / f"{language}.jsonl"):
            if line["split"] == "test":
                yield _own(OWN_SERIES.get(line["concept"][:2], "own test"), line)
    frozen = (("fresh 2", FRESH_2), ("fresh 3", FRESH_3), ("fresh 4", FRESH_4))
    for name, path in (("own seen", UNSEEN), ("own fresh", FRESH), *frozen):
        yield from (_own(name, line) for line in _lines(path))
    for name, path in (("fresh", FRESH), *frozen):
        yield from (_own(f"{name}, hinted", line) for line in _lines(path) if line["how"] == "hinted")
    for line in _lines(IDENTITY) + _lines(IDENTITY_2):
        want = "identity" if line["kind"] else "answer"
        yield Case(f"about the machine, {line['split']}", line["text"], line["language"], "child", want)
    for line in _lines(LOOKALIKES):
        yield Case(f"no orders, {line['split']}", line["text"], line["language"], "child", "answer")
    yield from (Case("news questions", line["question"], line["language"], "child", "answer") for line in _lines(NEWS))
    yield from _outside(data)


def is_frozen(name: str) -> bool:
    """Example: 'fresh 2, hinted' -> True"""
    return any(frozen in name for frozen in FROZEN)


def _outside(data: Path) -> Iterator[Case]:
    for name in (*OUTSIDE, *PLAIN):
        path = data / f"{name}.jsonl"
        if not path.exists():
            typer.echo(f"Left out: there is no '{path}'. Name its folder with --data.")
        elif name in PLAIN:
            for line in _lines(path)[:: PLAIN[name]]:
                yield Case(name, line["question"], line["language"], "child", "answer")
        else:
            yield from (Case(name, line["prompt"], line["lang"], OUTSIDE[name], _want(line)) for line in _lines(path))


def hurried(cases: list[Case], sets: tuple[str, ...] = ("child_own_5lang", "own fresh")) -> Iterator[Case]:
    """The crises of sets, mistyped in each way that `safety/hurried.py` knows; always the same."""
    chance = random.Random("hurried")  # noqa: S311  # typos, no secrets
    for case in cases:
        if case.want == "crisis" and case.set in sets:
            for hurry in HURRIES:
                text = hurry(case.text, case.language, chance)
                yield replace(case, set=f"{case.set}, {hurry.__name__}", text=text)


def _own(name: str, line: Mapping[str, Any]) -> Case:
    want = {"benign": "answer", "declined": "safe"}.get(line["label"], line["label"])
    return Case(name, line["text"], line["language"], "child", want)


def _want(line: Mapping[str, Any]) -> str:
    if line["outcome"] in ("redirect", "disclose_ai"):
        return "identity"
    return {"answer": "answer", "crisis": "crisis", "mask_pii": "masked"}.get(line["outcome"], "safe")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
