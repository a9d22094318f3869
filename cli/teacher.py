"""The commands of `teacher`: who may open a class. Knows no web."""

import random

import typer
from rich.prompt import Confirm, Prompt

from classroom.entering.codes import code_words
from classroom.errors import SecretsDiffer
from cli.edge import command, console, load_settings

teacher_commands = typer.Typer(help="Who may open classes at /teacher.", no_args_is_help=True)
_WORDS = 4


@teacher_commands.command("set-secret")
@command
def set_teacher_secret() -> None:
    """Choose the password with which teachers sign in. There is none by default, and it can be read nowhere again.

    Example: `actuclair teacher set-secret`
    """
    from classroom.entering.sign_in import LEAST_SECRET, ROLE, set_secret
    from classroom.keeping.storage import Storage  # brings libraries in that other commands need not wait for

    settings = load_settings()
    storage = Storage(settings.home, settings.database)
    try:
        if storage.secret(ROLE) and not Confirm.ask(
            "There is a password already. Set a new one, and sign every teacher out?", console=console, default=False
        ):
            return
        console.print(f"At least {LEAST_SECRET} characters. Four words are easy to remember: {suggestion()}")
        first = Prompt.ask("Password", password=True, console=console)
        if Prompt.ask("Once more", password=True, console=console) != first:
            raise SecretsDiffer
        set_secret(storage, first)
    finally:
        storage.close()
    console.print("Set. Teachers sign in at /teacher; whoever was signed in has to sign in again.")


def suggestion() -> str:
    """Four words by chance. Example: -> 'piano-otter-comet-lamp'"""
    words = sorted({word for of_language in code_words().values() for word in of_language})
    return "-".join(random.SystemRandom().sample(words, _WORDS))
