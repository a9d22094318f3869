"""What denies, or says more of, what the evidence says: within a language and across."""

import pytest
from fakes import evidence_of

from rag.checking.polarity import other_certainty, other_polarity, other_quantity
from rag.types import Question


@pytest.mark.parametrize(
    ("text", "language", "evidence", "found"),
    [
        ("Les musiciens ne se font pas de souci.", "fr", "Les musiciens se font du souci.", ["negation"]),
        ("Spotify warnt nicht vor „slop“.", "de", "Spotify warnt vor „slop“.", ["negation"]),
        ("The band has no members.", "en", "The band has four members.", ["negation"]),
        ("Non c’è nessuna prova.", "it", "C’è una prova.", ["negation"]),
        ("El grupo nunca canta.", "es", "El grupo canta cada noche.", ["negation"]),
        ("On sait qui a inventé le robot.", "fr", "Personne ne sait qui a inventé le robot.", ["no negation"]),
        ("Eine KI hat Gefühle.", "de", "Gefühle hat eine KI keine.", ["no negation"]),
        ("Breaking Rust es una persona.", "es", "Breaking Rust no es una persona.", ["no negation"]),
        ("The robot sings.", "en", "The robot doesn’t sing.", ["no negation"]),
        ("Il gruppo esiste.", "it", "Il gruppo non esiste.", ["no negation"]),
    ],
)
def test_sentence_that_denies_its_evidence_or_what_that_denies_has_a_problem(
    text: str, language: str, evidence: str, found: list[str]
):
    assert list(other_polarity(text, Question("?", language), evidence_of(evidence, language=language))) == found


@pytest.mark.parametrize(
    ("text", "language", "evidence", "told_in"),
    [
        ("Le chanteur n’existe pas.", "fr", "Der Sänger existiert nicht.", "de"),
        ("El grupo no tiene cantante.", "es", "Nella band non canta nessuno.", "it"),
        ("Non, le robot ne cache rien.", "fr", "The robot hides nothing.", "en"),
        ("It is not real.", "en", "C’est un faux chanteur.", "fr"),
        ("Nicht nur Kinder singen.", "de", "Kinder und Eltern singen.", "de"),
        ("La canción dura dos minutos.", "es", "La canción dura dos minutos y la canta alguien que no existe.", "es"),
        ("Il robot canta, ma non balla.", "it", "Il robot canta ogni sera. Però non balla.", "it"),
        ("The fake singer was invented.", "en", "The singer is not a real person.", "en"),
    ],
)
def test_sentence_with_the_negations_of_its_evidence_has_no_problem(
    text: str, language: str, evidence: str, told_in: str
):
    assert list(other_polarity(text, Question("?", language), evidence_of(evidence, language=told_in))) == []


def test_clause_that_shares_words_decides_whether_a_sentence_denies():
    (item,) = evidence_of("Sora zeigt ein Paar, aber Musiker mögen Sora nicht.", language="de")
    question = Question("Was zeigt Sora?", "de")

    assert list(other_polarity("Sora zeigt ein Paar.", question, [item])) == []
    assert list(other_polarity("Sora zeigt kein Paar.", question, [item])) == ["negation"]
    assert list(other_polarity("Musiker mögen Sora.", question, [item])) == ["no negation"]


@pytest.mark.parametrize(
    ("text", "language", "evidence", "found"),
    [
        ("Toutes les chansons sont fausses.", "fr", "Three songs in ten are fake.", ["quantity: all"]),
        ("The singer is always sad.", "en", "Le chanteur est souvent triste.", ["quantity: all"]),
        ("La maggior parte dei brani è finta.", "it", "Tres de diez canciones son falsas.", ["quantity: most"]),
        ("Alle Kinder singen.", "de", "Les enfants chantent.", ["quantity: all"]),
        ("Todas las canciones son falsas.", "es", "Alle Lieder sind falsch.", []),
        ("La plupart des chansons sont fausses.", "fr", "All songs are fake.", []),
        ("Il chante chaque mois.", "fr", "Er singt einmal im Monat.", []),
        ("Not everyone sings.", "en", "Certains chantent.", []),
    ],
)
def test_sentence_that_says_of_all_what_its_evidence_says_of_some_has_a_problem(
    text: str, language: str, evidence: str, found: list[str]
):
    told_in = {"Three": "en", "Le ": "fr", "Tres": "es", "Les ": "fr", "Alle": "de", "All ": "en", "Er s": "de"}
    language_told = next((code for start, code in told_in.items() if evidence.startswith(start)), "fr")

    told = evidence_of(evidence, language=language_told)

    assert list(other_quantity(text, Question("?", language), told)) == found


def test_evidence_in_a_language_of_no_reader_is_read_as_any():
    (item,) = evidence_of("Zanger bestaat niet: no existe nadie.", language="nl")

    assert list(other_polarity("Le chanteur n’existe pas.", Question("?", "fr"), [item])) == []


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("Zoé Rax est un cow-boy triste.", "fr", "Sur son profil, Zoé Rax apparaît comme un cow-boy triste."),
        ("Zoe Rax is a sad cowboy.", "en", "Online, Zoe Rax looks like a sad cowboy."),
        ("Zoe Rax è un cowboy triste.", "it", "Zoe Rax si presenta come un cowboy triste."),
        ("Zoe Rax es un vaquero triste.", "es", "Zoe Rax aparece como un vaquero triste."),
        ("Zoe Rax ist ein trauriger Cowboy.", "de", "Zoe Rax gibt sich als trauriger Cowboy."),
        ("La chanson est faite par une machine.", "fr", "La chanson serait faite par une machine."),
        ("Il tema è scritto da una macchina.", "it", "Il tema sarebbe scritto da una macchina."),
    ],
)
def test_sentence_that_tells_as_a_fact_what_only_seems_so_has_a_problem(text: str, language: str, evidence: str):
    found = list(other_certainty(text, Question("?", language), evidence_of(evidence, language=language)))

    assert found == ["only seems so"]


@pytest.mark.parametrize(
    ("text", "language", "evidence"),
    [
        ("Zoé Rax semble être un cow-boy.", "fr", "Sur son profil, Zoé Rax apparaît comme un cow-boy triste."),
        ("Si temeva che la macchina cantasse.", "it", "Forse la macchina canta."),
        ("Zoe Rax es un robot.", "es", "Zoe Rax es un robot, y aparece como un vaquero triste."),
        ("The song is sad.", "en", "The song is sad, and the singer seems tired."),
        ("Une IA est un programme d’ordinateur.", "fr", "Une IA est un programme d’ordinateur qui semble humain."),
        ("On peut générer la musique.", "fr", "La musique peut être générée par une machine."),
        ("L’album de Zoé sort le 12 mai.", "fr", "L’album de Zoé paraît le 12 mai."),
        ("Zoe Rax sings.", "en", "Zoe Rax sings and seems sad."),
        ("Falsche Künstler müssen erkannt werden.", "de", "Außerdem sollen falsche Künstler erkannt werden."),
        ("La canzone di Zoé è famosa.", "it", "Por supuesto, la canzone è famosa."),
    ],
)
def test_sentence_that_is_as_sure_as_its_evidence_has_no_problem(text: str, language: str, evidence: str):
    assert not list(other_certainty(text, Question("?", language), evidence_of(evidence, language=language)))
