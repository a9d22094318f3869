"""Reading ahead: the same items, no more than are wanted, and errors where they belong."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.prefetch import prefetch

_WAIT_S = 60  # only a broken thread takes so long


@given(st.lists(st.text()), st.integers(1, 5))
def test_prefetch_gives_the_same_items_in_the_same_order(items: list[str], count: int):
    assert list(prefetch(items, count)) == items


def test_prefetch_reads_before_it_is_asked():
    read_second = threading.Event()

    def items() -> Iterator[str]:
        yield "primo"
        read_second.set()
        yield "secondo"

    ahead = prefetch(items(), 2)

    assert next(ahead) == "primo"
    assert read_second.wait(_WAIT_S)


def test_prefetch_raises_an_error_behind_the_items_before_it():
    def items() -> Iterator[str]:
        yield "eins"
        raise OSError("Leitung weg")

    ahead = prefetch(items(), 2)

    assert next(ahead) == "eins"
    with pytest.raises(OSError, match="Leitung weg"):
        next(ahead)


def test_prefetch_hands_on_an_error_that_is_an_item():
    error = ValueError("uno")

    assert list(prefetch([error], 1)) == [error]


def test_prefetch_reads_no_further_when_nobody_listens_any_more():
    stopped = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(10**9)
        finally:
            stopped.set()

    ahead = prefetch(items(), 1)
    next(ahead)

    ahead.close()  # type: ignore[attr-defined]

    assert stopped.wait(_WAIT_S)
