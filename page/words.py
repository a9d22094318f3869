"""A text whose difficult words can be tapped, as HTML. Knows neither Gradio nor which words are difficult.

Buttons and popovers are the browser's own: Enter opens, Escape closes, and no script is needed. Everything from
articles passes through markupsafe, which escapes it.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from rag.study.difficult_words import DifficultWord
from rag.study.glossary import Explanation
from telling.texts import Texts


def explained_html(text: str, words: Sequence[DifficultWord], prefix: str, texts: Texts) -> Markup:
    """The text with a button for each word; `prefix` makes the ids of its explanations unique on the page.

    Example: 'L’algorithme choisit.' -> 'L’<button …>algorithme</button><span popover …>…</span> choisit.'
    """
    html, end = Markup(""), 0
    for number, word in enumerate(sorted(words, key=lambda each: each.start), start=1):
        html += escape(text[end : word.start]) + _word_html(word, f"{prefix}-{number}", texts)
        end = word.end
    return html + escape(text[end:])


def _word_html(word: DifficultWord, id_: str, texts: Texts) -> Markup:
    explanation = word.explanation
    return Markup(
        '<button type="button" class="word" popovertarget="{id}" aria-describedby="{id}-hint">{word}</button>'
        '<span class="unseen" id="{id}-hint" lang="{page_language}">{hint}</span>'
        '<span popover class="word-note" id="{id}" role="note" lang="{language}"><strong>{term}</strong> '
        '<span class="word-text">{text}</span> <span class="word-source" lang="{page_language}">{source}</span></span>'
    ).format(
        id=id_,
        word=word.text,
        hint=texts["word.hint"],
        page_language=texts.language,
        language=explanation.language,
        term=explanation.term,
        text=explanation.text,
        source=_source_html(explanation, texts),
    )


def _source_html(explanation: Explanation, texts: Texts) -> Markup:
    """Where an explanation comes from: the article that it stands in, word for word, or the glossary."""
    if explanation.article is None:
        return escape(texts["word.glossary"])
    title = Markup('<cite lang="{}">{}</cite>').format(explanation.article.language, explanation.article.title)
    return escape(texts["word.article"]).format(title=title)
