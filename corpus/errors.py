"""The root of every deliberate error, and those a source of articles can cause. Knows nothing of answering."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any


class ActuclairError(Exception):
    """Something went wrong that a person can mend: the message says what, with which value, and what to do next.

    It goes from one process to another as it is, though its message is made of other arguments.
    """

    def __reduce__(self) -> tuple[Callable[..., "ActuclairError"], tuple[Any, ...]]:
        return _again, (type(self), self.args, vars(self))


def _again(kind: type[ActuclairError], told: tuple[Any, ...], values: dict[str, Any]) -> ActuclairError:
    error = kind.__new__(kind, *told)  # which keeps its arguments: `__init__` would make another message of them
    vars(error).update(values)
    return error


class SourceUnreadable(ActuclairError):
    """One source of articles cannot be used; the others still can."""

    def __init__(self, source: str, reason: str):
        super().__init__(f"Cannot read '{source}': {reason}")
        self.source = source
        self.reason = reason


class FetchCode(StrEnum):
    """Why an address was not fetched, for programs; people read the reason beside it."""

    SCHEME = "scheme"
    MALFORMED = "malformed"
    CREDENTIALS = "credentials"
    PORT = "port"
    NOT_PUBLIC = "not_public"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    STATUS = "status"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    ROBOTS = "robots"


class NotFetched(SourceUnreadable):
    """An address gave nothing. Its reason ends with its code: '... [not_public]'."""

    def __init__(self, address: str, code: FetchCode, reason: str):
        super().__init__(address, f"{reason} [{code}]")
        self.code = code


class FetchRefused(NotFetched):
    """We do not go to this address, for the safety of the network we are in or because its site asks us not to."""


class FetchFailed(NotFetched):
    """We tried, and it may work later where `passing` is true. `retry_after`: seconds that the server asks to wait."""

    def __init__(
        self, address: str, code: FetchCode, reason: str, *, passing: bool = False, retry_after: float | None = None
    ):
        super().__init__(address, code, reason)
        self.passing = passing
        self.retry_after = retry_after
