"""How an answer came about, step by step, as HTML. Knows the names of the steps, not how they are taken.

Nothing that a model made up is shown: of a refused sentence only why it was refused. What went wrong inside stays in
the log: of a failure, and of a step that the page has no words for, only the name is shown. Everything passes through
markupsafe, which escapes it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from page.answer_notes import quoted_html
from page.cards import marks_html
from page.reasons import reasons
from page.wording import seconds
from rag.types import Step
from telling.texts import Texts
from telling.turns import Turn

_COUNTED = {"searched": "passages", "chose": "evidence", "compared": "conflicts", "eased": "sentences"}
_NOTICED_S = 0.1  # a shorter wait for the model is none
_KEPT, _REFUSED = frozenset({"proved", "quoted instead"}), frozenset({"refused", "failed"})


def steps_html(turn: Turn, texts: Texts) -> Markup:
    """The steps and their times, folded away; nothing for an answer without any, or with fixed words."""
    if not turn.answer or not turn.answer.steps or turn.has_fixed_answer:
        return Markup("")
    told = (step for step in turn.answer.steps if step.name != "waited" or step.seconds >= _NOTICED_S)
    rows = Markup("").join(_step_html(step, turn, texts) for step in told)
    return Markup(
        '<details class="course"><summary>{title}</summary><ol class="steps">{rows}</ol>'
        '<p class="course-total">{total}</p></details>'
    ).format(
        title=texts["course"],
        rows=rows,
        total=texts["course_total"].format(seconds=seconds(turn.answer.timings.total_s, texts)),
    )


def _step_html(step: Step, turn: Turn, texts: Texts) -> Markup:
    kind = "kept" if step.name in _KEPT else "refused" if step.name in _REFUSED else "done"
    took = Markup('<span class="seconds">{}</span>').format(seconds(step.seconds, texts)) if step.seconds else ""
    return Markup('<li class="step {kind}"><div class="told">{told}</div>{took}</li>').format(
        kind=kind, told=_told(step, turn, texts), took=took
    )


def _told(step: Step, turn: Turn, texts: Texts) -> Markup:
    """What was done, in words; a step without words is called by its name."""
    details = step.details
    name = f"step.{_entry(step)}"
    if name not in texts.entries:
        return Markup('<span lang="en">{}</span>').format(step.name)
    told = escape(texts[name]).format(
        question=quoted_html(str(details.get("question", "")), turn.question.language),
        text=quoted_html(str(details.get("text", "")), turn.question.language),
        quote=quoted_html(str(details.get("quote", "")), str(details.get("language", ""))),
        count=_count(details.get(_COUNTED.get(step.name, ""))),
    )
    marks = marks_html(turn, _listed(details, "citations"), texts)
    return told + (Markup("&nbsp;") + marks if marks else marks) + _reasons_html(_listed(details, "reasons"), texts)


def _entry(step: Step) -> str:
    if step.name == "quoted instead" and step.details.get("quote") and step.details.get("language"):
        return "quoted_instead_quote"
    if step.name != "asked":
        return step.name.replace(" ", "_")
    if step.details.get("may_answer"):
        return "asked_yes"
    return "asked_unsure" if step.details.get("willing") else "asked_no"


def _count(counted: Any) -> int:
    """How many: a step keeps them, or only their number."""
    return counted if isinstance(counted, int) else len(counted or ())


def _listed(details: Mapping[str, Any], name: str) -> Sequence[Any]:
    listed = details.get(name, ())
    return listed if isinstance(listed, list | tuple) else ()


def _reasons_html(said: Sequence[Any], texts: Texts) -> Markup:
    rows = Markup("").join(Markup("<li>{}</li>").format(each) for each in reasons(map(str, said), texts))
    return Markup('<ul class="reasons">{}</ul>').format(rows) if rows else Markup("")
