"""The commands `serve` and `doctor`."""

from typing import Annotated

import typer

from cli.edge import FAILURE, command, load_settings
from cli.examining import Finding, examine
from corpus.errors import ActuclairError
from monitor.logs import speak_json


@command
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")] = None,
) -> None:
    """Serve the page. When it is told to stop it finishes the answers under way first; told twice, it stops at once.

    Example: `actuclair serve --port 8000`
    """
    from app import run  # the page's libraries take seconds to load, and only this command needs them

    settings = load_settings(host=host, port=port)
    if settings.log == "json":
        speak_json()
    run(settings)


@command
def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without losing anything.")] = False,
) -> None:
    """Look at versions, models, databases, index and disk; say what is wrong and which command mends it.

    Mended here are a damaged vector index, rights that are too wide, and a restore that was broken off.

    Examples: `actuclair doctor`, `actuclair doctor --fix`
    """
    is_well = [_told(finding, fix) for finding in examine(load_settings())]
    if not all(is_well):
        raise typer.Exit(FAILURE)


def _told(finding: Finding, fix: bool) -> bool:
    """Tell a finding, and mend it if that is wanted and safe; whether it is well now."""
    typer.echo(f"{'✗' if finding.mend else '✓'} {finding.subject}: {finding.seen}")
    if not finding.mend:
        return True
    if not fix or finding.fix is None:
        typer.echo(f"    mend it with: {finding.mend}")
        return False
    try:
        finding.fix()
    except (ActuclairError, OSError) as error:
        typer.echo(f"    could not be mended: {error}")
        return False
    typer.echo("    mended")
    return True
