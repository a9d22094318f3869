"""Why a backup cannot be made or put back; each says what to do next."""

from pathlib import Path

from corpus.errors import ActuclairError


class NothingToBackUp(ActuclairError):
    """The data folder holds no articles."""

    def __init__(self, home: Path):
        super().__init__(f"There is nothing in '{home}' to back up. Set ACTUCLAIR_HOME to the folder of your server.")


class BackupIsPostgres(ActuclairError):
    """What is kept in PostgreSQL is backed up and put back by its own programs."""

    def __init__(self, command: str):
        super().__init__(
            f"Articles, classes and sites are in PostgreSQL, whose own programs back them up and put them back. Run "
            f"`{command}`; `docs/operations.md` tells more."
        )


class BackupExists(ActuclairError):
    """A file is in the way; backups are never overwritten."""

    def __init__(self, path: Path):
        super().__init__(f"There is a file '{path}' already. Name another, such as one with today's date.")


class BackupFailed(ActuclairError):
    """A backup could not be written; nothing of it is left."""

    def __init__(self, path: Path, reason: str):
        super().__init__(
            f"The backup '{path}' could not be written: {reason}. Nothing of it was kept. Check the free space and the "
            f"rights of its folder, or name a file on another disk."
        )


class BackupUnreadable(ActuclairError):
    """What should be put back is no whole backup; nothing was changed."""

    def __init__(self, path: Path, reason: str):
        super().__init__(
            f"The backup '{path}' cannot be used: {reason}. Nothing was changed. Copy it again from where it was kept, "
            f"or take an older one."
        )


class BackupTooNew(ActuclairError):
    """A newer program made the backup; nothing was changed."""

    def __init__(self, path: Path, program: str, what: str):
        super().__init__(
            f"The backup '{path}' was made by Actuclair {program}, and this version does not know its {what}. Nothing "
            f"was changed. Install that version or a newer one, then try again."
        )


class HomeNotEmpty(ActuclairError):
    """There is something in the folder that would be replaced."""

    def __init__(self, home: Path):
        super().__init__(
            f"The data folder '{home}' is not empty. Set ACTUCLAIR_HOME to a new folder, or run the same with --force: "
            f"then articles, classes and sites in it are replaced."
        )


class RestoreFailed(ActuclairError):
    """A backup could not be put back; what was there is as it was."""

    def __init__(self, home: Path, reason: str):
        super().__init__(
            f"The backup could not be put into '{home}': {reason}. What was there is as it was. Check the free space "
            f"and the rights of the folder."
        )
