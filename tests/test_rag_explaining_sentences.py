"""Sentences of articles that explain a word: as they stand there, and never an opinion, a comment or a guess."""

from pathlib import Path

import pytest
from fakes import article_of

from corpus.reading import read_source
from corpus.types import Article, Audience, Kind
from rag.study.explaining_sentences import ExplainingSentences, Explanations, explaining
from rag.types import ReadingLevel

_ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"


def sentences_of(*articles: Article) -> Explanations:
    return ExplainingSentences(lambda: articles, lambda: 1).now()


@pytest.fixture(scope="module")
def known() -> Explanations:
    return sentences_of(*(article for article in read_source(_ARTICLES) if isinstance(article, Article)))


@pytest.mark.parametrize(
    ("word", "language", "beginning"),
    [
        ("IA", "fr", "Une IA (le nom court d’intelligence artificielle) est un programme"),
        ("Spotify", "fr", "Spotify est un service de streaming."),
        ("clips", "fr", "Un clip, c’est le petit film"),
        ("AI", "en", "An artificial intelligence, or AI, is a computer program that"),
        ("disinformation", "en", "When the video appeared,"),
        ("intelligenza artificiale", "it", "Un’intelligenza artificiale, in breve IA, è un programma"),
        ("slop", "it", "In una nota ufficiale la piattaforma parla"),
        ("inteligencia artificial", "es", "Una inteligencia artificial, o IA, es un programa"),
        ("desinformación", "es", "Además, una herramienta como Sora podría servir"),
        ("künstlichen Intelligenz", "de", "Eine künstliche Intelligenz, kurz KI, ist ein Computerprogramm."),
        ("Streaming", "de", "Streaming bedeutet:"),
    ],
)
def test_find_quotes_the_sentence_that_explains(known: Explanations, word: str, language: str, beginning: str):
    found = known.find(word, language, ReadingLevel.CHILD)

    assert found is not None
    assert found.text.startswith(beginning)
    assert found.article is not None
    assert found.article.text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("word", "language", "text"),
    [
        ("IA", "fr", "L’IA est un outil puissant."),
        ("IA", "fr", "L’IA est-elle un outil qui pense ?"),
        ("robot", "fr", "« Un robot est une machine qui chante toute seule », dit Léa."),
        ("graduellement", "fr", "Graduellement, le système devint un réseau."),
        ("robot", "it", "Il robot non è un uomo che pensa."),
        ("chiare", "it", "Finché le regole non saranno chiare, la parola «artista» avrà due sensi."),
        ("robot", "en", "The robot is broken."),
        ("example", "en", "An example is a machine that sings."),
        ("Verkehrsmittel", "de", "Sie fährt als Verkehrsmittel, ein System von Bahnen."),
        ("Roboter", "de", "Der Roboter ist kaputt."),
        ("pronto", "es", "Y, de pronto, una máquina te permite verla."),
    ],
)
def test_find_takes_no_opinion_question_or_apposition_of_something_else_for_an_explanation(
    word: str, language: str, text: str
):
    assert sentences_of(article_of(text, language=language)).find(word, language) is None


def test_explaining_does_not_listen_to_comments_and_opinions():
    text = "Un robot est une machine qui travaille seule."

    told = [list(explaining([article_of(text, **changes)])) for changes in (
        {}, {"kind": Kind.COMMENTS}, {"kind": Kind.OPINION}, {"comments_start": 0}, {"language": "pt"},
    )]  # fmt: skip

    assert [len(found) for found in told] == [1, 0, 0, 0, 0]


def test_find_prefers_a_children_s_article_for_children_only():
    young = article_of(
        "Un drone, c’est un petit avion sans pilote qui vole tout seul.", id="a", audience=Audience.CHILD
    )
    grown = article_of("Un drone est un aéronef sans équipage.", id="b")

    known = sentences_of(grown, young)

    assert known.find("drones", "fr", ReadingLevel.CHILD).article == young  # type: ignore[union-attr]
    assert known.find("drones", "fr", ReadingLevel.ADULT).article == grown  # type: ignore[union-attr]


def test_explaining_sentences_read_the_articles_again_only_when_they_have_changed():
    asked, articles, version = [], [article_of("Un gimmick est un truc de scène.")], [1]
    known = ExplainingSentences(lambda: asked.append(1) or articles, lambda: version[0])

    before = known.now().find("gimmick", "fr"), known.now().find("gimmick", "fr")
    articles[:], version[0] = [], 2
    after = known.now().find("gimmick", "fr")

    assert all(before)
    assert after is None
    assert len(asked) == 2
