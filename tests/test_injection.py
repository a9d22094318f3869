"""Nothing that articles, readers or a model write gets more out than checked sentences: 20,000 hostile texts.

The writer is hostile, and so is each article: sentences, title, outlet, address, the name of its file. What is seen is
what a page shows. What is typed in a class is in `test_class_hostile.py`.
"""

import os
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fakes import FakeEmbedder, FakeWriter
from hostile_texts import ADDRESS, ASKED_FOR, CANARY, ORDERS, disguised, orders_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from corpus.cleaning import clean
from corpus.reading import read_source
from corpus.types import Article, Kind, Passage
from page.texts import load
from page.view import newest_html
from rag.answering.finishing import Finisher
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.checking.attribution import Attribution
from rag.explainer import Explainer
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Answer, Evidence, EvidenceFound, Found, Question, ReadingLevel, RetrievedPassage, ScoredSentence
from rag.words.markup import one_line
from rag.writing.drafts import split_drafts
from rag.writing.prompt import load_answer_prompt
from rag.writing.writer import Draft
from telling.turns import Turn, advance

RUNS = 1_050
A_RUN = 20  # hostile texts, at least: 7 drafts, 8 sentences, title, outlet, address, name of the file, question
HONEST = {
    "fr": ("Le robot chante une chanson triste au marché.", "La foule écoute Ana Ruiz jusqu’à minuit.", "Qui chante ?"),
    "en": ("The robot sings a sad song at the market.", "The crowd listens to Ana Ruiz until midnight.", "Who sings?"),
    "it": ("Il robot canta una canzone triste al mercato.", "La folla ascolta Ana Ruiz fino a notte.", "Chi canta?"),
    "es": ("El robot canta una canción triste en la plaza.", "La gente escucha a Ana Ruiz de noche.", "¿Quién canta?"),
    "de": ("Der Roboter singt ein trauriges Lied am Markt.", "Alle hören Ana Ruiz bis Mitternacht zu.", "Wer singt?"),
}
MARKDOWN = '---\ntitle: Il robot\nlanguage: it\n---\n\n{first}\n\n![{alt}](https://evil.example/p.png "{alt}")\n'
PAGE = (
    "<html lang=it><title>Il robot</title><article><h1>Il robot</h1><p>{first}</p>"
    "<p><img src='https://evil.example/p.png' alt='{alt}' title='{alt}'>{first}</p></article></html>"
)
SUFFIX = {MARKDOWN: ".md", PAGE: ".html"}
TEXTS = load()
TAGS = {
    "article", "h2", "h3", "span", "div", "p", "section", "ol", "ul", "li", "blockquote", "a", "i", "time", "details",
    "summary", "button", "strong", "small", "br", "svg", "path", "circle", "rect", "line", "g", "polyline", "polygon",
    "dl", "dt", "dd", "ellipse", "q",
}  # fmt: skip
ALLOWED = "\n\t\u200d\ufe0f"  # white space, which a page folds, and what joins emoji


class HostileWriter(FakeWriter):
    """Writes what it likes; what it writes is read as any model's is."""

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        drafts = (draft for text in self.sentences for draft in split_drafts([text], question.language))
        return Draft(True, None, drafts)

    def write_again(self, question: Question, evidence: Sequence[Evidence], text: str, proof: Evidence) -> str:
        return next(split_drafts([self.again], question.language), "")


class OneArticle:
    """Finds the sentences of one article, whatever is asked."""

    def __init__(self, article: Article, sentences: Sequence[str]):
        starts = [article.text.index(text) for text in sentences]
        scored = [ScoredSentence(text, at, at + len(text), 0.9) for text, at in zip(sentences, starts, strict=True)]
        passage = Passage("p", article.id, article.text, 0, len(article.text), Kind.NEWS)
        found = RetrievedPassage(passage, article, tuple(scored), 0.9)
        self.found = Found((found,), (found,))

    def find(self, *_: object) -> Found:
        return self.found


def asked(attacks: Iterator[str], language: str, hostile_article: bool) -> tuple[Question, Article, list[object]]:
    """What comes of a question when everything around it is hostile; an honest article has an honest title too."""
    first, second, question = HONEST[language]
    bad = [clean(text) or "?" for text in islice(attacks, 8)] if hostile_article else []
    sentences = list(dict.fromkeys([first, *bad[:4], second, *(f"{first} {text}" for text in bad[4:])]))
    title, outlet, url, name = (clean(text) if hostile_article else "Robot" for text in islice(attacks, 4))
    article = Article(f"{name}-1a2b3c", title, "\n".join(sentences), language, f"{name}.md", outlet=outlet, url=url)
    drafts = [*islice(attacks, 2), *(f"{first} {text}" for text in islice(attacks, 2)), *islice(attacks, 2), first]
    writer = HostileWriter(drafts, again=next(attacks))
    vectors = SentenceVectors(FakeEmbedder())
    explainer = Explainer(
        OneArticle(article, sentences),  # type: ignore[arg-type]
        Prover(Attribution(vectors), writer, Gate(-1)), Finisher(vectors.of),
    )  # fmt: skip
    put = Question(f"{question} {next(attacks)}"[:500], language, ReadingLevel.CHILD)
    return put, article, list(explainer.explain(put))


