"""Ingests that are killed at random moments, each in a process of its own. Run by test_rag_kills.py.

Prints one line for each kill: how many articles were acknowledged before it, or what was wrong afterwards.
"""

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from fakes import FakeEmbedder, article_of

from corpus.passages import split_passages
from corpus.types import Article, Passage
from rag.filters import Filters
from rag.index import ingest as ingesting
from rag.index.workspace import Workspace

ARTICLES = 120
MISSES = 0.02  # HNSW is approximate; a step that was lost would be 4 % or more


def articles(version: int) -> Iterator[Article]:
    for number in range(ARTICLES):
        text = "\n\n".join(f"Version v{version} der Nachricht n{number}, Absatz a{part}. " * 9 for part in range(3))
        yield article_of(text, id=f"n{number}", title=f"Nachricht n{number} v{version}", language="de")


def run(work: Callable[[], None]) -> int:
    """The status of a forked process that does the work."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  the status tells
            traceback.print_exc(file=sys.stdout)
            sys.stdout.flush()
            os._exit(1)
        os._exit(0)
    return os.waitpid(process, 0)[1]


def tell(told: int, passages: int) -> None:
    os.write(told, bytes([passages]))


def ingest_and_tell(home: Path, version: int, told: int) -> None:
    with Workspace(home, FakeEmbedder()) as workspace:
        ingesting.ingest(articles(version), workspace, lambda passages: tell(told, passages), 16)


def kill_during_ingest(home: Path, version: int, after_s: float) -> int:
    """How many passages were acknowledged before the kill."""
    reads, writes = os.pipe()
    process = os.fork()
    if process == 0:
        ingest_and_tell(home, version, writes)
        os._exit(0)
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        return sum(told.read())


def check(home: Path, version: int, acknowledged: int) -> None:
    """What was acknowledged is there, whole; the next ingest brings the rest."""
    wanted = list(articles(version))
    with Workspace(home, FakeEmbedder()) as workspace:
        workspace.index.mend()
        there = {article.id: article for article in workspace.record.articles()}
        new = [article for article in wanted if there.get(article.id, article).title == article.title]
        whole = [workspace.record.passages_of(id_) == split_passages(article) for id_, article in there.items()]
        assert all(whole), "half an article is there"
        stored = sum(len(workspace.record.passages_of(article.id)) for article in new if article.id in there)
        assert stored >= acknowledged, f"{acknowledged} passages acknowledged, {stored} there"
        ingesting.ingest(articles(version), workspace)
        assert (
            workspace.record.count_passages() == workspace.index.count() == sum(len(split_passages(a)) for a in wanted)
        )
        missed = [
            passage.id
            for article in wanted
            for passage in split_passages(article)
            if not found(passage, article, workspace)
        ]
        assert len(missed) <= MISSES * workspace.index.count(), f"not found by their own vectors: {missed}"


def found(passage: Passage, article: Article, workspace: Workspace) -> bool:
    embedding = workspace.embedder.embed_query(f"{article.title}\n{passage.text}")
    return workspace.index.search(embedding, 1, Filters())[0][0] == passage.id


def main(home: Path, kills: int) -> None:
    started = time.perf_counter()
    run(lambda: check(home, 0, 0))
    longest_s = time.perf_counter() - started
    for version in range(1, kills + 1):
        after_s = random.uniform(0, longest_s)
        acknowledged = kill_during_ingest(home, version, after_s)
        if run(lambda version=version, acknowledged=acknowledged: check(home, version, acknowledged)):  # type: ignore[misc]
            sys.exit(f"after {after_s:.3f} s, {acknowledged} passages acknowledged")
        print(acknowledged, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
