"""Why something cannot be done in a class. Knows no wording: sentences for people are in `prompts/classroom`."""

from corpus.errors import ActuclairError

_AGAIN_S = 10  # until a server that is gone is missed, and another has read what was kept


class NotNow(ActuclairError):
    """What somebody wanted is not possible; `phrase` names the sentence that says so, `status` is that of HTTP.

    `retry_after`: in how many seconds it may be tried again, where that is known.
    """

    def __init__(self, phrase: str, status: int = 409, retry_after: int | None = None):
        super().__init__(f"A class said no ({status}, {phrase}).")
        self.phrase = phrase
        self.status = status
        self.retry_after = retry_after


class Moved(NotNow):
    """Another server has the classes, or takes them just now."""

    def __init__(self) -> None:
        super().__init__("moved", 503, _AGAIN_S)


class ClassroomOutdated(ActuclairError):
    """A newer version of the program made the file of the classes."""

    def __init__(self, path: str, known: str):
        super().__init__(
            f"The classes in '{path}' were kept by a newer version of Actuclair ({known}). Run that version, or "
            f"rename the file to begin a new one."
        )


class SecretTooShort(ActuclairError):
    """The teacher's secret could be guessed."""

    def __init__(self, length: int, least: int):
        super().__init__(
            f"The secret has {length} characters, and needs {least} at least. Choose a longer one, such as four words."
        )


class SecretsDiffer(ActuclairError):
    """The teacher's secret was typed in two ways."""

    def __init__(self) -> None:
        super().__init__("The two secrets are not the same. Run `actuclair teacher set-secret` again.")
