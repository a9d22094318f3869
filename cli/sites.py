"""The commands of `sites`: which news sites may ask, and with which keys. Knows no web."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.edge import command, console, load_settings
from cli.output import print_json
from sites.errors import NameInvalid, SiteRevoked
from sites.keys import kept, new_id, new_keys
from sites.origins import origin
from sites.types import Keys, Limits, Site

if TYPE_CHECKING:
    from sites.storage import Sites

sites_commands = typer.Typer(help="News sites whose readers may ask here.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The site's name, as `actuclair sites list` shows it.")]
Json = Annotated[bool, typer.Option("--json", help="Print an object instead of lines.")]
_LIMITS = Limits()
_MOST = 10**9
_A_MINUTE = typer.Option(min=1, max=_MOST, help="Questions a minute of all its readers.")
_READER_A_MINUTE = typer.Option(min=1, max=_MOST, help="Questions a minute of one address; a school has one.")
_A_MONTH = typer.Option(min=0, max=_MOST, help="Questions a calendar month.")


class Country(StrEnum):
    """Whose helplines readers in need are told."""

    FR = "FR"
    IT = "IT"
    UK = "UK"
    ES = "ES"
    DE = "DE"
    EU = "EU"


OfCountry = Annotated[Country | None, typer.Option(help="Whose helplines it tells; as ACTUCLAIR_COUNTRY without it.")]


class Articles(StrEnum):
    """Which articles are a site's."""

    OWN = "own"
    ALL = "all"


@sites_commands.command("add")
@command
def add(
    name: Annotated[str, typer.Argument(help="What the site is called.")],
    origins: Annotated[list[str], typer.Argument(help="Its origins: https://news.example.org …")],
    rest: Annotated[
        bool, typer.Option("--rest", help="Answer from the site's other articles when the one in view tells nothing.")
    ] = False,
    articles: Annotated[
        Articles, typer.Option(help="own: what it sent, or what appeared at its origins; all: every article here.")
    ] = Articles.OWN,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch an article that is not here from the site, once, when it is in view.")
    ] = False,
    a_minute: Annotated[int, _A_MINUTE] = _LIMITS.a_minute,
    reader_a_minute: Annotated[int, _READER_A_MINUTE] = _LIMITS.reader_a_minute,
    a_month: Annotated[int, _A_MONTH] = _LIMITS.a_month,
    country: OfCountry = None,
    json: Json = False,
) -> None:
    """Let a site's readers ask, and print its keys: this once, for they can be read nowhere again.

    Example: `actuclair sites add "Le Petit Clair" https://petitclair.example https://www.petitclair.example --rest`
    """
    if not name.strip() or not name.isprintable():
        raise NameInvalid(name)
    keys, once = new_keys(), tuple(dict.fromkeys(map(origin, origins)))
    site = Site(
        new_id(), name.strip(), keys.key, keys.secret, kept(keys.editor_secret), once,
        datetime.now(UTC).date(), Limits(a_minute, reader_a_minute, a_month), rest, articles is Articles.ALL, fetch,
        country=country.value if country else "",
    )  # fmt: skip
    with _opened() as sites:
        sites.add(site)
    _print_keys(site, keys, json)


@sites_commands.command("list")
@command
def show(json: Json = False) -> None:
    """Print all sites with their rules and what they have asked this month; no secrets.

    Example: `actuclair sites list --json`
    """
    today = datetime.now(UTC).date()
    with _opened() as sites:
        found = [(site, sites.asked_in(site, today)) for site in sites.all()]
    for site, asked in found:
        _print_rules(site, asked, json)
    if not found and not json:
        typer.echo("No sites yet. `actuclair sites add NAME ORIGIN` lets one in.")


@sites_commands.command("change")
@command
def change(
    name: Name,
    a_minute: Annotated[int | None, _A_MINUTE] = None,
    reader_a_minute: Annotated[int | None, _READER_A_MINUTE] = None,
    a_month: Annotated[int | None, _A_MONTH] = None,
    country: OfCountry = None,
    json: Json = False,
) -> None:
    """Give a site other limits or another country's helplines; what is not named stays.

    Example: `actuclair sites change "Le Petit Clair" --reader-a-minute 200`
    """
    named = {"a_minute": a_minute, "reader_a_minute": reader_a_minute, "a_month": a_month}
    with _opened() as sites:
        site = sites.named(name)
        limits = replace(site.limits, **{limit: most for limit, most in named.items() if most is not None})
        changed = replace(site, limits=limits, country=country.value if country else site.country)
        sites.save(changed)
        asked = sites.asked_in(changed, datetime.now(UTC).date())
    _print_rules(changed, asked, json)


