"""What a language model streams -> draft sentences. Knows no model and no evidence."""

import re
from collections.abc import Generator, Iterable, Iterator

from corpus.sentences import split_sentences
from rag.words.markup import one_line

CUT_OFF = "\x00"  # ends a text that its model could not finish
_MARK = re.compile(r"\s*\[[\d\s,;]*\]")  # some models cite unasked; what proves a sentence is found out in code
_NEXT_BEGINS = re.compile(r"\s*\S+\s")  # 'Am 3. N' may go on 'ovember': only a whole word tells that it is the next
_OPENS, _CLOSES = "«“(", "»”)"
_BEFORE = ".,;:!?…-–—•* "
_ENDS = '.!?…»”“")'


def split_drafts(texts: Iterable[str], language: str) -> Generator[str, None, None]:
    """Yield each sentence as soon as the next one has begun; the last one is closed with a full stop.

    A last sentence that the model could not finish is left out.
    Example: 'Il chan', 'te. Elle r', 'it' -> 'Il chante.', 'Elle rit.'
    """
    waiting = ""
    for text in texts:
        waiting += text
        while (end := _first_end(waiting, language)) is not None:
            yield from _draft(waiting[:end])
            waiting = waiting[end:]
    rest = [sentence.text for sentence in split_sentences(waiting.removesuffix(CUT_OFF), language)]
    if waiting.endswith(CUT_OFF) and rest and not _closed(rest[-1]):
        rest.pop()
    for sentence in rest:
        yield from _draft(sentence)


def _first_end(text: str, language: str) -> int | None:
    """Where the first sentence ends, if it is certain by now."""
    sentences = split_sentences(text, language)
    if len(sentences) < 2 or not _NEXT_BEGINS.match(text[sentences[0].end :]):
        return None
    first = sentences[0].text
    balanced = all(first.count(opens) <= first.count(closes) for opens, closes in zip(_OPENS, _CLOSES, strict=True))
    return sentences[0].end if balanced else None


def _closed(text: str) -> bool:
    return text[-1] in _ENDS


def _draft(text: str) -> Iterator[str]:
    line = one_line(_MARK.sub("", text)).lstrip(_BEFORE)
    if any(letter.isalnum() for letter in line):
        yield line if _closed(line) else f"{line.rstrip(':;, ')}."
