import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.unwrapping import unwrap

PARAGRAPHS = {
    "fr": "Dans une petite ville du nord, un robot joue du piano tous les soirs. Les voisins viennent l'écouter, "
    "mais personne ne sait qui l'a programmé. La mairie a ouvert une enquête pour le découvrir.",
    "de": "In einer kleinen Stadt im Norden spielt ein Roboter jeden Abend Klavier. Die Nachbarn hören ihm gern zu, "
    "doch niemand weiß, wer ihn gebaut hat. Das Rathaus sucht nun nach der Antwort auf diese Frage.",
    "it": "In una piccola città del nord un robot suona il pianoforte ogni sera. I vicini vengono ad ascoltarlo, ma "
    "nessuno sa chi lo abbia programmato. Il comune ha aperto un'indagine per scoprirlo.",
}


@pytest.mark.parametrize("language", PARAGRAPHS)
@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_unwrap_gives_back_the_paragraphs_that_were_wrapped(language: str, width: int, between: str):
    paragraphs = ["Titolo breve", PARAGRAPHS[language], PARAGRAPHS[language][40:].capitalize()]

    wrapped = between.join(textwrap.fill(paragraph, width) for paragraph in paragraphs)

    assert unwrap(wrapped) == between.join(paragraphs)


def test_unwrap_keeps_items_of_a_list_apart():
    items = [f"- {PARAGRAPHS['fr']}", "- Un piano", f"- {PARAGRAPHS['it']}"]

    wrapped = "\n".join(textwrap.fill(item, 72, subsequent_indent="  ") for item in items)

    assert unwrap(wrapped) == "\n".join(items)


def test_unwrap_joins_a_word_with_a_hyphen_but_not_a_suspended_one():
    text = "\n".join(
        [
            "Der Roboter komponiert jeden Abend neue Lieder für die ganze Musik-",
            "und Filmbranche, und niemand weiß genau, woher die vielen schönen",
            "Melodien eigentlich kommen, denn er spricht nicht mit den Konzert-",
            "besuchern.",
        ]
    )

    assert "Musik- und Filmbranche" in unwrap(text)
    assert "Konzert-besuchern" in unwrap(text)


@pytest.mark.parametrize(
    "text",
    [
        "Un robot apprend à faire du pain\nIl pétrit.\nIl cuit.",
        "un piano\nune guitare\nun violon\nune batterie",
        "Questo è bellissimo!\nMi piace molto questa canzone del robot.\nA me no.",
        PARAGRAPHS["fr"] + "\n" + PARAGRAPHS["it"],
        "",
    ],
)
def test_unwrap_leaves_a_text_that_was_not_wrapped(text: str):
    assert unwrap(text) == text


@given(st.text(st.sampled_from("aB .-\né"), max_size=400))
def test_unwrap_changes_only_white_space(text: str):
    assert "".join(unwrap(text).split()) == "".join(text.split())
