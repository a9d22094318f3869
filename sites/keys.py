"""Keys and secrets that nobody guesses, and what is kept of them. Knows no sites."""

import hashlib
import hmac
import secrets

from sites.types import Keys

_KEY_BYTES, _SECRET_BYTES, _ID_BYTES = 18, 32, 15


def new_keys() -> Keys:
    """A public key and two secrets; 144 and 256 random bits."""
    return Keys(new_key(), new_secret(), new_secret())


def new_key() -> str:
    """Fit for an address. Example: -> 'F2oXyJ0wQbY9c2Sx6v0c1dQe'"""
    return secrets.token_urlsafe(_KEY_BYTES)


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def new_id() -> str:
    """120 random bits, for what somebody may come back for."""
    return secrets.token_urlsafe(_ID_BYTES)


def kept(secret: str) -> str:
    """What is kept of a secret that is random and long: one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())
