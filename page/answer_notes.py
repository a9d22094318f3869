"""What stands beside an answer, as HTML: how its question was read, how new it is, what else to ask. Knows no Gradio.

Everything from questions and answers passes through markupsafe, which escapes it.
"""

from markupsafe import Markup, escape

from page import icons
from rag.answering.age import written_day
from rag.words.quotation_marks import within
from telling.texts import Texts
from telling.turns import Turn


def quoted_html(text: str, language: str) -> Markup:
    """Somebody's words in the quotation marks of their language."""
    return Markup('<q lang="{}">{}</q>').format(language, within(text, language))


def understood_html(turn: Turn, texts: Texts) -> Markup:
    """The question that was answered, where it is not the one that was typed."""
    if not turn.understood:
        return Markup("")
    question = quoted_html(turn.understood, turn.question.language)
    return Markup('<p class="understood">{}</p>').format(escape(texts["understood"]).format(question=question))


def age_note_html(turn: Turn) -> Markup:
    """That the articles are old, for who asks about today."""
    if not turn.answer or not turn.answer.age_note:
        return Markup("")
    return Markup('<p class="age-note">{}<span>{}</span></p>').format(icons.CLOCK, turn.answer.age_note)


def as_of_html(turn: Turn, texts: Texts) -> Markup:
    """Until when the articles tell; not where the note on their age says so already, nor beside fixed words."""
    if not turn.answer or not turn.answer.as_of or turn.answer.age_note or turn.has_fixed_answer:
        return Markup("")
    day = Markup('<time datetime="{}">{}</time>').format(
        turn.answer.as_of.isoformat(), written_day(turn.answer.as_of, texts.language)
    )
    return Markup('<p class="as-of">{}<span>{}</span></p>').format(
        icons.CALENDAR, escape(texts["as_of"]).format(date=day)
    )


def suggestions_html(turn: Turn, texts: Texts) -> Markup:
    """Questions that can be answered, each a button with which page.js asks it.

    In another language than the page's they are left out: they would be answered in the page's. Whoever got an answer
    with fixed words, which may be one in need, is not sent on to other things.
    """
    if not turn.answer or turn.has_fixed_answer or turn.question.language != texts.language:
        return Markup("")
    if not turn.answer.suggestions:
        return Markup("")
    buttons = Markup("").join(
        Markup('<li><button type="button" class="suggestion" data-question="{0}">{0}</button></li>').format(question)
        for question in turn.answer.suggestions
    )
    return Markup(
        '<section class="suggestions" aria-labelledby="g{number}"><h3 id="g{number}">{title}</h3>'
        "<ul>{buttons}</ul></section>"
    ).format(number=turn.number, title=texts["suggestions"], buttons=buttons)
