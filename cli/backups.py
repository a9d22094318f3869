"""The commands `backup` and `restore`. Knows neither archives nor databases."""

from pathlib import Path
from typing import Annotated, Any

import typer

from backups.errors import BackupIsPostgres
from backups.manifest import Manifest
from cli.edge import command, console, load_settings, progress_bar
from cli.output import print_json
from cli.searching import Json
from rag.errors import IndexFailed
from rag.index.workspace import Workspace
from rag.models.embedder import NamedEmbedder
from rag.settings import Settings

_MB = 1e6
_LEFT_OUT = (
    "Left out: what pupils and readers wrote, so that nothing comes back that was deleted. In it: the keys of news "
    "sites and the teachers' password (hashed). Keep the file where only you can read it."
)


@command
def backup(
    file: Annotated[Path, typer.Argument(help="A new file, such as actuclair-2026-01-31.zip.")], json: Json = False
) -> None:
    """Write articles, vectors, feeds, sites and passwords into one file, while the server may be running.

    What pupils and readers wrote is never in it: it would outlive its deletion there. On PostgreSQL this names the
    command that does the same.

    Examples: `actuclair backup /mnt/backups/actuclair-2026-01-31.zip`, `actuclair backup today.zip --json`
    """
    from backups.databases import dump_command
    from backups.making import make_backup, size_of

    settings = load_settings()
    if settings.database:
        raise BackupIsPostgres(dump_command(file, settings.database))
    home = settings.home
    with progress_bar("MB") as progress:
        task = progress.add_task("Backing up", total=2 * size_of(home) / _MB)
        manifest = make_backup(home, file, lambda size: progress.advance(task, size / _MB))
        progress.update(task, completed=2 * size_of(home) / _MB)  # copies may be smaller
    if json:
        print_json(manifest_json(manifest, file))
        return
    console.print(f"{_told(manifest)} are in '{file}' ({file.stat().st_size / _MB:.1f} MB).", soft_wrap=True)
    console.print(_LEFT_OUT, soft_wrap=True)


@command
def restore(
    file: Annotated[Path, typer.Argument(help="What `actuclair backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the data folder, classes too.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only look whether the backup is whole.")] = False,
    json: Json = False,
) -> None:
    """Put a backup into the data folder, and make the vector index again. Checksums and versions are compared first.

    Examples: `ACTUCLAIR_HOME=new actuclair restore today.zip`, `actuclair restore today.zip --force`,
    `actuclair restore today.zip --check`
    """
    from backups.databases import restore_command

    settings = load_settings()
    if settings.database and not check:
        raise BackupIsPostgres(restore_command(file, settings.database))
    manifest = _checked(file) if check else _restored(file, settings, force)
    if json:
        print_json(manifest_json(manifest, file) | {"restored": not check})
        return
    done = "whole" if check else f"put into '{settings.home}'"
    console.print(f"The backup of {manifest.made} is {done}: {_told(manifest)}.", soft_wrap=True)
    if not check:
        console.print("The vector index finds them. Start the server, and sign in again.", highlight=False)


def manifest_json(manifest: Manifest, file: Path) -> dict[str, Any]:
    return {
        "file": str(file),
        "made": manifest.made,
        "program": manifest.program,
        "embedder": manifest.embedder,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "databases": {
            name: {"schema": entry.schema, "bytes": entry.size, "sha256": entry.sha256}
            for name, entry in manifest.entries.items()
        },
    }


def _checked(file: Path) -> Manifest:
    from backups.checking import check, size_of

    with progress_bar("MB") as progress:
        task = progress.add_task("Checking", total=size_of(file) / _MB)
        return check(file, lambda size: progress.advance(task, size / _MB))


def _restored(file: Path, settings: Settings, force: bool) -> Manifest:
    from backups.checking import size_of
    from backups.restoring import restore as put_back

    with progress_bar("MB") as progress:
        task = progress.add_task("Restoring", total=2 * size_of(file) / _MB)
        manifest = put_back(file, settings.home, force, lambda size: progress.advance(task, size / _MB))
    prove(settings.home, manifest)
    return manifest


def prove(home: Path, manifest: Manifest) -> None:
    """Open every database that came back, older ones are brought up to date, and have the index made and probed."""
    from classroom.keeping.storage import Storage
    from sites.storage import open_file

    Storage(home).close()
    open_file(home).close()
    with Workspace(home, NamedEmbedder(manifest.embedder)) as workspace, progress_bar("passages") as progress:
        task = progress.add_task("Indexing", total=manifest.passages)
        workspace.index.rebuild(lambda done: progress.advance(task, done))
        if not workspace.index.probe():
            raise IndexFailed(home, "it does not find what was restored")


def _told(manifest: Manifest) -> str:
    """Example: '20 articles (97 passages), sites and passwords'"""
    return f"{manifest.articles} articles ({manifest.passages} passages), sites and passwords"
