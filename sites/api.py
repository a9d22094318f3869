"""The public API, version 1: what may be called, and its OpenAPI document. Knows no rules: the kiosk decides."""

import asyncio
import logging
from functools import cache
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import ActuclairError
from sites.errors import NotAllowed, Refused
from sites.gate import Caller
from sites.kiosk import Kiosk
from sites.models import ArticleState, Ask, Feedback, FinishedAnswer, SentArticle, Taken, Wish
from sites.openapi import ABOUT, STREAM, problems, with_problem
from sites.problems import problem_response
from sites.replies import answer_response
from sites.telling import Asked
from sites.types import State

_KEY = Query(alias="site", description="the site's public key")
_log = logging.getLogger(__name__)
_PHRASES = {404: "unknown", 405: "method"}


def create_api(kiosk: Kiosk) -> FastAPI:
    """The routes below /api; what stands before them (`sites/doors.py`) has let the caller in."""
    api = FastAPI(
        title="Actuclair", version="1", description=ABOUT, docs_url=None, redoc_url=None,
        openapi_url="/v1/openapi.json", responses=problems(),
    )  # fmt: skip
    api.add_exception_handler(ActuclairError, _refused)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(RequestValidationError, _invalid)
    plain = api.openapi
    setattr(api, "openapi", cache(lambda: with_problem(plain())))  # noqa: B010 - how FastAPI wants it replaced
    calls = _Calls(kiosk)
    told: dict[str, Any] = {"response_model": FinishedAnswer, "responses": {200: STREAM}}
    api.post("/v1/ask", **told)(calls.ask)
    api.post("/v1/answers/{answer_id}/level", **told)(calls.level)
    api.post("/v1/feedback", status_code=204)(calls.feedback)
    api.get("/v1/articles", response_model=ArticleState)(calls.article)
    api.post("/v1/articles", status_code=202, response_model=Taken)(calls.send_article)
    return api


class _Calls:
    """What may be called."""

    def __init__(self, kiosk: Kiosk):
        self._kiosk = kiosk

    async def ask(self, request: Request, wanted: Ask, key: Annotated[str, _KEY]) -> Response:
        """Ask about the article in view, or about the site."""
        loop = asyncio.get_running_loop()

        def begin() -> Any:
            asked = self._kiosk.ask(_caller(request), wanted)
            return self._kiosk.begin(asked, loop) if isinstance(asked, Asked) else asked

        return await answer_response(request, self._kiosk, await run_in_threadpool(begin), wanted.language)

    async def level(self, request: Request, answer_id: str, wish: Wish, key: Annotated[str, _KEY]) -> Response:
        """The same answer at another level, as for `ask`."""
        loop = asyncio.get_running_loop()

        def begin() -> Any:
            asked = self._kiosk.wish(_caller(request), answer_id, wish.level)
            return self._kiosk.begin(asked, loop), asked.question.language

        begun, language = await run_in_threadpool(begin)
        return await answer_response(request, self._kiosk, begun, language)

    def feedback(self, request: Request, feedback: Feedback, key: Annotated[str, _KEY]) -> None:
        """What a reader makes of an answer; the last word counts."""
        self._kiosk.judge(_caller(request), feedback.answer, feedback.opinion)

    def article(
        self,
        request: Request,
        key: Annotated[str, _KEY],
        article: Annotated[str, Query(min_length=1, max_length=2000, description="its address or id")],
        language: Annotated[Literal["fr", "en", "it", "es", "de"] | None, Query(description="of the questions")] = None,
    ) -> ArticleState:
        """Whether an article can be asked about."""
        caller = _caller(request)
        self._kiosk.look(caller)
        state, found = self._kiosk.articles.state(caller.site, article)
        if found is None:
            return ArticleState(state=state, rest=caller.site.rest)
        questions = self._kiosk.articles.shelf.questions(found, language or found.language)
        published = found.published.isoformat() if found.published else None
        return ArticleState(
            state=state, id=found.id, title=found.title, language=found.language, published=published,
            rest=caller.site.rest, questions=list(questions),
        )  # fmt: skip

    def send_article(self, request: Request, article: SentArticle, key: Annotated[str, _KEY]) -> Taken:
        """Send an article to be indexed; for the site's server, with a signature."""
        caller = _caller(request)
        if not caller.is_server:
            raise NotAllowed(401)
        fields = {name: value for name, value in article.model_dump().items() if value}
        return Taken(id=self._kiosk.articles.intake.take(caller.site, fields), state=State.COMING)


def _caller(request: Request) -> Caller:
    caller: Caller = request.scope["state"]["caller"]
    return caller


async def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return problem_response(error, request.scope)
    _log.error("A call of a site could not be answered: %s", error)
    return problem_response(Refused(503, "cannot_answer_now"), request.scope)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return problem_response(Refused(status, _PHRASES.get(status, "invalid")), request.scope)


async def _invalid(request: Request, error: Exception) -> Response:
    """Tells where it is wrong, not what was sent."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": ""}
    where = ".".join(str(part) for part in first["loc"])
    return problem_response(Refused(422, "invalid", f"{where}: {first['msg']}"), request.scope)
