"""A source that could not be read, as a value: the others go on. Knows no formats."""

from dataclasses import dataclass

from corpus.errors import SourceUnreadable


@dataclass(frozen=True)
class Failure:
    """A source, or a line of one, that could not be read, and why."""

    source: str
    reason: str


def failure_of(source: str, error: SourceUnreadable) -> Failure:
    """What went wrong with a source that was asked for; it may have led on to another one."""
    if error.source in ("", source):
        return Failure(source, error.reason)
    return Failure(source, f"it leads to '{error.source}': {error.reason}")
