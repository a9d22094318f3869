"""How hard a text is, against counts made by hand; and what no text may do to the measure."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES
from evals.level_texts import written
from rag.levels.formulas import Counts, apply_formulas
from rag.reading_level import Features, band, difficulty_of, level_of, margin, measure
from rag.types import Readability, ReadingLevel
from rag.words.rare_words import is_known, is_rare

_COUNTS = Counts(
    sentences=2, words=20, letters=100, syllables=30, long_words=5, words_of_one_syllable=12, words_of_three_or_more=4
)


@pytest.mark.parametrize(
    ("text", "language", "sentences", "words", "long_words"),
    [
        # Le-chat-dort-sur-l-ordinateur(11) | Il-rêve
        ("Le chat dort sur l'ordinateur. Il rêve !", "fr", 2, 8, 1),
        # Die-Nachrichtenagentur(19)-meldet | Niemand(7)-singt
        ("Die Nachrichtenagentur meldet. Niemand singt?", "de", 2, 5, 2),
        # La-città-è-piccola(7)-e-tranquilla(10)
        ("La città è piccola e tranquilla.", "it", 1, 6, 2),
        # Le-cow-boy(6 letters)-a-deux-ans: a compound is one word, digits are none
        ("Le cow-boy a deux ans en 2025.", "fr", 1, 6, 0),
        ("M. Li rit. ¡Sí!", "es", 2, 4, 0),
    ],
)
def test_measure_agrees_with_counts_by_hand(text: str, language: str, sentences: int, words: int, long_words: int):
    measured = measure(text, language)

    assert measured.sentences == sentences
    assert measured.words_per_sentence == pytest.approx(words / sentences)
    assert measured.long_words == pytest.approx(long_words / words)
    assert measured.lix == pytest.approx(words / sentences + 100 * long_words / words)


@pytest.mark.parametrize(
    ("language", "values"),
    [
        ("fr", {"kandel_moles": 207 - 10.15 - 110.4}),
        ("en", {"flesch": 206.835 - 10.15 - 126.9, "flesch_kincaid": 3.9 + 17.7 - 15.59}),
        ("it", {"gulpease": 89 + (600 - 1000) / 20}),
        ("es", {"szigriszt": 206.835 - 93.45 - 10}),
        ("de", {"amstad": 180 - 10 - 87.75, "wiener_1": 3.87 + 1.672 + 3.2425 - 1.962 - 0.875}),
    ],
)
def test_formulas_agree_with_calculations_by_hand(language: str, values: dict[str, float]):
    assert apply_formulas(_COUNTS, language) == pytest.approx({**values, "lix": 10 + 25})


@pytest.mark.parametrize("text", ["", " \n", "… !", "2025", "https://example.org/a"])
def test_measure_of_a_text_without_words_is_zero_and_not_reliable(text: str):
    assert measure(text, "it") == Readability(0, 0.0, 0.0, 0.0, notes=("no_words",))


def test_measure_of_one_word_has_no_level_and_says_that_it_is_short():
    measured = measure("robot", "es")

    assert measured.level is None
    assert measured.notes == ("short",)
    assert measured.margin > margin(100)


def test_measure_doubts_a_text_in_another_language():
    text = "Robotti laulaa kauniin laulun ja pienet lapset tanssivat suurella kadulla kylän keskellä. " * 5

    assert measure(text, "it").notes == ("language_doubtful",)
    assert measure(text, "it").level is None


@pytest.mark.parametrize("odd", ["a", "@", "a@", "l’", "-la", "«"])
def test_measure_of_many_letters_without_a_space_takes_no_hours(odd: str):
    assert measure(odd * 50_000, "fr").difficulty >= 0


def test_measure_finds_the_longest_sentence():
    assert measure("Il canta. Il robot canta una canzone triste. Sì.", "it").longest_sentence == 6


def test_measure_of_many_pages_in_one_line_still_finds_their_sentences():
    page = "The robot sings a song. \u201cIt is sad, isn't it?\u201d Nobody knows why! " * 3000

    assert measure(page, "en").words_per_sentence < 8


@pytest.mark.parametrize("story", sorted({text.story for text in written()}))
@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_measure_rises_from_child_to_adult_in_the_same_story(story: str, language: str):
    texts = {text.rank: text.text for text in written() if (text.story, text.language) == (story, language)}

    difficulties = [measure(texts[rank], language).difficulty for rank in sorted(texts)]

    assert difficulties == sorted(set(difficulties))


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_bands_rise_with_the_level_and_hold_where_it_starts(language: str):
    bands = [band(level, language) for level in ReadingLevel]

    assert [b.low for b in bands] == sorted({b.low for b in bands})
    assert [b.high for b in bands] == sorted({b.high for b in bands})
    assert bands[0].low == 0
    assert bands[-1].high == 100
    assert all(bands[list(ReadingLevel).index(level_of(d, language))].holds(d) for d in range(101))


@pytest.mark.parametrize(
    ("word", "language", "rare"),
    [
        ("école", "fr", False),
        ("échouage", "fr", True),
        ("Trillo", "fr", False),
        ("qu'", "fr", False),
        ("echolocation", "en", True),
        ("peut-être", "fr", False),
        ("Feinstaubbelastung", "de", True),
        ("Schule", "de", False),
        ("Cercel", "de", False),
    ],
)
def test_is_rare_leaves_out_common_words_and_names(word: str, language: str, rare: bool):
    assert is_rare(word, language) is rare


def test_is_known_tells_languages_apart():
    assert is_known("cantante", "it")
    assert not is_known("Nachrichtenagenturen", "it")


@given(st.text(max_size=300), st.sampled_from(READER_LANGUAGES))
def test_measure_never_fails_and_keeps_its_range(text: str, language: str):
    measured = measure(text, language)

    assert 0 <= measured.difficulty <= 100
    assert 0 <= measured.rare_words <= 1


@given(st.sampled_from(list(written())), st.text(" \t\n", max_size=5))
def test_measure_is_the_same_with_trailing_spaces(text, spaces: str):  # type: ignore[no-untyped-def]
    assert measure(text.text + spaces, text.language) == measure(text.text, text.language)


@given(st.sampled_from(list(written())), st.data())
def test_parting_a_sentence_never_makes_a_text_harder(text, data: st.DataObject):  # type: ignore[no-untyped-def]
    places = [found.start() for found in re.finditer(r"(?<=\w) (?=\w)", text.text)]
    place = data.draw(st.sampled_from(places))
    parted = text.text[:place] + ".\n" + text.text[place + 1 :]

    assert measure(parted, text.language).difficulty <= measure(text.text, text.language).difficulty + 1e-9


@given(
    st.floats(1, 80), st.floats(1, 4), st.floats(0, 1), st.sampled_from(["words_per_sentence", "syllables_per_word",
    "rare_words"]), st.floats(0.01, 5), st.sampled_from(READER_LANGUAGES),
)  # fmt: skip
def test_difficulty_rises_with_each_of_its_features(
    words: float, syllables: float, rare: float, name: str, more: float, language: str
):
    features = Features(words, syllables, rare)
    assume(difficulty_of(features, language) < 99)

    harder = Features(**{**vars(features), name: getattr(features, name) + more})

    assert difficulty_of(harder, language) > difficulty_of(features, language)
