"""The questions of "test yourself" as HTML. Knows neither Gradio nor how questions are made.

Native controls only; `quiz.js` compares what is chosen or written with `data-answer`, without asking the server.
Everything from articles passes through markupsafe, which escapes it.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from page.cards import title_html
from rag.study.quiz import GAP, Form, QuizQuestion
from rag.study.quiz_context import ON_NO_CARD
from rag.types import Evidence
from telling.texts import Texts


def quiz_html(quiz: Sequence[QuizQuestion], turn: int, texts: Texts) -> Markup:
    """The questions below an answer, folded away; nothing when there are none. `turn` makes ids and names unique."""
    if not quiz:
        return Markup("")
    asked = Markup("").join(_question_html(question, f"z{turn}-{n}", turn, texts) for n, question in enumerate(quiz, 1))
    return Markup(
        '<details class="quiz" id="z{turn}"><summary>{title}</summary><p class="quiz-about">{about}</p>'
        '<ol class="quiz-questions">{asked}</ol></details>'
    ).format(turn=turn, title=texts["quiz.title"], about=texts["quiz.about"], asked=asked)


def _question_html(question: QuizQuestion, id_: str, turn: int, texts: Texts) -> Markup:
    """One question: what is asked, the controls, a button, and a verdict with its proof that is told when checked."""
    return Markup(
        '<li class="quiz-question" data-answer="{answer}" data-right="{right}" data-wrong="{wrong}" '
        'data-empty="{empty}">'
        '<fieldset aria-describedby="{id}-text"><legend>{task}</legend>'
        '<p class="quiz-text" id="{id}-text" lang="{language}">{text}</p>{controls}</fieldset>'
        '<button type="button" class="quiz-check" data-check>{check}</button>'
        '<p class="quiz-verdict" role="status" aria-live="polite"></p>'
        '<div class="quiz-proof" hidden><p>{proof} {place}</p>'
        '<blockquote lang="{language}"><p>{quote}</p></blockquote></div></li>'
    ).format(
        id=id_,
        answer=question.answer,
        right=texts["quiz.right"],
        wrong=texts["quiz.wrong"].format(answer=_named(question, texts)),
        empty=texts["quiz.empty"],
        task=texts[f"quiz.{question.form.value}"],
        language=question.proof.article.language,
        text=_text_html(question, texts),
        controls=_controls_html(question, id_, texts),
        check=texts["quiz.check"],
        proof=texts["quiz.proof"],
        place=_place_html(question.proof, turn, texts),
        quote=question.proof.text,
    )


def _place_html(proof: Evidence, turn: int, texts: Texts) -> Markup:
    """Where a proof stands: the card with its number, or else the article that it is from."""
    if proof.number == ON_NO_CARD:
        return title_html(proof.article, texts)
    return Markup('<a class="mark" href="#e{turn}-{number}" aria-label="{mark}">{number}</a>').format(
        turn=turn, number=proof.number, mark=texts["mark"].format(number=proof.number)
    )


def _text_html(question: QuizQuestion, texts: Texts) -> Markup:
    """The sentence; a gap is seen as a line and read out as a word."""
    gap = Markup('<span class="quiz-gap" aria-hidden="true"></span><span class="unseen" lang="{}">{}</span>').format(
        texts.language, texts["quiz.gap"]
    )
    return gap.join(escape(part) for part in question.text.split(GAP))


def _controls_html(question: QuizQuestion, id_: str, texts: Texts) -> Markup:
    if question.form is Form.FILL:
        return Markup(
            '<label for="{id}-word">{label}</label> <input type="text" id="{id}-word" name="{id}" autocomplete="off" '
            'autocapitalize="off" spellcheck="false" lang="{language}"><span class="quiz-hint"><span '
            'aria-hidden="true">{hint}</span><span class="unseen">{said}</span></span>'
        ).format(
            id=id_,
            label=texts["quiz.word"],
            language=question.proof.article.language,
            hint=question.hint,
            said=texts["quiz.hint"].format(letter=question.answer[0], count=len(question.answer)),
        )
    options = [(option, option) for option in question.options] or [
        (value, texts[f"quiz.{value}"]) for value in ("true", "false")
    ]
    row = Markup(
        '<label class="quiz-option"><input type="radio" name="{id}" value="{value}"> '
        "<span{language}>{label}</span></label>"
    )
    said = Markup(' lang="{}"').format(question.proof.article.language) if question.options else ""
    return Markup("").join(row.format(id=id_, value=value, label=label, language=said) for value, label in options)


def _named(question: QuizQuestion, texts: Texts) -> str:
    """The right answer in words. Example: 'false' -> 'Faux'"""
    return texts[f"quiz.{question.answer}"] if question.form is Form.TRUE_FALSE else question.answer
