"""The command line: `actuclair COMMAND`. Knows which command does what, not how."""

import os
import warnings

import typer

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # before the libraries that read it are imported
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from cli.archive import articles, mend, reindex, remove
from cli.articles import ingest
from cli.ask import ask
from cli.backups import backup, restore
from cli.levels import level
from cli.logs import set_up_logs
from cli.models import models_commands
from cli.readers import export, forget
from cli.searching import search
from cli.sites import sites_commands
from cli.system import doctor, serve
from cli.teacher import teacher_commands
from cli.watching import watch

app = typer.Typer(
    name="actuclair",
    help="Ask the news a question, get a cited answer at your reading level.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
)
for command in (
    ingest,
    watch,
    articles,
    remove,
    search,
    ask,
    level,
    serve,
    reindex,
    mend,
    backup,
    restore,
    forget,
    export,
    doctor,
):
    app.command(command.__name__)(command)
app.add_typer(models_commands, name="models")
app.add_typer(teacher_commands, name="teacher")
app.add_typer(sites_commands, name="sites")


def main() -> None:
    """Run one command."""
    set_up_logs()
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    app()
