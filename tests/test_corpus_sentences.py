import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.sentences import split_sentences

TEXT = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["M. Li rit. ", "👩‍🎤 ", "e\u0301té", "\r\n", "\n\n", "… ", "? ", "« Oui. » ", "𝒳"]),
    )
).map("".join)


@given(TEXT, st.sampled_from(["fr", "de", "es", "it", "en", "br", ""]))
@example("a" * 5000 + " " + "b" * 5000, "fr")
@example(" " * 3000 + "x", "de")
@example("mot " * 2000, "it")
@example("👩‍🎤" * 2000, "es")
@example("\ud800. \ud800", "fr")
def test_split_sentences_gives_exact_places_in_order(text: str, language: str):
    sentences = split_sentences(text, language)

    ends = [0, *(sentence.end for sentence in sentences)]
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert all(sentence.start >= end for sentence, end in zip(sentences, ends, strict=False))
    assert all(sentence.text == sentence.text.strip() and sentence.text for sentence in sentences)


@given(TEXT)
def test_split_sentences_loses_nothing_but_white_space(text: str):
    sentences = split_sentences(text, "fr")

    assert "".join("".join(sentence.text.split()) for sentence in sentences) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("M. Li rit. Et toi ?", "fr", ["M. Li rit.", "Et toi ?"]),
        ("J.-C. Dupont chante. Mme Li rit.", "fr", ["J.-C. Dupont chante.", "Mme Li rit."]),
        ("Il sig. Rossi canta. Poi ride.", "it", ["Il sig. Rossi canta.", "Poi ride."]),
        ("Dr. Weiß lacht. Ca. 30 Prozent!", "de", ["Dr. Weiß lacht.", "Ca. 30 Prozent!"]),
        ("La Sra. Gil canta. ¿Y tú? ¡Yo también!", "es", ["La Sra. Gil canta.", "¿Y tú?", "¡Yo también!"]),
        ("It rose by 2.5 points. Nobody knew.", "en", ["It rose by 2.5 points.", "Nobody knew."]),
        ("Avec l'I.A. (un outil), il rit. Pas moi.", "fr", ["Avec l'I.A. (un outil), il rit.", "Pas moi."]),
        ("L’I.A. n’invente rien. Elle pioche.", "fr", ["L’I.A. n’invente rien.", "Elle pioche."]),
        ("In den U.S.A. singen viele mit. Hier nicht.", "de", ["In den U.S.A. singen viele mit.", "Hier nicht."]),
        ("Il aime l'I.A. « Moi aussi », dit-il.", "fr", ["Il aime l'I.A.", "« Moi aussi », dit-il."]),
    ],
)
def test_split_sentences_does_not_end_at_abbreviations(text: str, language: str, sentences: list[str]):
    assert [sentence.text for sentence in split_sentences(text, language)] == sentences


def test_split_sentences_cuts_a_text_without_marks_between_words():
    text = "parole senza fine " * 500

    sentences = split_sentences(text, "it")

    assert max(len(sentence.text) for sentence in sentences) <= 1200
    assert {word for sentence in sentences for word in sentence.text.split()} == {"parole", "senza", "fine"}


def test_split_sentences_leaves_a_word_whole_however_long():
    assert [sentence.text for sentence in split_sentences("é" * 9000, "fr")] == ["é" * 9000]


def test_split_sentences_gives_none_for_white_space():
    assert split_sentences(" \r\n\t\u00a0", "de") == []


def test_split_sentences_cuts_what_is_far_too_long_for_a_word():
    sentences = split_sentences("ñ" * 30_000 + " fin.", "es")

    assert max(len(sentence.text) for sentence in sentences) <= 10_000
    assert "".join(sentence.text for sentence in sentences) == "ñ" * 30_000 + "fin."


@given(st.text(st.sampled_from("aBé.?!1»“) \u00a0\u2003\u2028\u202f\u3000"), max_size=60))
def test_sentences_of_any_white_space_are_found(text: str):
    found = split_sentences(text, "fr")

    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)
