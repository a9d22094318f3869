"""Ingest, search and ask as other programs see them: shapes, standard output and exit codes."""

from pathlib import Path

from cli_runs import ASKED, CHIEDE, COWBOY, Run, objects_of
from fakes import StubEndpoint

from rag.phrases import phrase

pytest_plugins = ("cli_runs",)

ANSWER_KEYS = {"question", "language", "level", "status", "text", "sentences", "citations", "timings"}
CITATION_KEYS = {"number", "article_id", "title", "outlet", "published", "url", "language", "quote", "start", "end"}
RESULT_KEYS = {"article_id", "passage_id", "title", "language", "score", "text"}


def test_ingest_prints_one_object_of_the_agreed_shape(run: Run, articles: Path, tmp_path: Path):
    missing, empty = tmp_path / "où.md", tmp_path / "leer.txt"
    empty.write_bytes(b"")

    result = run("ingest", articles, missing, empty, "--json")

    assert result.exit_code == 1
    (printed,) = objects_of(result)
    assert list(printed) == ["articles", "passages", "unchanged", "failed", "copies"]
    assert (printed["articles"], printed["passages"], printed["unchanged"]) == (2, 2, 0)
    assert [set(failure) for failure in printed["failed"]] == [{"source", "reason"}] * 2
    assert [failure["source"] for failure in printed["failed"]] == [str(missing), str(empty)]
    assert str(missing) in result.stderr


def test_ingest_again_leaves_the_articles_unchanged(ready: Run, articles: Path):
    result = ready("ingest", articles, "--json")

    assert result.exit_code == 0
    assert objects_of(result) == [{"articles": 0, "passages": 0, "unchanged": 2, "failed": [], "copies": 0}]


def test_search_prints_one_object_of_the_agreed_shape(ready: Run):
    result = ready("search", CHIEDE, "--top", 1, "--json")

    assert result.exit_code == 0
    (printed,) = objects_of(result)
    assert list(printed) == ["question", "results"]
    assert printed["question"] == CHIEDE
    (found,) = printed["results"]
    assert set(found) == RESULT_KEYS
    assert (found["article_id"], found["title"], found["language"]) == ("robot", "Il robot", "it")
    assert isinstance(found["score"], float)


def test_ask_prints_one_object_of_the_agreed_shape(ready: Run):
    result = ready("ask", ASKED, "--level", "child", "--language", "fr", "--json")

    assert result.exit_code == 0, result.stderr
    (printed,) = objects_of(result)
    assert set(printed) >= ANSWER_KEYS
    assert (printed["question"], printed["language"], printed["level"]) == (ASKED, "fr", "child")
    written = "Breaking Rust n'existe pas, le chanteur."
    assert printed["status"] == "answered" and printed["text"].startswith(written)
    assert printed["sentences"][0] == {
        "text": written, "citations": [1], "supported": True, "quoted": False, "eased": False, "voice": "news",
    }  # fmt: skip
    citation = printed["citations"][0]
    assert set(citation) >= CITATION_KEYS
    assert citation["quote"] == COWBOY["text"][citation["start"] : citation["end"]]
    assert (citation["number"], citation["article_id"], citation["published"]) == (1, "cow-boy", "2025-11-21")
    assert set(printed["timings"]) == {"retrieve_s", "first_sentence_s", "total_s"}


def test_ask_looks_only_at_articles_that_pass_the_filters(ready: Run):
    (printed,) = objects_of(ready("ask", ASKED, "--language", "fr", "--written-in", "it", "--json"))

    assert {citation["language"] for citation in printed["citations"]} <= {"it"}


def test_ask_prints_quotes_under_a_line_that_says_so(ready: Run):
    lines = ready("ask", ASKED, "--language", "fr", writer="none").stdout.splitlines()

    assert lines[0] == phrase("fr", "quoted")
    assert lines[1] == "  «\u00a0Le chanteur Breaking Rust n'existe pas.\u00a0» [1]"


def test_ask_detects_the_language_and_tells_in_it_that_the_articles_do_not(ready: Run, stub: StubEndpoint):
    stub.tokens = ("NEIN", ".")

    result = ready("ask", "Wann fährt der nächste Zug nach München?", "--json")

    (printed,) = objects_of(result)
    assert result.exit_code == 0
    assert (printed["language"], printed["status"]) == ("de", "no_evidence")
    assert printed["text"].startswith(phrase("de", "no_evidence"))
    assert printed["sentences"] == printed["citations"] == []


def test_ask_without_a_language_model_quotes(ready: Run):
    result = ready("ask", CHIEDE, "--json", writer="none")

    (printed,) = objects_of(result)
    assert printed["status"] == "quoted"
    assert printed["citations"][0]["quote"] == "Il robot canta in città."


def test_ask_for_people_prints_sentences_with_marks_and_their_sources(ready: Run):
    result = ready("ask", ASKED)

    assert result.exit_code == 0
    assert "Breaking Rust n'existe pas, le chanteur. [1]" in result.stdout
    assert "[1] « Le chanteur Breaking Rust n'existe pas. » Le cow-boy" in result.stdout


def test_search_takes_filters_and_says_when_nothing_passes(ready: Run):
    (italian,) = objects_of(ready("search", ASKED, "--written-in", "it", "--json"))
    nothing = ready("search", ASKED, "--since", "2099-01-01")

    assert {result["language"] for result in italian["results"]} == {"it"}
    assert nothing.stdout == "Nothing passes these filters.\n"
    assert ready("search", ASKED, "--since", "ieri").exit_code == 2
