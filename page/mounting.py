"""The page served at `/`: its styles, scripts and fonts from this server only, and the guard in front of it.

Knows neither what stands on the page nor what happens there.
"""

from dataclasses import replace
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from page.forgetting import forgetting
from web import Guard, Known, Rules
from web.guard import nobody

FOLDER = Path(__file__).resolve().parent
_STYLES = ("page.css", "understand.css", "level.css", "aloud.css", "comfort.css")
# comfort.js first: before anything is painted
_SCRIPTS = ("comfort.js", "aloud.js", "level.js", "waiting.js", "waking.js", "page.js", "quiz.js")
REMEMBERED_S = 3600  # what an open page said, in memory only, after its last call


def mount(app: FastAPI, blocks: gr.Blocks, rules: Rules | None = None, known: Known = nobody) -> ASGIApp:
    """Serve the page at `/`, behind a guard with these rules, which counts those who are `known` each alone."""
    app.router.lifespan_context = forgetting(lambda: blocks.state_holder, REMEMBERED_S)
    app.mount("/page-files", StaticFiles(directory=FOLDER / "files"))
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=_theme(),
        head=_head_html(),
        favicon_path=str(FOLDER / "files" / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        max_file_size=1,
    )
    return Guard(mounted, replace(rules or Rules(), scripts=(_script(),)), known)


def _theme() -> gr.themes.Base:
    """Fonts from this server only, and the paper behind the first paint."""
    fonts = gr.themes.Base(font=["Nunito", "system-ui", "sans-serif"], font_mono=["monospace"])
    return fonts.set(body_background_fill="#fffaf2", body_background_fill_dark="#1a1722")


def _head_html() -> str:
    """Style and script, inline: Gradio would prefix every selector of a style it is handed as `css`."""
    return (
        '<link rel="icon" type="image/svg+xml" href="/page-files/favicon.svg">'
        f"<style>{_joined(_STYLES)}</style><script>{_script()}</script>"
    )


def _script() -> str:
    """What the page does itself in the browser."""
    return _joined(_SCRIPTS)


def _joined(names: tuple[str, ...]) -> str:
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
