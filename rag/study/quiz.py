"""Three questions about an answer, made from its own evidence, each with its proof. Knows no page and no model.

Choose what belongs into the gap; true or false; write the word that is missing. The same evidence gives the same
questions. Where the evidence gives fewer than three, what stands beside it in its articles is asked about, too, and a
form comes twice; never filler.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from rag.study.quiz_context import with_context
from rag.study.quiz_facts import facts
from rag.study.quiz_targets import Kind, Target, is_about_something, targets
from rag.types import Evidence, ReadingLevel
from rag.words.wording import words

GAP = "____"
_NONE = -1
_OPTIONS = 3
_FALSE_SHARE = 0.6  # of the statements that could be made untrue


class Form(StrEnum):
    """How it is asked."""

    CHOOSE = "choose"
    TRUE_FALSE = "true_false"
    FILL = "fill"


@dataclass(frozen=True)
class QuizQuestion:
    """A question: `text` has a GAP where something is missing, or states what is true or not.

    `options` are what to choose from, in the order to be shown; `answer` is one of them, the missing word, or 'true' or
    'false'. The `proof` is the evidence, word for word.
    """

    form: Form
    kind: Kind
    text: str
    options: tuple[str, ...]
    answer: str
    proof: Evidence

    def is_right(self, given: str) -> bool:
        """Whether an answer is right, whatever its capitals, accents and spaces."""
        return bool(words(given)) and words(given) == words(self.answer)

    @property
    def hint(self) -> str:
        """The first letter of each missing word, and a dot for every other. Example: 'cow-boy' -> 'c··-···'"""
        return re.sub(r"(?<=\w)\w", "·", self.answer) if self.form is Form.FILL else ""


@dataclass(frozen=True)
class _Fact:
    """A sentence and what can be asked in it."""

    evidence: Evidence
    targets: tuple[Target, ...]


_Plan = dict[Form, int]  # the place of the fact that each form asks about


def make_quiz(evidence: Sequence[Evidence], language: str, level: ReadingLevel) -> tuple[QuizQuestion, ...]:
    """Up to three questions in the reader's language, each about another sentence, and of another form if it can be."""
    told = facts(with_context(evidence, language), language, level)
    known = [_Fact(item, targets(item, evidence)) for item in told]
    known = [fact for fact in known if fact.targets and is_about_something(fact.evidence)]
    chosen = max(_plans(known), key=lambda plan: _worth(plan, known), default={})
    seed = hashlib.sha256("\n".join(fact.evidence.text for fact in known).encode()).digest()
    chance = random.Random(seed)  # noqa: S311 - the same questions for the same evidence, no secret
    return tuple(_asked(form, known[place], chance) for form, place in _filled_up(chosen, known))


def _plans(known: Sequence[_Fact]) -> list[_Plan]:
    """Every way to ask each form about another sentence, some forms about none."""
    places = [*range(len(known)), *[_NONE] * len(Form)]
    can = {(form, place): _can(form, known[place]) for form in Form for place in range(len(known))}
    plans = []
    for chosen in sorted(set(permutations(places, len(Form)))):
        plan = {form: place for form, place in zip(Form, chosen, strict=True) if place != _NONE}
        if all(can[entry] for entry in plan.items()):
            plans.append(plan)
    return plans


def _filled_up(plan: _Plan, known: Sequence[_Fact]) -> list[tuple[Form, int]]:
    """The questions of a plan, and where they are too few others of the same forms.

    That gives three for 14 of 30 answers of the tuning set instead of 11, and about the demo articles for 30 of 50
    instead of 18.
    """
    asked = list(plan.items())
    for form in (Form.TRUE_FALSE, Form.FILL):
        taken = {place for _, place in asked}
        free = [place for place, fact in enumerate(known) if place not in taken and _can(form, fact)]
        asked += [(form, place) for place in free[: max(0, min(1, len(Form) - len(asked)))]]
    return asked


def _can(form: Form, fact: _Fact) -> bool:
    if form is Form.CHOOSE:
        return any(len(target.others) >= _OPTIONS - 1 for target in fact.targets)
    if form is Form.TRUE_FALSE:
        return any(target.kind is not Kind.WORD for target in fact.targets)
    return any(_can_be_written(target) for target in fact.targets)


def _can_be_written(target: Target) -> bool:
    """Whether a reader can be asked to write it: one noun, or a name of a word or two."""
    return target.kind is Kind.WORD or (target.kind is Kind.NAME and target.text.count(" ") < 2)


def _worth(plan: _Plan, known: Sequence[_Fact]) -> tuple[int, bool, bool, bool, tuple[int, ...]]:
    """As many as can be, one to choose, a statement that may be untrue, a noun to write, then the best evidence."""
    statement, gap = (known[plan[form]].targets if form in plan else () for form in (Form.TRUE_FALSE, Form.FILL))
    doubtful = any(target.others for target in statement)
    noun = any(target.kind is Kind.WORD for target in gap)
    return (
        len(plan),
        Form.CHOOSE in plan,
        doubtful,
        noun,
        tuple(-place for place in [sum(plan.values()), *plan.values()]),
    )


def _asked(form: Form, fact: _Fact, chance: random.Random) -> QuizQuestion:
    text, proof = fact.evidence.text, fact.evidence
    if form is Form.CHOOSE:
        target = next(each for each in fact.targets if len(each.others) >= _OPTIONS - 1)
        options = [target.text, *chance.sample(target.others[:4], _OPTIONS - 1)]
        chance.shuffle(options)
        return QuizQuestion(form, target.kind, _with(text, target, GAP), tuple(options), target.text, proof)
    if form is Form.FILL:
        writable = [each for each in fact.targets if _can_be_written(each)]
        target = max(writable, key=lambda each: each.kind is Kind.WORD)
        return QuizQuestion(form, target.kind, _with(text, target, GAP), (), target.text, proof)
    doubtful = [each for each in fact.targets if each.others]
    if doubtful and chance.random() < _FALSE_SHARE:
        untrue = _with(text, doubtful[0], chance.choice(doubtful[0].others[:3]))
        return QuizQuestion(form, doubtful[0].kind, untrue, (), "false", proof)
    return QuizQuestion(form, Kind.WORD, text, (), "true", proof)


def _with(text: str, target: Target, put: str) -> str:
    return text[: target.start] + put + text[target.end :]
