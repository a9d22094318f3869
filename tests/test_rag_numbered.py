"""The numbers of citations: readers see them without gaps."""

from dataclasses import replace

from fakes import article_of

from corpus.types import Kind
from rag.answering.finishing import numbered
from rag.reading_level import measure
from rag.types import Answer, AnswerSentence, Conflict, Evidence, Question, Status, Step, Timings, Value


def _evidence(number: int, text: str) -> Evidence:
    article = article_of(text, id=f"a{number}", language="it")
    return Evidence(number, text, 0, len(text), article, Kind.NEWS, 0.9)


FIRST, SECOND, FAR = _evidence(1, "Ugo canta."), _evidence(4, "L’hanno sentito in 300."), _evidence(99, "Erano 500.")
ANSWER = Answer(
    question=Question("Quanti l’hanno sentito?", "it"),
    status=Status.QUOTED,
    text="",
    sentences=(
        AnswerSentence("300 o 500?", (4, 99), is_fixed=True),
        AnswerSentence("«Ugo canta.»", (1,), is_quote=True),
    ),
    citations=(FIRST, SECOND, FAR),
    timings=Timings(0.1, 0.2, 0.3),
    readability=measure("Ugo canta.", "it"),
    conflicts=(Conflict("persone", (Value("300", 300, SECOND), Value("500", 500, FAR))),),
    steps=(Step("proved", 0.1, {"text": "…", "citations": [4, 7]}), Step("compared", 0.1, {"conflicts": 1})),
)


def test_citations_are_numbered_without_gaps_wherever_they_are_named():
    answer = numbered(ANSWER)

    assert [item.number for item in answer.citations] == [1, 2, 3]
    assert [sentence.citations for sentence in answer.sentences] == [(2, 3), (1,)]
    assert [value.evidence for value in answer.conflicts[0].values] == list(answer.citations[1:])


def test_each_number_still_leads_to_the_same_words():
    answer = numbered(ANSWER)

    before = {item.number: item.text for item in ANSWER.citations}
    after = {item.number: item.text for item in answer.citations}
    for told, sentence in zip(ANSWER.sentences, answer.sentences, strict=True):
        assert [after[number] for number in sentence.citations] == [before[number] for number in told.citations]


def test_steps_name_the_proofs_that_are_shown_and_no_others():
    assert [step.details.get("citations") for step in numbered(ANSWER).steps] == [[2], None]


def test_answer_without_gaps_stays_as_it_is():
    once = numbered(ANSWER)

    assert numbered(once) == once
    assert numbered(replace(ANSWER, sentences=(), citations=(), conflicts=(), steps=())).citations == ()
