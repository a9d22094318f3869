"""Origins of web sites in one spelling. Knows no sites and no requests."""

import re
from urllib.parse import urlsplit

from sites.errors import OriginInvalid

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]")
_PORTS = {"http": 80, "https": 443}


def origin(text: str) -> str:
    """An origin as browsers send it. Raises OriginInvalid.

    Example: 'HTTPS://News.Example.org:443/' -> 'https://news.example.org'
    """
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").encode("idna").decode() if parts.hostname else "", parts.port
    except (ValueError, UnicodeError) as error:
        raise OriginInvalid(text) from error
    host = f"[{host}]" if ":" in host else host
    rest = parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _PORTS or rest or not _HOST.fullmatch(host):
        raise OriginInvalid(text)
    return f"{parts.scheme}://{host}" + ("" if port in (None, _PORTS[parts.scheme]) else f":{port}")
