"""How a site's server signs a call, and whether it did. Pure: knows neither sites nor what was seen before.

HMAC-SHA256 over METHOD, PATH?QUERY, DATE and the SHA-256 of the body, each on a line of its own.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)  # by which two clocks may differ, and a call may be late
DATE, SIGNATURE = "actuclair-date", "actuclair-signature"


@dataclass(frozen=True)
class Call:
    """What is signed: the target is path and query as they are sent, the date as it is written."""

    method: str
    target: str
    date: str
    body: bytes


def canonical(call: Call) -> bytes:
    """What is signed, of which no two calls have the same.

    Example: Call('POST', '/a?b=c', '2026-11-22T10:00:00Z', b'') -> b'POST\\n/a?b=c\\n2026-11-22T10:00:00Z\\ne3b0c442…'
    """
    return "\n".join([call.method, call.target, call.date, hashlib.sha256(call.body).hexdigest()]).encode()


def sign(call: Call, secret: str) -> str:
    """The signature, in hexadecimal digits."""
    return hmac.new(secret.encode(), canonical(call), hashlib.sha256).hexdigest()


def is_signed(call: Call, secret: str, signature: str) -> bool:
    """Whether a signature is that of a call."""
    return hmac.compare_digest(sign(call, secret).encode(), signature.encode())


def is_now(date: str, now: datetime) -> bool:
    """Whether a call was dated within five minutes. `now` is UTC with its zone; a date without a zone counts for none.

    Example: '2026-11-22T10:00:00Z' at 10:04:59 -> True
    """
    try:
        told = datetime.fromisoformat(date)
    except ValueError:
        return False
    return told.tzinfo is not None and abs(now - told) <= WINDOW
