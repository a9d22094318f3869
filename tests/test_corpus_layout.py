from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean
from corpus.layout import lay_out

GERMAN = """Donnerstag, 13. November 2025

MUSIK

Ein Sänger, den es gar nicht gibt

Von Anna Schmidt

Foto: dpa

Der Sänger steht auf keiner Bühne, denn er besteht nur aus Rechenschritten. (Foto: Beispielbild) Trotzdem hören ihm
viele Menschen zu.

Schaut euch das Video an!

Wer steckt dahinter?

Niemand weiß es.

Lesen Sie auch: Das Klavier, das von allein spielt

3 Kommentare

Mir gefällt das Lied.

Das ist doch keine Kunst.

Ich bleibe bei meiner Geige."""

SPANISH = """Cultura
Publicado el 13 de noviembre de 2025
Un cantante que no existe llena las listas de éxitos
Por Ana López
Fotografía: archivo
El cantante no tiene cuerpo ni voz propia: lo ha creado un programa en pocos minutos, según cuenta la empresa que lo \
distribuye en varias plataformas.
Mira el vídeo de la canción.
Nadie sabe quién lo programó.
Lee también: El piano que toca solo
¿Qué opináis?
A mí me encanta, la escucho todos los días.
Yo creo que es una trampa.
Pues yo prefiero a los músicos de verdad."""

ITALIAN = """Tecnologia

Il pianista automatico che suona ogni notte

Di Chiara Rossi - 13 novembre 2025

Guarda il video del concerto

In una piccola città un pianoforte suona da solo ogni notte. I vicini lo ascoltano dalla finestra. I bambini ridono, \
i gatti scappano, i cani abbaiano e i turisti applaudono fino a tardi.

Leggi anche: La chitarra che non si accorda

Il sindaco non sa chi lo abbia costruito.

12 commenti

Secondo me è un trucco."""

ENGLISH = """TECHNOLOGY | MUSIC
November 13, 2025, 8:15 am
The piano that plays by itself at night
By Jane Doe, technology reporter
Image: the town hall
A piano in a small town plays by itself every night, and the neighbours have started to bring chairs, blankets and \
hot chocolate to listen to it. Watch the video here.
Read more: The violin nobody bought
Nobody knows who built it.
What do you think?
I love it!
It keeps me awake.
My cat hates it."""

FRENCH = """L'actu des petits

Le piano qui joue tout seul la nuit

13 novembre 2025 à 8h15

Un piano joue tout seul chaque nuit. **Les voisins** l'écoutent. Écoute le podcast pour en savoir plus.

# Comment ça marche ?

- Un moteur appuie sur les touches.
- Un ordinateur choisit la chanson.

À lire aussi : la flûte qui siffle

Commentaires (2)

J'adore !

Mon chien aussi."""

PAGES = [
    pytest.param(GERMAN, "Ein Sänger, den es gar nicht gibt", "3 Kommentare", "de", id="de"),
    pytest.param(SPANISH, "Un cantante que no existe llena las listas de éxitos", "A mí me encanta", "es", id="es"),
    pytest.param(ITALIAN, "Il pianista automatico che suona ogni notte", "12 commenti", "it", id="it"),
    pytest.param(ENGLISH, "The piano that plays by itself at night", "I love it!", "en", id="en"),
    pytest.param(FRENCH, "Le piano qui joue tout seul la nuit", "Commentaires (2)", "fr", id="fr"),
]
LEFTOVERS = (
    *("Von Anna", "Foto", "Schaut", "Lesen Sie", "MUSIK", "**", "13"),
    *("Por Ana", "Mira el", "Lee también", "Cultura", "Di Chiara", "Guarda", "Leggi anche", "Tecnologia"),
    *("By Jane", "Image:", "Watch", "Read more", "TECHNOLOGY", "L'actu", "Écoute le", "À lire", "# ", "- "),
)


@pytest.mark.parametrize(("page", "title", "first_comment", "language"), PAGES)
def test_lay_out_finds_title_date_and_comments_of_a_messy_page(
    page: str, title: str, first_comment: str, language: str
):
    layout = lay_out(clean(page))

    assert layout.title == title
    assert layout.published == date(2025, 11, 13)
    assert layout.comments_start is not None
    assert layout.text[layout.comments_start :].startswith(first_comment)
    assert not layout.in_first_person


