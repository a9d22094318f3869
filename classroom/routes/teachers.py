"""The teacher's pages and calls. Every one looks the sign-in up again."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from classroom.entering.attempts import Attempts
from classroom.entering.doors import Place, door, own_addresses
from classroom.entering.invitations import key_of
from classroom.entering.sign_in import SignIn
from classroom.errors import NotNow
from classroom.lesson.plans import MINUTES, one_line, read_more, read_plan
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.lesson.subjects import Subjects
from classroom.routes.requests import (
    Action,
    Cookie,
    Endpoint,
    Values,
    action,
    sender,
    set_cookie,
    shown,
    text_in,
    texts_of,
)
from classroom.routes.streams import stream
from classroom.showing import pupil_views, teacher_views
from classroom.showing.export import exported
from classroom.showing.pages import render
from classroom.showing.parts import Page, Part
from classroom.showing.qr import qr_svg
from page import view
from rag.asking.question import make_question
from rag.types import ReadingLevel
from safety.masking import mask

COOKIE = "actuclair_teacher"
DEVICE_COOKIE = "actuclair_device"
_DEVICE_DAYS = 180
_PATH = "/teacher"
_PAUSE_S = 0.4
_SWITCHES = ("pause", "resume", "lock", "unlock", "hold", "unhold")


class TeacherRoutes:
    """What teachers can reach."""

    def __init__(self, school: School, sign_in: SignIn, place: Place):
        self._school = school
        self._sign_in = sign_in
        self._place = place
        self._subjects = Subjects()
        self._attempts = Attempts(a_minute=20, an_hour=100)
        self._device_attempts = Attempts(a_minute=10, an_hour=60)

    def routes(self) -> list[Route]:
        at = "/teacher/{session}"
        return [
            Route("/teacher", shown(self.home), methods=["GET"]),
            Route("/teacher/sign-in", action(self.sign_in), methods=["POST"]),
            Route("/teacher/sign-out", action(self.sign_out), methods=["POST"]),
            Route("/teacher/sessions", self._acting(self.open), methods=["POST"]),
            Route(at, self._showing(self.room), methods=["GET"]),
            Route(f"{at}/stream", self.stream, methods=["GET"]),
            Route(f"{at}/turn/{{turn}}", self._showing(self.turn), methods=["GET"]),
            Route(f"{at}/export/{{form}}", self._showing(self.export), methods=["GET"]),
            Route(f"{at}/do", self._acting(self.do), methods=["POST"]),
        ]

    def home(self, request: Request) -> Response:
        """The sessions and the form for a new one; else where to sign in."""
        texts = texts_of(request)
        try:
            self._check(request)
        except NotNow:
            return HTMLResponse(render("sign_in.html", texts=texts, has_secret=self._sign_in.has_secret))
        articles = self._school.library.articles()
        articles.sort(key=lambda article: (article.language != texts.language, article.title))
        form = {"articles": articles, "levels": list(ReadingLevel), "minutes": MINUTES}
        form["subjects"] = self._subjects.of(articles)
        return HTMLResponse(render("teacher_home.html", texts=texts, rooms=self._school.rooms(), **form))

    def sign_in(self, request: Request, values: Values) -> Response:
        """Sign in; where a teacher has done so before, what others at the same address guess does not count."""
        device = self._sign_in.device_of(request.cookies.get(DEVICE_COOKIE, ""))
        trying = self._device_attempts.trying(device) if device else self._attempts.trying(sender(request))
        with trying:
            token = self._sign_in.sign_in(text_in(values, "secret"))
        response = JSONResponse({"to": _PATH})
        set_cookie(request, response, Cookie(COOKIE, token, _PATH))
        if not device:
            set_cookie(request, response, Cookie(DEVICE_COOKIE, self._sign_in.new_device(), _PATH, _DEVICE_DAYS))
        return response

    def sign_out(self, request: Request, values: Values) -> Response:
        self._sign_in.sign_out(request.cookies.get(COOKIE, ""))
        response = JSONResponse({"to": _PATH})
        response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
        return response

    def open(self, request: Request, values: Values) -> Response:
        articles = self._school.library.articles()
        known, offered = [article.id for article in articles], self._subjects.of(articles)
        room = self._school.open(read_plan(values, known, offered))
        return JSONResponse({"to": f"{_PATH}/{room.id}?language={texts_of(request).language}"})

    def room(self, request: Request) -> Response:
        """The live view."""
        room, texts = self._room(request), texts_of(request)
        entrance = door(f"{request.url.scheme}://{request.headers['host']}", self._place, own_addresses)
        link = f"{entrance.origin}/class/{quote(room.register.session.code)}"
        invitation = f"{link}?key={key_of(room.id)}"
        with room.changing:
            seen = room.changes.marker(room.changes.latest())
            parts = [(part, part.make()) for part in teacher_views.teacher_parts(self._school, room, texts)]
        given = {"room": room, "parts": parts, "seen": seen, "link": link, "door": entrance}
        given["kept_for"] = teacher_views.kept_for(self._school, texts)
        given |= {"invitation": invitation, "qr": qr_svg(invitation, texts["qr"])}
        articles = teacher_views.articles_of(self._school, room)
        return HTMLResponse(render("teacher_room.html", texts=texts, articles=articles, **given))

    async def stream(self, request: Request) -> Response:
        try:
            self._check(request)
            room = self._room(request)
        except NotNow as error:
            return JSONResponse({"phrase": error.phrase}, error.status)
        texts = texts_of(request)

        def parts() -> list[Part]:
            self._check(request)  # again each round: who has signed out sees no more
            return teacher_views.teacher_parts(self._school, room, texts)

        return stream(request, room, Page(parts), _PAUSE_S)

    def turn(self, request: Request) -> Response:
        """One answer as the pupil has it; held ones too, for the teacher decides."""
        room, texts = self._room(request), texts_of(request)
        turn = room.register.turns.get(request.path_params["turn"])
        if turn is None or not room.so_far.is_looked_up(turn):
            raise NotNow("unknown", 404)
        with room.changing:
            told = self._school.answering.told_of(room, turn)
            return HTMLResponse(view.turn_html(told, pupil_views.with_place(room, turn, texts)))

    def export(self, request: Request) -> Response:
        room, texts = self._room(request), texts_of(request)
        with room.changing:
            return exported(room.register, request.path_params["form"], request.query_params.get("names") == "1", texts)

    def do(self, request: Request, values: Values) -> Response:
        """One action of the teacher: a switch, or one with something to it."""
        room, what = self._room(request), text_in(values, "do")
        if what in _SWITCHES:
            room.steer(what)
        elif what in (doing := self._doing(room, values)):
            doing[what]()
        else:
            raise NotNow("unknown", 400)
        return JSONResponse({"to": _PATH} if what == "delete" else {"done": True})

    def _doing(self, room: Room, values: Values) -> dict[str, Callable[[], None]]:
        which = text_in(values, "which")
        return {
            "prolong": lambda: room.prolong(read_more(which)),
            "end": room.end,
            "delete": lambda: self._school.delete(room),
            "remove": lambda: self._school.answering.remove(room, which),
            "release": lambda: room.release([which] if which else list(room.register.turns)),
            "seen": lambda: room.see(which),
            "show_question": lambda: self._show_question(room, text_in(values, "text")),
            "show_article": lambda: self._show_article(room, which),
        }

    def _show_question(self, room: Room, text: str) -> None:
        """A question for everybody, masked; it has to be one that could be asked."""
        level = room.register.session.plan.levels[0].value
        question = make_question(one_line(text), room.language, level, self._school.library.default_language)
        room.broadcast(mask(question.text).text, "")

    def _show_article(self, room: Room, article_id: str) -> None:
        if article_id not in {article.id for article in teacher_views.articles_of(self._school, room)}:
            raise NotNow("articles_unknown", 404)
        room.broadcast("", article_id)

    def _acting(self, do: Action) -> Endpoint:
        def checked(request: Request, values: Values) -> Response:
            self._check(request)
            return do(request, values)

        return action(checked)

    def _showing(self, show: Callable[[Request], Response]) -> Endpoint:
        def checked(request: Request) -> Response:
            self._check(request)
            return show(request)

        return shown(checked)

    def _check(self, request: Request) -> None:
        self._sign_in.check(request.cookies.get(COOKIE, ""))

    def _room(self, request: Request) -> Room:
        return self._school.room(request.path_params["session"])
