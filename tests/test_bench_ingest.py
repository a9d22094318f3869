"""What an archive costs is multiplied rightly, and more workers are faster where embedding only takes its time."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.ingest import SleepingEmbedder, Speed, measure_speed, render_speeds
from bench.ingest_costs import Assumed, Measured, costs, render

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "bulk_ingest.md"


def test_costs_are_those_of_the_passages():
    measured = Measured(texts=5, read_ms=0, owner_ms=3.6, core_ms=360, record_bytes=9000, index_bytes=1000)
    assumed = Assumed(passages=10, tokens=100, card_passages_s=100, core_hour=0.1, card_hour=2, million_tokens=1)

    told = costs(100_000, measured, assumed)

    assert told["passages"] == "1 million" and told["vectors (passages and statements)"] == "5 million"
    assert told["record"] == "9 GB" and told["money: the disk, a month"] == "€1.00"
    assert told["the owner reads and writes"] == "1.0 h"
    assert told["embedding: 16 cores"] == "6.2 h" and told["money: cores"] == "€10"
    assert told["embedding: one card"] == "2.8 h" and told["money: cards"] == "€5.56"
    assert told["money: a vendor's endpoint"] == "€100"


@pytest.mark.parametrize("changed", [{"owner_ms": 5.8}, {"core_ms": 999.0}, {"record_bytes": 1.0}])
def test_costs_depend_on_what_was_measured(changed: dict[str, float]):
    assert costs(10**6, replace(Measured(), **changed), Assumed()) != costs(10**6, Measured(), Assumed())


def test_the_documents_have_the_table_of_costs_as_it_is_computed():
    assert render() in DOCUMENT.read_text(encoding="utf-8")


def test_speeds_are_compared_with_the_first():
    table = render_speeds([Speed("1", 1000, 0.1, 20.0), Speed("8", 2000, 3.0, 5.0)])

    assert "| 8 | 3.0 | 2,000 | 5.0 | 400 | 8.00 |" in table


def test_sleeping_embedder_takes_its_time_for_passages_and_none_for_their_statements():
    speed = measure_speed("1", 40, 5.0)

    assert speed.passages >= 40 and speed.seconds >= 0.005 * speed.passages
    assert SleepingEmbedder(10_000.0).embed_passages(["Una frase.", "Une phrase."]).shape == (2, 384)
