"""Why no request can be taken, or one is turned away. Knows no wording: readers' sentences are in `prompts/web`."""

from corpus.errors import ActuclairError


class Refused(ActuclairError):
    """A request that goes no further. `phrase` names the sentence for readers; `retry_after` is in seconds."""

    def __init__(self, status: int, phrase: str, retry_after: int | None = None):
        super().__init__(f"A request was turned away ({status}, {phrase}).")
        self.status = status
        self.phrase = phrase
        self.retry_after = retry_after


class AddressInUse(ActuclairError):
    """The page cannot listen where the settings say."""

    def __init__(self, host: str, port: int, reason: str):
        super().__init__(f"Cannot listen on {host}:{port}: {reason}. Choose another with --host or --port.")


class Unreached(ActuclairError):
    """A request could not be handed on to another server; nothing of it was done there."""

    def __init__(self, address: str, reason: str):
        super().__init__(
            f"No server with the classes answers at '{address}': {reason}. "
            "Each server needs an address in ACTUCLAIR_OWN_ADDRESS at which the others reach it."
        )


class BrokenOff(ActuclairError):
    """A request was handed on to another server, which has not answered: it may have been done, or not."""

    def __init__(self, address: str, reason: str):
        super().__init__(f"The server at '{address}' has not answered: {reason}.")
