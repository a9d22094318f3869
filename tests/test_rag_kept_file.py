"""The files of people's data, which classes and sites have: what all of them promise alike."""

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from classroom.keeping.storage import Storage
from rag.databases.database import Database
from rag.errors import StorageFailed
from sites.storage import open_file

TOLD = "Mi chiamo Giulia Bianchi"
OPENED = pytest.mark.parametrize("opened", [Storage, open_file], ids=["classes", "sites"])


@OPENED
def test_a_failure_does_not_tell_what_was_to_be_kept(opened: Callable[[Path], Database], tmp_path: Path):
    file = opened(tmp_path)

    with pytest.raises(StorageFailed) as failed, file.transaction() as connection:
        connection.execute(text("INSERT INTO no_such_table VALUES (:told)"), {"told": TOLD})

    assert TOLD not in "".join(traceback.format_exception(failed.value))


@OPENED
def test_a_change_that_fails_half_way_has_not_happened(opened: Callable[[Path], Database], tmp_path: Path):
    file = opened(tmp_path)

    with pytest.raises(StorageFailed), file.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'später'"))
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))
    file.close()

    opened(tmp_path).close()  # which a file of another version would not let happen


@OPENED
def test_only_its_owner_reads_the_file(opened: Callable[[Path], Database], tmp_path: Path):
    opened(tmp_path).close()

    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


@OPENED
def test_who_writes_waits_patiently_for_the_others(opened: Callable[[Path], Database], tmp_path: Path):
    file = opened(tmp_path)

    with file.transaction() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() >= 15_000
