"""What the command line prints: JSON shapes that other programs rely on, texts for people. Knows no models."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rag.ingest import IngestReport
from rag.types import Answer, AnswerSentence, Conflict, Evidence, RetrievedPassage


def print_json(values: Mapping[str, Any]) -> None:
    """One object on one line of standard output, at once."""
    line = json.dumps(values, ensure_ascii=False)
    sys.stdout.write(
        line.encode("utf-8", "replace").decode() + "\n"
    )  # a lone surrogate, which JSON can hold, becomes ?
    sys.stdout.flush()


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question.text,
        "language": answer.question.language,
        "level": answer.question.level.value,
        "status": answer.status.value,
        "text": answer.text,
        "sentences": [_sentence_json(sentence) for sentence in answer.sentences],
        "citations": [_citation_json(evidence) for evidence in answer.citations],
        "understood": answer.understood or answer.question.text,
        "unsure": answer.is_unsure,
        "notice": answer.notice,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "age_note": answer.age_note,
        "conflicts": [_conflict_json(conflict) for conflict in answer.conflicts],
        "suggestions": list(answer.suggestions),
        "steps": [asdict(step) for step in answer.steps],
        "timings": asdict(answer.timings),
        "readability": asdict(answer.readability),
    }


def _sentence_json(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "supported": bool(sentence.citations),
        "quoted": sentence.is_quote,
        "eased": sentence.is_eased,
        "voice": sentence.voice.value,
    }


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    values = [{"text": value.text, "citation": value.evidence.number} for value in conflict.values]
    return {"of": conflict.of, "values": values}


def _citation_json(evidence: Evidence) -> dict[str, Any]:
    article = evidence.article
    return {
        "number": evidence.number,
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "kind": evidence.kind.value,
        "voice": evidence.voice.value,
        "speaker": evidence.speaker,
        "audience": article.audience.value,
        "quote": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
    }


def search_json(question: str, results: Sequence[RetrievedPassage]) -> dict[str, Any]:
    return {
        "question": question,
        "results": [
            {
                "article_id": result.article.id,
                "passage_id": result.passage.id,
                "title": result.article.title,
                "language": result.article.language,
                "score": round(result.score, 4),
                "text": result.passage.text,
            }
            for result in results
        ],
    }


def ingest_json(report: IngestReport) -> dict[str, Any]:
    return {
        "articles": report.articles,
        "passages": report.passages,
        "unchanged": report.unchanged,
        "failed": [asdict(failure) for failure in report.failed],
        "copies": report.copies,
    }


def source_line(evidence: Evidence) -> str:
    """Example: '[2] « Il chante. » Le cow-boy — Le Petit Clair, 2025-11-21'"""
    article = evidence.article
    where = ", ".join(part for part in (article.outlet, str(article.published or "")) if part)
    return f"[{evidence.number}] « {evidence.text} » {article.title}" + (f" — {where}" if where else "")
