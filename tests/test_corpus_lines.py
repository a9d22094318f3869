import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.layout import is_heading, is_leftover
from corpus.lines import is_byline, presents_writer, without_bullet, without_leftovers, without_markup


@pytest.mark.parametrize(
    "line",
    [
        "Surprise!",
        "Mystère...",
        "Un grand succès",
        "In sintesi",
        "Tl;dr",
        "En bref :",
        "Come si chiama la canzone",
        "Il robot che canta",
        "I robot cantano",
        "Was macht Spotify?",
        "¿Quién canta entonces?",
        "«Era bastante evidente»",
        "The pure absence of art",
        "...",
        "",
    ],
)
def test_is_heading_is_true_for_labels_questions_and_groups_of_words(line: str):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Il chante seul.",
        "Er lebt nicht.",
        "No existe.",
        "« Il n'existe pas. »",
        "Et tout le monde danse !",
        "C'est la fête !",
        "J'adore ce cow-boy",
        "Je comprends que tout est possible",
        "Ich mag das Lied",
        "It's a machine",
        "On n'en sait rien…",
        "Nobody knows. The label is silent",
        "una parola " * 12,
    ],
)
def test_is_heading_is_false_for_statements_however_short(line: str):
    assert not is_heading(line)


@given(st.text(max_size=120))
def test_is_heading_takes_any_text(line: str):
    assert isinstance(is_heading(line), bool)


@pytest.mark.parametrize(
    "line",
    [
        "Regarde le clip, fait aussi avec une IA.",
        "Guarda il video della canzone",
        "Watch the video below",
        "Mira el vídeo del concierto",
        "Schau dir das Musikvideo an!",
        "Foto: dpa",
        "Photo : Jeanne Martin / AFP",
        "Crédit photo : la mairie",
        "Fotografía: EFE",
        "Il robot sul palco (Ansa)",
        "© Jane Doe",
        "Leggi anche: Il robot che balla",
        "À lire aussi : le piano du robot",
        "Lesen Sie auch: Der Roboter tanzt",
        "Lee también: El robot baila",
        "Subscribe to our newsletter",
        "Lesezeit: 3 Minuten",
        "Teilen",
        "https://example.org/clip",
        "* * *",
        "....",
    ],
)
def test_is_leftover_is_true_for_what_belongs_to_the_page(line: str):
    assert is_leftover(line)


@pytest.mark.parametrize(
    "line",
    [
        "Le clip a été vu un million de fois.",
        "Photo by photo, the machine learned to paint.",
        "Les photos du concert ont disparu.",
        "Il video dura tre minuti.",
        "Consulter un médecin reste utile.",
        "Mirar un vídeo no es escuchar.",
        "Werbung für Roboter ist verboten.",
        "Watch the video, they said, and then " + "told a very long story " * 10,
    ],
)
def test_is_leftover_is_false_for_statements(line: str):
    assert not is_leftover(line)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Un robot chante. Regarde le clip et dis-nous ce que tu en penses.", "Un robot chante."),
        ("Der Roboter am Klavier. (Foto: dpa)", "Der Roboter am Klavier."),
        ("El robot (© EFE) canta.", "El robot canta."),
        ("Guarda il video!", ""),
        ("Il robot canta. E balla!", "Il robot canta. E balla!"),
    ],
)
def test_without_leftovers_keeps_what_is_said_of_the_subject(line: str, kept: str):
    assert without_leftovers(line) == kept


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("**Breaking Rust a été**", "Breaking Rust a été"),
        ("*Walk My Walk* e __basta__", "Walk My Walk e basta"),
        ("***Achtung***, _bitte_", "Achtung, bitte"),
        ("## Un grand succès", "Un grand succès"),
        ("[la canción](https://example.org/a) suena", "la canción suena"),
        ("![foto](a.png) Hola", "Hola"),
        ("Musiker*innen und m**de", "Musiker*innen und m**de"),
        ("2 * 3 * 4, #1 y dj_robot_9", "2 * 3 * 4, #1 y dj_robot_9"),
        ("**orphelin", "orphelin"),
    ],
)
def test_without_markup_takes_marks_and_leaves_words(line: str, plain: str):
    assert without_markup(line) == plain


@pytest.mark.parametrize("line", ["- Canta.", "* Canta.", "• Canta.", "> Canta.", "  - > Canta."])
def test_without_bullet_takes_every_kind_of_bullet(line: str):
    assert without_bullet(line) == "Canta."


@pytest.mark.parametrize(
    "line",
    [
        "Von Anna Schmidt",
        "By Jane Doe",
        "Par Jean-Luc Martin",
        "Di Chiara Rossi",
        "Por Ana López, Madrid",
        "VON ANNA LI",
    ],
)
def test_is_byline_knows_how_five_languages_name_the_writer(line: str):
    assert is_byline(line)


@pytest.mark.parametrize("line", ["Von Bach bis Beyoncé", "Par hasard", "Di notte il robot canta", "Por Navidad"])
def test_is_byline_is_false_for_other_lines(line: str):
    assert not is_byline(line)


def test_presents_writer_knows_a_statement_about_one():
    assert presents_writer("Anna Bianchi è giornalista e scrive di musica.")
