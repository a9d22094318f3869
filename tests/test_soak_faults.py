"""What a soak breaks is really broken, and mended again: a line, a language model, a database, a disk, a clock."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from engines import free_port
from fakes import evidence_of

from bench.soak import disk
from bench.soak.faults import Chaos, clock_environment, missing
from bench.soak.model import Model, answer_to, embedded
from bench.soak.network import Line
from bench.soak.samples import sample
from bench.soak.schedule import Fault, Kind
from rag.errors import WriterFailed
from rag.types import Question
from rag.writing.local_model import Endpoint
from rag.writing.prompt import load_answer_prompt
from rag.writing.writer import ChatWriter

QUESTION = Question("Perché il robot canta?", "it")
BODY = b"x" * 9000


@contextmanager
def model() -> Iterator[Model]:
    started = Model(free_port())
    started.start()
    try:
        yield started
    finally:
        started.kill()


def test_the_stub_of_a_model_says_the_first_sentence_in_any_language():
    for language in ("fr", "en", "it", "es", "de"):
        prompt = load_answer_prompt(language)
        roles = {"system": "system", "human": "user", "ai": "assistant"}
        rendered = prompt.render(Question("?", language), evidence_of("Il robot canta.", "Il pleut."))

        said = answer_to([{"role": roles[each.type], "content": each.content} for each in rendered])

        assert said == f"{prompt.yes} Il robot canta."


def test_a_model_that_was_killed_fails_and_writes_again_when_it_is_back():
    with model() as started:
        writer = ChatWriter(Endpoint(started.url, "soak", "none"), 20)
        evidence = evidence_of("Il robot canta.", language="it")
        assert list(writer.write(QUESTION, evidence).sentences) == ["Il robot canta."]

        started.kill()
        with pytest.raises(WriterFailed):
            writer.write(QUESTION, evidence)
        started.start()

        assert list(writer.write(QUESTION, evidence).sentences) == ["Il robot canta."]


def test_texts_of_the_same_words_are_embedded_alike():
    first, same, other = (
        each["embedding"] for each in embedded(["Il robot canta.", "canta il ROBOT", "Il pleut."])["data"]
    )

    assert first == same != other


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(BODY), BODY))
    await writer.drain()
    writer.close()


async def _asked(times: int, is_slow: bool) -> tuple[list[bool], int]:
    """Whether each of so many requests through a line came back whole, and how many connections it dropped."""
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    whole = []
    async with Line(server.sockets[0].getsockname()[1]) as line, httpx.AsyncClient(timeout=30) as client:
        if is_slow:
            line.degrade()
        for _ in range(times):
            try:
                whole.append((await client.get(line.address)).content == BODY)
            except httpx.HTTPError:
                whole.append(False)
    server.close()
    return whole, line.dropped


def test_a_line_hands_all_on_and_a_slow_one_drops_one_in_four():
    assert asyncio.run(_asked(4, is_slow=False)) == ([True] * 4, 0)
    assert asyncio.run(_asked(4, is_slow=True)) == ([True, True, True, False], 1)


def test_nobody_behind_a_line_is_a_broken_connection():
    async def ask() -> None:
        async with Line(free_port()) as line, httpx.AsyncClient(timeout=30) as client:
            await client.get(line.address)

    with pytest.raises(httpx.HTTPError):
        asyncio.run(ask())


def chaos_in(folder: Path) -> Chaos:
    return Chaos(None, None, None, folder, folder / "clock")  # type: ignore[arg-type]


def test_a_database_is_locked_by_another_process_until_the_fault_ends(tmp_path: Path):
    path, fault = tmp_path / "classe.sqlite", Fault(Kind.DATABASE, 0, 1)
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE alunni (nome TEXT)")
        connection.commit()

        async def locked() -> None:
            chaos = chaos_in(tmp_path)
            await chaos.begin(fault)
            try:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    connection.execute("INSERT INTO alunni VALUES ('Zoë')")
            finally:
                await chaos.end(fault)

        asyncio.run(locked())

        connection.execute("INSERT INTO alunni VALUES ('Zoë')")


def test_a_full_disk_takes_nothing_until_it_is_freed(tmp_path: Path):
    with disk.small_disk(tmp_path) as reason:
        if reason:
            pytest.skip(reason)
        (tmp_path / "prima.txt").write_text("è qui")

        disk.fill(tmp_path)
        with pytest.raises(OSError, match="No space left"):
            (tmp_path / "dopo.txt").write_text("x" * 5000)
        disk.free(tmp_path)

        (tmp_path / "dopo.txt").write_text("x" * 5000)
        assert (tmp_path / "prima.txt").read_text() == "è qui"
    assert not os.path.ismount(tmp_path)


def test_a_clock_jumps_and_what_measures_passing_time_does_not(tmp_path: Path):
    environment = clock_environment(tmp_path / "clock")
    if not environment:
        pytest.skip("libfaketime is not installed: `make faketime` does that")
    told = "import time; print(time.time(), time.monotonic())"

    def clocks() -> list[float]:
        done = subprocess.run(
            [sys.executable, "-c", told], env=os.environ | environment, check=True, capture_output=True
        )
        return [float(each) for each in done.stdout.split()]

    asyncio.run(chaos_in(tmp_path).begin(Fault(Kind.CLOCK, 0, 1, hours=-24)))
    wall_back, passed_before = clocks()
    asyncio.run(chaos_in(tmp_path).end(Fault(Kind.CLOCK, 0, 1, hours=-24)))
    wall, passed = clocks()

    assert 86_000 < wall - wall_back < 87_800
    assert 0 <= passed - passed_before < 1_800


def test_what_cannot_be_had_is_named_with_its_reason():
    assert missing("", {"LD_PRELOAD": "x"}) == {}
    left_out = missing("mount: permission denied", {})
    assert set(left_out) == {Kind.DISK, Kind.CLOCK}
    assert "permission denied" in left_out[Kind.DISK] and "faketime" in left_out[Kind.CLOCK]


def test_a_process_is_weighed_and_one_that_is_gone_is_not(tmp_path: Path):
    (tmp_path / "7" / "fd").mkdir(parents=True)
    (tmp_path / "7" / "status").write_text("Name:\tété\nVmSize:\t  999999 kB\nVmRSS:\t  262144 kB\n")
    for name in ("0", "1", "2"):
        (tmp_path / "7" / "fd" / name).touch()

    seen = sample(7, 1.0, proc=tmp_path)

    assert seen and (seen.memory_mib, seen.descriptors, seen.at_s) == (256.0, 3, 1.0)
    assert sample(8, 2.0, proc=tmp_path) is None
