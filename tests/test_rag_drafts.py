"""What a language model writes -> sentences without marks, however the text is cut."""

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.drafts import CUT_OFF, split_drafts

PIECES = ["Il chante", "L'été", " ", "\n", "[1]", "[2, 3]", "[", "]", "1", ",", ".", "!", "…", "[sic]", "\0"]


def drafts_of(*texts: str) -> list[str]:
    return list(split_drafts(texts, "fr"))


def chunked(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[start:end] for start, end in itertools.pairwise(places)]


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Il chante. Elle rit.", ["Il chante.", "Elle rit."]),
        ("Il chante. Elle rit", ["Il chante.", "Elle rit."]),
        ("¿Quién? El robot.", ["¿Quién?", "El robot."]),
        ("Il chante\nElle rit\n", ["Il chante.", "Elle rit."]),
        ("Das kostet 3.5 Euro.", ["Das kostet 3.5 Euro."]),
        ("M. Dupont a 10,5 ans. Il rit !", ["M. Dupont a 10,5 ans.", "Il rit !"]),
        ("Il dit « oui »", ["Il dit « oui »"]),
        ("Il chante [1]. Elle rit [2, 3].", ["Il chante.", "Elle rit."]),
        ("Il dit [sic] oui.", ["Il dit (sic) oui."]),
        (". Il chante", ["Il chante."]),
        ("- Il chante (bien)\n- Elle rit :", ["Il chante (bien)", "Elle rit."]),
        ("[1]", []),
        (" … ", []),
        ("", []),
    ],
)
def test_split_drafts_gives_whole_sentences_without_marks(text: str, drafts: list[str]):
    assert drafts_of(text) == drafts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Am 3. November kam das Lied heraus. Es ist neu.", "de"),
        ("Il a dit : « Je suis triste. Je pars. » Puis il rit.", "fr"),
        ("Il robot canta (è un'IA. Sì!) in città. I bambini ballano.", "it"),
        ("Mr. Smith has 3.5 million fans. He sings.", "en"),
    ],
)
def test_split_drafts_gives_the_same_sentences_token_by_token(text: str, language: str):
    whole = list(split_drafts([text], language))

    assert list(split_drafts(text, language)) == whole
    assert list(split_drafts(re.findall(r"\s*\S+", text), language)) == whole


def test_last_sentence_that_the_model_could_not_finish_is_left_out():
    assert list(split_drafts(["Il chante. Le chanteur n'est", CUT_OFF], "fr")) == ["Il chante."]
    assert list(split_drafts(["Il chante. Elle rit.", CUT_OFF], "fr")) == ["Il chante.", "Elle rit."]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.integers(0, 200)))
def test_split_drafts_loses_no_word_however_the_text_is_cut(text: str, cuts: list[int]):
    def words(drafts: list[str]) -> list[str]:
        return re.findall(r"\w+", " ".join(drafts))

    assert words(drafts_of(*chunked(text, cuts))) == words(drafts_of(text))


@given(st.text(alphabet="aé [](),;.!?0123456789\n"))
def test_split_drafts_leaves_no_bracket_and_no_empty_sentence(text: str):
    for written in drafts_of(text):
        assert written.strip(".!?… ")
        assert "[" not in written and "]" not in written


def test_split_drafts_yields_a_sentence_before_the_next_one_is_written():
    def written() -> Iterator[str]:
        yield "Il robot canta. I bambini"
        yield " b"
        raise AssertionError("asked for more than the first sentence needs")

    assert next(split_drafts(written(), "it")) == "Il robot canta."
