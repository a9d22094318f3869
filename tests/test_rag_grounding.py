"""What speaks against a sentence: numbers, names and the language, in five languages."""

from collections.abc import Sequence

import pytest
from fakes import evidence_of

from rag.checking.grounding import faults, in_language, is_all_told, unsupported
from rag.types import Evidence, Question


def problems(text: str, question: Question, evidence: Sequence[Evidence]) -> list[str]:
    return [*faults(text, question), *unsupported(text, question, evidence)]


def problems_of(text: str, language: str, *evidence: str, question: str = "?", title: str = "") -> list[str]:
    return problems(text, Question(question, language), evidence_of(*evidence, title=title, language="nl"))


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("Plus de 400 000 personnes l'ont écoutée.", "fr", "Más de 400.000 personas la escucharon."),
        ("More than 400,000 people listened.", "en", "Mehr als 400.000 Leute haben zugehört."),
        ("La chanson dure 3,5 minutes.", "fr", "The song lasts 3.5 minutes."),
        ("Vier Millionen Menschen hören zu.", "de", "Plus de 4 millions de personnes écoutent."),
        ("Ci sono 4 robot.", "it", "Ci sono quattro robot."),
        ("El 10/11/2025 llegó al número uno.", "es", "Il est arrivé en tête le 10 novembre 2025."),
    ],
)
def test_sentence_with_the_numbers_of_its_evidence_has_no_problem(text: str, language: str, evidence: str):
    assert problems_of(text, language, evidence) == []


def test_sentence_with_a_number_that_its_evidence_does_not_have_has_one():
    assert problems_of("Environ 9 millions de gens.", "fr", "Plus de 4 millions de gens.") == ["number '9000000'"]


def test_numbers_of_the_title_may_be_said():
    assert problems_of("Elle a gagné 12 prix.", "fr", "Elle gagne.", title="12 prix") == []


def test_name_of_the_question_may_be_said_only_of_an_article_that_has_it():
    question = Question("Dove ha studiato Paul Trillo?", "it")
    about_him, other = "Paul Trillo dirige. Ha studiato in Indiana.", "Il professore insegna. Ha studiato in Indiana."
    text = "Paul Trillo ha studiato in Indiana."

    told = [
        problems(text, question, evidence_of(*article.split(". "), language="fr")[1:]) for article in (about_him, other)
    ]

    assert told == [[], ["name 'Trillo'"]]


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("La chanteuse Beyoncé chante.", "fr", "La cantante Beyonce canta."),
        ("Le patron d'OpenAI a parlé.", "fr", "Il capo di OpenAI ha parlato."),
        ("Le groupe d’Élodie vient de l'Italie.", "fr", "Il gruppo di Élodie viene dall'Italia."),
        ("La canzone arriva dagli Stati Uniti.", "it", "La chanson vient des États-Unis."),
        ("The song comes from the United States.", "en", "La chanson vient des États-Unis."),
        ("Das Lied kommt aus den Vereinigten Staaten.", "de", "La chanson vient des États-Unis."),
        ("La canción viene de Alemania.", "es", "Das Lied kommt aus Deutschland."),
        ("It came out in the last days of November, on a Friday.", "en", "Elle est sortie fin novembre, un vendredi."),
        ("The voice is Sony's own, and that is Breaking Rust's secret.", "en", "Breaking Rust chante chez Sony."),
        ("Une IA a tout fait.", "fr", "An AI made all of it."),
        ("Il l'a dit : « Le robot chante bien. »", "fr", "Il robot canta bene, ha detto."),
        ("Il l'a dit :\u00a0«\u00a0Le robot chante bien.\u00a0»", "fr", "Il robot canta bene, ha detto."),
    ],
)
def test_sentence_with_the_names_of_its_evidence_has_no_problem(text: str, language: str, evidence: str):
    assert problems_of(text, language, evidence) == []


@pytest.mark.parametrize(
    ("text", "language", "evidence", "name"),
    [
        ("La chanteuse Céline chante.", "fr", "La chanteuse Beyoncé chante.", "Céline"),
        ("Il capo di Spotify ha parlato.", "it", "Il capo di Deezer ha parlato.", "Spotify"),
        ("Canta la cantante Ñusta.", "es", "Canta la cantante Beyoncé.", "Ñusta"),
        ("We heard that Taylor sings.", "en", "On dit que Beyoncé chante.", "Taylor"),
    ],
)
def test_sentence_with_a_name_that_its_evidence_does_not_have_has_a_problem(
    text: str, language: str, evidence: str, name: str
):
    assert f"name '{name}'" in problems_of(text, language, evidence)


def test_names_of_the_title_may_be_said():
    assert problems_of("La chanson est belle, dit Théo.", "fr", "Elle chante.", title="Théo raconte") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il robot canta la sua canzone ogni sera.", "fr"),
        ("The robot sings its song every evening.", "de"),
        ("Le robot chante sa chanson chaque soir.", "it"),
        ("Der Roboter singt jeden Abend sein Lied für die Leute.", "es"),
        ("El robot canta su canción todas las noches.", "en"),
    ],
)
def test_sentence_in_another_language_has_a_problem(text: str, language: str):
    assert f"not in '{language}'" in problems_of(text, language, text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il robot canta la sua canzone ogni sera.", "it"),
        ("Der Roboter singt jeden Abend sein Lied.", "de"),
        ("Le groupe « The Velvet Sundown » chante « Dust on the Wind » chaque soir.", "fr"),
        ("El robot canta su canción todas las noches.", "es"),
        ("The robot sings its song every evening.", "en"),
    ],
)
def test_sentence_is_in_its_language_whatever_it_quotes(text: str, language: str):
    assert in_language(text, Question("?", language))


