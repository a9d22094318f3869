"""What an archive costs: bytes, hours and money, from what was measured and from assumptions that have names.

`python -m bench.ingest_costs` prints the table of docs/bulk_ingest.md. Knows no articles: it only multiplies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SIZES = (10_000, 1_000_000, 100_000_000)  # articles


@dataclass(frozen=True)
class Measured:
    """By `bench.ingest`; the memory by `bench.scale`, from 1,000 to 100,000 passages."""

    texts: float = 6.2
    read_ms: float = 6.7
    owner_ms: float = 3.07
    core_ms: float = 342.0
    record_bytes: float = 9220.0
    index_bytes: float = 2954.0
    memory_bytes: float = 2200.0


@dataclass(frozen=True)
class Assumed:
    """Nothing of this was measured here."""

    passages: float = 8.0  # an article of 4,000 characters
    tokens: float = 260.0  # of a passage under its title, and of its statements, at four characters a token
    card_passages_s: float = 500.0  # 11 GFLOP each: 5 % of what a card of 120 TFLOP/s can do
    core_hour: float = 0.04  # euros, as the rest
    card_hour: float = 0.80
    million_tokens: float = 0.02
    gb_month: float = 0.10


def costs(articles: int, measured: Measured, assumed: Assumed) -> dict[str, str]:
    """One column of the table."""
    passages = articles * assumed.passages
    stored = passages * (measured.record_bytes + measured.index_bytes)
    core_h = passages * measured.core_ms / 3.6e6
    card_h = passages / assumed.card_passages_s / 3600
    owner_h = (articles * measured.read_ms + passages * measured.owner_ms) / 3.6e6
    return {
        "passages": _short(passages),
        "vectors (passages and statements)": _short(passages * measured.texts),
        "record": _bytes(passages * measured.record_bytes),
        "index on the disk": _bytes(passages * measured.index_bytes),
        "index in memory (Chroma in the process)": _bytes(passages * measured.memory_bytes),
        "the owner reads and writes": _time(owner_h),
        "embedding: 16 cores": _time(core_h / 16),
        "embedding: one card": _time(card_h),
        "embedding: eight cards": _time(card_h / 8),
        "money: cores": _euros(core_h * assumed.core_hour),
        "money: cards": _euros(card_h * assumed.card_hour),
        "money: a vendor's endpoint": _euros(passages * assumed.tokens / 1e6 * assumed.million_tokens),
        "money: the disk, a month": _euros(stored / 1e9 * assumed.gb_month),
    }


def _short(count: float) -> str:
    """Example: 8_000_000 -> '8 million'"""
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if count >= size:
            return f"{count / size:.3g} {name}"
    return f"{count:,.0f}"


def _bytes(count: float) -> str:
    """Example: 712_000_000 -> '712 MB'"""
    size, name = next(
        (size, name) for size, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1, "B")) if count >= size
    )
    return f"{count / size:.2g} {name}" if count / size < 10 else f"{count / size:.0f} {name}"


def _time(hours: float) -> str:
    """Example: 0.5 -> '30 min'; 72 -> '3.0 days'"""
    if hours < 1:
        return f"{max(hours * 60, 1):.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


def _euros(amount: float) -> str:
    return f"€{amount:,.0f}" if amount >= 10 else f"€{amount:.2f}"


def render(sizes: Sequence[int] = SIZES) -> str:
    """A Markdown table, one size a column."""
    columns = [costs(size, Measured(), Assumed()) for size in sizes]
    lines = ["| articles | " + " | ".join(_short(size) for size in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    return "\n".join([*lines, *(f"| {row} | {' | '.join(each[row] for each in columns)} |" for row in columns[0])])


if __name__ == "__main__":
    print(render())
