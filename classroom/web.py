"""The routes of a class, put together with the files that their pages load. Knows no session."""

from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import Scope

from classroom.entering.doors import Place
from classroom.entering.sign_in import SignIn
from classroom.lesson.school import School
from classroom.routes.elsewhere import WhereTheyAre
from classroom.routes.pupils import COOKIE as PUPIL_COOKIE
from classroom.routes.pupils import PupilRoutes
from classroom.routes.teachers import COOKIE as TEACHER_COOKIE
from classroom.routes.teachers import TeacherRoutes
from classroom.tokens import kept
from web.callers import sender
from web.forwarding import Forwarder

_OWN = Path(__file__).parent / "showing" / "files"
_PAGE = Path(__file__).resolve().parent.parent / "page"
_STYLES = ("page", "understand", "level", "aloud", "comfort")  # of the page, in its order
_FILES = {
    "class.css": (*(_PAGE / f"{name}.css" for name in _STYLES), _OWN / "class.css"),
    "comfort.js": (_PAGE / "comfort.js",),
    "theme.js": (_OWN / "theme.js",),
    "common.js": (_OWN / "common.js",),
    "pupil.js": (_PAGE / "quiz.js", _PAGE / "aloud.js", _OWN / "pupil.js"),
    "teacher.js": (_PAGE / "aloud.js", _OWN / "teacher.js"),
}
_GROUPS = 64  # of those whom another server knows: few of a class share one, and who makes cookies up gets no more
_COOKIES = {"class": PUPIL_COOKIE, "teacher": TEACHER_COOKIE}
_KINDS = {".css": "text/css", ".js": "text/javascript"}


class Classes:
    """Everything below /class and /teacher."""

    def __init__(self, school: School, place: Place | None = None):
        """`place`: where pupils reach this server."""
        self._school = school
        self._place = place or Place()
        self._sign_in = SignIn(school.storage, school.clock)

    def routes(self) -> list[BaseRoute]:
        pupils, teachers = PupilRoutes(self._school), TeacherRoutes(self._school, self._sign_in, self._place)
        here: list[BaseRoute] = [*pupils.routes(), *teachers.routes()]
        if self._school.storage.servers.are_several:
            here = [WhereTheyAre(self._school, Router(here), Forwarder())]
        return [Route("/class-files/{name}", file, methods=["GET"]), *here]

    def secret(self) -> str:
        """What proves that another server has handed a request on; '' while the classes are not here."""
        return "" if self._school.are_elsewhere else self._school.storage.servers.holder.secret

    def known(self, scope: Scope) -> str:
        """A name for a pupil who has joined, or a teacher who has signed in; '' for anybody else.

        Looked up in memory only: it is asked for every request. Where another server has the classes, those of one
        address who have a cookie are told apart by it, in some groups: whether it is true is looked up there, and who
        makes cookies up is not everybody.
        """
        first, _, code = scope["path"].strip("/").partition("/")
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if self._school.are_elsewhere and first in _COOKIES:
            claimed = cookies.get(_COOKIES[first], "")
            return f"{sender(scope)} {int(kept(claimed), 16) % _GROUPS}" if claimed else ""
        if first == "teacher":
            return self._sign_in.knows(cookies.get(TEACHER_COOKIE, ""))
        return self._school.knows(code.partition("/")[0], cookies.get(PUPIL_COOKIE, "")) if first == "class" else ""


async def file(request: Request) -> Response:
    """A style or a script of the pages."""
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("", 404)
    text = "\n".join(path.read_text(encoding="utf-8") for path in _FILES[name])
    return Response(text, media_type=_KINDS[Path(name).suffix], headers={"Cache-Control": "no-cache"})
