"""The pages of a class: templates that escape everything they are given. Knows neither sessions nor requests."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from page.comfort import comfort_html
from page.frame import LOGO
from telling.texts import LANGUAGES

_FOLDER = Path(__file__).resolve().parent


def render(name: str, **values: Any) -> Markup:
    """A template filled in; what is Markup already is not escaped again."""
    return Markup(_environment().get_template(name).render(**values))  # noqa: S704 - the templates escape


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(logo=LOGO, languages=LANGUAGES, comfort=comfort_html)
    return environment
