"""The pages of the demo site: articles in four languages, and one of them with a frame. Knows no index, no answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from corpus.reading import read_file
from corpus.types import Article

FOLDER = Path(__file__).resolve().parent / "pages"
_LONGEST_HEADING = 80  # characters
_ENDS = (".", "!", "…", "»", "”", "“")
ARTICLES = FOLDER.parent.parent.parent / "corpus" / "articles"


@dataclass(frozen=True)
class Shown:
    """An article of the demo, and how the widget stands beside it: `mode` is 'launcher', 'inline' or 'frame'."""

    path: str
    file: str
    mode: str
    level: str


PAGES = (
    Shown("/fr/cow-boy", "fr/cow-boy-ia-enfants.md", "launcher", "child"),
    Shown("/en/video", "en/video-without-a-camera-children.md", "inline", "tween"),
    Shown("/it/cowboy", "it/cowboy-ia-in-classifica-ragazzi.md", "launcher", "teen"),
    Shown("/de/streaming", "de/velvet-sundown-streamingdienste.md", "launcher", "adult"),
    Shown("/fr/cadre", "fr/cow-boy-ia-enfants.md", "frame", "child"),
)


def create_site(server: str, key: str) -> Starlette:
    """The site, whose widget asks `server` with `key`. Example: create_site('http://127.0.0.1:7860', 'site_…')"""
    pages = Environment(loader=FileSystemLoader(FOLDER), autoescape=True)
    origin = {"server": server.rstrip("/"), "key": key}

    def front(request: Request) -> Response:
        shown = [(each, _article(each)) for each in PAGES]
        return HTMLResponse(pages.get_template("front.html").render(pages=shown))

    def route(shown: Shown) -> Route:
        return Route(shown.path, lambda request: _page(pages, shown, origin, request))

    files = Mount("/files", StaticFiles(directory=FOLDER / "files"))
    return Starlette(routes=[Route("/", front), *(route(each) for each in PAGES), files])


def _page(pages: Environment, shown: Shown, origin: Mapping[str, str], request: Request) -> Response:
    article = _article(shown)
    values: dict[str, Any] = {
        "article": article,
        "parts": _parts(article.text),
        "shown": shown,
        "own": str(request.base_url).rstrip("/"),
    }
    return HTMLResponse(pages.get_template("article.html").render(values, **origin))


def _article(shown: Shown) -> Article:
    found = next(read_file(ARTICLES / shown.file))
    if not isinstance(found, Article):
        raise FileNotFoundError(found)
    return found


def _parts(text: str) -> list[tuple[str, str]]:
    """Paragraphs, and the lines between them that end without a mark, which are headings.

    Example: 'Intro.\\n\\nUne voix\\n\\nTexte.' -> [('p', 'Intro.'), ('h2', 'Une voix'), ('p', 'Texte.')]
    """
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return [("p" if block.endswith(_ENDS) or len(block) > _LONGEST_HEADING else "h2", block) for block in blocks]
