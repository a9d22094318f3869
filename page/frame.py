"""What stands around the conversation, as HTML: header, notice, list of articles. Knows neither Gradio nor answers."""

from collections.abc import Sequence

from markupsafe import Markup

from corpus.types import Article
from page.cards import publication_html, title_html
from page.comfort import comfort_html
from page.wording import language_name
from telling.texts import LANGUAGES, Texts

LOGO = Markup(
    '<svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">'
    '<path class="bubble" d="M8 8h32a5 5 0 0 1 5 5v19a5 5 0 0 1-5 5H23l-10 8v-8H8a5 5 0 0 1-5-5V13a5 5 0 0 1 5-5z"/>'
    '<circle class="sun" cx="24" cy="22.5" r="5.5"/><path class="rays" d="M24 11v2.5M24 31.5V34M12.5 22.5H15'
    "M33 22.5h2.5M15.9 14.4l1.7 1.7M30.4 28.9l1.7 1.7M15.9 30.6l1.7-1.7"
    'M30.4 16.1l1.7-1.7"/></svg>'
)


def header_html(texts: Texts) -> str:
    """Name and promise; scripts read the page's language, its title and a sentence from it."""
    return str(
        Markup(
            '<header class="masthead" lang="{language}" data-language="{language}" data-title="{document_title}" '
            'data-waiting="{waiting}">'
            '<a class="skip" href="#question">{skip}</a>{logo}'
            '<div><h1>Actuclair</h1><p class="tagline">{tagline}</p></div>{comfort}</header>'
        ).format(
            language=texts.language,
            document_title=texts["document_title"],
            skip=texts["skip"],
            logo=LOGO,
            tagline=texts["tagline"],
            waiting=texts["waiting.told"],
            comfort=comfort_html(texts),
        )
    )


def welcome_html(texts: Texts) -> str:
    """The plain line that this is a machine, where its answers come from, and that it can be wrong."""
    return str(
        Markup('<p class="notice"><strong>{}</strong> {} <a href="#articles">{}</a></p>').format(
            texts["notice_who"], texts["notice"], texts["notice_link"]
        )
    )


def examples_html(texts: Texts) -> str:
    """Questions to begin with, each a button with which page.js asks it."""
    buttons = Markup("").join(
        Markup('<button type="button" class="example" data-question="{0}">{0}</button>').format(example)
        for example in texts.examples
    )
    return str(
        Markup('<h2 class="examples-title">{}</h2><div class="example-list">{}</div>').format(
            texts["examples_title"], buttons
        )
    )


def problem_html(texts: Texts, problem: str) -> str:
    """A sentence beside the question box, read out at once; nothing without a problem."""
    if not problem:
        return ""
    return str(Markup('<p class="problem" role="alert">{}</p>').format(texts[f"problem.{problem}"]))


def articles_html(articles: Sequence[Article], texts: Texts) -> str:
    """The articles answers may come from, folded away, grouped by language, the reader's own first."""
    languages = sorted({article.language for article in articles}, key=lambda code: _rank(code, texts.language))
    groups = Markup("").join(_group_html(articles, language, texts) for language in languages)
    title = texts["articles_title"].format(count=len(articles))
    return str(
        Markup(
            '<details class="articles" id="articles" tabindex="-1"><summary>{}</summary><p>{}</p>{}</details>'
        ).format(title, texts["articles_about"], groups)
    )


def _group_html(articles: Sequence[Article], language: str, texts: Texts) -> Markup:
    own = sorted((article for article in articles if article.language == language), key=lambda article: article.title)
    rows = Markup("").join(
        Markup("<li>{}<br><small>{}</small></li>").format(title_html(article, texts), publication_html(article, texts))
        for article in own
    )
    return Markup("<h3>{}</h3><ul>{}</ul>").format(language_name(language, texts.language), rows)


def _rank(language: str, reader_language: str) -> tuple[bool, int, str]:
    order = list(LANGUAGES)
    return language != reader_language, order.index(language) if language in order else len(order), language
