"""The page's HTML, texts and turns, without a browser and without Gradio's server."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.errors import ActuclairError
from corpus.types import Article, Audience, Kind
from page import frame, view
from page.asking import unfold
from page.guard import Guard
from page.texts import FOLDER, LANGUAGES, load
from page.turns import KEPT, Turn, advance, begin, keep
from page.wording import language_name, written_date
from rag.errors import InvalidQuestion, PromptMissing, WriterFailed
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    Evidence,
    EvidenceFound,
    Question,
    Readability,
    ReadingLevel,
    Status,
    Timings,
)

TEXTS = load()
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
QUESTION = Question("Chi canta?", "it", ReadingLevel.CHILD)


def article_of(**changes: object) -> Article:
    values: dict[str, object] = {
        "id": "cowboy",
        "title": "Il cowboy",
        "text": "Il cowboy non esiste.",
        "language": "it",
        "source": "cowboy.md",
        "published": date(2025, 11, 18),
        "outlet": "Il Chiarino",
        "url": "https://demo.example/cowboy",
        "audience": Audience.CHILD,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def evidence_of(number: int, text: str = "Il cowboy non esiste.", **changes: object) -> Evidence:
    return Evidence(number, text, 0, len(text), article_of(**changes), Kind.NEWS, 0.9)


def answer_of(*sentences: AnswerSentence, evidence: tuple[Evidence, ...], status: Status = Status.ANSWERED) -> Answer:
    text = " ".join(sentence.text for sentence in sentences)
    measured = Readability(len(sentences), 8.6, 10.0, 30.0)
    return Answer(QUESTION, status, text, sentences, evidence, Timings(0.1, 0.2, 0.3), measured)


def turn_of(*sentences: AnswerSentence, evidence: tuple[Evidence, ...], status: Status = Status.ANSWERED) -> Turn:
    return advance(Turn(3, QUESTION), answer_of(*sentences, evidence=evidence, status=status))


def page_of(turn: Turn, language: str = "fr") -> str:
    return view.conversation_html((turn,), TEXTS[language])


def test_turn_escapes_a_hostile_question_answer_quote_title_and_outlet():
    evidence = evidence_of(1, HOSTILE, title=HOSTILE, outlet=HOSTILE, language=HOSTILE)
    turn = advance(
        Turn(1, Question(HOSTILE, "fr", ReadingLevel.ADULT)),
        answer_of(AnswerSentence(HOSTILE, (1,)), evidence=(evidence,)),
    )

    html = page_of(turn)

    assert "<img" not in html
    assert html.count("&lt;img") >= 5


def test_articles_escape_a_hostile_title():
    assert "<img" not in frame.articles_html([article_of(title=HOSTILE)], TEXTS["de"])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//host/x", "", "http://[x"]
)
def test_title_is_not_linked_to_what_is_not_a_web_address(url: str):
    html = view.title_html(article_of(url=url), TEXTS["fr"])

    assert "href" not in html
    assert "Il cowboy" in html


def test_title_is_linked_to_a_web_address_in_a_new_tab_without_opener():
    html = view.title_html(article_of(), TEXTS["fr"])

    assert 'href="https://demo.example/cowboy"' in html
    assert 'target="_blank"' in html
    assert "noopener" in html


def test_marks_and_back_links_lead_to_ids_that_exist_once():
    sentences = (AnswerSentence("Nessuno.", (1, 2)), AnswerSentence("È un programma.", (2,)))

    html = page_of(turn_of(*sentences, evidence=(evidence_of(1), evidence_of(2))))

    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["e3-1", "e3-2", "e3-2", "s3-1", "s3-1"]
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_a_mark_without_evidence_is_left_out():
    html = page_of(turn_of(AnswerSentence("Nessuno.", (1, 7)), evidence=(evidence_of(1),)))

    assert "#e3-7" not in html


def test_cards_are_shown_before_the_first_sentence_and_only_cited_ones_stay():
    found = advance(Turn(3, QUESTION), EvidenceFound((evidence_of(1), evidence_of(2))))
    ended = advance(found, answer_of(AnswerSentence("Nessuno.", (2,)), evidence=(evidence_of(2),)))

    assert 'id="e3-1"' in page_of(found) and TEXTS["fr"]["writing"] in page_of(found)
    assert 'id="e3-1"' not in page_of(ended) and 'id="e3-2"' in page_of(ended)


def test_the_final_answer_replaces_the_sentences_shown_before():
    shown = advance(Turn(3, QUESTION), AnswerSentence("Una bozza.", (1,)))

    ended = advance(shown, answer_of(AnswerSentence("La risposta.", (1,)), evidence=(evidence_of(1),)))

    assert "Una bozza." not in page_of(ended)
    assert "La risposta." in page_of(ended)


def test_a_card_tells_quote_outlet_date_language_audience_and_kind_in_the_readers_language():
    html = page_of(turn_of(AnswerSentence("Nessuno.", (1,)), evidence=(evidence_of(1),)), "de")

    assert '<blockquote lang="it">' in html
    for text in ("Il Chiarino", "18. November 2025", "Italienisch", "Für Kinder", "Nachricht"):
        assert text in html


def test_a_quoted_sentence_is_in_the_language_of_its_article():
    quote = "Ese vaquero no existe."
    turn = turn_of(
        AnswerSentence(quote, (1,), is_quote=True),
        evidence=(evidence_of(1, quote, language="es"),),
        status=Status.QUOTED,
    )

    html = page_of(turn, "en")

    assert f'tabindex="-1" lang="es">{quote}' in html
    assert TEXTS["en"]["quoted"] in html


def test_quotes_beside_an_answer_come_once_under_the_line_that_says_so():
    quotes = [AnswerSentence(f"«È {word}.»", (1,), is_quote=True) for word in ("nuovo", "bello")]

    html = page_of(turn_of(AnswerSentence("Nessuno.", (1,)), *quotes, evidence=(evidence_of(1),)), "it")

    assert html.count(TEXTS["it"]["quoted"]) == 1
    assert html.index("Nessuno.") < html.index(TEXTS["it"]["quoted"]) < html.index("nuovo") < html.index("bello")
    assert html.count('class="sentence quote"') == 2


def test_fixed_answer_and_notice_are_shown_and_the_question_as_it_was_masked():
    masked = replace(QUESTION, text="Mi chiamo ***: chi canta?")
    ended = advance(
        Turn(4, QUESTION),
        replace(
            answer_of(evidence=(), status=Status.CRISIS),
            question=masked,
            text="Parla con un adulto.",
            notice="Grazie.",
        ),
    )

    html = page_of(ended)

    assert "Parla con un adulto." in html and "Grazie." in html
    assert masked.text in html and QUESTION.text not in html
    assert 'data-status="crisis"' in html


def test_an_answer_without_evidence_has_neither_cards_nor_measure():
    html = page_of(turn_of(AnswerSentence("Gli articoli non lo dicono.", ()), evidence=(), status=Status.NO_EVIDENCE))

    assert "Gli articoli non lo dicono." in html
    assert "card" not in html and "measure" not in html


def test_measured_words_a_sentence_are_rounded():
    assert "Environ 9 mots par phrase" in page_of(turn_of(AnswerSentence("Nessuno.", ()), evidence=()))


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "18 novembre 2025"),
        ("it", "18 novembre 2025"),
        ("es", "18 de noviembre de 2025"),
        ("de", "18. November 2025"),
        ("en", "18 November 2025"),
    ],
)
def test_date_is_written_as_the_language_does(language: str, written: str):
    assert written_date(date(2025, 11, 18), language) == written


def test_language_name_of_an_unknown_code_is_the_code():
    assert language_name("it", "fr") == "italien"
    assert language_name("x-none", "fr") == "x-none"


def test_texts_have_the_same_entries_placeholders_and_four_examples_in_every_language():
    def shape(language: str) -> dict[str, list[str]]:
        return {entry: re.findall(r"{\w+}", text) for entry, text in TEXTS[language].entries.items()}

    for language in LANGUAGES:
        assert shape(language) == shape("fr")
        assert len(TEXTS[language].examples) == 4


def test_texts_name_the_file_and_the_entry_that_is_missing(tmp_path: Path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    italian = tmp_path / "it.toml"
    lines = italian.read_text(encoding="utf-8").splitlines()
    italian.write_text("\n".join(line for line in lines if not line.startswith("tagline")), encoding="utf-8")

    with pytest.raises(PromptMissing, match=r"it\.toml.*tagline"):
        load(tmp_path)


def test_articles_are_grouped_with_the_readers_language_first():
    articles = [article_of(), article_of(language="de", title="Der Cowboy")]

    html = frame.articles_html(articles, TEXTS["de"])

    assert html.index("Der Cowboy") < html.index("Il cowboy")
    assert "(2)" in html


def test_conversation_keeps_the_last_turns_and_goes_on_counting():
    conversation: tuple[Turn, ...] = ()
    for _ in range(KEPT + 2):
        conversation = keep(conversation, begin(conversation, QUESTION))

    assert [turn.number for turn in conversation] == list(range(3, KEPT + 3))


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (InvalidQuestion("secret", "question_too_long"), "question_too_long"),
        (WriterFailed("model", "secret"), "model_down"),
        (ActuclairError("secret"), "cannot_answer_now"),
        (ZeroDivisionError("secret"), "cannot_answer_now"),
    ],
)
def test_a_failure_ends_the_turn_with_a_sentence_for_readers_and_not_its_own(error: Exception, problem: str):
    def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield AnswerSentence("Nessuno.", ())
        raise error

    ended = list(unfold(Turn(1, QUESTION), (), explain))[-1]

    assert ended.problem == problem
    assert TEXTS["it"][f"problem.{problem}"] in page_of(ended, "it")
    assert "secret" not in page_of(ended, "it")


def test_an_answer_that_breaks_off_keeps_the_cards_its_sentences_cite():
    def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield EvidenceFound((evidence_of(1), evidence_of(2)))
        yield AnswerSentence("Nessuno.", (2,))
        raise WriterFailed("model", "secret")

    html = page_of(list(unfold(Turn(3, QUESTION), (), explain))[-1])

    assert 'href="#e3-2"' in html and 'id="e3-2"' in html
    assert 'id="e3-1"' not in html


def test_an_answer_that_breaks_off_silently_ends_with_a_problem():
    assert [turn.problem for turn in unfold(Turn(1, QUESTION), (), lambda question, earlier: iter(()))] == ["cannot_answer_now"]


def guarded() -> TestClient:
    app = FastAPI()
    app.get("/")(lambda: "page")
    app.add_middleware(Guard, origins=("https://school.example",))
    return TestClient(app, base_url="http://page.example")


def test_guard_lets_the_page_load_nothing_from_other_hosts():
    policy = guarded().get("/").headers["content-security-policy"]

    assert policy.startswith("default-src 'self';")
    assert "frame-ancestors 'self' https://school.example" in policy
    assert "http" not in policy.replace("https://school.example", "")


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://page.example", 200), ("https://school.example", 200), ("https://evil.example", 403), ("null", 403)],
)
def test_guard_refuses_callers_from_other_web_sites(origin: str, status: int):
    assert guarded().get("/", headers={"origin": origin}).status_code == status


def test_guard_refuses_uploads():
    assert guarded().post("/gradio_api/upload").status_code == 403
