"""Every request passes here before anything that answers it, and every response after. Knows no page and no answers."""

import logging
import re
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.bodies import read_body, replayed
from web.callers import Proxies, check_host, check_origin, own_hosts, sender
from web.errors import Refused
from web.pace import Caller, Pace, page_of
from web.policy import Policy
from web.replies import reply
from web.rules import Rules

_READING = ("GET", "HEAD", "OPTIONS")
_CALLS = "/gradio_api/"
# What the page needs of Gradio; uploads, files, the proxy, streams, sign-in and its own pages stay closed.
_OPEN_CALLS = re.compile(
    r"/gradio_api/(?:queue/(?:join|data)|heartbeat/\w+|startup-events|info/?|reset/?|cancel|app_id/?|theme\.css)"
)
_CLOSED = re.compile(r"/(?:log(?:in|out)|monitoring|svelte|docs|redoc|openapi\.json|pwa_icon)(?:/|$)")
_CROOKED = re.compile(r"//|/\.\.?(?:/|$)|[\\\x00-\x20\x7f]")  # other spellings of a path
_LARGEST_PAGE = 2 * 1024 * 1024
_log = logging.getLogger(__name__)
Known = Callable[[Scope], str]


def nobody(scope: Scope) -> str:
    """A name for whoever has signed in, by which requests are counted instead of by the address; here for none."""
    return ""


class Guard:
    """Wraps the whole web app."""

    def __init__(self, app: ASGIApp, rules: Rules | None = None, known: Known = nobody):
        """`known` tells those who have signed in from all others at their address."""
        rules = rules or Rules()
        self.app = app
        self.rules = rules
        self._known = known
        self._hosts = own_hosts(rules.hosts)
        self._origins = frozenset(rules.origins)
        self._proxies = Proxies(rules.proxies)
        self._policy = Policy(rules.origins, rules.scripts)
        self._pace = Pace(rules)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = self._proxies.told(scope)
        send = _WithPolicy(self._policy, scope, send, self._is_shared(scope))
        try:
            await self._let_in(scope, receive, send)
        except Refused as refused:
            _log.info("%s", refused)
            await reply(refused, scope)(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on that keeps all rules. Raises Refused before anything of it is seen further in."""
        check_host(scope, self._hosts)
        if not self._is_shared(scope):
            check_origin(scope, self._origins)
        check_path(scope["path"])
        name = self._known(scope)
        who = Caller(name or sender(scope), is_one=bool(name))
        with self._pace.one_more(who):
            if scope["type"] == "websocket" or scope["method"] in _READING:
                self._pace.count_file(who)
            if scope["type"] == "http":
                longest = self.rules.long_bodies.get(scope["path"], self.rules.longest_body)
                body = await read_body(scope, receive, longest, self.rules.slowest_body_s)
                if scope["method"] not in _READING:
                    self._pace.count_call(who, page_of(body))
                receive = replayed(body, receive)
            await self.app(scope, receive, send)

    def _is_shared(self, scope: Scope) -> bool:
        """Whether other web sites may be let in further on, by rules that stand there."""
        shared, path = self.rules.shared, scope["path"]
        return scope["type"] == "http" and any(
            path == each or (each[-1] == "/" and path.startswith(each)) for each in shared
        )


def check_path(path: str) -> None:
    """Refuse what the page does not need. Example: '/gradio_api/upload' -> Refused"""
    if _CROOKED.search(path) or _CLOSED.match(path) or (path.startswith(_CALLS) and not _OPEN_CALLS.fullmatch(path)):
        raise Refused(403, "not_allowed")


class _WithPolicy:
    """A `send` that sets the headers of a response; a page is held back until its scripts are known."""

    def __init__(self, policy: Policy, scope: Scope, send: Send, is_shared: bool):
        self._keeps_own = is_shared
        self._policy = policy
        self._secure = scope["scheme"] in ("https", "wss")
        self._send = send
        self._start: Message | None = None
        self._page = bytearray()

    async def __call__(self, message: Message) -> None:
        kind = message["type"].removeprefix("websocket.")
        if kind == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            self._policy.apply(headers, self._secure, keeps_own=self._keeps_own)
        elif kind == "http.response.body" and self._start is not None:
            self._page += message.get("body", b"")
            if message.get("more_body", False) and len(self._page) <= _LARGEST_PAGE:
                return
            await self._send_page(message)
            return
        await self._send(message)

    async def _send_page(self, last: Message) -> None:
        start, page, self._start = self._start, bytes(self._page), None
        assert start is not None  # noqa: S101 - what this is called with
        self._policy.apply(MutableHeaders(scope=start), self._secure, page, self._keeps_own)
        await self._send(start)
        await self._send({**last, "body": page})