@sites_commands.command("rotate")
@command
def rotate(
    name: Name,
    key: Annotated[bool, typer.Option("--key", help="The public key: the pages have to be changed at once.")] = False,
    secret: Annotated[bool, typer.Option("--secret", help="The secret of the site's server.")] = False,
    editor: Annotated[bool, typer.Option("--editor", help="The editors' secret; they have to sign in again.")] = False,
    json: Json = False,
) -> None:
    """Give a site new keys, or the ones that are named; the old ones are worth nothing from now on.

    Example: `actuclair sites rotate "Le Petit Clair" --secret`
    """
    every, new = not (key or secret or editor), new_keys()
    with _opened() as sites:
        site = sites.named(name)
        if site.is_revoked:
            raise SiteRevoked(site.name)
        changed = replace(
            site,
            key=new.key if key or every else site.key,
            secret=new.secret if secret or every else site.secret,
            editor_hash=kept(new.editor_secret) if editor or every else site.editor_hash,
        )
        sites.save(changed)
        if editor or every:
            sites.sign_out_all(site)
    told = Keys(changed.key, new.secret if secret or every else "", new.editor_secret if editor or every else "")
    _print_keys(changed, told, json)


@sites_commands.command("revoke")
@command
def revoke(name: Name) -> None:
    """Let nobody in for a site any more. What its readers asked stays until it is forgotten.

    Example: `actuclair sites revoke "Le Petit Clair"`
    """
    with _opened() as sites:
        site = sites.revoke(name)
    console.print(f"{site.name} is revoked: its keys are worth nothing from now on.", markup=False, soft_wrap=True)


@contextmanager
def _opened() -> Iterator["Sites"]:
    from sites.storage import Sites, open_file  # brings libraries in that other commands need not wait for

    settings = load_settings()
    file = open_file(settings.home, settings.database)
    try:
        yield Sites(file)
    finally:
        file.close()


def _print_rules(site: Site, asked: int, json: bool) -> None:
    """What a site may do, without its secrets."""
    if json:
        print_json(_plain(site, asked))
        return
    limits, helplines = site.limits, f", helplines of {site.country}" if site.country else ""
    pace = f"{limits.a_minute} a minute, {limits.reader_a_minute} of one address"
    state = "revoked" if site.is_revoked else f"{asked} of {limits.a_month} questions this month; {pace}{helplines}"
    typer.echo(f"{site.name}: {' '.join(site.origins)} ({state})")


def _print_keys(site: Site, keys: Keys, json: bool) -> None:
    line = f'<script type="module" src="https://THIS-SERVER/widget.js" data-site="{site.key}"></script>'
    if json:
        secrets = {"secret": keys.secret, "editor_secret": keys.editor_secret}
        told = {name: value for name, value in secrets.items() if value}
        print_json({**_plain(site, 0), **told, "html": line})
        return
    typer.echo(f"Key (public):     {keys.key}")
    if keys.secret:
        typer.echo(f"Server's secret:  {keys.secret}")
    if keys.editor_secret:
        typer.echo(f"Editors' secret:  {keys.editor_secret}  (for /sites)")
    typer.echo(f"\nIn the pages of {site.name}, with this server's name:\n{line}")
    typer.echo(
        '<actuclair-explainer article="ADDRESS OF THE ARTICLE" level="child" language="fr"></actuclair-explainer>'
    )
    console.print("The secrets can be read nowhere again: keep them now.", soft_wrap=True)


def _plain(site: Site, asked: int) -> dict[str, Any]:
    limits = site.limits
    return {
        "name": site.name, "key": site.key, "origins": list(site.origins), "added": site.added.isoformat(),
        "rest": site.rest, "articles": "all" if site.every_article else "own", "fetch": site.fetches,
        "a_minute": limits.a_minute, "reader_a_minute": limits.reader_a_minute, "a_month": limits.a_month,
        "country": site.country or None, "asked_this_month": asked, "revoked": site.is_revoked,
    }  # fmt: skip
