"""The conversation as HTML: questions and answers. Knows neither Gradio nor how answers are made.

Everything from questions, answers and articles passes through markupsafe, which escapes it.
"""

from markupsafe import Markup

from page import icons
from page.answer_notes import age_note_html, as_of_html, suggestions_html, understood_html
from page.cards import evidence_html, marks_html
from page.steps import steps_html
from page.texts import Texts
from page.turns import Conversation, Turn
from page.wording import language_name
from rag.types import AnswerSentence, Status


def earlier_html(conversation: Conversation, texts: Texts) -> str:
    """The turns before the newest, oldest first; texts around the answers are in the page's language."""
    return str(Markup("").join(turn_html(turn, texts) for turn in conversation))


def newest_html(turn: Turn, texts: Texts) -> str:
    """The turn in progress or just ended, then what else may be asked: only here, for the end of the conversation."""
    return str(turn_html(turn, texts) + suggestions_html(turn, texts))


def turn_html(turn: Turn, texts: Texts) -> Markup:
    """A question, the answer so far and its evidence. Ids are unique through the turn's number."""
    return Markup(
        '<article class="turn" aria-labelledby="q{number}">'
        '<h2 class="question" id="q{number}" lang="{language}" tabindex="-1">'
        '<span class="unseen" lang="{page_language}">{asked} </span>{question}</h2>'
        '<div class="answer" data-level="{level}" data-status="{status}">'
        '<p class="answer-for">{answer_for}</p>{understood}{body}{evidence}{below}</div></article>'
    ).format(
        number=turn.number,
        language=turn.question.language,
        page_language=texts.language,
        asked=texts["asked"],
        question=turn.question.text,
        level=turn.question.level.value,
        status=turn.answer.status.value if turn.answer else "running",
        answer_for=texts["answer_for"].format(level=texts[f"level.{turn.question.level.value}"]),
        understood=understood_html(turn, texts),
        body=body_html(turn, texts),
        evidence=evidence_html(turn, texts),
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
    """What is written, then the quotes, each on its own line, under a line that says that they are quoted."""
    if not turn.sentences and turn.answer:
        return Markup('<span class="sentence fixed">{}</span>').format(turn.answer.text)
    shown = Markup("")
    introduction = texts["nearest" if turn.answer and turn.answer.is_unsure else "quoted"]
    for place, sentence in enumerate(turn.sentences, start=1):
        if sentence.is_quote and not (place > 1 and turn.sentences[place - 2].is_quote):
            shown += Markup('<p class="note" lang="{}">{}</p>').format(texts.language, introduction)
        shown += sentence_html(turn, place, texts) + Markup(" ")
    return shown


def sentence_html(turn: Turn, place: int, texts: Texts) -> Markup:
    """A sentence of the answer with its marks; one with fixed words stands apart from what is written."""
    sentence = turn.sentences[place - 1]
    marks, language = marks_html(turn, sentence.citations, texts), _language_of(sentence, turn)
    return Markup(
        '<span class="{kind}" id="s{turn}-{place}" tabindex="-1"{language}>{icon}{text}{space}{marks}{note}</span>'
    ).format(
        kind=f"sentence {_kind(sentence)}".strip(),
        turn=turn.number,
        place=place,
        language=Markup(' lang="{}"').format(language) if language else "",
        icon=icons.SCALES if sentence.is_fixed else "",
        text=sentence.text,
        space=Markup("&nbsp;") if marks else "",
        marks=marks,
        note=_language_note(language, turn, texts),
    )


def _kind(sentence: AnswerSentence) -> str:
    if sentence.is_fixed:
        return "callout"
    return "quote" if sentence.is_quote else ""


def _language_of(sentence: AnswerSentence, turn: Turn) -> str:
    """The language of a quote, which is its article's and not the reader's; '' for what is not quoted."""
    quoted = (item for item in turn.shown_evidence if sentence.is_quote and item.number in sentence.citations)
    return next((item.article.language for item in quoted), "")


def _language_note(language: str, turn: Turn, texts: Texts) -> Markup:
    """In which language a quote is, where it is not the reader's."""
    if language in ("", turn.question.language):
        return Markup("")
    note = texts["in_language"].format(language=language_name(language, texts.language))
    return Markup(' <span class="in-language" lang="{}">{}</span>').format(texts.language, note)


def state_html(turn: Turn, texts: Texts) -> Markup:
    """What happens right now, or the sentence that ends a turn without an answer."""
    if turn.problem:
        return Markup('<p class="problem">{}</p>').format(texts[f"problem.{turn.problem}"])
    if turn.finished:
        return Markup("")
    state = texts["writing"] if turn.evidence else texts["reading"]
    return Markup('<p class="busy"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>{}</p>').format(
        state
    )


def below_html(turn: Turn, texts: Texts) -> Markup:
    """For those who want to know more: how hard the answer is to read, and how it came about."""
    below = measure_html(turn, texts) + steps_html(turn, texts)
    return Markup('<div class="below">{}</div>').format(below) if below else below


def measure_html(turn: Turn, texts: Texts) -> Markup:
    """How long the sentences of a written answer are, for those who choose the level for others."""
    if not turn.answer or turn.answer.status is not Status.ANSWERED:
        return Markup("")
    words = round(turn.answer.readability.words_per_sentence)
    return Markup('<p class="measure">{}</p>').format(texts["measure"].format(words=words))
