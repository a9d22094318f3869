"""Sentences in easier ones: what becomes of them in five languages, and what stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.levels.grammar import grammar_of
from rag.levels.simplifying import simplified
from rag.words.quantities import numbers
from rag.words.wording import mentions, words

EASIER = [
    ("fr", "Le robot chante ; la salle est pleine.", ["Le robot chante.", "La salle est pleine."]),
    (
        "fr",
        "La neige tombe sur la ville, et elle reste sur les toits.",
        ["La neige tombe sur la ville.", "Elle reste sur les toits."],
    ),
    (
        "fr",
        "Le musée est petit, mais il compte 300 visiteurs par jour.",
        ["Le musée est petit.", "Mais il compte 300 visiteurs par jour."],
    ),
    ("fr", "Le vélo, en revanche, ne coûte rien.", ["Mais le vélo ne coûte rien."]),
    ("en", "However, Chivas were late.", ["But Chivas were late."]),
    ("en", "The river is wide; the bridge is old.", ["The river is wide.", "The bridge is old."]),
    ("en", "The whale was stuck, but volunteers came.", ["The whale was stuck, but volunteers came."]),
    ("en", "The lake froze, which means ships are late.", ["The lake froze, which means ships are late."]),
    ("en", "Cars are banned here, whereas bikes are allowed.", ["Cars are banned here, whereas bikes are allowed."]),
    ("it", "Il fiume è largo; il ponte è vecchio.", ["Il fiume è largo.", "Il ponte è vecchio."]),
    ("it", "Il treno, tuttavia, è in ritardo.", ["Ma il treno è in ritardo."]),
    ("es", "El río es ancho; el puente es viejo.", ["El río es ancho.", "El puente es viejo."]),
    (
        "es",
        "El museo es pequeño, pero tiene 300 visitantes al día.",
        ["El museo es pequeño.", "Pero tiene 300 visitantes al día."],
    ),
    ("es", "Los trenes, en cambio, llegan tarde.", ["Pero los trenes llegan tarde."]),
    ("de", "Der Fluss ist breit; die Brücke ist alt.", ["Der Fluss ist breit.", "Die Brücke ist alt."]),
    ("de", "Der Park ist klein, und im Sommer singt er dort.", ["Der Park ist klein, und im Sommer singt er dort."]),
    ("en", "The shop sells books and rents bikes.", ["The shop sells books and rents bikes."]),
    ("en", "It has 40 rooms; it is frequently used.", ["It has 40 rooms.", "It is frequently used."]),
    ("it", "Il museo è piccolo, e il ponte è vecchio.", ["Il museo è piccolo.", "Il ponte è vecchio."]),
]

SAME = [
    ("fr", "Il dit que la mer monte, et il a peur."),  # 'que' may hold both
    ("fr", "Si la pluie tombe, la rue est fermée, et elle reste vide."),
    ("fr", "« Il pleut ; elle chante », écrit Léa."),
    ("fr", "Qui chante : le robot est là ?"),
    ("fr", "Elle cherche un chanteur qui sait danser."),  # perhaps there is none
    ("fr", "Ce n’est pas un robot qui chante."),
    ("fr", "Le fils d’un chanteur qui vit ici est là."),
    ("fr", "Il a trois outils : un marteau, une scie et une pince."),
    ("en", "He says that the sea is rising, and he is afraid."),
    ("en", "If it rains, the street is closed, and it is empty."),
    ("en", "He likes films and shows about dogs."),
    ("en", "She wants a boat which is fast."),
    ("en", "Ana Ruiz, a singer, died on Monday."),
    ("en", "In Paris, the next day, it rained."),
    ("it", "Dice che il mare sale, e ha paura."),
    ("it", "È una canzone che ha scritto Anna."),  # who wrote whom
    ("it", "Ama la musica e la porta con sé."),
    ("es", "Dice que el mar sube, y tiene miedo."),
    ("en", "According to the mayor, traffic has fallen, and the air has improved."),  # both are the mayor's words
    ("de", "Laut der Stadt ist der Verkehr schwächer, und die Luft ist besser."),
    ("es", "La empresa Marconi diseñó y construyó el sistema."),
    ("es", "Hubo dos equipos: el LA Galaxy y el Chivas USA, que jugaron allí."),
    ("es", "Bajo el sucesor de Genghis, Ögedei Khan, la velocidad creció."),
    ("es", "El río pasa por la garganta del Rin, una formación antigua."),
    ("fr", "Il mène une guerre contre toute la péninsule, qui ruine ses forces."),
    ("en", "It is hard given the heat, and that not all can swim."),
    ("en", "They rule the race although Morocco and Ethiopia have good runners."),
    ("fr", "L’aide navale et le soutien des alliés contribuèrent à la victoire."),
    ("fr", "Il s’oppose aux Cols Blancs, l’évolution des Cols Bleus."),
    ("de", "Ein Helfer, der sich einmal gemeldet hat, ist dabei."),
    ("es", "Vinieron la cantante Ana Ruiz, el pintor Leo Sol, el alcalde de la ciudad."),
    ("en", "It is more numerous than before."),
    ("en", "The storm hit Hurricane Bay, which made it famous."),
    ("en", "It closed on Monday, a decision which was odd."),
    ("en", "They read the Bible (1525), a book of the time."),
    ("fr", "Il joue dans Henri VIII, le 5 mars 1883."),
    ("fr", "Le logiciel refusera une note qui est fausse."),  # there may be none
    ("es", "La madre, que llama la niña, está en casa."),
    ("de", "Anna Bauer, die Paul liebt, ist hier."),
    ("fr", "Paul aime le jazz ; Anne, le rock."),
    ("es", "La canción, que escribió Ana, es triste."),
    ("es", "Es una canción que escribió Ana."),
    ("de", "Er sagt, dass das Meer steigt, und er hat Angst."),
    ("de", "Sie sucht ein Programm, das gut singt."),
    ("de", "Wenn es regnet, ist die Straße leer, und sie ist nass."),
    ("de", "Die Ehe gilt, und solche Feste sind häufig."),  # words that are a noun, or no adverb, in some sentences
    ("fr", "Il ne possède pas de voiture."),  # 'ne a' is not French
    ("fr", "Sa tente de toile est dans sa demeure."),
    ("en", "The talks are due to start, and the majority of people demonstrate."),
    ("it", "È una piazza per famiglie numerose."),
    ("es", "Es una familia numerosa que cobra a fin de mes."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "easier"), EASIER)
def test_sentence_is_said_in_easier_ones(language: str, text: str, easier: list[str]):
    assert list(simplified(text, language)[-1]) == easier


@pytest.mark.parametrize(("language", "text"), SAME)
def test_sentence_stays_as_it_is_where_no_rule_is_sure(language: str, text: str):
    assert simplified(text, language) == ((text,),)


def test_each_version_is_one_step_from_the_one_before_and_the_first_is_the_sentence_itself():
    versions = simplified("Il chante désormais ; elle danse là ; ils chantent ici.", "fr")

    assert versions[0] == ("Il chante désormais ; elle danse là ; ils chantent ici.",)
    assert versions[-1] == ("Il chante maintenant.", "Elle danse là.", "Ils chantent ici.")
    assert len(versions) == 4


_PIECES = {
    "fr": ("le robot chante", "il n’est pas là", "Ana Ruiz a 12 ans", "et elle danse", "mais il dort", "qui rit"),
    "en": ("the robot sings", "he is not here", "Mona Bell is 12", "and she dances", "but it sleeps", "which was old"),
    "it": ("il robot canta", "non è qui", "Anna Neri ha 12 anni", "e lei balla", "ma dorme", "che è vecchio"),
    "es": ("el robot canta", "no está aquí", "Ana Ruiz tiene 12 años", "y ella baila", "pero duerme", "que es viejo"),
    "de": (
        "der Roboter singt",
        "er ist nicht da",
        "Josh Bauer ist 12",
        "und sie tanzt",
        "aber er schläft",
        "das alt ist",
    ),
}
_JOINTS = st.sampled_from(["; ", ": ", ", ", " ", " – ", " (", ") "])


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A language and a sentence of its pieces, most of them not quite right."""
    language = draw(st.sampled_from(sorted(_PIECES)))
    extra = st.sampled_from(sorted(grammar_of(language).tables["words"]))
    chosen = draw(st.lists(st.one_of(st.sampled_from(_PIECES[language]), extra), min_size=2, max_size=6))
    text = "".join(piece + draw(_JOINTS) for piece in chosen).strip(" ,;:(–")
    return language, f"{text[:1].upper()}{text[1:]}."


@given(sentences())
def test_easier_sentences_add_no_number_no_name_and_no_word_and_lose_no_negation(given_: tuple[str, str]):
    language, text = given_
    grammar = grammar_of(language)
    allowed = " ".join([grammar.contrast, *grammar.tables["words"].values()])

    for version in simplified(text, language):
        said = " ".join(version)
        assert numbers(said, language) == numbers(text, language)
        assert sorted(mentions(said, language, "not")) == sorted(mentions(text, language, "not"))
        assert set(words(said)) - set(words(text)) <= set(words(allowed))


@pytest.mark.parametrize("text", ["", " ", "…", "«", "()", "a" * 5000, "Il chante ; " * 400, "1, 2, 3", "\u0000\ud800"])
def test_any_text_has_a_version(text: str):
    for language in ("fr", "de"):
        assert simplified(text, language)[0] == (text,)


@pytest.mark.parametrize("language", ["fr", "en", "it", "es", "de"])
def test_easier_words_are_other_words_and_not_hard_ones_themselves(language: str):
    table = grammar_of(language).tables["words"]

    assert all(easier != harder and easier.strip() not in table for harder, easier in table.items())
