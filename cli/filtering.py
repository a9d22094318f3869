"""The filter options that `search`, `ask` and `articles` share. Knows no command."""

import inspect
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from corpus.types import Audience, Kind
from rag.filters import Filters


def filters_of(
    written_in: Annotated[str | None, typer.Option(help="Only articles in this language.")] = None,
    audience: Annotated[Audience | None, typer.Option(help="Only articles for them.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only passages of this kind; comments are readers' voices.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only articles of this outlet.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published on that day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published until that day.")
    ] = None,
) -> Filters:
    """The filters that the options name."""
    return Filters(written_in, audience, kind, outlet, since.date() if since else None, until.date() if until else None)


def filtered(function: Callable[..., None]) -> Callable[..., None]:
    """The command with the filter options on its command line, where its code has one parameter `filters`."""
    options = inspect.signature(filters_of, eval_str=True).parameters
    own = inspect.signature(function, eval_str=True).parameters

    @wraps(function)
    def run(**given: Any) -> None:
        function(filters=filters_of(**{name: given.pop(name) for name in options}), **given)

    shown = [*(entry for name, entry in own.items() if name != "filters"), *options.values()]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # what typer reads the options from
        [entry.replace(kind=inspect.Parameter.KEYWORD_ONLY) for entry in shown]
    )
    hints = get_type_hints(function, include_extras=True) | get_type_hints(filters_of, include_extras=True)
    run.__annotations__ = {name: hints[name] for name in [entry.name for entry in shown]}
    return run
