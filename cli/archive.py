"""Commands about what is in the archive: articles, remove, reindex, mend."""

from typing import Annotated, Any

import typer

from cli.edge import MISUSE, command, complain, console, load_settings, progress_bar
from cli.filtering import filtered
from cli.output import print_json
from cli.searching import Json
from corpus.types import Article
from rag.assembly import embedder_name, open_archive, open_beside
from rag.errors import DatabaseInUse, HomeInUse
from rag.filters import Filters
from rag.index import ingest as ingesting
from rag.index import reindexing
from rag.index.workspace import has_one_owner
from rag.settings import Settings


@command
@filtered
def articles(json: Json = False, *, filters: Filters) -> None:
    """List the articles that are in, the newest first.

    Examples: `actuclair articles --written-in fr`, `actuclair articles --since 2025-11-01 --json`
    """
    with open_archive(load_settings()) as workspace:
        found = workspace.record.articles(filters)
    if json:
        print_json({"articles": [article_json(article) for article in found]})
        return
    for article in found:
        published = article.published.isoformat() if article.published else "no date   "
        typer.echo(f"{published}  {article.language}  {article.kind:8}  {article.id}  {article.title}")
    console.print(f"{len(found)} articles.", highlight=False)


def article_json(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title,
        "language": article.language,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "url": article.url,
        "addresses": list(article.addresses),
        "audience": article.audience.value,
        "kind": article.kind.value,
        "licence": article.licence,
        "origins": {name: origin.value for name, origin in article.origins.items()},
    }


@command
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids, as `actuclair articles` lists them.", metavar="ID...")],
) -> None:
    """Take articles out of the archive and out of every search.

    Example: `actuclair remove cowboy-3f2a1b`
    """
    with open_archive(load_settings()) as workspace:
        known = workspace.record.hashes(ids)
        ingesting.remove([id_ for id_ in ids if id_ in known], workspace)
    unknown = [id_ for id_ in ids if id_ not in known]
    console.print(f"{len(ids) - len(unknown)} articles removed.", highlight=False)
    if unknown:
        complain(f"There is no article '{unknown[0]}'. `actuclair articles` lists what is in.")
        raise typer.Exit(MISUSE)


@command
def reindex() -> None:
    """Embed all recorded articles again, for instance with another embedder. Servers answer meanwhile as they did.

    Broken off, it goes on where it was when it is run again. Servers with the same embedder use the new vectors by
    themselves; for another embedder, restart them with it, one after the other.

    Example: `ACTUCLAIR_EMBEDDER=./my-model actuclair reindex`
    """
    settings = load_settings()
    with open_beside(settings) as workspace, progress_bar("passages") as progress:
        task = progress.add_task("Embedding", total=workspace.record.count_passages())
        count = reindexing.reindex(workspace, lambda done: progress.advance(task, done))
    console.print(f"{count} passages embedded with '{workspace.embedder.name}'.")
    if has_one_owner(settings.database, settings.vectors):
        _make_index(settings)


def _make_index(settings: Settings) -> None:
    """Make the index over new vectors, unless a server has the data folder: it does so itself."""
    try:
        with open_archive(settings) as workspace:
            workspace.index.mend()
    except (HomeInUse, DatabaseInUse):
        name = embedder_name(settings)
        console.print(f"The server that runs uses them at once if its embedder is '{name}'; else restart it with that.")


@command
def mend() -> None:
    """Test the vector index and make it again from the record when it is damaged. A server does so by itself.

    Example: `actuclair mend`
    """
    with open_archive(load_settings()) as workspace, progress_bar("passages") as progress:
        workspace.check_ready()
        task = progress.add_task("Indexing", total=workspace.record.count_passages())
        mended = workspace.index.mend(lambda done: progress.advance(task, done))
    console.print("The vector index was damaged and is made again." if mended else "The vector index is sound.")
