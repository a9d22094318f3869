"""The routes of a class, put together with the files that their pages load. Knows no session."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from classroom.attempts import Attempts
from classroom.pupil_routes import COOKIE as PUPIL_COOKIE
from classroom.pupil_routes import PupilRoutes
from classroom.school import School
from classroom.teacher import SignIn
from classroom.teacher_routes import COOKIE as TEACHER_COOKIE
from classroom.teacher_routes import TeacherRoutes

COOKIES = (PUPIL_COOKIE, TEACHER_COOKIE)
_OWN = Path(__file__).with_name("files")
_PAGE = Path(__file__).resolve().parent.parent / "page"
_FILES = {
    "class.css": (_PAGE / "page.css", _PAGE / "understand.css", _OWN / "class.css"),
    "theme.js": (_OWN / "theme.js",),
    "common.js": (_OWN / "common.js",),
    "pupil.js": (_PAGE / "quiz.js", _OWN / "pupil.js"),
    "teacher.js": (_OWN / "teacher.js",),
}
_KINDS = {".css": "text/css", ".js": "text/javascript"}


def class_routes(school: School) -> list[BaseRoute]:
    """Everything below /class and /teacher."""
    codes, secrets = Attempts(a_minute=30, an_hour=300), Attempts(a_minute=5, an_hour=30)
    pupils = PupilRoutes(school, codes)
    teachers = TeacherRoutes(school, SignIn(school.storage, school.clock), secrets)
    return [Route("/class-files/{name}", file, methods=["GET"]), *pupils.routes(), *teachers.routes()]


async def file(request: Request) -> Response:
    """A style or a script of the pages."""
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("", 404)
    text = "\n".join(path.read_text(encoding="utf-8") for path in _FILES[name])
    return Response(text, media_type=_KINDS[Path(name).suffix], headers={"Cache-Control": "no-cache"})
