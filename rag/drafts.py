"""What a language model streams -> draft sentences. Knows no model and no evidence."""

import re
from collections.abc import Iterable, Iterator

from corpus.sentences import split_sentences
from rag.prompt import one_line

_MARK = re.compile(r"\s*\[[\d\s,;]*\]")  # some models cite unasked; what proves a sentence is found out in code
_ENDS = '.!?…»”"'


def split_drafts(texts: Iterable[str], language: str) -> Iterator[str]:
    """Yield each sentence as soon as the next one begins or the text ends; the last is closed with a full stop.

    Example: 'Il chan', 'te. Il', ' rit' -> 'Il chante.', 'Il rit.'
    """
    waiting = ""
    for text in texts:
        waiting += text
        sentences = split_sentences(waiting, language)
        for sentence in sentences[:-1]:
            yield from _draft(sentence.text)
        waiting = waiting[sentences[-1].start :] if len(sentences) > 1 else waiting
    yield from _draft(waiting)


def _draft(text: str) -> Iterator[str]:
    line = one_line(_MARK.sub("", text)).lstrip(".,;:!?… ")
    if any(letter.isalnum() for letter in line):
        yield line if line[-1] in _ENDS else f"{line}."
