"""The values of a desk, and what it has to know of an answer. Knows no threads."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rag.types import WriterNext

Waits = dict[str, tuple[int, float]]


@dataclass(frozen=True)
class Load:
    """Answers on their way, those of them that wait for the model, and the longest wait, by guess."""

    under_way: int
    waiting: int
    longest_wait_s: float


class Told(Protocol):
    """What is known of an answer by now."""

    @property
    def finished(self) -> bool:
        """Whether nothing follows."""

    @property
    def writer_next(self) -> WriterNext | None:
        """Set where what comes next needs the language model."""


ToldT = TypeVar("ToldT", bound=Told)
Frames = Generator[ToldT]
