"""An ingest with two worker processes that waits to be killed in the middle. Run by test_rag_workers.py.

Prints the workers' process ids, and then how many passages the first step stored. Its workers go on meanwhile.
"""

import signal
import sys
from functools import partial
from pathlib import Path

from ingest_workers import QuickEmbedder, archive

from rag.index.ingest import ingest
from rag.index.process_workers import ProcessWorkers
from rag.index.workspace import Workspace


def tell_and_wait(passages: int) -> None:
    print(passages, flush=True)
    signal.pause()


def main(home: Path) -> None:
    with Workspace(home, QuickEmbedder()) as workspace, ProcessWorkers(2, partial(QuickEmbedder, 0.001)) as workers:
        print(*(process._process.pid for process in workers._processes), flush=True)
        ingest(archive(80), workspace, tell_and_wait, workers=workers)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
