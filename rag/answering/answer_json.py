"""An answer <-> JSON: what the command line prints and what a class keeps is the same object. Knows no storage.

An article is kept by its id and what is shown of it, not by its text: who reads an answer back gets the quotes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.types import Article, Audience, Kind
from rag.types import (
    Answer,
    AnswerSentence,
    Conflict,
    Evidence,
    Question,
    Readability,
    ReadingLevel,
    Status,
    Step,
    Timings,
    Value,
    Voice,
)

Json = Mapping[str, Any]


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer in plain values. Example: Answer(…, status=Status.QUOTED) -> {…, 'status': 'quoted', …}"""
    return {
        "question": answer.question.text,
        "language": answer.question.language,
        "level": answer.question.level.value,
        "status": answer.status.value,
        "text": answer.text,
        "sentences": [sentence_json(sentence) for sentence in answer.sentences],
        "fixed": [place for place, sentence in enumerate(answer.sentences) if sentence.is_fixed],
        "citations": [citation_json(evidence) for evidence in answer.citations],
        "understood": answer.understood or answer.question.text,
        "unsure": answer.is_unsure,
        "notice": answer.notice,
        "as_of": _day_json(answer.as_of),
        "age_note": answer.age_note,
        "conflicts": [_conflict_json(conflict) for conflict in answer.conflicts],
        "suggestions": list(answer.suggestions),
        "steps": [asdict(step) for step in answer.steps],
        "timings": asdict(answer.timings),
        "readability": asdict(answer.readability),
    }


def read_answer(values: Json) -> Answer:
    """The answer that `answer_json` made these of, its articles without their texts. Raises KeyError or ValueError."""
    question = Question(values["question"], values["language"], ReadingLevel(values["level"]))
    citations = tuple(read_citation(entry) for entry in values["citations"])
    return Answer(
        question=question,
        status=Status(values["status"]),
        text=values["text"],
        sentences=tuple(_sentence(entry, place in values["fixed"]) for place, entry in enumerate(values["sentences"])),
        citations=citations,
        timings=Timings(**values["timings"]),
        readability=_readability(values["readability"]),
        understood="" if values["understood"] == question.text else values["understood"],
        is_unsure=values["unsure"],
        notice=values["notice"],
        as_of=_day(values["as_of"]),
        age_note=values["age_note"],
        conflicts=tuple(_conflict(entry, citations) for entry in values["conflicts"]),
        suggestions=tuple(values["suggestions"]),
        steps=tuple(Step(entry["name"], entry["seconds"], entry["details"]) for entry in values["steps"]),
    )


def sentence_json(sentence: AnswerSentence) -> dict[str, Any]:
    """A sentence in plain values."""
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "supported": bool(sentence.citations),
        "quoted": sentence.is_quote,
        "eased": sentence.is_eased,
        "voice": sentence.voice.value,
    }


def _sentence(values: Json, is_fixed: bool) -> AnswerSentence:
    voice, numbers = Voice(values["voice"]), tuple(values["citations"])
    return AnswerSentence(values["text"], numbers, values["quoted"], is_fixed, voice, values["eased"])


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    values = [
        {"text": value.text, "amount": value.amount, "citation": value.evidence.number} for value in conflict.values
    ]
    return {"of": conflict.of, "values": values, "counted_alike": conflict.is_counted_alike}


def _conflict(values: Json, citations: Sequence[Evidence]) -> Conflict:
    known = {evidence.number: evidence for evidence in citations}
    told = (Value(each["text"], each["amount"], known[each["citation"]]) for each in values["values"])
    return Conflict(values["of"], tuple(told), values["counted_alike"])


def citation_json(evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence in plain values, its article by what is shown of it."""
    article = evidence.article
    return {
        "number": evidence.number,
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": _day_json(article.published),
        "url": article.url,
        "language": article.language,
        "kind": evidence.kind.value,
        "voice": evidence.voice.value,
        "speaker": evidence.speaker,
        "audience": article.audience.value,
        "quote": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "score": float(evidence.score),
    }


def read_citation(values: Json) -> Evidence:
    """The evidence that `citation_json` made these of. Raises KeyError or ValueError."""
    article = Article(
        id=values["article_id"], title=values["title"], text="", language=values["language"], source="",
        published=_day(values["published"]), outlet=values["outlet"], url=values["url"],
        audience=Audience(values["audience"]),
    )  # fmt: skip
    return Evidence(
        values["number"], values["quote"], values["start"], values["end"], article, Kind(values["kind"]),
        values["score"], Voice(values["voice"]), values["speaker"],
    )  # fmt: skip


def _readability(values: Json) -> Readability:
    level = values["level"]
    plain = {**values, "level": ReadingLevel(level) if level else None, "notes": tuple(values["notes"])}
    return Readability(**plain)


def _day_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
