"""What questions ask for, in five languages."""

import pytest

from corpus.language import READER_LANGUAGES
from rag.asking.asked_kind import Asked, AskedKind, asked_kind, empty_words, told_by
from rag.words.same_things import spoken_of, things


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("Qui a filmé Ana Ruiz ?", "fr", AskedKind.WHO),
        ("la chanson elle est chantée par qui", "fr", AskedKind.WHO),
        ("By whom was it filmed?", "en", AskedKind.WHO),
        ("Da chi è stata filmata?", "it", AskedKind.WHO),
        ("¿De quién es la canción?", "es", AskedKind.WHO),
        ("Von wem ist das Lied?", "de", AskedKind.WHO),
        ("Comment s’appelle la sœur d’Ana ?", "fr", AskedKind.NAME),
        ("What is the name of her sister?", "en", AskedKind.NAME),
        ("Come si chiamano i due album?", "it", AskedKind.NAME),
        ("¿Cómo se llama su hermana?", "es", AskedKind.NAME),
        ("wie heisst ihre schwester", "de", AskedKind.NAME),
        ("Quand est-elle née ?", "fr", AskedKind.WHEN),
        ("In what year was she born?", "en", AskedKind.WHEN),
        ("In che mese è nata?", "it", AskedKind.WHEN),
        ("¿Desde cuándo canta?", "es", AskedKind.WHEN),
        ("Seit wann singt sie?", "de", AskedKind.WHEN),
        ("elle habite où Ana", "fr", AskedKind.WHERE),
        ("Where does she live?", "en", AskedKind.WHERE),
        ("Dov’è nata?", "it", AskedKind.WHERE),
        ("¿Dónde vive?", "es", AskedKind.WHERE),
        ("Woher kommt sie?", "de", AskedKind.WHERE),
        ("Pourquoi chante-t-elle ?", "fr", AskedKind.WHY),
        ("Why does she sing?", "en", AskedKind.WHY),
        ("perche canta", "it", AskedKind.WHY),
        ("¿Por qué canta?", "es", AskedKind.WHY),
        ("Wieso singt sie?", "de", AskedKind.WHY),
        ("Que pense Ana Ruiz de Rome ?", "fr", AskedKind.WHAT),
        ("How does she sing?", "en", AskedKind.WHAT),
        ("Che cosa canta?", "it", AskedKind.WHAT),
        ("¿Qué es una balada?", "es", AskedKind.WHAT),
        ("Worauf wartet sie?", "de", AskedKind.WHAT),
        ("Ana Ruiz chante-t-elle ou parle-t-elle ?", "fr", AskedKind.YES_OR_NO),
        ("Is she the girl who sings?", "en", AskedKind.YES_OR_NO),
        ("Ana Ruiz canta?", "it", AskedKind.YES_OR_NO),
        ("¿Canta Ana Ruiz?", "es", AskedKind.YES_OR_NO),
        ("Singt Ana Ruiz?", "de", AskedKind.YES_OR_NO),
        ("Hat Ana Ruiz gesagt, was sie singt?", "de", AskedKind.YES_OR_NO),
    ],
)
def test_kind_of_question_is_told_by_its_words_of_asking(question: str, language: str, kind: AskedKind):
    assert asked_kind(question, language).kind is kind


@pytest.mark.parametrize(
    ("question", "language", "noun"),
    [
        ("Elle vient de quel pays ?", "fr", "pays"),
        ("Which country does she come from?", "en", "country"),
        ("In quale città abita?", "it", "citta"),
        ("¿De qué color es?", "es", "color"),
        ("Was für ein Instrument spielt sie?", "de", "instrument"),
    ],
)
def test_question_for_one_of_some_things_says_of_which(question: str, language: str, noun: str):
    asked = asked_kind(question, language)

    assert asked.kind is AskedKind.WHICH
    assert asked.noun.split()[0] == noun


def test_question_in_another_language_is_read_as_asking_yes_or_no():
    assert asked_kind("Vem är Ana Ruiz?", "sv") == Asked(AskedKind.YES_OR_NO)
    assert empty_words("sv") == frozenset()


def test_things_that_are_told_by_a_name_are_known_in_all_languages():
    words_of = {"fr": "ville groupe", "en": "city band", "it": "citta band", "es": "ciudad grupo", "de": "stadt band"}

    for language in READER_LANGUAGES:
        assert all(things(word, language) & told_by("name") for word in words_of[language].split())


def test_words_of_asking_tell_nothing_in_any_language():
    asked = {
        "fr": "C’était quoi ?",
        "en": "What was it?",
        "it": "Che cos’era?",
        "es": "¿Qué era?",
        "de": "Was war das?",
    }

    for language, question in asked.items():
        assert not spoken_of(question, language).keys() - empty_words(language)
