"""Why an answer cannot be begun. Knows no wording."""

from corpus.errors import ActuclairError


class Busy(ActuclairError):
    """Too many answers are on their way; there is room again in some seconds."""

    again_s = 30  # when to ask again

    def __init__(self, count: int):
        super().__init__(f"{count} answers are on their way, and no more can be begun. Try again in some seconds.")
