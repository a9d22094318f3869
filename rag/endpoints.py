"""How an OpenAI-compatible address is called. Knows no models."""

from urllib.parse import urlsplit

import openai

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def http_client(address: str) -> openai.DefaultHttpxClient:
    """A client for an address; a school's proxy reaches no model on this machine, and must not see what it is asked."""
    return openai.DefaultHttpxClient(trust_env=urlsplit(address).hostname not in _LOOPBACK)


def open_part(address: str) -> str:
    """An address without what may be secret in it. Example: 'http://me:pw@host:8080/v1?key=x' -> 'http://host:8080/v1'

    Raises ValueError for what is no address.
    """
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("it names no host")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"