@pytest.mark.parametrize("text", ["Breaking Rust.", "Ja.", "Un robot chante.", "2025"])
def test_sentence_too_short_to_tell_counts_as_any_language(text: str):
    assert all(in_language(text, Question("?", language)) for language in ("fr", "en", "it", "es", "de"))


def test_sentence_that_says_no_more_than_the_question_has_a_problem():
    (item,) = evidence_of("Gli artisti temono di perdere il lavoro.", language="it")
    question = Question("Perché gli artisti sono preoccupati?", "it")

    assert problems("Gli artisti sono preoccupati.", question, [item]) == ["says no more than the question"]
    assert problems("Gli artisti temono di perdere il lavoro.", question, [item]) == []


def test_sentence_of_other_words_than_its_evidence_has_a_problem_where_the_languages_agree():
    text, question = "Jason enseigne la peinture moderne.", Question("Qui est Jason ?", "fr")
    (agreeing,) = evidence_of("Jason parle de musique country.", language="fr")
    (other,) = evidence_of("Jason parla di musica country.", language="it")

    assert problems(text, question, [agreeing]) == ["few of its words stand in the evidence"]
    assert problems(text, question, [other]) == []


@pytest.mark.parametrize(
    ("text", "question", "language", "evidence", "supported"),
    [
        ("Le chanteur habite dans un château.", "Où habite le chanteur ?", "fr", "Le chanteur est premier.", False),
        ("Le chanteur habite dans une ferme.", "Où habite le chanteur ?", "fr", "Sa ferme est petite.", True),
        ("Il a dix ans.", "Quel âge a-t-il ?", "fr", "Le chanteur a huit ans.", False),
        ("Il a huit ans.", "Quel âge a-t-il ?", "fr", "Le chanteur a huit ans.", True),
        ("He is ten.", "How old is he?", "en", "The singer is six.", False),
    ],
)
def test_what_a_sentence_adds_to_its_question_must_stand_in_the_evidence(
    text: str, question: str, language: str, evidence: str, supported: bool
):
    found = list(unsupported(text, Question(question, language), evidence_of(evidence, language=language)))

    assert (found == []) is supported


@pytest.mark.parametrize("text", ["Yes, the artists are worried.", "The artists are worried.", "Artists are worried!"])
def test_function_words_add_nothing_to_a_question(text: str):
    assert faults(text, Question("Are artists worried?", "en")) == ["says no more than the question"]


def test_number_that_only_the_question_brings_up_is_not_proved_by_the_article():
    (item,) = evidence_of("Le 9 novembre, on chante.", "Des gens écoutent.", language="fr")[1:]
    question = Question("9 millions de gens écoutent ?", "fr")

    assert list(unsupported("Oui, 9 millions de gens écoutent.", question, [item])) == ["number '9000000'"]


def test_name_of_the_question_at_the_beginning_does_not_make_a_sentence_foreign():
    text = "Breaking Rust est un chanteur de country."

    assert in_language(text, Question("Qui est le chanteur Breaking Rust ?", "fr"))
    assert not in_language("The singer was made up by a computer last year.", Question("Qui est Breaking Rust ?", "fr"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La cantante Ana Ruiz vende 4 discos.", True),
        ("La cantante Ana Ruiz compra discos.", False),
        ("Ana Ruiz.", False),
    ],
)
def test_all_words_but_asked_names_and_numbers_must_be_told(text: str, told: bool):
    evidence = evidence_of("La cantante vende cuatro discos.", "Se llama Ana Ruiz.", language="es")[:1]

    assert is_all_told(text, Question("¿Cuántos discos compra la cantante Ana Ruiz?", "es"), evidence) is told


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        ("Léo Brunel est le cow-boy du classement.", "Un cow-boy en tête du classement", "fr"),
        ("Josh Antonucci è il cowboy in classifica.", "Il cowboy in testa alla classifica", "it"),
        ("Josh Antonucci ist der Cowboy in der Hitparade.", "Ein Cowboy führt die Hitparade an", "de"),
    ],
)
def test_what_only_the_title_tells_is_said_of_nobody_whom_the_evidence_names(text: str, title: str, language: str):
    name = text[: text.index(" ", text.index(" ") + 1)]
    teaches, sings = evidence_of(f"{name} dirige Memphis.", f"{name}: {title}.", language=language, title=title)
    question = Question("?", language)

    assert not is_all_told(text, question, [teaches])
    assert is_all_told(text, question, [sings])


@pytest.mark.parametrize(
    ("text", "told", "title", "language"),
    [
        ("Léo Brunel chante Lune Bleue.", "« Lune Bleue », signé Léo Brunel, plaît.", "Qui chante le plus ?", "fr"),
        ("Josh Antonucci canta Luna Blu.", "« Luna Blu », di Josh Antonucci, piace.", "Chi canta di più?", "it"),
    ],
)
def test_what_stands_between_two_names_that_the_evidence_names_may_be_told_by_the_title(
    text: str, told: str, title: str, language: str
):
    assert is_all_told(text, Question("?", language), evidence_of(told, language=language, title=title))
