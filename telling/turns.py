"""What has been asked and answered so far on one page. Knows neither HTML nor Gradio."""

from dataclasses import dataclass, replace

from rag.answering.finishing import reading_order
from rag.study.study import NO_STUDY, Study
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, Status, WriterNext

KEPT = 10
SHOWN_MEANWHILE = 4  # cards while the answer is written; all that a model reads would fill a phone many times
_FIXED = frozenset({Status.CRISIS, Status.DECLINED, Status.ABOUT_ME})


@dataclass(frozen=True)
class Turn:
    """One question and what is known of its answer by now; `problem` names the sentence that ends it instead,
    or that stands below an answer which could not be had at another level.

    `found` is all that was found for it, kept for those who want it at another level.
    `writer_next`: what comes next needs the language model, so that who serves many may let others go first.
    """

    number: int
    question: Question
    evidence: tuple[Evidence, ...] | None = None
    sentences: tuple[AnswerSentence, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    understood: str = ""
    study: Study = NO_STUDY
    found: EvidenceFound | None = None
    writer_next: WriterNext | None = None

    @property
    def finished(self) -> bool:
        return self.answer is not None or bool(self.problem)

    @property
    def has_fixed_answer(self) -> bool:
        """Whether the answer is the same for all, about no article."""
        return self.answer is not None and self.answer.status in _FIXED

    @property
    def shown_evidence(self) -> tuple[Evidence, ...]:
        """The best of what was found while the answer is on its way, and what it cites; in the end only the latter."""
        cited = {number for sentence in self.sentences for number in sentence.citations}
        best = 0 if self.finished else SHOWN_MEANWHILE
        found = self.evidence or ()
        return tuple(item for place, item in enumerate(found) if place < best or item.number in cited)


Conversation = tuple[Turn, ...]


def advance(turn: Turn, event: Event) -> Turn:
    """The turn after an event: the final answer replaces all that was shown before it, the question as typed too."""
    turn = replace(turn, writer_next=None)
    match event:
        case WriterNext():
            return replace(turn, writer_next=event)
        case EvidenceFound():
            return replace(turn, evidence=event.evidence, found=event, understood=event.understood)
        case AnswerSentence():
            return replace(turn, sentences=reading_order((*turn.sentences, event)))
        case Answer():
            return replace(
                turn, question=event.question, understood=event.understood, answer=event, evidence=event.citations,
                sentences=event.sentences,
            )  # fmt: skip


def begin(conversation: Conversation, question: Question) -> Turn:
    """The turn that follows, numbered on from the last one."""
    return Turn(number=conversation[-1].number + 1 if conversation else 1, question=question)


def replaced(conversation: Conversation, turn: Turn) -> Conversation:
    """The conversation with `turn` where the one of its number stood."""
    return tuple(turn if kept.number == turn.number else kept for kept in conversation)


def keep(conversation: Conversation, turn: Turn) -> Conversation:
    """The conversation with `turn` in its place, without the turns that are too old."""
    return (*(kept for kept in conversation if kept.number != turn.number), turn)[-KEPT:]
