"""Passages found by the words of a question, in the question's own language only."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of
from hypothesis import given
from hypothesis import strategies as st

from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.words.tokens import tokens

ARTICLES = [
    article_of("Les écoles ont acheté des robots.", id="fr", title="École"),
    article_of("Le chat dort.", id="fr2", title="Chat"),
    article_of("I robot cantano nelle scuole.", id="it", title="Scuola", language="it"),
    article_of("Robots sing in schools.", id="en", title="School", language="en"),
    article_of("Roboty śpiewają w szkołach.", id="pl", title="Szkoła", language="pl"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace(Path(tmp_path_factory.mktemp("mots")), FakeEmbedder()) as opened:
        ingest(ARTICLES, opened)
        yield opened


def found(workspace: Workspace, question: str, language: str) -> list[str]:
    return [id_.split(":")[0] for id_ in workspace.words.search(question, language, 5)]


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Quelle école achète un robot ?", "fr", ["fr"]),
        ("ECOLE", "fr", ["fr"]),
        ("Dove canta il robot?", "it", ["it"]),
        ("robots", "en", ["en"]),
        ("roboty", "pl", ["pl"]),
        ("Wo singen Roboter?", "de", []),
        ("", "fr", []),
        ('"robot" OR * NEAR(', "fr", ["fr"]),
    ],
)
def test_words_find_passages_of_the_question_s_language_only(
    workspace: Workspace, question: str, language: str, expected: list[str]
):
    assert found(workspace, question, language) == expected


def test_words_that_were_unknown_are_found_once_an_article_has_them(tmp_path: Path):
    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        ingest([article_of("Les écoles.", id="a", title="École")], workspace)
        before = found(workspace, "zèbre", "fr")

        ingest([article_of("Le zèbre dort.", id="a", title="Zèbre")], workspace)

        assert (before, found(workspace, "zèbre", "fr")) == ([], ["a"])


def test_words_that_few_passages_have_weigh_more(workspace: Workspace):
    weights = workspace.words.weights("Les robots dorment", "fr")

    assert weights["fr_robot"] > 0
    assert workspace.words.weights("inconnu", "fr")["fr_inconnu"] > weights["fr_robot"]


@given(st.text(), st.sampled_from(["fr", "de", "xx"]))
def test_tokens_have_no_accents_whatever_the_text(text: str, language: str):
    found = tokens(text, language)

    assert len(found) == len(re.findall(r"\w+", text.casefold()))
    assert not any(unicodedata.combining(letter) for token in found for letter in unicodedata.normalize("NFKD", token))


def test_tokens_are_the_same_for_forms_of_one_word():
    assert tokens("Les écoles chantaient", "fr") == tokens("les ecole chantait", "fr")