def shown(events: Sequence[object]) -> list[str]:
    """All that the articles or a model bring before a reader's eyes as text of an answer."""
    answer = events[-1]
    assert isinstance(answer, Answer)
    found = [item.text for event in events if isinstance(event, EvidenceFound) for item in event.evidence]
    return [*found, *(sentence.text for sentence in answer.sentences), *answer.suggestions, answer.text]


def breaches(text: str) -> list[str]:
    """What no text of an answer may hold, looked for in other ways than the program does."""
    seen = unicodedata.normalize("NFKC", text).lower()
    bare = " ".join(re.findall(r"\w+", seen))
    found = [sign for sign in ("://", "](", "![", "<|", "javascript:", "data:", ADDRESS, "```", "${") if sign in seen]
    found += re.findall(r"<\s*[a-z!/]\S*", seen)
    found += [phrase for phrase in ASKED_FOR if phrase in seen]
    unseen = (sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf"))
    found += [hex(ord(sign)) for sign in unseen if sign not in ALLOWED]
    return found + [piece for piece in SECRETS if piece in bare]


def _secrets() -> list[str]:
    told = [" ".join(re.findall(r"\w+", str(load_answer_prompt(code).prefix[0].content).lower())) for code in HONEST]
    return [text[start : start + 30] for text in told for start in range(len(text) - 30)]


SECRETS = _secrets()


def page_breaches(turn: Turn, article: Article) -> list[str]:
    """Elements, handlers and addresses of a page that are not its own."""
    found = []
    for element in html.fromstring(f"<div>{newest_html(turn, TEXTS[turn.question.language])}</div>").iter():
        found += [] if element.tag in TAGS else [str(element.tag)]
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("src", "style", "srcdoc", "action", "formaction"):
                found.append(name)
            known = value.startswith("#") or (value == article.url and urlsplit(value).scheme in ("http", "https"))
            if name.endswith("href") and not known:
                found.append(value)
    return found


@pytest.fixture(scope="module")
def orders() -> list[str]:
    data = Path(__file__).resolve().parent.parent / os.environ.get("ACTUCLAIR_EVALS", "../shared/evals")
    return [*ORDERS, *orders_of(data)]


@pytest.mark.parametrize("language", HONEST)
def test_no_hostile_text_gets_out(language: str, orders: list[str]):
    attacks = disguised(orders, random.Random(language))

    for run in range(RUNS // len(HONEST)):
        question, article, events = asked(attacks, language, hostile_article=run % 3 > 0)
        turn = Turn(1, question)
        for event in events:
            turn = advance(turn, event)
            assert page_breaches(turn, article) == []
        texts = shown(events)

        assert [(text, found) for text in texts if (found := breaches(text))] == []
        assert RUNS * A_RUN >= 20_000


@pytest.mark.parametrize("language", HONEST)
def test_what_only_a_model_says_never_gets_out(language: str):
    attacks = disguised([order for order in ORDERS if CANARY in order], random.Random(language))

    for _ in range(20):
        _, _, events = asked(attacks, language, hostile_article=False)

        assert not [text for text in shown(events) if CANARY in text]


@pytest.mark.parametrize("form", [MARKDOWN, PAGE], ids=["md", "html"])
def test_what_describes_a_picture_is_no_part_of_an_article(tmp_path: Path, form: str):
    hidden = [order for order in ORDERS if CANARY in order and "<" not in order]

    for number, order in enumerate(hidden):
        (tmp_path / f"{number}{SUFFIX[form]}").write_text(form.format(first=HONEST["it"][0], alt=order), "utf-8")
    articles = list(read_source(tmp_path))

    assert len(articles) == len(hidden)
    assert not [article.text for article in articles if CANARY in article.text or "evil" in article.text]
    assert all(HONEST["it"][0] in article.text for article in articles)


@pytest.mark.parametrize("language", HONEST)
def test_an_honest_sentence_between_hostile_ones_is_still_answered(language: str):
    attacks = disguised(list(ORDERS), random.Random(language))

    _, _, events = asked(attacks, language, hostile_article=True)

    assert any(HONEST[language][0] in text for text in shown(events))


@given(st.text() | st.sampled_from(ORDERS).flatmap(lambda order: st.text().map(lambda text: f"{text}{order}<|{text}")))
def test_one_line_of_a_prompt_is_one_line_without_markup_or_what_cannot_be_seen(text: str):
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert not re.search(r"<[A-Za-z!?][^<>]*>|<\||\|>|\[|\]|\u202e|\u200b", line)
    assert one_line(line) == line


def test_prompt_holds_hostile_evidence_as_one_line_each(orders: list[str]):
    attacks = disguised(orders, random.Random(1))
    honest = len(str(load_answer_prompt("it").render(Question("?", "it"), ())[-1].content).splitlines())

    for text in islice(attacks, 2_000):
        rendered = str(load_answer_prompt("it").render(Question(text, "it"), ())[-1].content)

        assert len(rendered.splitlines()) == honest
