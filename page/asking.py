"""From a question to the turns a reader sees, failures included. Knows neither HTML nor Gradio."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.errors import ActuclairError
from page.turns import Conversation, Turn, advance
from rag.errors import InvalidQuestion, WriterFailed
from rag.study import NO_STUDY, Study
from rag.types import Answer, Event, Question

Explain = Callable[[Question, Sequence[Answer]], Iterator[Event]]
Learn = Callable[[Answer], Study]
MISUSES = ("question_empty", "question_too_long", "level_unknown", "language_unknown")
log = logging.getLogger(__name__)


def unfold(turn: Turn, earlier: Conversation, explain: Explain, learn: Learn) -> Iterator[Turn]:
    """The turn after each event, the answer with what helps to learn from it; its question may lean on earlier ones.

    A failure ends it with a sentence for readers; what happened goes to the log only.
    """
    try:
        for event in explain(turn.question, [kept.answer for kept in earlier if kept.answer]):
            turn = advance(turn, event)
            if turn.answer:  # at once with what helps to learn: a question that is asked before the end is not taken
                turn = replace(turn, study=_learnt(turn.answer, learn))
            yield turn
    except InvalidQuestion as error:
        yield replace(turn, problem=error.phrase)
    except WriterFailed:
        log.exception("The language model failed.")
        yield replace(turn, problem="model_down")
    except ActuclairError:
        log.exception("The question could not be answered.")
        yield replace(turn, problem="cannot_answer_now")
    except Exception:  # the edge: a reader must not wait for ever on "writing…" because of a fault of ours
        log.exception("A fault in the program ended an answer.")
        yield replace(turn, problem="cannot_answer_now")
    else:
        if not turn.finished:
            log.error("An answer ended before it was whole.")
            yield replace(turn, problem="cannot_answer_now")


def _learnt(answer: Answer, learn: Learn) -> Study:
    """What helps to learn from an answer, or nothing where that fails: the answer itself must not be lost."""
    try:
        return learn(answer)
    except Exception:  # the edge: proved sentences must not be thrown away for the quiz beside them
        log.exception("What helps to learn from an answer could not be made.")
        return NO_STUDY
