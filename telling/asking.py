"""From a question to the turns a reader sees, failures included. Knows neither HTML nor Gradio."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from corpus.errors import ActuclairError
from rag.errors import InvalidQuestion
from rag.library import ExplainAgain, Learn
from rag.study.study import NO_STUDY, Study
from rag.types import Answer, Event, Question, ReadingLevel
from telling.turns import Conversation, Turn, advance, replaced

Explain = Callable[[Question, Sequence[Answer]], Iterator[Event]]
MISUSES = ("question_empty", "question_too_long", "level_unknown", "language_unknown")
log = logging.getLogger(__name__)


def unfold(turn: Turn, earlier: Conversation, explain: Explain, learn: Learn) -> Generator[Turn]:
    """The turn after each event, the answer with what helps to learn from it; its question may lean on earlier ones.

    A failure ends it with a sentence for readers; what happened goes to the log only.
    """
    yield from _unfold(turn, lambda: explain(turn.question, [kept.answer for kept in earlier if kept.answer]), learn)


def unfold_again(wish: str, conversation: Conversation, again: ExplainAgain, learn: Learn) -> Iterator[Conversation]:
    """The conversation as one of its answers becomes one at another level, from what was found for it.

    '3 tween' wishes the third one for those of 11 to 13; what cannot be wished changes nothing. Where it fails, the
    answer that was there stays, with a sentence about it.
    """
    number, level = [*wish.split(), "", ""][:2]
    turn = next((kept for kept in conversation if str(kept.number) == number), None)
    if turn is None or turn.answer is None or turn.found is None or level not in list(ReadingLevel):
        return
    answer, found = turn.answer, turn.found
    question = replace(turn.question, level=ReadingLevel(level))
    begun = Turn(turn.number, question, found.evidence, understood=turn.understood, found=found)
    for changed in _unfold(begun, lambda: again(answer, found, question.level), learn):
        yield replaced(conversation, replace(turn, problem=changed.problem) if changed.problem else changed)


def _unfold(turn: Turn, explained: Callable[[], Iterator[Event]], learn: Learn) -> Iterator[Turn]:
    try:
        for event in explained():
            turn = advance(turn, event)
            if turn.answer:  # at once with what helps to learn: a question that is asked before the end is not taken
                turn = replace(turn, study=learnt(turn.answer, learn))
            yield turn
    except InvalidQuestion as error:
        yield replace(turn, problem=error.phrase)
    except ActuclairError as error:  # without what lies behind it: an endpoint may say again what it was asked
        log.error("The question could not be answered: %s", error)
        yield replace(turn, problem="cannot_answer_now")
    except Exception:  # the edge: a reader must not wait for ever on "writing…" because of a fault of ours
        log.exception("A fault in the program ended an answer.")
        yield replace(turn, problem="cannot_answer_now")
    else:
        if not turn.finished:
            log.error("An answer ended before it was whole.")
            yield replace(turn, problem="cannot_answer_now")


def learnt(answer: Answer, learn: Learn) -> Study:
    """What helps to learn from an answer, or nothing where that fails: the answer itself must not be lost."""
    try:
        return learn(answer)
    except Exception:  # the edge: proved sentences must not be thrown away for the quiz beside them
        log.exception("What helps to learn from an answer could not be made.")
        return NO_STUDY
