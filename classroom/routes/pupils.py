"""The pupils' pages and calls. Who asks is known by a cookie; language, levels and articles are the session's."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from classroom.entering.attempts import Attempts
from classroom.entering.codes import tidy
from classroom.entering.invitations import is_invited
from classroom.entering.nicknames import tidy_nickname
from classroom.errors import NotNow
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.routes.requests import Cookie, Values, action, sender, set_cookie, shown, text_in, texts_of
from classroom.routes.seats import Seat, Seats
from classroom.routes.streams import stream
from classroom.showing import pupil_views
from classroom.showing.pages import render
from classroom.showing.parts import Page
from classroom.tokens import new_token
from classroom.types import Opinion, Pupil, QuizResult, State
from rag.asking.question import LONGEST_QUESTION, make_question

COOKIE = "actuclair_pupil"
_PAUSE_S = 0.1
_DONE = {"done": True}


class PupilRoutes:
    """What pupils can reach."""

    def __init__(self, school: School):
        self._school = school
        self._attempts = Attempts(120, 600, "too_many_codes")  # thirty who mistype three times, in one minute
        self._seats = Seats()

    def routes(self) -> list[Route]:
        at, spoken = "/class/{code}", self._language
        return [
            Route("/class", shown(self.enter), methods=["GET"]),
            Route(at, shown(self.page, spoken), methods=["GET"]),
            Route(f"{at}/stream", self.stream, methods=["GET"]),
            Route("/class", action(self.look_for), methods=["POST"]),
            Route(f"{at}/here", action(self.here, spoken), methods=["POST"]),
            Route(f"{at}/join", action(self.join, spoken), methods=["POST"]),
            Route(f"{at}/ask", action(self.ask, spoken), methods=["POST"]),
            Route(f"{at}/judge", action(self.judge, spoken), methods=["POST"]),
            Route(f"{at}/quiz", action(self.quiz, spoken), methods=["POST"]),
        ]

    def enter(self, request: Request) -> Response:
        """Where the code is typed."""
        return HTMLResponse(render("enter.html", texts=texts_of(request)))

    def look_for(self, request: Request, values: Values) -> Response:
        """From a code as it was typed to its page."""
        code = tidy(text_in(values, "code"))
        self._find(request, code)
        return JSONResponse({"to": f"/class/{code}"})

    def page(self, request: Request) -> Response:
        """The pupil's page, or where to join."""
        code = request.path_params["code"]
        if code != tidy(code) and tidy(code):
            return RedirectResponse(f"/class/{tidy(code)}", 303)
        try:
            room, pupil = self._who(request)
        except NotNow as error:
            if error.phrase != "not_joined":
                raise
            return self._join_page(request, code)
        texts = texts_of(request, room.language)
        with room.changing:
            seen = room.changes.marker(room.changes.latest())
            parts = [(part, part.make()) for part in pupil_views.pupil_parts(self._school, room, pupil.id)]
        levels = pupil_views.levels_of(room, texts)
        given = {"room": room, "pupil": pupil, "parts": parts, "seen": seen, "levels": levels}
        given["level"] = pupil_views.level_of(room, pupil.id)
        return HTMLResponse(render("pupil.html", texts=texts, longest=LONGEST_QUESTION, **given))

    def _join_page(self, request: Request, code: str) -> Response:
        room = self._find(request, code)
        if room.register.session.state is State.ENDED:
            raise NotNow("ended", 410)
        title = room.register.session.plan.title
        texts = texts_of(request, room.language)
        key = request.query_params.get("key", "")
        key = key if is_invited(room.id, key) else ""
        return HTMLResponse(render("join.html", texts=texts, code=code, title=title, key=key))

    async def stream(self, request: Request) -> Response:
        """The parts of the pupil's page as they change."""
        try:  # a page of a session that is gone keeps asking: that is no guess, and it learns nothing
            room = self._school.find(request.path_params["code"])
            pupil = room.pupil_of(request.cookies.get(COOKIE, ""))
        except NotNow:
            return JSONResponse({"phrase": "not_joined"}, 403)
        parts = partial(pupil_views.pupil_parts, self._school, room, pupil.id)
        page = Page(parts, partial(pupil_views.concerns, room, pupil.id))
        return stream(request, room, page, _PAUSE_S, self._here(room, pupil))

    def here(self, request: Request, values: Values) -> Response:
        """Whether this browser has joined: a link on another site does not bring the cookie along, a call does."""
        self._who(request)
        return JSONResponse(_DONE)

    def join(self, request: Request, values: Values) -> Response:
        """Come in under a nickname; who is in already stays who it is."""
        room = self._find(request, request.path_params["code"])
        token = request.cookies.get(COOKIE, "")
        try:
            room.pupil_of(token)
            return JSONResponse(_DONE)
        except NotNow as error:
            if error.phrase == "removed":
                raise
        token = new_token()
        room.join(tidy_nickname(text_in(values, "nickname")), token)
        response = JSONResponse(_DONE)
        set_cookie(request, response, Cookie(COOKIE, token, f"/class/{room.register.session.code}"))
        return response

    def ask(self, request: Request, values: Values) -> Response:
        room, pupil = self._who(request)
        question = make_question(
            text_in(values, "question"), room.language, text_in(values, "level"), self._school.library.default_language
        )
        self._school.answering.ask(room, pupil, question)
        return JSONResponse(_DONE)

    def judge(self, request: Request, values: Values) -> Response:
        room, pupil = self._who(request)
        if text_in(values, "opinion") not in set(Opinion):
            raise NotNow("unknown", 400)
        room.judge(pupil.id, text_in(values, "turn"), Opinion(text_in(values, "opinion")))
        return JSONResponse(_DONE)

    def quiz(self, request: Request, values: Values) -> Response:
        """Note what a pupil answered to a question of a quiz; what is right is decided here."""
        room, pupil = self._who(request)
        turn = room.register.turns.get(text_in(values, "turn"))
        place = values.get("place")
        if turn is None or turn.pupil_id != pupil.id or not isinstance(place, int):
            raise NotNow("unknown", 404)
        asked = self._school.answering.told_of(room, turn).study.quiz
        if not 0 <= place < len(asked):
            raise NotNow("unknown", 404)
        is_right = asked[place].is_right(text_in(values, "given"))
        room.note_result(pupil.id, QuizResult(turn.id, place, is_right))
        return JSONResponse({"right": is_right})

    def _find(self, request: Request, code: str) -> Room:
        """The room of a code. Raises NotNow, also for who has guessed wrongly too often."""
        key = request.query_params.get("key", "")
        try:
            room = self._school.find(code)
            if not is_invited(room.id, key):
                self._attempts.check(sender(request))
            return room
        except NotNow as error:
            if error.phrase == "code_unknown":
                self._attempts.check(sender(request))
                self._attempts.failed(sender(request))
            raise

    def _who(self, request: Request) -> tuple[Room, Pupil]:
        """The room and the pupil of a request. Who is in is not kept out by others who guess at the same address."""
        code = request.path_params["code"]
        try:
            room = self._school.find(code)
            return room, room.pupil_of(request.cookies.get(COOKIE, ""))
        except NotNow:
            self._find(request, code)
            raise

    def _language(self, request: Request) -> str:
        """The session's language, for who knows its code; who has guessed too often learns nothing, not even this."""
        try:
            room = self._school.find(request.path_params["code"])
            is_invitation = is_invited(room.id, request.query_params.get("key", ""))
            if not is_invitation and not room.knows(request.cookies.get(COOKIE, "")):
                self._attempts.check(sender(request))
            return room.language
        except NotNow:
            return ""

    @contextmanager
    def _here(self, room: Room, pupil: Pupil) -> Iterator[Seat]:
        self._school.answering.arrive(room, pupil.id)
        try:
            with self._seats.taken(pupil.id) as seat:
                yield seat
        finally:
            self._school.answering.leave(pupil.id)
