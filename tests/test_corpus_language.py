import pytest

from corpus.language import detect_language, detect_reader_language, language_code, language_confidence


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le chanteur n'existe pas, mais tout le monde l'écoute.", "fr"),
        ("Il cantante non esiste, ma tutti lo ascoltano.", "it"),
        ("The singer does not exist, but everybody listens.", "en"),
        ("El cantante no existe, pero todos lo escuchan.", "es"),
        ("Den Sänger gibt es nicht, aber alle hören ihm zu.", "de"),
        ("O cantor não existe, mas todos o escutam com atenção.", "pt"),
    ],
)
def test_detect_language_tells_the_language_of_a_sentence(text: str, language: str):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "123", "🎵🎵", "\n"])
def test_detect_reader_language_gives_the_default_without_words(text: str):
    assert detect_reader_language(text, "de") == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("C'est quoi le streaming ?", "fr"),
        ("Cos'è lo streaming?", "it"),
        ("Was ist Streaming?", "de"),
        ("quien canta walk my walk", "es"),
        ("why?", "en"),
    ],
)
def test_detect_reader_language_is_not_misled_by_english_words_and_titles(text: str, language: str):
    assert detect_reader_language(text, "fr") == language


def test_detect_reader_language_stays_among_the_five_languages():
    assert detect_reader_language("Quem é o cantor da canção?", "fr") in ("es", "it", "fr", "en", "de")


def test_language_confidence_is_higher_in_the_right_language():
    text = "Wer hat dieses Lied geschrieben?"

    assert language_confidence(text, "de") > 0.9 > language_confidence(text, "fr")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("FRA", "fr"),
        ("french", "fr"),
        ("Français", "fr"),
        ("de_AT", "de"),
        ("ger", "de"),
        ("Deutsch", "de"),
        ("spa", "es"),
        ("Spanish (Spain)", "es"),
        ("italiano", "it"),
        ("ENG", "en"),
        ("br", "br"),
    ],
)
def test_language_code_understands_tags_and_names(name: str, code: str):
    assert language_code(name) == code


@pytest.mark.parametrize("name", ["klingon", "f", "", "12", "??"])
def test_language_code_refuses_what_names_no_language(name: str):
    with pytest.raises(ValueError, match="no language"):
        language_code(name)


def test_question_full_of_english_names_keeps_its_language():
    assert detect_reader_language("Le chanteur Breaking Rust n'existe pas ?", default="de") == "fr"
    assert detect_reader_language("Chi sono i Velvet Sundown?", default="de") == "it"
