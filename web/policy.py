"""What browsers may do with what is served, as headers. Knows no requests and nothing of Gradio but what it needs."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from starlette.datastructures import MutableHeaders

# Gradio compiles the template of each `gr.HTML` with `Function`, hence 'unsafe-eval'; Svelte and Gradio write styles
# into elements as they go, hence 'unsafe-inline' for styles only. Scripts run from files of this server, or when
# they stood in the page as it was served: their hashes are named. So nothing that comes in later can run.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{scripts}; script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'none'; "
    "worker-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors {frames}"
)
_UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CONTENT = "Content-Security-Policy"
_SHARED = "Cross-Origin-Resource-Policy"  # what other sites may include says so itself
_INLINE = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_HAS_SOURCE = re.compile(rb"\ssrc\s*=", re.IGNORECASE)


class Policy:
    """The headers of every response; `origins` may frame the page, and `scripts` may be brought into it."""

    def __init__(self, origins: Sequence[str], scripts: Sequence[str]):
        self._frames = " ".join(("'self'", *origins))
        self._known = tuple(hash_of(script.encode()) for script in scripts)

    def apply(self, headers: MutableHeaders, secure: bool, page: bytes = b"", keeps_own: bool = False) -> None:
        """Set the headers of a response; `page` is its body when it is HTML. It may keep a policy of its own."""
        hashes = (*self._known, *inline_hashes(page)) if page else ()
        scripts = "".join(f" '{value}'" for value in hashes)
        if not (keeps_own and _CONTENT in headers):
            headers[_CONTENT] = _POLICY.format(scripts=scripts, frames=self._frames)
        for name, value in _FIXED.items():
            headers[name] = value
        headers.setdefault(_SHARED, "same-origin")
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", guarded_cookie(cookie, secure))


@lru_cache(64)
def inline_hashes(page: bytes) -> tuple[str, ...]:
    """The hashes of the scripts that stand in a page. Example: b'<script>a()</script>' -> ('sha256-…',)"""
    inline = (found for found in _INLINE.finditer(page) if not _HAS_SOURCE.search(found["attributes"]))
    return tuple(dict.fromkeys(hash_of(found["text"]) for found in inline))


def hash_of(script: bytes) -> str:
    """How a policy names a script; browsers hash it with the line ends of HTML."""
    digest = hashlib.sha256(script.replace(b"\r\n", b"\n")).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def guarded_cookie(cookie: str, secure: bool) -> str:
    """A cookie that no script reads and no other site sends; over https it never leaves it.

    Example: 'class=1; Path=/' -> 'class=1; Path=/; HttpOnly; SameSite=Lax'
    """
    told = {part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]}
    return "; ".join([cookie, *_missing(told, secure)])


def _missing(told: set[str], secure: bool) -> Iterable[str]:
    wanted = {"httponly": "HttpOnly", "samesite": "SameSite=Lax"} | ({"secure": "Secure"} if secure else {})
    return (text for name, text in wanted.items() if name not in told)
