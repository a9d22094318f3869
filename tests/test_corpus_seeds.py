from pathlib import Path

import pytest

from corpus.passages import split_passages
from corpus.reading import read_source
from corpus.types import Article, Kind


@pytest.fixture(scope="module")
def articles(seeds: Path) -> dict[str, Article]:
    return {article.id[:3]: article for article in read_source(seeds) if isinstance(article, Article)}


def test_seeds_all_become_articles_whose_ids_start_with_the_stem(seeds: Path, articles: dict[str, Article]):
    stems = sorted(path.stem for path in seeds.glob("*.txt"))

    starts = sorted(article.id.rsplit("-", 1)[0] for article in articles.values())

    assert starts == stems


def test_seeds_are_in_the_right_language(articles: dict[str, Article]):
    languages = {number: article.language for number, article in articles.items()}

    assert languages == {"000": "fr", "001": "fr", "002": "it", "003": "fr", "004": "fr"}


@pytest.mark.parametrize(
    ("number", "start"),
    [
        ("000", "Un chanteur et une chanson créés"),
        ("001", "L’IA bouscule les cowboys"),
        ("002", "“Walk My Walk” di Breaking Rust è la prima"),
        ("003", "Depuis quelques mois, des centaines"),
        ("004", "Sora d’OpenAI crée des vagues"),
    ],
)
def test_seeds_have_a_sensible_title(articles: dict[str, Article], number: str, start: str):
    title = articles[number].title

    assert title.startswith(start)
    assert len(title) < 200


def test_seeds_have_the_date_that_they_state(articles: dict[str, Article]):
    dates = {number: str(article.published) for number, article in articles.items()}

    assert dates == {"000": "2025-11-20", "001": "None", "002": "2025-11-13", "003": "None", "004": "None"}


@pytest.mark.parametrize(
    "leftover", ["Regarde le clip", "©", "Image d'illustration", "http", "Consulter cet article", "**"]
)
def test_seeds_keep_no_leftover_in_titles_and_passages(articles: dict[str, Article], leftover: str):
    texts = [passage.text for article in articles.values() for passage in split_passages(article)]

    found = [text for text in [*texts, *(article.title for article in articles.values())] if leftover in text]

    assert not found


def test_seeds_have_the_torn_paragraph_of_the_children_s_paper_in_one_piece(articles: dict[str, Article]):
    text = articles["000"].text

    assert "Breaking Rust a été inventé" in text


def test_seeds_have_readers_comments_below_the_post_of_the_blog(articles: dict[str, Article]):
    passages = split_passages(articles["003"])

    kinds = [passage.kind for passage in passages]

    assert kinds[0] is Kind.OPINION
    assert "Kelly Boesch" in "".join(passage.text for passage in passages if passage.kind is Kind.OPINION)
    assert "Lolita Cercel" in "".join(passage.text for passage in passages if passage.kind is Kind.COMMENTS)
    assert "Lolita Cercel" not in "".join(passage.text for passage in passages if passage.kind is Kind.OPINION)


def test_seeds_that_report_have_no_comments(articles: dict[str, Article]):
    kinds = {passage.kind for number in ("000", "001", "002", "004") for passage in split_passages(articles[number])}

    assert kinds == {Kind.NEWS}