@pytest.mark.parametrize(("page", "title", "first_comment", "language"), PAGES)
def test_lay_out_leaves_only_what_the_article_says(page: str, title: str, first_comment: str, language: str):
    text = lay_out(clean(page), language=language).text

    assert [leftover for leftover in LEFTOVERS if leftover in text] == []
    assert title not in text


def test_lay_out_takes_no_french_heading_for_the_comments():
    page = "\n\n".join(
        ["Le piano qui joue tout seul", "Il joue.", "Comment ça marche", "Un moteur.", "Réactions", "On rit."]
    )

    assert lay_out(page).comments_start is None


def test_lay_out_takes_no_question_in_the_middle_for_an_invitation():
    page = "El piano suena solo de noche\n\n¿Qué piensas?\n\nEl alcalde calla.\n\nLa gente ríe.\n\nTodo sigue igual."

    assert lay_out(page).comments_start is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ein Roboter singt\n\nEr singt jeden Tag.", "Ein Roboter singt"),
        ("Musik\n\nEin Roboter singt\n\nEr singt jeden Tag.", "Ein Roboter singt"),
        ("M. Li a un robot. Il chante.", "M. Li a un robot"),
        ("Mistero... Nessuno lo sa, dice il sindaco.", "Mistero..."),
        ("In sintesi\n\nIl robot canta di notte. Nessuno dorme.", "Il robot canta di notte"),
    ],
)
def test_lay_out_gives_short_texts_a_title(text: str, title: str):
    assert lay_out(text).title == title


@pytest.mark.parametrize("text", ["sans espaces" + "é" * 900 + ".", "mots " * 400 + "."])
def test_lay_out_cuts_a_title_that_is_too_long(text: str):
    title = lay_out(text).title

    assert title.endswith("…")
    assert len(title) <= 121


def test_lay_out_keeps_a_known_title_out_of_the_text_but_not_its_echo_in_the_comments():
    body = "\n\n".join(["Il robot canta", "Canta di notte.", *["Nessuno dorme."] * 8, "Il robot canta"])

    layout = lay_out(body, known_title="Il robot canta")

    assert layout.text.startswith("Canta di notte.")
    assert layout.text.endswith("Il robot canta")


def test_lay_out_leaves_a_date_inside_a_statement():
    layout = lay_out("Le piano qui joue seul\n\nLe 13 novembre 2025, Paris découvre un piano.", language="fr")

    assert layout.published is None
    assert "Le 13 novembre 2025, Paris découvre un piano." in layout.text


def test_lay_out_unwraps_a_text_of_72_columns():
    page = (
        "Il pianista automatico che suona\n\nIn una piccola città del nord un pianoforte suona da solo ogni\n"
        "notte. I vicini lo ascoltano dalla finestra, ma nessuno sa chi lo\nabbia costruito."
    )

    layout = lay_out(page)

    assert "ogni notte. I vicini" in layout.text
    assert "\n" not in layout.text


def test_lay_out_keeps_items_without_capitals_apart():
    long = "Dans la grande salle du conservatoire, les enfants ont découvert des machines qui jouent de la musique avec"

    layout = lay_out(f"{long}\n- un piano\n- une guitare", known_title="Le concert")

    assert layout.text == f"{long}\n\nun piano\n\nune guitare"


@pytest.mark.parametrize(
    ("text", "language", "first_person"),
    [
        ("Je trouve cela triste. Mon piano ne ment pas.", "fr", True),
        ("Ich finde das traurig.", "de", True),
        ("I think so.", "en", True),
        ("Secondo me è triste.", "it", True),
        ("Yo creo que no.", "es", True),
        ("I robot sono tristi e i bambini ridono. I cani abbaiano.", "it", False),
        ("Er meinte, das sei traurig. Sein Klavier schweigt.", "de", False),
        ("La chanteuse a dit : « Je suis triste, mon piano aussi. »", "fr", False),
        ("O piano toca sozinho.", "pt", False),
    ],
)
def test_lay_out_tells_whether_one_person_speaks(text: str, language: str, first_person: bool):
    assert lay_out(text, known_title="T", language=language).in_first_person is first_person


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                ["2025-11-13", "3 commenti", "Was meint ihr?", "ich auch", "Foto: dpa", "# - **", "....", "x" * 150]
            ),
        ),
        max_size=12,
    )
)
def test_lay_out_takes_any_text_and_places_comments_at_a_paragraph(lines: list[str]):
    layout = lay_out(clean("\n".join(lines)), language="de")

    start = layout.comments_start
    assert start is None or start == 0 or layout.text[start - 2 : start] == "\n\n"
    assert "\n" not in layout.title
