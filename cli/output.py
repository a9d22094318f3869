"""What the command line prints: JSON shapes that other programs rely on, texts for people. Knows no models."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rag.index.ingest import IngestReport
from rag.types import Evidence, RetrievedPassage
from rag.words.quotation_marks import within


def print_json(values: Mapping[str, Any]) -> None:
    """One object on one line of standard output, at once."""
    line = json.dumps(values, ensure_ascii=False)
    sys.stdout.write(
        line.encode("utf-8", "replace").decode() + "\n"
    )  # a lone surrogate, which JSON can hold, becomes ?
    sys.stdout.flush()


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
    return f"[{evidence.number}] « {within(evidence.text, 'fr')} » {article.title}" + (f" — {where}" if where else "")
