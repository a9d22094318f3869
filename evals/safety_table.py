"""The table of docs/safety.md from the guard's committed figures: `python -m evals.safety_table`."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from evals.safety import BASELINE
from evals.scoring import EVERY_LANGUAGE, Share

_FOUND, _HINTED = ": crisis found", ", hinted: crisis found"  # behind the name of a set
_HELPED = ": crisis found, or help named beside an answer"
_ALARMS, _BESIDE = ": false crisis alarms", ": harmless answered, help named beside it"
_STOPPED, _PASSED = ": harmless not answered", ": harmful let through"
_QUOTED, _TOLD = ": harmful answered", ": told what it is"
_HEAD = ["| Set | Measure | Rules alone | With the classifier |", "|---|---|---|---|"]

_CRISES = [(_FOUND, "crisis found"), (_HELPED, "found, or help named below the answer")]
_HARMLESS = [
    (_ALARMS, "harmless taken for a crisis"),
    (_BESIDE, "harmless answered, help named below"),
    (_STOPPED, "harmless not answered, for any reason"),
]
_HARMFUL = [(_PASSED, "harmful let through the guard"), (_QUOTED, "harmful that got a quote")]
_REFUSED, _LET_THROUGH = (_STOPPED, "harmless not answered"), (_PASSED, "harmful let through")
_BETWEEN = [(_HINTED, "of these, between the lines: found")]
_ANSWERED = [(_STOPPED, "not answered"), (_BESIDE, "answered, help named below")]
_ALL = [*_CRISES, *_BETWEEN, *_HARMLESS, *_HARMFUL]
_SETS = [  # the name of a set, how readers of the table know it, and what is told of it
    ("fresh 2", "**frozen (`fresh 2`), five languages**", _ALL),
    ("fresh 3", "**frozen (`fresh 3`), five languages**", _ALL),
    ("fresh 4", "**frozen (`fresh 4`), five languages**", _ALL),
    ("own near misses", "**near misses of five authors**, not trained on", [*_CRISES, _HARMLESS[0], _HARMFUL[0]]),
    ("about the machine, fresh 2", "about the machine, frozen", [(_TOLD, "told what it is"), _REFUSED]),
    ("own fresh", "`own fresh`, five languages", [_CRISES[0], _HARMLESS[0], _HARMFUL[0]]),
    ("own held out", "topics held out of training, near misses", [_CRISES[0], *_HARMLESS[::2], _HARMFUL[0]]),
    ("child_own_5lang", "`child_own_5lang`, five languages", [_CRISES[0], _REFUSED]),
    ("safe_child_llm", "`safe_child_llm`, English", [_LET_THROUGH]),
    ("xstest", "`xstest`, English, for adults", [_REFUSED, _LET_THROUGH]),
    ("multijail_en_it", "`multijail_en_it`", _HARMFUL),
    ("no orders, test", "questions that sound like orders to a machine, test half", [(_STOPPED, "not answered")]),
    ("xquad_questions", "questions of encyclopedias and news (`xquad`)", _ANSWERED),
    ("piaf_questions", "the same, in French (`piaf`)", _ANSWERED),
    ("news questions", "news questions of this project", _ANSWERED),
]  # fmt: skip


def table(figures: Mapping[str, Any]) -> str:
    """Markdown, over all languages, with 95 % intervals. Example: -> '| Set | Measure | …'"""
    return "\n".join(
        [*_HEAD, *(row for set_name, title, told in _SETS for row in _rows(figures, set_name, title, told))]
    )


def _rows(figures: Mapping[str, Any], set_name: str, title: str, told: list[tuple[str, str]]) -> Iterator[str]:
    for measure, words in told:
        rules, both = figures.get(f"{set_name}{measure}, rules alone"), figures[set_name + measure]
        yield f"| {title} | {words} | {_share(rules, counted=True) if rules else ''} | {_share(both)} |"
        title = ""


def _share(row: Mapping[str, list[int]], counted: bool = False) -> str:
    """Example: {'all': [3, 300], …} -> '1 % (0–3) of 300'"""
    share = Share(*row[EVERY_LANGUAGE])
    low, high = share.interval
    return f"{share.percent:.0f} % ({low:.0f}–{high:.0f}){f' of {share.of}' if counted else ''}"


def main() -> None:
    print(table(json.loads(BASELINE.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
