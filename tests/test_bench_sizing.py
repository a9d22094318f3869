"""What a machine needs is extrapolated rightly, and the documents have what is computed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import readers, scale
from bench.made_up import MadeUpEmbedder, made_up_words
from bench.readers import all_questions
from bench.sizing import Assumed, Case, Measured, last_s, logarithmic, power, render, servers, size
from bench.spread import spread

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "sizing.md"
CASE = Case("una scuola", 1_000, 60, 600, False, scale.SHARED)
KNOWN = Measured(answers_s=5, server_gb=1.5, passage_bytes=2_000, stored_bytes=10_000, evidence_ms={10: 1, 1_000: 4})


def test_laws_of_growth_go_through_what_was_measured_and_on():
    points = {1_000.0: 10.0, 10_000.0: 20.0, 100_000.0: 30.0}

    assert logarithmic(points)(10_000) == pytest.approx(20) and logarithmic(points)(10**7) == pytest.approx(50)
    assert power({10: 1, 1_000: 4})(100) == pytest.approx(2) and power({10: 1, 1_000: 4})(10**5) == pytest.approx(16)


def test_servers_are_as_many_as_questions_need_with_room_to_spare():
    assumed = Assumed(repeated=0.5, used=0.5)

    assert [servers(a_minute, 5, assumed) for a_minute in (0, 300, 301, 3_000)] == [1, 1, 2, 10]
    assert last_s(100, 5, 2) == 10


def test_memory_holds_the_index_only_where_it_is_in_the_process():
    assumed = Assumed(passages=10, repeated=0, used=1, writer_gb=2, models_gb=1)

    shared, alone = (
        size(CASE, KNOWN, assumed),
        size(replace(CASE, engine=scale.IN_PROCESS, writes=True), KNOWN, assumed),
    )

    assert (shared["servers of two cores"], shared["memory of each"], shared["busy"]) == ("2", "1.5 GB", "100%")
    assert (alone["servers of two cores"], alone["memory of each"], alone["busy"]) == ("1", "3.5 GB", "200%")
    assert alone["disk"] == "1.1 GB" and alone["the last of those in one moment"] == "12 s"
    assert alone["finding the evidence, median"] == "6 to 8 ms"


def test_the_documents_have_the_tables_as_they_are_computed():
    text = DOCUMENT.read_text(encoding="utf-8")

    for rows in json.loads(scale.BASELINE.read_text(encoding="utf-8")).values():
        assert scale.render(rows) in text
    for crowds in json.loads(readers.BASELINE.read_text(encoding="utf-8")).values():
        assert readers.render(crowds) in text
    assert render() in text


def test_made_up_vectors_are_the_same_in_whichever_batch_and_differ_by_text():
    embedder = MadeUpEmbedder()

    first, second = embedder.embed_passages(["Qui chante ?", "Chi canta?"])

    assert np.allclose(second, embedder.embed_query("Chi canta?")) and np.linalg.norm(first) == pytest.approx(1)
    assert first @ second < 0.9


def test_made_up_words_are_as_frequent_as_those_of_a_language():
    words = made_up_words("it", 20_000, np.random.default_rng(3))

    counts = sorted((words.count(word) for word in set(words[:2_000])), reverse=True)
    assert 0.03 < counts[0] / len(words) < 0.08
    assert len(set(words)) > 4_000


def test_readers_ask_each_question_at_every_level_about_its_article_first():
    asked = [{"question": "Chi canta?", "language": "it", "level": "child", "article": "https://giornale.example/1"}]

    several = all_questions(asked)

    assert [each["level"] for each in several[:4]] == ["child", "tween", "teen", "adult"]
    assert all("article" in each for each in several[:4]) and "article" not in several[4]
    assert len({(each["question"], each["level"], each.get("article")) for each in several}) == len(several)


def test_spread_is_the_middle_and_the_slow_end():
    assert spread([4, 1, 3, 2]).p50 == 2 and spread(list(range(1, 101))).p95 == 95
