"""A text whose difficult words can be tapped, as HTML. Knows neither Gradio nor which words are difficult.

Buttons and popovers are the browser's own: Enter opens, Escape closes, and no script is needed. Everything from
articles passes through markupsafe, which escapes it.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from markupsafe import Markup, escape

from rag.study.difficult_words import DifficultWord
from rag.study.glossary import Explanation
from rag.words.quotation_marks import within
from telling.texts import Texts

_MARKS = re.compile(r"[\u00a0.,:;!?…»”“)]*")  # what may stand behind a word and not at the beginning of a line


def explained_html(letters: Sequence[str], words: Sequence[DifficultWord], prefix: str, texts: Texts) -> Markup:
    """The text with a button for each word; `prefix` makes the ids of its explanations unique on the page.

    `letters` is the text, or what is written for each of its characters.

    Example: 'L’algorithme choisit.' -> 'L’<button …>algorithme</button><span popover …>…</span> choisit.'
    """
    html, end, shown = Markup(""), 0, unbroken(letters)
    for number, word in enumerate(sorted(words, key=lambda each: each.start), start=1):
        html += escape("".join(shown[end : word.start]))
        explained = _word_html(word, f"{prefix}-{number}", texts)
        end = word.end + sum(1 for _ in takewhile(_MARKS.fullmatch, shown[word.end :]))
        marks = "".join(shown[word.end : end])
        html += Markup('<span class="held">{}{}</span>').format(explained, marks) if marks else explained
    return html + escape("".join(shown[end:]))


def unbroken(letters: Sequence[str]) -> list[str]:
    """The letters of a text, with spaces that no line breaks at: a '«' does not stay behind alone.

    Example: '« Oui » !' -> ['«', '\u00a0', 'O', 'u', 'i', '\u00a0', '»', '\u00a0', '!']
    """
    around = zip(["", *letters], letters, [*letters[1:], ""], strict=False)
    return ["\u00a0" if letter == " " and _holds(before, behind) else letter for before, letter, behind in around]


def _holds(before: str, behind: str) -> bool:
    return before.endswith("«") or behind[:1] in tuple("»:;!?")


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
    title = Markup('<cite lang="{}">{}</cite>').format(
        explanation.article.language, within(explanation.article.title, texts.language)
    )
    return escape(texts["word.article"]).format(title=title)
