"""The conversation as HTML: questions and answers. Knows neither Gradio nor how answers are made.

Everything from questions, answers and articles passes through markupsafe, which escapes it.
"""

import logging
from dataclasses import replace

from markupsafe import Markup

from page import icons
from page.aloud import aloud_html
from page.answer_notes import age_note_html, as_of_html, suggestions_html, understood_html
from page.cards import evidence_html, marks_html
from page.level_meter import meter_html
from page.quiz import quiz_html
from page.steps import steps_html
from page.words import explained_html
from rag.study.study import NO_STUDY
from rag.types import Status
from telling.texts import Texts
from telling.turns import Conversation, Turn

log = logging.getLogger(__name__)


def earlier_html(conversation: Conversation, texts: Texts) -> str:
    """The turns before the newest, oldest first; texts around the answers are in the page's language."""
    return str(Markup("").join(whole_html(turn, texts) for turn in conversation))


def newest_html(turn: Turn, texts: Texts) -> str:
    """The turn in progress or just ended, then what else may be asked: only here, for the end of the conversation."""
    return str(whole_html(turn, texts) + suggestions_html(turn, texts))


def whole_html(turn: Turn, texts: Texts) -> Markup:
    """A turn, without what helps to learn from it where that cannot be shown: the answer itself must not be lost."""
    try:
        return turn_html(turn, texts)
    except Exception:  # the edge: what cannot be shown without the quiz either is a fault that the caller tells
        if turn.study == NO_STUDY:
            raise
        log.exception("What helps to learn from an answer could not be shown.")
        return turn_html(replace(turn, study=NO_STUDY), texts)


def turn_html(turn: Turn, texts: Texts) -> Markup:
    """A question, the answer so far and its evidence. Ids are unique through the turn's number."""
    return Markup(
        '<article class="turn" aria-labelledby="q{number}">'
        '<h2 class="question" id="q{number}" lang="{language}" tabindex="-1">'
        '<span class="unseen" lang="{page_language}">{asked} </span>{question}</h2>'
        '<div class="answer" data-level="{level}" data-status="{status}">'
        '<p class="answer-for">{answer_for}</p>{aloud}{understood}{body}{evidence}{meter}{below}</div></article>'
    ).format(
        number=turn.number,
        language=turn.question.language,
        page_language=texts.language,
        asked=texts["asked"],
        question=turn.question.text,
        level=turn.question.level.value,
        status=turn.answer.status.value if turn.answer else "problem" if turn.problem else "running",
        answer_for=texts["answer_for"].format(level=texts[f"level.{turn.question.level.value}"]),
        aloud=aloud_html(turn, texts),
        understood=understood_html(turn, texts),
        body=body_html(turn, texts),
        evidence=evidence_html(turn, texts),
        meter=meter_html(turn, texts),
        below=below_html(turn, texts),
    )


def body_html(turn: Turn, texts: Texts) -> Markup:
    """The sentences so far in a live region, so that each is read out once, and what happens meanwhile."""
    return Markup(
        '<div class="sentences" aria-live="polite" lang="{language}">{sentences}{age_note}</div>'
        '{as_of}{notice}<div class="state" role="status">{state}</div>'
    ).format(
        language=turn.question.language,
        sentences=sentences_html(turn, texts),
        age_note=age_note_html(turn),
        as_of=as_of_html(turn, texts),
        notice=notice_html(turn),
        state=state_html(turn, texts),
    )


def notice_html(turn: Turn) -> Markup:
    """A kind word for a reader who told who it is."""
    if not turn.answer or not turn.answer.notice:
        return Markup("")
    return Markup('<p class="notice" lang="{}">{}</p>').format(turn.question.language, turn.answer.notice)


def sentences_html(turn: Turn, texts: Texts) -> Markup:
    """What is written, then where articles disagree; quotes stand on their cards, under a line that says so."""
    if not turn.sentences and turn.answer:
        return Markup('<span class="sentence fixed">{}</span>').format(turn.answer.text)
    shown = Markup("")
    if turn.answer and turn.answer.is_unsure:
        shown += _note_html("nearest", texts)
    elif turn.answer and all(sentence.is_quote for sentence in turn.sentences):
        shown += _note_html("quoted", texts)
    eased_from: tuple[int, ...] = ()
    for place, sentence in enumerate(turn.sentences, start=1):
        if sentence.is_eased and sentence.citations != eased_from:  # two articles must not run into one text
            shown += Markup("<br>") if eased_from else _note_html("eased", texts)
            eased_from = sentence.citations
        if not sentence.is_quote:
            shown += sentence_html(turn, place, texts) + Markup(" ")
    return shown


def _note_html(introduction: str, texts: Texts) -> Markup:
    return Markup('<p class="note" lang="{}">{}</p>').format(texts.language, texts[introduction])


def sentence_html(turn: Turn, place: int, texts: Texts) -> Markup:
    """A sentence of the answer with its marks; one with fixed words stands apart from what is written."""
    sentence = turn.sentences[place - 1]
    marks = marks_html(turn, sentence.citations, texts)
    return Markup('<span class="{kind}" id="s{turn}-{place}" tabindex="-1">{icon}{text}{space}{marks}</span>').format(
        kind="sentence callout" if sentence.is_fixed else "sentence",
        turn=turn.number,
        place=place,
        icon=icons.SCALES if sentence.is_fixed else "",
        text=explained_html(sentence.text, turn.study.words.get(sentence.text, ()), f"w{turn.number}-s{place}", texts),
        space=Markup("&nbsp;") if marks else "",
        marks=marks,
    )


def state_html(turn: Turn, texts: Texts) -> Markup:
    """What happens right now, or the sentence about what went wrong."""
    if turn.problem:
        return Markup('<p class="problem">{}</p>').format(texts[f"problem.{turn.problem}"])
    if turn.finished:
        return Markup("")
    state = texts["writing"] if turn.evidence else texts["reading"]
    return Markup('<p class="busy"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>{}</p>').format(
        state
    )


def below_html(turn: Turn, texts: Texts) -> Markup:
    """For those who want to know more: questions to test oneself, how hard the answer is, and how it came about."""
    below = quiz_html(turn.study.quiz, turn.number, texts) + measure_html(turn, texts) + steps_html(turn, texts)
    return Markup('<div class="below">{}</div>').format(below) if below else below


def measure_html(turn: Turn, texts: Texts) -> Markup:
    """How long the sentences of a written answer are, for those who choose the level for others."""
    if not turn.answer or turn.answer.status is not Status.ANSWERED:
        return Markup("")
    words = round(turn.answer.readability.words_per_sentence)
    return Markup('<p class="measure">{}</p>').format(texts["measure"].format(words=words))
