"""Ids and tokens that nobody guesses, and how they are kept. Knows not what they stand for."""

import hashlib
import secrets

_ID_BYTES, _TOKEN_BYTES = 12, 32


def new_id() -> str:
    """96 random bits; fit for an address. Example: -> 'wJmT0v6pQe7mYB2k'"""
    return secrets.token_urlsafe(_ID_BYTES)


def new_token() -> str:
    """256 random bits, for a cookie."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def kept(token: str) -> str:
    """What is kept of a token: it is random and long, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
