"""What a language model streams -> draft sentences with the numbers they cite. Knows no model and no evidence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.prompt import one_line

_MARK = r"\[\s*\d[\d\s,;]*\]"
_MARKS_BEHIND = re.compile(
    rf"""(?:{_MARK}|[\s.,;:!?…])*              # what is left over from the sentence before
    ((?!{_MARK})[^\s.,;:!?…](?:(?!{_MARK}).)*?)\s*  # text
    ((?:{_MARK}\s*)+)                         # its marks
    ([.!?…]+(?=[^.!?…])                       # the end, when what follows tells that it is the end
    |(?=[^\s\[.!?…]|\[(?!\s*\Z|\s*\d[\d\s,;]*(?:\]|\Z))))""",
    re.S | re.X,
)
_MARKS_BEFORE = re.compile(
    rf"""\s*((?:{_MARK}\s*)+)[\s.,;:!?…]*            # marks
    ([^\s\0.,;:!?…](?:(?!{_MARK})[^\0])*?)\s*       # text
    (?={_MARK}|\0)""",
    re.X,
)
_END = "\x00"  # stands after the last sentence, so that it too has something behind it


@dataclass(frozen=True)
class DraftSentence:
    """A sentence as the model wrote it, its marks taken out of the text."""

    text: str
    marks: tuple[int, ...]


def split_drafts(texts: Iterable[str]) -> Iterator[DraftSentence]:
    """Yield each sentence as soon as it is complete; text without marks is not a sentence.

    A text that begins with a mark has its marks before the sentences, as the prompts ask; any other has them behind.
    Example: '[1] Il chan', 'te. [2] Il rit.' -> 'Il chante.' (1), 'Il rit.' (2)
    """
    waiting = ""
    marks_before: bool | None = None
    for text in _with_end(texts):
        waiting += text
        if marks_before is None and waiting.strip():
            marks_before = waiting.lstrip().startswith("[")
        while marks_before and (found := _MARKS_BEFORE.match(waiting)):
            waiting = waiting[found.end() :]
            yield _draft(found.group(2), found.group(1))
        while marks_before is False and (found := _MARKS_BEHIND.match(waiting)):
            waiting = waiting[found.end() :]
            yield _draft(found.group(1), found.group(2), found.group(3))


def _draft(text: str, marks: str, ending: str = "") -> DraftSentence:
    text = one_line(text)
    closed = text if text[-1] in '.!?…»”"' else text + (ending[:1] or ".")
    return DraftSentence(closed, tuple(dict.fromkeys(map(int, re.findall(r"(?<!\d)\d{1,3}(?!\d)", marks)))))


def _with_end(texts: Iterable[str]) -> Iterator[str]:
    yield from texts
    yield _END
