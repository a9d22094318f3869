"""Which answers count as answered and which as refused; no models."""

from dataclasses import replace

from evals.answerability import Item, choose, count, table
from evals.scoring import Share
from rag.types import Answer, Question, Readability, Status, Timings

ANSWERED = Answer(
    question=Question("Wo wächst das?", "de"), status=Status.ANSWERED, text="Im Wald.", sentences=(), citations=(),
    timings=Timings(0, 0, 0), readability=Readability(1, 2, 0, 0),
)  # fmt: skip
REFUSED = replace(ANSWERED, status=Status.NO_EVIDENCE)
UNSURE = replace(ANSWERED, status=Status.QUOTED, is_unsure=True)


def item(language: str = "de", answerable: bool = True, number: int = 1) -> Item:
    return Item(f"{language}-{number}", "Wo wächst das?", language, ("Pilz: Er wächst im Wald.",), answerable)


def test_passage_becomes_an_article_with_its_title():
    (article,) = item("it").articles()

    assert (article.title, article.text, article.language) == ("Pilz", "Er wächst im Wald.", "it")


def test_answer_is_counted_for_its_language_and_for_all_and_by_what_the_passages_tell():
    held = count(iter([(item("de", False), ANSWERED), (item("it", False), UNSURE), (item("de", True), REFUSED)]))

    answered, unsure, refused = list(held["all"])[:3]
    assert held["de"][answered] == Share(1, 1)
    assert held["all"][answered] == Share(1, 2)
    assert held["all"][unsure] == Share(1, 2)
    assert held["all"][refused] == Share(1, 1)
    assert "50 %" in table(held)


def test_choice_takes_as_many_of_either_kind_in_each_language():
    items = [
        item(language, answerable, n) for language in ("fr", "de") for answerable in (True, False) for n in range(3)
    ]

    chosen = choose(iter(items), 2)

    assert len(chosen) == 8
    assert {(entry.language, entry.answerable) for entry in chosen} == {
        (a, b) for a in ("fr", "de") for b in (True, False)
    }
