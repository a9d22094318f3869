"""How the texts that readers see are written, whatever they say."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from corpus.language import READER_LANGUAGES
from rag.phrases import PROMPTS

FOLDERS = ("page", "phrases", "web", "glossary")
ADDRESSES = {  # the words that speak to one reader
    "fr": "tu|te|toi|ton|ta|tes|vous|votre|vos",
    "it": "tu|te|ti|tuo|tua|tuoi|tue|puoi|vuoi|potrai",
    "es": "tu|tus|te|ti|usted|puedes|quieres|podrás",
    "de": "du|dich|dir|dein|deine|deiner|deinen|deinem|ihnen",
}
SEARCHED_FOR = {"forms", "near"}  # the glossary's words as articles write them, which nobody is shown


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in SEARCHED_FOR:
                yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def texts(folder: str, language: str) -> list[str]:
    return list(texts_in(tomllib.loads((PROMPTS / folder / f"{language}.toml").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_texts_have_curly_apostrophes_and_quotation_marks_and_one_sign_for_three_dots(folder: str, language: str):
    found = [text for text in texts(folder, language) if re.search(r"['\"]|\.\.\.", text)]

    assert found == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_texts_in_french_have_a_space_that_does_not_break_beside_marks(folder: str):
    found = [text for text in texts(folder, "fr") if re.search(r"(?<![\u00a0\u202f])[:;?!»]|«(?![\u00a0\u202f])", text)]

    assert found == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_texts_in_spanish_open_what_they_ask_and_exclaim(folder: str):
    found = [
        text for text in texts(folder, "es") if (text.count("?"), text.count("!")) != (text.count("¿"), text.count("¡"))
    ]

    assert found == []


@pytest.mark.parametrize("folder", ["page", "phrases", "web", "widget"])
@pytest.mark.parametrize("language", ADDRESSES)
def test_texts_around_answers_say_neither_tu_nor_vous_for_children_and_adults_read_them(folder: str, language: str):
    found = [text for text in texts(folder, language) if re.search(rf"\b({ADDRESSES[language]})\b", text, re.I)]

    assert found == []
