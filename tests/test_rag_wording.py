"""Words, clauses and the words that turn what is claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from rag.words.wording import around, clauses, content_stems, long_clauses, mentions, repeats, words


def test_words_have_neither_capitals_nor_accents():
    assert words("L’été à Köln, Straße 7") == ("l", "ete", "a", "koln", "strasse", "7")


def test_content_stems_are_beginnings_of_long_words_and_numbers():
    assert content_stems("Les artistes ont 3 robots.") == {"artis", "3", "robot"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Il robot canta, ma non balla.", ("Il robot canta", "non balla")),
        ("Das kostet 3,5 Millionen, weil es groß ist.", ("Das kostet 35 Millionen", "es groß ist")),
        ("Un groupe (sans chanteur) joue", ("Un groupe", "sans chanteur", "joue")),
    ],
)
def test_clauses_stand_between_commas_and_conjunctions(text: str, parts: tuple[str, ...]):
    assert clauses(text) == parts


def test_few_words_go_with_the_clause_before_them():
    assert long_clauses("Man hört jeden Tag Musik, ohne zu kaufen.") == ["Man hört jeden Tag Musik ohne zu kaufen"]


def test_words_in_phrases_that_say_something_else_are_not_mentioned():
    assert mentions("Non è solo un gioco.", "it", "not", "unless") == ("non",)
    assert mentions("Non solo i bambini giocano.", "it", "not", "unless") == ()
    assert mentions("Er hat keine Gefühle.", "de", "not", "unless") == ("keine",)
    assert mentions("Il n’y a plus de musiciens.", "fr", "not") == ("n y a plus",)
    assert mentions("Er is geen zanger.", "nl", "not") == ()


def test_around_gives_the_words_on_either_side():
    assert list(around("El vaquero que canta no existe de verdad", "es", "not", 2, 2)) == ["que canta no existe de"]
    assert list(around("Er scheint sehr müde.", "de", "seems", 0, 1)) == ["scheint sehr"]


@given(st.text(), st.sampled_from(READER_LANGUAGES))
def test_every_text_has_clauses_with_all_its_words(text: str, language: str):
    joined = " ".join(long_clauses(text))

    assert set(words(joined)) <= set(words(" ".join(clauses(text))))
    assert len(mentions(text, language, "not", "unless")) <= len(words(text))


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("Breaking Rust chante dans 12 pays.", "Breaking Rust chante dans 12 pays !", True),
        ("Breaking Rust chante dans 12 pays.", "Breaking Rust chante dans 9 pays.", False),
        ("Der Sänger singt jeden Tag im Park.", "Der Sänger singt nicht jeden Tag im Park.", False),
        ("La chanson a été écoutée par 4 millions de personnes.", "4 millions.", False),
    ],
)
def test_sentences_repeat_each_other_only_with_the_same_numbers_and_negation(text: str, other: str, same: bool):
    assert repeats(text, other) is repeats(other, text) is same
