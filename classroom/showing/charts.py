"""Bars for those who would rather look than read, and a table of the same for those who listen. Knows no classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from classroom.showing.pages import render
from telling.texts import Texts

_WIDTH, _ROW = 100.0, 10.0  # of the picture's own units; it grows with its place


@dataclass(frozen=True)
class Bar:
    """One row: what is counted, how many, and the length and place of its bar."""

    label: str
    count: int
    length: float
    top: float


def bars(title: str, rows: Sequence[tuple[str, int]], texts: Texts) -> Markup:
    """A chart with a heading; nothing where nothing was counted."""
    most = max((count for _, count in rows), default=0)
    if not most:
        return Markup("")
    drawn = [
        Bar(label, count, round(_WIDTH * count / most, 1), _ROW * place) for place, (label, count) in enumerate(rows)
    ]
    return render("bars.html", texts=texts, title=title, bars=drawn)
