"""Every deliberate error of the safety part. Knows no rules and no texts."""

from pathlib import Path

from corpus.errors import ActuclairError


class SafetyFileInvalid(ActuclairError):
    """A file that keeps children safe is missing or cannot be used; nothing may be answered without it."""

    def __init__(self, path: Path, reason: str):
        super().__init__(f"The safety file '{path}' cannot be used: {reason}. Restore it from the project.")


class CountryUnknown(ActuclairError):
    """No helplines are known for a country."""

    def __init__(self, country: str, known: list[str]):
        super().__init__(
            f"There are no helplines for the country '{country}'. Set ACTUCLAIR_COUNTRY to one of {', '.join(known)}."
        )
