"""A question of several sentences -> each of them. Knows no verdicts.

A vector tells what a text is about on the whole: a call for help after a question about football is lost in it.
"""

import re

_LEAST = 8  # letters and digits that say something: not "Hi!", "ok."
_MOST = 4  # sentences, the longest ones: each costs a vector
_END = re.compile(r"(?<=[.!?…])[\s\"»”)]+|\n+")


def parts(text: str) -> tuple[str, ...]:
    """The sentences of a text that has several, at most four; none for a text of one.

    Example: 'Wer hat gewonnen? Papa schreit jede Nacht.' -> ('Wer hat gewonnen?', 'Papa schreit jede Nacht.')
    """
    sentences = [part.strip() for part in _END.split(text)]
    telling = [part for part in sentences if sum(map(str.isalnum, part)) >= _LEAST]
    if len(telling) < 2:
        return ()
    longest = sorted(telling, key=len, reverse=True)[:_MOST]
    return tuple(part for part in telling if part in longest)[:_MOST]
