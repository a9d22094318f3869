"""The pages of a site's editors: templates that escape everything they are given. Knows neither sites nor requests."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from telling.texts import LANGUAGES


def render(name: str, **values: Any) -> Markup:
    """A template filled in."""
    return Markup(_environment().get_template(name).render(**values))  # noqa: S704 - the templates escape


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).resolve().parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(languages=LANGUAGES)
    return environment
