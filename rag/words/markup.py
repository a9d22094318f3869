"""Text without what machines read as more than text. Knows no prompt and no page."""

import re

from corpus.cleaning import clean

_MARKUP = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z!?][^<>]*>|<\|[^<>]*\|>|```+", re.DOTALL)


def one_line(text: str) -> str:
    """Text that cannot pass for another line of the prompt, a citation mark, markup or the end of a message.

    Example: 'a [1]\\n <b>b</b><|im_end|>' -> 'a (1) b'
    """
    joined = " ".join(_without_markup(clean(text)).split())
    return joined.replace("[", "(").replace("]", ")").replace("<|", "< |").replace("|>", "| >")


def _without_markup(text: str) -> str:
    """Text without comments, tags and the marks that models know; what they held together may be another."""
    while (stripped := _MARKUP.sub(" ", text)) != text:
        text = stripped
    return text
