"""Let either side answer a question and note when a reader saw what. Knows no tables."""

import re
import time
from collections.abc import Callable, Iterable

from bench.questions import Asked
from bench.report import Side, Turn
from rag.types import Answer, AnswerSentence, Event, EvidenceFound

_SENTENCE_END = re.compile(r"[.!?]")  # generous to the tutorial: an abbreviation counts as well


def time_tutorial(asked: Asked, place: int, pieces: Iterable[str], own: bool) -> Turn:
    """The tutorial shows every piece as it comes."""
    started = time.perf_counter()
    first_text = first_sentence = 0.0
    text = ""
    for piece in pieces:
        text += piece
        now = time.perf_counter() - started
        if text.strip():
            first_text = first_text or now
        if _SENTENCE_END.search(text):
            first_sentence = first_sentence or now
    total = time.perf_counter() - started
    return Turn(
        asked.id, asked.question.language, Side.TUTORIAL, place, own, first_text or total,
        first_sentence or total, total, None, "written" if text.strip() else "empty", text,
    )  # fmt: skip


def time_actuclair(asked: Asked, place: int, ask: Callable[[], Iterable[Event]], own: bool) -> Turn:
    """Actuclair shows the evidence, then whole checked sentences; a refusal is shown with the finished answer.

    The question is asked a second time, as by the next reader.
    """
    started = time.perf_counter()
    evidence = first_sentence = written = 0.0
    status = text = ""
    for event in ask():
        now = time.perf_counter() - started
        match event:
            case EvidenceFound():
                evidence = now
            case AnswerSentence():
                first_sentence = first_sentence or now
                written = written or (now if event.is_written else 0.0)
            case Answer():
                status, text = event.status.value, event.text
    total = time.perf_counter() - started
    shown = first_sentence or total
    started = time.perf_counter()
    for _ in ask():
        pass
    repeated = time.perf_counter() - started
    return Turn(
        asked.id, asked.question.language, Side.ACTUCLAIR, place, own, shown, shown, total, evidence, status,
        text, repeated, written or None,
    )  # fmt: skip
