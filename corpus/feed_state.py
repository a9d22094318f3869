"""What is remembered of a feed between two readings. Knows no formats of feeds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FeedState:
    """What is known of a feed that is followed. Times are in UTC; `last_read` is when it last answered well.

    `seen` are the marks of its entries that need not be read again.
    """

    address: str
    etag: str = ""
    last_modified: str = ""
    last_read: datetime | None = None
    next_read: datetime | None = None
    failures: int = 0
    last_error: str = ""
    seen: tuple[str, ...] = ()
