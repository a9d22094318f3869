"""Questions that ask how much or how many, and what answers them."""

import pytest
from fakes import evidence_of

from rag.asking.asked_amount import asked_amount, asks_for_amount, tells_amount
from rag.types import Question


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("Combien de gens l’écoutent ?", "fr", True),
        ("How much does it cost?", "en", True),
        ("Quante canzoni riceve?", "it", True),
        ("¿Cuántas canciones recibe?", "es", True),
        ("Wie viele hören zu?", "de", True),
        ("Quel est le salaire de la directrice ?", "fr", True),
        ("What’s the price of a ticket?", "en", True),
        ("Qual è il prezzo del biglietto?", "it", True),
        ("¿Cuál es el precio de la entrada?", "es", True),
        ("Wie hoch ist das Gehalt der Sängerin?", "de", True),
        ("Quel est le prix d’une place ?", "fr", True),
        ("Quelle part des titres vient d’une IA ?", "fr", True),
        ("What percentage of the songs is made by AI?", "en", True),
        ("Che percentuale dei brani è fatta con l’IA?", "it", True),
        ("¿Qué porcentaje de las canciones hace la IA?", "es", True),
        ("Wie hoch ist der Anteil der Lieder von KI?", "de", True),
        ("Qui l’écoute ?", "fr", False),
        ("Quelle partie du clip est belle ?", "fr", False),
        ("Which part of the song is sad?", "en", False),
        ("Was teilt der Sänger mit den Fans?", "de", False),
        ("Quel est le prix qu’elle a reçu ?", "fr", False),
        ("Welche Lieder?", "de", False),
    ],
)
def test_question_that_asks_for_an_amount_is_known_by_its_words(text: str, language: str, asks: bool):
    assert asks_for_amount(Question(text, language)) is asks


@pytest.mark.parametrize(
    ("asked", "language", "told", "told_language", "tells"),
    [
        ("Combien coûte une place ?", "fr", "Quatre millions de personnes l’écoutent.", "fr", False),
        ("Combien coûte une place ?", "fr", "Une place coûte 12 euros.", "fr", True),
        ("How much does a ticket cost?", "en", "Ein Platz kostet 12 €.", "de", True),
        ("combien coute l’abonnement", "fr", "Elle a 300 abonnés.", "fr", False),
        ("combien coute l’abonnement", "fr", "Der Zugang kostet 9 € im Monat.", "de", True),
        ("Qual è lo stipendio della direttrice?", "it", "La direttrice ha 40 anni.", "it", False),
        ("¿Cuántos premios ha ganado?", "es", "Plus de 3 millions de personnes l’écoutent.", "fr", False),
        ("¿Cuántos premios ha ganado?", "es", "Ha ganado 3 premios.", "es", True),
        ("¿Cuántos premios ha ganado?", "es", "Elle a remporté 3 trophées.", "fr", True),
        ("Quante persone lo ascoltano?", "it", "Ha pubblicato 12 canzoni.", "it", False),
        ("Quante persone lo ascoltano?", "it", "Lo ascoltano 4 milioni di persone.", "it", True),
        ("Quante persone lo ascoltano?", "it", "Ihn hören 4 Millionen Menschen.", "de", True),
        ("Wie viele Jahre dauerte es?", "de", "Es kamen 300 Menschen.", "de", False),
        ("Wie viele Jahre dauerte es?", "de", "It took 12 years.", "en", True),
        ("Depuis combien de temps chante-t-elle ?", "fr", "Elle chante depuis dix ans.", "fr", True),
        ("Depuis combien de temps chante-t-elle ?", "fr", "Elle a dix chansons.", "fr", False),
        ("Wer singt hier?", "de", "Ana Ruiz singt.", "de", True),
    ],
)
def test_amount_is_told_by_a_sentence_with_one_of_what_is_asked_for(
    asked: str, language: str, told: str, told_language: str, tells: bool
):
    evidence = evidence_of(told, language=told_language)

    assert tells_amount(Question(asked, language), evidence) is tells


@pytest.mark.parametrize(
    ("asked", "language", "told", "told_language", "tells"),
    [
        ("Quelle part des titres vient d’une IA ?", "fr", "Environ 30 % des morceaux viennent d’une IA.", "fr", True),
        ("Quelle part des titres vient d’une IA ?", "fr", "Circa il 30% dei brani è fatto con l’IA.", "it", True),
        ("Quelle part des titres vient d’une IA ?", "fr", "Une chanson sur cinq vient d’une IA.", "fr", True),
        ("Quelle part des titres vient d’une IA ?", "fr", "Jedes fünfte Lied ist von einer KI.", "de", True),
        ("Quelle part des titres vient d’une IA ?", "fr", "L’IA a fait 50 000 titres.", "fr", False),
        ("Quelle part des titres vient d’une IA ?", "fr", "La moitié des élèves les aime.", "fr", False),
        ("Combien de chansons sur dix viennent d’une IA ?", "fr", "Un tiers des chansons vient d’une IA.", "fr", True),
        ("What share of the tracks is made by AI?", "en", "One in three songs is made by AI.", "en", True),
        ("What share of the tracks is made by AI?", "en", "AI made 3 songs in 10 weeks.", "en", False),
        ("What share of the tracks is made by AI?", "en", "Two songs came out in 2025.", "en", False),
        ("What share of the class likes it?", "en", "Half the class likes it.", "en", True),
        ("Quante canzoni su dieci sono fatte dall’IA?", "it", "Due terzi delle canzoni vengono dall’IA.", "it", True),
        ("Che percentuale dei brani è fatta con l’IA?", "it", "A metà novembre il brano era primo.", "it", False),
        ("¿Qué porcentaje de las canciones hace la IA?", "es", "La IA hace una de cada cinco canciones.", "es", True),
        ("¿Qué porcentaje de las canciones hace la IA?", "es", "La mitad de los oyentes no lo sabe.", "es", False),
        ("Wie viel Prozent der Lieder sind von KI?", "de", "Rund 30 Prozent der Titel sind von KI.", "de", True),
        ("Wie viel Prozent der Lieder sind von KI?", "de", "Drei von zehn KI-Songs gefallen.", "de", True),
        ("Wie viel Prozent der Lieder sind von KI?", "de", "Jede zweite Woche kommt ein Lied.", "de", False),
        ("Wie viel Prozent der Lieder sind von KI?", "de", "Das Lied ist 100 % künstlich.", "de", False),
    ],
)
def test_share_that_is_asked_for_is_told_in_percent_as_a_fraction_or_as_so_many_of_so_many(
    asked: str, language: str, told: str, told_language: str, tells: bool
):
    assert tells_amount(Question(asked, language), evidence_of(told, language=told_language)) is tells


def test_one_of_several_sentences_is_enough():
    evidence = evidence_of("Elle chante.", "Une place coûte 12 euros.")

    assert tells_amount(Question("Combien coûte une place ?", "fr"), evidence)
    assert not tells_amount(Question("Combien coûte une place ?", "fr"), evidence[:1])


def test_price_of_a_subscription_is_no_count_of_subscribers():
    assert asked_amount(Question("Combien d’abonnés a-t-elle ?", "fr")) is not None
    assert asked_amount(Question("Combien coûte l’abonnement ?", "fr")) is None
