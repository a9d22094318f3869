"""The conversation as HTML: questions, answers, evidence cards. Knows neither Gradio nor how answers are made.

Everything from questions, answers and articles passes through markupsafe, which escapes it.
"""

from urllib.parse import urlsplit

from markupsafe import Markup, escape

from corpus.types import Article
from page.texts import Texts
from page.turns import Conversation, Turn
from page.wording import language_name, written_date
from rag.types import AnswerSentence, Evidence, Status


def conversation_html(conversation: Conversation, texts: Texts) -> str:
    """All turns, oldest first; texts around the answers are in the page's language."""
    return str(Markup("").join(turn_html(turn, texts) for turn in conversation))


def turn_html(turn: Turn, texts: Texts) -> Markup:
    """A question, the answer so far and its evidence. Ids are unique through the turn's number."""
    return Markup(
        '<article class="turn" aria-labelledby="q{number}">'
        '<h2 class="question" id="q{number}" lang="{language}" tabindex="-1">'
        '<span class="unseen" lang="{page_language}">{asked} </span>{question}</h2>'
        '<div class="answer" data-level="{level}" data-status="{status}">'
        '<p class="answer-for">{answer_for}</p>{body}{evidence}{measure}</div></article>'
    ).format(
        number=turn.number,
        language=turn.question.language,
        page_language=texts.language,
        asked=texts["asked"],
        question=turn.question.text,
        level=turn.question.level.value,
        status=turn.answer.status.value if turn.answer else "running",
        answer_for=texts["answer_for"].format(level=texts[f"level.{turn.question.level.value}"]),
        body=body_html(turn, texts),
        evidence=evidence_html(turn, texts),
        measure=measure_html(turn, texts),
    )


def body_html(turn: Turn, texts: Texts) -> Markup:
    """The sentences so far in a live region, so that each is read out once, and what happens meanwhile."""
    return Markup(
        '<div class="sentences" aria-live="polite" lang="{language}">{sentences}</div>'
        '{notice}<div class="state" role="status">{state}</div>'
    ).format(
        language=turn.question.language,
        sentences=sentences_html(turn, texts),
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
    """A sentence of the answer with its marks; a mark without evidence is left out."""
    sentence = turn.sentences[place - 1]
    known = {evidence.number for evidence in turn.shown_evidence}
    marks = Markup("").join(
        Markup('<a class="mark" href="#e{turn}-{number}" aria-label="{label}">{number}</a>').format(
            turn=turn.number, number=number, label=texts["mark"].format(number=number)
        )
        for number in sentence.citations
        if number in known
    )
    return Markup(
        '<span class="{kind}" id="s{turn}-{place}" tabindex="-1"{language}>{text}{space}{marks}</span>'
    ).format(
        kind="sentence quote" if sentence.is_quote else "sentence",
        turn=turn.number,
        place=place,
        language=_language_of(sentence, turn),
        text=sentence.text,
        space=Markup("&nbsp;") if marks else "",
        marks=marks,
    )


def _language_of(sentence: AnswerSentence, turn: Turn) -> Markup:
    """A quote is in the article's language, not in the reader's."""
    for evidence in turn.shown_evidence if sentence.is_quote else ():
        if evidence.number in sentence.citations:
            return Markup(' lang="{}"').format(evidence.article.language)
    return Markup("")


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


def evidence_html(turn: Turn, texts: Texts) -> Markup:
    """The cards: all that was found while the answer is written, then only those it cites."""
    if not turn.shown_evidence:
        return Markup("")
    cards = Markup("").join(card_html(turn, evidence, texts) for evidence in turn.shown_evidence)
    return Markup(
        '<section class="evidence" aria-labelledby="h{number}"><h3 id="h{number}">{title}</h3>'
        '<ol class="cards">{cards}</ol></section>'
    ).format(number=turn.number, title=texts["evidence" if turn.finished else "found"], cards=cards)


def card_html(turn: Turn, evidence: Evidence, texts: Texts) -> Markup:
    """One evidence card: its number, the quote as published, and where it comes from."""
    article = evidence.article
    return Markup(
        '<li class="card" id="e{turn}-{number}" tabindex="-1" aria-label="{label}">'
        '<span class="number" aria-hidden="true">{number}</span>'
        '<blockquote lang="{language}"><p>{quote}</p></blockquote>'
        '<p class="source">{title}</p><p class="origin">{origin}</p>'
        '<p class="labels"><span class="label audience-{audience}">{audience_label}</span> '
        '<span class="label kind-{kind}">{kind_label}</span>{back}</p></li>'
    ).format(
        turn=turn.number,
        number=evidence.number,
        label=texts["mark"].format(number=evidence.number),
        language=article.language,
        quote=evidence.text,
        title=title_html(article, texts),
        origin=origin_html(article, texts),
        audience=article.audience.value,
        audience_label=texts[f"audience.{article.audience.value}"],
        kind=evidence.kind.value,
        kind_label=texts[f"kind.{evidence.kind.value}"],
        back=back_html(turn, evidence.number, texts),
    )


def title_html(article: Article, texts: Texts) -> Markup:
    """The title, linked only where the address is on the web."""
    title = Markup('<span lang="{}">{}</span>').format(article.language, article.title)
    if not is_web_address(article.url):
        return title
    return Markup(
        '<a href="{}" target="_blank" rel="noopener noreferrer">{}<span class="unseen"> {}</span></a>'
    ).format(article.url, title, texts["new_tab"])


def is_web_address(url: str) -> bool:
    """Whether a reader may be sent there: `javascript:alert(1)` -> False."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def origin_html(article: Article, texts: Texts) -> Markup:
    """Outlet, date and language, as far as they are known."""
    language = escape(language_name(article.language, texts.language))
    return _with_dots([*_outlet_and_date(article, texts), language])


def publication_html(article: Article, texts: Texts) -> Markup:
    """Outlet and date, as far as they are known."""
    return _with_dots(_outlet_and_date(article, texts))


def _outlet_and_date(article: Article, texts: Texts) -> list[Markup]:
    origins = [escape(article.outlet)] if article.outlet else []
    if article.published:
        written = written_date(article.published, texts.language)
        origins.append(Markup('<time datetime="{}">{}</time>').format(article.published.isoformat(), written))
    return origins


def _with_dots(parts: list[Markup]) -> Markup:
    return Markup(' <span aria-hidden="true">·</span> ').join(parts)


def back_html(turn: Turn, number: int, texts: Texts) -> Markup:
    """A way back from a card to the first sentence that cites it."""
    for place, sentence in enumerate(turn.sentences, start=1):
        if number in sentence.citations:
            return Markup(' <a class="back" href="#s{}-{}">{}</a>').format(turn.number, place, texts["back"])
    return Markup("")


def measure_html(turn: Turn, texts: Texts) -> Markup:
    """How long the sentences of a written answer are, for those who choose the level for others."""
    if not turn.answer or turn.answer.status is not Status.ANSWERED:
        return Markup("")
    words = round(turn.answer.readability.words_per_sentence)
    return Markup('<p class="measure">{}</p>').format(texts["measure"].format(words=words))
