"""The key in the link and the QR code of a session: who comes by it has guessed nothing. Knows no requests.

Codes can be typed and so be guessed, and all of a school's guesses come from one address: a script there uses up what
may be guessed. The key cannot be guessed, so those who scan it come in all the same.
"""

import hashlib
import hmac

_LETTERS = 20  # of 4 bits


def key_of(session_id: str) -> str:
    """The key of a session: what its id, which nobody but its teacher knows, becomes."""
    return hashlib.sha256(f"invitation {session_id}".encode()).hexdigest()[:_LETTERS]


def is_invited(session_id: str, key: str) -> bool:
    """Whether this is the key of the session."""
    return hmac.compare_digest(key_of(session_id).encode(), key.encode())
