"""Undo hard line wrapping: lines that a program cut at a width become paragraphs again. Knows no languages."""

import re
from itertools import pairwise

_WIDTHS = range(40, 101)  # characters: narrower are lists and verses, wider are paragraphs
_WRAPPED_BREAKS = 0.3  # of all single line breaks; German, with its many capitals, reaches 0.5
_NEW_BLOCK = re.compile(r"\s*(?:[-*•–—▪>#]|\d{1,3}[.)])\s")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][»”\"')]*$")
_SUSPENDED_HYPHEN = re.compile(r"(?:und|oder|bis|bzw|sowie)\b")  # 'Musik- und Filmbranche'


def unwrap(text: str) -> str:
    """Join the lines of a text that was wrapped at a width; any other text stays as it is.

    A program wraps a line when the next word no longer fits: that is the test for each break.
    Example: 'Il robot canta da solo nella sua stanza e\\nnessuno lo sa.' -> one line
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if width not in _WIDTHS:
        return text
    breaks = [pair for pair in pairwise(lines) if pair[0].strip() and pair[1].strip()]
    cut_in_sentence = [pair for pair in breaks if _is_full(*pair, width) and _runs_on(*pair)]
    if len(cut_in_sentence) < max(1, _WRAPPED_BREAKS * len(breaks)):
        return text
    joined = [lines[0]]
    for line, following in pairwise(lines):
        if _is_full(line, following, width) or _runs_on(line, following):
            joined[-1] = _join(joined[-1], following.strip())
        else:
            joined.append(following)
    return "\n".join(joined)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line no longer fitted."""
    if not line.strip() or not following.strip() or _NEW_BLOCK.match(following):
        return False
    return len(line) + 1 + len(following.split()[0]) > width


def _runs_on(line: str, following: str) -> bool:
    """Whether the sentence of a line goes on in the following one."""
    return bool(line.strip()) and following.lstrip()[:1].islower() and not _ENDS_SENTENCE.search(line)


def _join(line: str, following: str) -> str:
    cut_in_word = line[-1:] == "-" and line[-2:-1].isalpha() and not _SUSPENDED_HYPHEN.match(following)
    return f"{line}{following}" if cut_in_word else f"{line} {following}"
