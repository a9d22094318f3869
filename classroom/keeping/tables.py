"""The tables of the classes. Knows SQL types, not what rows mean.

What people leave has a column `left_at`; `actuclair export` and `actuclair forget` find it by that. A change here needs
a migration in `classroom/keeping/migrations`; a test compares the two.
"""

from pathlib import Path

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, MetaData, String, Table, Text

from classroom.errors import ClassroomOutdated
from rag.databases.columns import left_at, part_of
from rag.databases.kind import Kind

_METADATA = MetaData()
SESSIONS = Table(
    "sessions", _METADATA,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("levels", JSON, nullable=False),
    Column("articles", JSON, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("shares", Boolean, nullable=False),
    Column("opened_at", DateTime, nullable=False),
    Column("ends_at", DateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("ended_at", DateTime),
    left_at(),
)  # fmt: skip
PUPILS = Table(
    "pupils", _METADATA,
    Column("id", String, primary_key=True),
    part_of("sessions", index=True),
    Column("nickname", Text, nullable=False),
    Column("token_hash", String, nullable=False),
    Column("joined_at", DateTime, nullable=False),
    Column("is_removed", Boolean, nullable=False),
    left_at(),
)  # fmt: skip
TURNS = Table(
    "turns", _METADATA,
    Column("id", String, primary_key=True),
    part_of("sessions", index=True),
    part_of("pupils", index=True),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("level", String, nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("progress", String, nullable=False),
    Column("answer", JSON),
    Column("problem", String, nullable=False),
    Column("is_held", Boolean, nullable=False),
    left_at(),
)  # fmt: skip
FLAGS = Table(
    "flags", _METADATA,
    part_of("turns", primary_key=True),
    Column("kind", String, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("is_seen", Boolean, nullable=False),
    left_at(),
)  # fmt: skip
OPINIONS = Table(
    "opinions", _METADATA,
    part_of("turns", primary_key=True),
    part_of("pupils", primary_key=True),
    Column("opinion", String, nullable=False),
    left_at(),
)  # fmt: skip
RESULTS = Table(
    "results", _METADATA,
    part_of("turns", primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("is_right", Boolean, nullable=False),
    left_at(),
)  # fmt: skip
BROADCASTS = Table(
    "broadcasts", _METADATA,
    Column("id", String, primary_key=True),
    part_of("sessions", index=True),
    Column("text", Text, nullable=False),
    Column("article_id", String, nullable=False),
    Column("at", DateTime, nullable=False),
    left_at(),
)  # fmt: skip
SECRETS = Table(
    "secrets", _METADATA,
    Column("role", String, primary_key=True),
    Column("hash", Text, nullable=False),
)  # fmt: skip
SIGN_INS = Table(
    "sign_ins", _METADATA,
    Column("token_hash", String, primary_key=True),
    Column("expires_at", DateTime, nullable=False),
)  # fmt: skip
LEFT = tuple(table for table in _METADATA.sorted_tables if "left_at" in table.c)  # what people leave
CLASSROOM = Kind("classroom", _METADATA, Path(__file__).with_name("migrations"), "0001", ClassroomOutdated)
