"""What becomes of sentences that are refused: written again once, else the evidence they leaned on stands for them."""

from fakes import FakeEmbedder, FakeWriter, evidence_of

from rag.attribution import Attribution
from rag.course import Course
from rag.proving import Prover
from rag.sentence_vectors import SentenceVectors
from rag.types import AnswerSentence, Question, ReadingLevel

SINGER = "Le chanteur Breaking Rust vient de Memphis."
DANCE = "Une machine compose ses chansons."
QUESTION = Question("D'où vient le chanteur Breaking Rust ?", "fr", ReadingLevel.CHILD)
WRONG = "Le chanteur Breaking Rust vient de Chicago."
RIGHT = "Le chanteur vient de Memphis."


def proved(writer: FakeWriter | None, course: Course | None = None) -> list[AnswerSentence]:
    prover = Prover(Attribution(SentenceVectors(FakeEmbedder())), writer, 0.5)
    return list(prover.sentences(QUESTION, evidence_of(DANCE, SINGER), course or Course()))


def written(sentences: list[AnswerSentence]) -> list[str]:
    return [sentence.text for sentence in sentences if not sentence.is_quote]


def test_refused_sentence_is_written_again_and_shown_when_it_can_be_proved():
    writer = FakeWriter([WRONG], again=RIGHT)

    sentences = proved(writer)

    assert written(sentences) == [RIGHT]
    assert writer.refused == [WRONG]


def test_refused_sentence_is_written_again_only_once():
    writer = FakeWriter([WRONG], again=WRONG.replace("Chicago", "Boston"))

    sentences = proved(writer)

    assert written(sentences) == []
    assert writer.refused == [WRONG]


def test_proved_sentence_is_not_written_again():
    writer = FakeWriter([RIGHT], again="Autre chose.")

    sentences = proved(writer)

    assert written(sentences) == [RIGHT]
    assert writer.refused == []


def test_evidence_that_a_refused_sentence_leaned_on_is_quoted_before_what_is_nearest_to_the_question():
    sentences = proved(FakeWriter([WRONG]))

    assert [sentence.text for sentence in sentences] == [f"«\u00a0{SINGER}\u00a0»", f"«\u00a0{DANCE}\u00a0»"]


def test_course_tells_why_a_sentence_was_refused():
    course = Course()

    proved(FakeWriter([WRONG]), course)

    refused = next(step for step in course.steps if step.name == "refused")
    assert refused.details["text"] == WRONG
    assert any("Chicago" in reason for reason in refused.details["reasons"])


def test_course_counts_seconds_from_step_to_step_and_from_the_question_on():
    clock = iter([10.0, 10.5, 11.0, 12.0, 14.0])
    course = Course(lambda: next(clock))

    course.note("searched", passages=["p"])
    course.retrieved()
    course.shown()
    timings = course.timings()

    assert [(step.name, step.seconds) for step in course.steps] == [("searched", 0.5)]
    assert (timings.retrieve_s, timings.first_sentence_s, timings.total_s) == (1.0, 2.0, 4.0)
