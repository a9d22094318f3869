"""Who says a sentence of an article, and how a written sentence tells so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Kind
from rag.words.voices import Said, Voice, attributed, who_says

SENTENCES = {
    "fr": "Les robots chanteront tous.",
    "en": "All robots will sing.",
    "it": "Tutti i robot canteranno.",
    "es": "Todos los robots cantarán.",
    "de": "Alle Roboter werden singen.",
}


def said(text: str, language: str, before: str = "") -> tuple[Voice, str]:
    found = who_says(text, before, Kind.NEWS, language)
    return found.voice, found.speaker


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("fr", "« Les robots chantent très faux », explique Léa Moreau.", "Léa Moreau"),
        ("fr", "Selon le directeur du zoo, les robots chantent faux.", "le directeur du zoo"),
        ("fr", "La directrice de l'école affirme que les robots chantent faux.", "La directrice de l’école"),
        ("fr", "Léa Moreau, professeure de chant, estime que les robots chantent faux.", "Léa Moreau"),
        ("fr", "Pour Léa Moreau, les robots chantent faux.", "Léa Moreau"),
        ("fr", "Certains affirment que les robots chantent faux.", ""),
        ("en", "“I never sing out of tune,” said Tom Baker.", "Tom Baker"),
        ("en", "According to Tom Baker, the robots never sleep.", "Tom Baker"),
        ("en", "The singer Tom Baker said there was no music in it.", "The singer Tom Baker"),
        ("it", "Secondo Ugo Neri, i robot cantano male.", "Ugo Neri"),
        ("it", "«I robot non sanno davvero cantare», ha spiegato Neri.", "Neri"),
        ("it", "Ma Ugo Neri ammette però che i robot imparano presto.", "Ugo Neri"),
        ("es", "Los robots cantan mal, según Ana Ruiz.", "Ana Ruiz"),
        ("es", "La directora Ana Ruiz asegura que los robots cantan mal.", "La directora Ana Ruiz"),
        ("es", "«Los robots no saben cantar todavía», afirmó Ruiz.", "Ruiz"),
        ("de", "Laut Jonas Weber singen die Roboter falsch.", "Jonas Weber"),
        ("de", "„Die Roboter singen immer falsch“, sagte Jonas Weber.", "Jonas Weber"),
        ("de", "„Die Roboter singen immer falsch“, so der Regisseur Jonas Weber.", "der Regisseur Jonas Weber"),
        ("de", "Jonas Weber zufolge singen die Roboter falsch.", "Jonas Weber"),
        ("de", "Die Roboter könnten zwar singen, Musik sei das aber nicht.", ""),
    ],
)
def test_who_says_hears_speech_and_names_the_speaker_as_written(language: str, text: str, speaker: str):
    assert said(text, language) == (Voice.SPEECH, speaker)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« La Marche des robots » est une chanson du groupe Fer Blanc."),
        ("fr", "Le prix varie selon la saison."),
        ("fr", "La chanson dit qu’un robot est triste."),
        ("fr", "Fer Blanc n’a jamais dit que les robots chantaient."),
        ("fr", "Les robots sont rangés selon une ligne droite."),
        ("en", "“Walk Like A Robot” is number one."),
        ("en", "Tom Baker told the story of a robot."),
        ("en", "The company has not said when the robots will come."),
        ("it", "Il secondo robot canta meglio del primo."),
        ("es", "La canción dice que un robot está triste."),
        ("de", "Die Roboter singen laut und falsch."),
        ("de", "Auf Englisch nennt man das „noise“."),
    ],
)
def test_who_says_takes_titles_terms_and_plain_facts_for_news(language: str, text: str):
    assert said(text, language) == (Voice.NEWS, "")


@pytest.mark.parametrize("kind", [Kind.OPINION, Kind.COMMENTS])
def test_who_says_never_turns_an_opinion_or_a_comment_into_speech(kind: Kind):
    found = who_says("« Les robots chantent très faux », dit Léa Moreau.", "", kind, "fr")

    assert (found.voice, found.speaker) == (Voice(kind.value), "")


def test_who_says_hears_a_sentence_inside_an_open_quotation_by_whoever_began_it():
    before = "Premier paragraphe.\nLéa Moreau raconte : « Le premier robot a chanté. "

    assert said("Puis il s’est tu.", "fr", before) == (Voice.SPEECH, "Léa Moreau")


def test_who_says_goes_on_with_the_speaker_in_the_next_quotation():
    before = "«Los robots no saben cantar todavía», afirmó Ana Ruiz. "

    assert said("«Pero aprenden muy deprisa.»", "es", before) == (Voice.SPEECH, "Ana Ruiz")


def test_who_says_ends_an_open_quotation_with_its_paragraph():
    before = "Ugo Neri ha detto: «I robot cantano.\n"

    assert said("Il museo apre alle dieci.", "it", before) == (Voice.NEWS, "")


def test_who_says_knows_whom_a_pronoun_means_from_the_sentence_before():
    before = "Selon Léa Moreau, les robots chantent faux. "

    assert said("Elle estime que cela passera.", "fr", before) == (Voice.SPEECH, "Léa Moreau")


def test_who_says_takes_no_one_word_at_the_beginning_for_a_name_unless_it_is_one_elsewhere():
    text = "Scientists say that robots sing."

    assert said(text, "en") == (Voice.SPEECH, "")
    assert said("Melodia says that robots sing.", "en", "We met the firm Melodia.\n") == (Voice.SPEECH, "Melodia")


def test_who_says_does_not_name_the_paper_that_somebody_spoke_to():
    text = "Jonas Weber est content : au Journal il a raconté que les robots chantent."

    assert said(text, "fr")[1] != "Journal"


@pytest.mark.parametrize(
    ("language", "named", "unnamed", "opinion"),
    [
        ("fr", "selon Ana Ruiz.", "selon quelqu’un que cite l’article.", "selon un article d’opinion."),
        ("en", "according to Ana Ruiz.", "according to somebody quoted in the article.", "to an opinion piece."),
        ("it", "secondo Ana Ruiz.", "secondo qualcuno citato nell’articolo.", "secondo un articolo di opinione."),
        ("es", "según Ana Ruiz.", "según alguien citado en el artículo.", "según un artículo de opinión."),
        ("de", "so Ana Ruiz.", "sagt jemand, den der Artikel zitiert.", "heißt es in einem Meinungsbeitrag."),
    ],
)
def test_attributed_ends_with_whose_words_they_are(language: str, named: str, unnamed: str, opinion: str):
    text = SENTENCES[language]

    assert attributed(text, Said(Voice.SPEECH, "Ana Ruiz", "es"), language).endswith(f", {named}")
    assert attributed(text, Said(Voice.SPEECH, "", "es"), language).endswith(f", {unnamed}")
    assert attributed(text, Said(Voice.OPINION, "", "es"), language).endswith(opinion)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C’est génial\u00a0!", "C’est génial, selon Léa."),
        ("Il répète «\u00a0oui.\u00a0»", "Il répète «\u00a0oui\u00a0», selon Léa."),
        ("Il chante", "Il chante, selon Léa."),
        ("Est-ce qu’il chante\u00a0?", "Est-ce qu’il chante\u00a0?"),
        ("Léa chante.", "Léa chante."),
        ("D’après Tom, il chante.", "D’après Tom, il chante."),
        ("", ""),
    ],
)
def test_attributed_keeps_the_sentence_grammatical(text: str, wanted: str):
    assert attributed(text, Said(Voice.SPEECH, "Léa", "fr"), "fr") == wanted


def test_attributed_uses_a_description_in_its_own_language_and_the_name_in_it_in_others():
    speaker = Said(Voice.SPEECH, "Le chanteur Ugo Neri", "fr")

    assert attributed(SENTENCES["fr"], speaker, "fr").endswith(", selon le chanteur Ugo Neri.")
    assert attributed(SENTENCES["es"], speaker, "es").endswith(", según Ugo Neri.")
    assert attributed(SENTENCES["de"], Said(Voice.SPEECH, "le maire", "fr"), "de").endswith("den der Artikel zitiert.")


@pytest.mark.parametrize("voice", [Voice.NEWS, Voice.COMMENTS])
def test_attributed_leaves_facts_and_comments_as_they_are(voice: Voice):
    assert attributed(SENTENCES["it"], Said(voice, "", "it"), "it") == SENTENCES["it"]


@given(
    text=st.text(max_size=60) | st.sampled_from(list(SENTENCES.values())),
    speaker=st.sampled_from(["", "Ana Ruiz", "der Direktor", "l’équipe", "1jour1actu", "jk rowling"]),
    voice=st.sampled_from(list(Voice)),
    language=st.sampled_from(list(SENTENCES)),
)
def test_attributed_marks_a_sentence_once(text: str, speaker: str, voice: Voice, language: str):
    marked = attributed(text, Said(voice, speaker, "fr"), language)

    assert attributed(marked, Said(voice, speaker, "fr"), language) == marked


@given(text=st.text(max_size=200), before=st.text(max_size=200), language=st.sampled_from([*SENTENCES, "pl"]))
def test_who_says_names_only_words_that_stand_there(text: str, before: str, language: str):
    found = who_says(text, before, Kind.NEWS, language)

    stands = (before + text).replace("'", "’").replace("\u00a0", " ").replace("\u202f", " ")
    assert found.speaker in stands
