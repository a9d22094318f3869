"""What a reader tells of itself is hidden before any model sees it; the news is not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.masking import SENTENCES, falsely_masked, measure, read
from safety import mask
from safety.types import Masked


@given(st.from_regex(r"0[1-9]( [0-9]{2}){4}|\+49 ?1[5-7][0-9] ?[0-9]{7,8}|06[0-9]{8}", fullmatch=True))
def test_mask_never_leaves_a_telephone_number(number: str):
    masked = mask(f"Mon numéro est {number}, qui est Messi ?")

    assert re.sub(r"\D", "", masked.text) == ""
    assert Masked.PHONE in masked.kinds


@given(st.from_regex(r"[a-z][a-z0-9._]{0,12}[a-z0-9]@[a-z]{2,10}\.(fr|de|com|co\.uk)", fullmatch=True))
def test_mask_never_leaves_an_email(email: str):
    masked = mask(f"Scrivimi a {email} per favore")

    assert email not in masked.text
    assert "@" not in masked.text
    assert Masked.EMAIL in masked.kinds


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Je m'appelle Léa Martin, j'habite 12 rue du Port. Qui est Messi ?", ["Léa", "Martin", "rue", "12"]),
        ("my name is tom baker and i live at 5 Green Lane", ["tom", "baker", "Green"]),
        ("Mi chiamo Anna Rossi e abito in via Garibaldi 7", ["Anna", "Rossi", "Garibaldi", "7"]),
        ("Me llamo Lucía y vivo en la calle Mayor 3", ["Lucía", "Mayor", "3"]),
        ("Ich heiße Paul Weber und wohne in der Lindenstraße 4", ["Paul", "Weber", "Linden", "4"]),
        ("Je vais au collège Jean Moulin", ["Jean", "Moulin"]),
        ("Hallo, ich bin die Emma, wer singt?", ["Emma"]),
        ("Ciao sono Marco Bianchi, chi canta?", ["Marco", "Bianchi"]),
        ("Mi hermana se llama Daniela", ["Daniela"]),
        ("ma maîtresse Mme Dubreuil ne me croit pas", ["Dubreuil"]),
        ("my mail is zara_2015 at gmail dot com", ["zara_2015"]),
        ("Mein Papa heißt Thomas Weber und ist Polizist", ["Thomas", "Weber"]),
        ("mi madre se llama Carmen Ruiz", ["Carmen", "Ruiz"]),
        ("mon snap c’est lea_2013 ajoute moi", ["lea_2013"]),
        ("il mio insta è @gio.gamer", ["gio", "gamer"]),
        ("hi im chloe from year 5 at Oakwood Academy", ["Oakwood"]),
    ],
)
def test_mask_hides_what_a_child_tells_of_itself(text: str, hidden: list[str]):
    masked = mask(text)

    assert [word for word in hidden if word in masked.text] == []
    assert masked.kinds


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mi correo es ana@x.es. quien canta?", "mi correo es ***. quien canta?"),
        ("my email is ana@example.org. who sings?", "my email is ***. who sings?"),
        ("ma mail c'est lea arobase orange point fr. qui chante ?", "ma mail c'est ***. qui chante ?"),
        ("la mia mail è anna@gmail. com chi canta?", "la mia mail è *** chi canta?"),
        ("j'habite 12 rue des Lilas à Lyon. qui chante ?", "j'habite *** à Lyon. qui chante ?"),
        ("abito in via Roma 3 a Torino chi canta?", "abito in *** a Torino chi canta?"),
        ("vivo en la calle Mayor quién canta?", "vivo en la *** quién canta?"),
    ],
)
def test_mask_leaves_the_question_that_follows_an_address(text: str, left: str):
    assert mask(text).text == left


@pytest.mark.parametrize(
    "text",
    [
        "Qui est Emmanuel Macron ?",
        "Wer wohnt in der Downing Street 10?",
        "Combien coûtent 10 000 000 d'euros en 2024-2025 ?",
        "Comment s'appelle le président ?",
        "Que s'est-il passé le 12.03.2024 ?",
        "Qui a dit « Je suis Charlie » ?",
        "Why did Paul McCartney's brother sing at 10 Downing Street?",
        "Warum sagte Kennedy: Ich bin ein Berliner?",
        "Meine Mutter ist Polizistin, was macht die Polizei?",
        "Mon Discord est en panne, pourquoi ?",
        "Why was TikTok fined 500.5 million?",
    ],
)
def test_mask_leaves_the_news_alone(text: str):
    assert mask(text).text == text


@given(st.text(max_size=200))
@settings(max_examples=4 * settings.default.max_examples)
def test_mask_changes_nothing_the_second_time(text: str):
    once = mask("Je m'appelle " + text).text

    assert mask(once).text == once


def test_masking_leaves_little_of_the_test_half_and_nothing_false_in_news_questions():
    figures = measure(read(SENTENCES))

    assert figures["test"]["all"].percent >= 95
    assert falsely_masked([line["question"] for line in read(SENTENCES.with_name("gate_questions.jsonl"))]) == []


def test_what_is_told_in_a_follow_up_is_masked_too():
    masked = mask("Et lui ? Je m'appelle Lou Garnier et mon numéro est 06 11 22 33 44.")

    assert masked.text == "Et lui ? Je m'appelle *** et mon numéro est ***."
