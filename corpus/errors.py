"""The root of every deliberate error, and those a source of articles can cause. Knows nothing of answering."""


class ActuclairError(Exception):
    """Something went wrong that a person can mend: the message says what, with which value, and what to do next."""


class SourceUnreadable(ActuclairError):
    """One source of articles cannot be used; the others still can."""

    def __init__(self, source: str, reason: str):
        super().__init__(f"Cannot read '{source}': {reason}")
        self.source = source
        self.reason = reason
