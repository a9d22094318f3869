"""Why something cannot be done for a site. Knows no wording: sentences for readers are in `prompts/sites`."""

from corpus.errors import ActuclairError


class Refused(ActuclairError):
    """A call that goes no further; `phrase` names the sentence that says so, `status` is that of HTTP.

    `detail`: what exactly is wrong, for a site's developer; `retry_after` is in seconds.
    """

    def __init__(self, status: int, phrase: str, detail: str = "", retry_after: int | None = None):
        super().__init__(f"A call of a site was refused ({status}, {phrase}{': ' if detail else ''}{detail}).")
        self.status = status
        self.phrase = phrase
        self.detail = detail
        self.retry_after = retry_after


class NotAllowed(Refused):
    """A call without a right key, from another origin, or signed wrongly: which of them is told to nobody."""

    def __init__(self, status: int = 403):
        super().__init__(status, "not_allowed")


class SiteMisused(ActuclairError):
    """What was told of a site to let in cannot be so."""


class SiteUnknown(SiteMisused):
    """There is no site of this name."""

    def __init__(self, name: str):
        super().__init__(f"There is no site '{name}'. `actuclair sites list` tells which there are.")


class SiteExists(SiteMisused):
    """There is a site of this name already."""

    def __init__(self, name: str):
        super().__init__(
            f"There is a site '{name}' already, or there was one that is revoked. Choose another name, or give it new "
            f"keys with `actuclair sites rotate`."
        )


class SiteRevoked(SiteMisused):
    """A site that nobody is let in for any more."""

    def __init__(self, name: str):
        super().__init__(f"'{name}' is revoked, and new keys would open nothing. Let it in anew, under another name.")


class NameInvalid(SiteMisused):
    """What a site shall be called is no name."""

    def __init__(self, name: str):
        super().__init__(f"{name!r} is no name for a site. Choose one that can be read, on one line.")


class OriginInvalid(SiteMisused):
    """What is named as an origin is none."""

    def __init__(self, origin: str):
        super().__init__(
            f"'{origin}' is no origin. Name the scheme and the host, without a path: https://news.example.org"
        )


class SitesOutdated(ActuclairError):
    """A newer version of the program made the file of the sites."""

    def __init__(self, path: str, known: str):
        super().__init__(
            f"The sites in '{path}' were kept by a newer version of Actuclair ({known}). Run that version, or "
            f"rename the file to begin a new one."
        )
