"""What browsers are told with every answer of a class: pages, files, streams, calls and refusals alike."""

from pathlib import Path

import pytest
from class_rooms import PLAN, MadeUp, class_app, pupil_of, school_in, teacher_of, visitor

PATHS = [
    "/class", "/class/{code}", "/class/tigre-luna-1000", "/class/{code}/stream", "/teacher", "/teacher/{room}",
    "/teacher/{room}/export/print", "/teacher/{room}/export/csv", "/teacher/{room}/turn/x", "/class-files/class.css",
    "/class-files/pupil.js", "/class-files/none.js", "/nowhere",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_answer_of_a_class_tells_browsers_to_be_careful(tmp_path: Path, path: str, language: str):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        at = path.format(code=room.register.session.code, room=room.id)

        headers = visitor(app, language).get(at).headers

        assert headers["x-content-type-options"] == "nosniff"
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'self'" in policy and "object-src 'none'" in policy
        assert "unsafe-inline" not in policy.split("script-src ")[1].split(";")[0]
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]


def test_cookies_of_a_class_stay_on_https_where_there_is_one(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        safe = visitor(app)
        safe.base_url = "https://testserver"  # type: ignore[assignment]

        joined = safe.post(f"/class/{room.register.session.code}/join", json={"nickname": "Leone7"})

        cookie = joined.headers["set-cookie"]
        assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=strict" in cookie


def test_pages_of_a_class_are_kept_by_no_browser(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        pupil, teacher = pupil_of(app, room, "Zoë"), teacher_of(app, school)

        pages = [
            pupil.get(f"/class/{room.register.session.code}"), teacher.get(f"/teacher/{room.id}"),
            teacher.get(f"/teacher/{room.id}/export/csv"), visitor(app).get("/teacher"),
        ]  # fmt: skip

        assert [page.headers["cache-control"] for page in pages] == ["no-store"] * 4
