"""Which words are names, and which of them nobody told: also in German, and at the beginning of a sentence."""

import pytest
from fakes import evidence_of

from rag.words.names import first_name, invented_names, named_twice, unknown_countries, unknown_names


def test_only_the_parts_of_a_compound_that_have_a_capital_are_a_name():
    assert unknown_names("He makes AI-generated music with Jean-Paul's band.", "ai Jean", "en") == ["Jean-Paul's"]
    assert unknown_names("Esta es música Pop-rock de Jean-Claude.", "pop jean claude", "es") == []


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Die Regisseurin Sofia Martens hat ein Lied mit Google gemacht.", "de", ["Sofia", "Martens"]),
        ("Gestern sang Bowie bei Spotify.", "de", ["Bowie", "Spotify"]),
        ("Der Linebacker und der Cornerback mögen Streamingdienste.", "de", []),
        ("Die Sängerin mag das Video, die Musik und den Computer.", "de", []),
        ("Streamingdienste und Kinder hören mehr als 400.000 Lieder im Monat.", "de", []),
        ("Deezer wants to update its rules.", "en", ["Deezer"]),
        ("Imitarlo sarà difficile per una macchina.", "it", []),
        ("Musiciens et chanteuses protestent.", "fr", []),
    ],
)
def test_name_is_known_by_how_often_other_languages_use_it(text: str, language: str, names: list[str]):
    assert unknown_names(text, "", language) == names


@pytest.mark.parametrize(
    ("text", "language", "article", "told_in", "unknown"),
    [
        ("È una cantante creata in Bulgaria.", "it", "Die Sängerin kommt aus Rumänien.", "de", ["Bulgaria"]),
        ("Sie kommt aus Rumänien.", "de", "Es una artista creada en Rumanía.", "es", []),
        ("The song comes from Romania.", "en", "C’est une chanson roumaine.", "fr", []),
        ("La chanson vient des États-Unis.", "fr", "It is an American song.", "en", []),
        ("La canción viene de Alemania.", "es", "Das deutsche Lied ist da.", "de", []),
        ("Elle est née en Allemagne.", "fr", "Elle va aller plus loin.", "fr", ["Allemagne"]),
        ("Elle est née en Grèce.", "fr", "Elle chante, elles dansent.", "fr", ["Grèce"]),
        ("È nata in Grecia.", "it", "Elle parle de la Grèce.", "fr", []),
        ("She comes from the United States.", "en", "The singer used a machine.", "en", ["United States"]),
        ("It comes from the United States.", "en", "The singer told us nothing.", "en", ["United States"]),
        ("La chanson vient des États-Unis.", "fr", "Sie lebt in den Vereinigten Staaten.", "de", []),
        ("Es kommt aus Australien.", "de", "The song comes from Austria.", "en", ["Australien"]),
        ("It is a song from Australia.", "en", "Es ist ein Lied aus Österreich.", "de", ["Australia"]),
        ("Viene del Reino Unido.", "es", "C’est un chanteur britannique.", "fr", []),
        ("Elle vient du Niger.", "fr", "The singer is Nigerian.", "en", ["Niger"]),
        ("Elle vient d’Irlande.", "fr", "She is Irish.", "en", []),
    ],
)
def test_country_that_the_article_does_not_tell_is_unknown(
    text: str, language: str, article: str, told_in: str, unknown: list[str]
):
    assert unknown_countries(text, language, evidence_of(article, language=told_in)) == unknown


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Macron est un chanteur de country.", "fr", ["Macron"]),
        ("Zorblax est un chanteur de country.", "fr", ["Zorblax"]),
        ("Zorblax è un cantante country.", "it", ["Zorblax"]),
        ("Das Lied hat Zorblax gesungen.", "de", ["Zorblax"]),
        ("Das Lied kommt aus einem Musikvideogenerator.", "de", []),
        ("Plusieurs musiciens chantent ensemble.", "fr", []),
        ("Wailin est un chanteur de country.", "fr", []),
        ("Quizás nadie lo sabe.", "es", []),
        ("L’hanno sentita in tanti.", "it", []),
    ],
)
def test_word_that_can_only_be_a_name_must_be_told_wherever_it_stands(text: str, language: str, names: list[str]):
    evidence = evidence_of("Wailin chante une chanson.", language="fr")

    assert invented_names(text, "?", language, evidence) == names


def test_name_that_something_is_said_of_itself_with_is_found():
    assert named_twice("Ana Ruiz es una artista que ha filmado a Ana Ruiz.") == ["Ana Ruiz"]
    assert named_twice("Walk My Walk est une chanson de Breaking Rust.") == []
    assert named_twice("Die Musik ist Musik.") == []


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Ana Ruiz canta con Leo Bo.", "es", "Ana Ruiz"),
        ("La canción es de Ana Ruiz.", "es", "Ana Ruiz"),
        ("Deezer compte les chansons.", "fr", "Deezer"),
        ("Gestern sang Bowie bei Spotify.", "de", "Bowie"),
        ("Personne ne chante.", "fr", ""),
    ],
)
def test_the_first_name_of_a_sentence_has_all_its_words(text: str, language: str, name: str):
    assert first_name(text, language) == name
