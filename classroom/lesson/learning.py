"""What helps to learn from an answer, made once for all who got the same. Knows neither pupils nor how it is made."""

import threading
from collections.abc import Callable
from dataclasses import replace

from cachetools import LRUCache

from classroom.types import Turn
from rag.study.study import Study
from rag.types import Answer
from telling import turns as told

_KEPT = 100
_Key = tuple[str, ...]


def once(learn: Callable[[Answer], Study]) -> Callable[[Answer], Study]:
    """The same, remembered for the last answers: thirty pupils who asked the same do not wait for it thirty times."""
    known: LRUCache[_Key, Study] = LRUCache(_KEPT)
    changing = threading.Lock()

    def learned(answer: Answer) -> Study:
        key = _key(answer)
        with changing:
            study = known.get(key)
        if study is None:
            study = learn(answer)
            with changing:
                known[key] = study
        return study

    return learned


def recalled(turn: Turn, learn: Callable[[Answer], Study]) -> told.Turn:
    """What the page shows of a turn that was read from the disk; its quiz is the one that was asked then."""
    known = told.Turn(turn.number, turn.question, problem=turn.problem)
    if turn.answer is None:
        return known
    study = learn(turn.answer)
    study = study if turn.quiz is None else replace(study, quiz=turn.quiz)
    return replace(told.advance(known, turn.answer), study=study)


def _key(answer: Answer) -> _Key:
    told = (sentence.text for sentence in answer.sentences)
    proofs = (f"{evidence.article.id} {evidence.text}" for evidence in answer.citations)
    return (answer.question.language, answer.question.level.value, answer.text, *told, "", *proofs)
