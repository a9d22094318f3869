"""Evidence cards, and the marks that lead to them, as HTML. Knows neither Gradio nor how answers are made.

Everything from articles passes through markupsafe, which escapes it.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from corpus.types import Article
from page import icons
from page.wording import language_name
from page.words import explained_html
from rag.answering.age import written_day
from rag.types import Evidence, Voice
from rag.words.quotation_marks import letters_within
from telling.texts import Texts
from telling.turns import Turn

_ICONS = {
    Voice.NEWS: icons.NEWS,
    Voice.SPEECH: icons.SPEECH,
    Voice.OPINION: icons.OPINION,
    Voice.COMMENTS: icons.COMMENTS,
}


def marks_html(turn: Turn, numbers: Iterable[int], texts: Texts) -> Markup:
    """Links to the cards with these numbers; one without a card is left out."""
    known = {evidence.number for evidence in turn.shown_evidence}
    return Markup("").join(
        Markup('<a class="mark" href="#e{turn}-{number}" aria-label="{label}">{number}</a>').format(
            turn=turn.number, number=number, label=texts["mark"].format(number=number)
        )
        for number in numbers
        if number in known
    )


def evidence_html(turn: Turn, texts: Texts) -> Markup:
    """The cards: all that was found while the answer is written, then only those it cites."""
    if not turn.shown_evidence:
        return Markup("")
    cards = Markup("").join(card_html(turn, evidence, texts) for evidence in turn.shown_evidence)
    return Markup(
        '<section class="evidence {name}" aria-labelledby="h{number}"><h3 id="h{number}">{title}</h3>'
        '<ol class="cards">{cards}</ol></section>'
    ).format(name=_title(turn), number=turn.number, title=texts[_title(turn)], cards=cards)


def _title(turn: Turn) -> str:
    """What the cards are: found so far, the proofs of what is written, or, where only they answer, what they say."""
    if not turn.finished:
        return "found"
    return "evidence" if any(not sentence.is_quote for sentence in turn.sentences) else "sources"


def card_html(turn: Turn, evidence: Evidence, texts: Texts) -> Markup:
    """One evidence card: its number, who says it, the quote as published, and where it comes from."""
    article = evidence.article
    return Markup(
        '<li class="card" id="e{turn}-{number}" tabindex="-1"{quoted} aria-label="{label}" '
        'aria-describedby="v{turn}-{number}"><span class="number" aria-hidden="true">{number}</span>{voice}'
        '<blockquote lang="{language}"><p>{quote}</p></blockquote>'
        '<p class="source">{title}</p><p class="origin">{origin}</p>'
        '<p class="labels"><span class="label">{audience}</span>{foreign}{back}</p>{next}</li>'
    ).format(
        turn=turn.number,
        number=evidence.number,
        quoted=Markup(" data-quoted") if _is_cited(turn, evidence) else "",
        label=texts["mark"].format(number=evidence.number),
        voice=voice_html(turn, evidence, texts),
        language=article.language,
        quote=explained_html(
            letters_within(evidence.text, article.language),
            turn.study.words.get(evidence.text, ()),
            f"w{turn.number}-e{evidence.number}",
            texts,
        ),
        title=title_html(article, texts),
        origin=origin_html(article, texts),
        audience=texts[f"audience.{article.audience.value}"],
        foreign=foreign_html(article, texts),
        back=back_html(turn, evidence.number, texts),
        next=counterparts_html(turn, evidence, texts),
    )


def _is_cited(turn: Turn, evidence: Evidence) -> bool:
    """Whether it belongs to the answer: the other cards that are shown meanwhile go again, and are not read aloud."""
    return any(evidence.number in sentence.citations for sentence in turn.sentences)


def counterparts_html(turn: Turn, evidence: Evidence, texts: Texts) -> Markup:
    """The ways to the same event told for younger and for older readers, each on the first card that leads there."""
    return Markup("").join(
        Markup('<p class="counterpart">{}</p>').format(escape(texts[name]).format(title=title_html(other, texts)))
        for name, found in (("easier", turn.study.easier), ("deeper", turn.study.deeper))
        if (other := found.get(evidence.article.id)) and _is_first(turn, evidence, found)
    )


def _is_first(turn: Turn, evidence: Evidence, found: Mapping[str, Article]) -> bool:
    """Whether no card before leads to the same article."""
    there = found[evidence.article.id]
    return next(item for item in turn.shown_evidence if found.get(item.article.id) == there) == evidence


def voice_html(turn: Turn, evidence: Evidence, texts: Texts) -> Markup:
    """Who says it: the news, a person, with its name where that is known, an opinion, or a reader."""
    said = escape(texts[f"voice.{evidence.voice.value}"])
    if evidence.voice is Voice.SPEECH and evidence.speaker:
        speaker = Markup('<span lang="{}">{}</span>').format(evidence.article.language, evidence.speaker)
        said = escape(texts["voice.speech_of"]).format(speaker=speaker)
    return Markup('<p class="voice voice-{voice}" id="v{turn}-{number}">{icon}<span>{said}</span></p>').format(
        voice=evidence.voice.value,
        turn=turn.number,
        number=evidence.number,
        icon=_ICONS[evidence.voice],
        said=said,
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


def foreign_html(article: Article, texts: Texts) -> Markup:
    """A plain note of the language of a quote that is not in the page's.

    What it says is not told: of the 35 sentences of the demo articles (1,200 looked for) whose nearest one in another
    language has a cosine of .9, the same numbers, a name in common, as many denials and about its length, a reader
    found that one in five says something else.
    """
    if article.language == texts.language:
        return Markup("")
    note = texts["quote.language"].format(language=language_name(article.language, texts.language))
    return Markup('<span class="label foreign">{}</span>').format(note)


def origin_html(article: Article, texts: Texts) -> Markup:
    """Outlet, date and the page's own language, as far as they are known; another one is told by a note."""
    own = [escape(language_name(article.language, texts.language))] if article.language == texts.language else []
    return _with_dots([*_outlet_and_date(article, texts), *own])


def publication_html(article: Article, texts: Texts) -> Markup:
    """Outlet and date, as far as they are known."""
    return _with_dots(_outlet_and_date(article, texts))


def _outlet_and_date(article: Article, texts: Texts) -> list[Markup]:
    origins = [escape(article.outlet)] if article.outlet else []
    if article.published:
        written = written_day(article.published, texts.language)
        origins.append(Markup('<time datetime="{}">{}</time>').format(article.published.isoformat(), written))
    return origins


def _with_dots(parts: list[Markup]) -> Markup:
    return Markup('&nbsp;<span aria-hidden="true">·</span> ').join(parts)


def back_html(turn: Turn, number: int, texts: Texts) -> Markup:
    """A way back from a card to the first sentence that cites it; what is quoted stands on the card itself."""
    for place, sentence in enumerate(turn.sentences, start=1):
        if number in sentence.citations and not sentence.is_quote:
            return Markup(' <a class="back" href="#s{}-{}">{}</a>').format(turn.number, place, texts["back"])
    return Markup("")
