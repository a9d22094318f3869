"""The routes of sites, put together, and what the guard has to know of them. Knows no answers."""

from starlette.routing import BaseRoute, Mount

from sites.api import create_api
from sites.doors import Doors
from sites.editor_routes import EditorRoutes
from sites.embed import embed_routes
from sites.gate import Gate
from sites.kiosk import Kiosk

SHARED = ("/api/", "/widget.js", "/embed")  # open to other web sites, by the gate
LONG_BODIES = {"/api/v1/articles": 512 * 1024}  # bytes: a long article


def site_routes(kiosk: Kiosk) -> list[BaseRoute]:
    """Everything below /api and /sites, the widget, and the page for frames."""
    gate = Gate(kiosk.sites, kiosk.now)
    return [Mount("/api", Doors(create_api(kiosk), gate)), *embed_routes(gate), *EditorRoutes(kiosk).routes()]
