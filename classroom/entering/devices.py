"""Browsers in which a teacher has signed in before, so that who guesses elsewhere does not keep the teacher out.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies":
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
Nothing is kept of them on the disk: a cookie proves itself, until the secret is changed.
"""

import hashlib
import hmac

from classroom.tokens import new_id


def new_device(secret_hash: str) -> str:
    """What a browser brings along from now on. Example: -> 'wJmT0v6pQe7mYB2k.9f86d0…'"""
    name = new_id()
    return f"{name}.{_signed(name, secret_hash)}"


def device_of(cookie: str, secret_hash: str) -> str:
    """The name of a browser that is known, '' for any other."""
    name, _, signature = cookie.partition(".")
    is_known = bool(name and secret_hash) and hmac.compare_digest(
        signature.encode(), _signed(name, secret_hash).encode()
    )
    return name if is_known else ""


def _signed(name: str, secret_hash: str) -> str:
    return hmac.new(secret_hash.encode(), f"device {name}".encode(), hashlib.sha256).hexdigest()
