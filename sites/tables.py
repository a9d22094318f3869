"""The tables of the sites. Knows SQL types, not what rows mean.

What readers leave has a column `left_at`, the midnight of its day; `actuclair export` and `actuclair forget` find it by
that. Answers have random ids and no row numbers, so that nothing on the disk tells in which order they were asked. A
change here needs a migration in `sites/migrations`; a test compares the two.
"""

from pathlib import Path

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, MetaData, String, Table, Text

from rag.databases.columns import left_at, part_of
from rag.databases.kind import Kind
from sites.errors import SitesOutdated

_METADATA = MetaData()
SITES = Table(
    "sites", _METADATA,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("key", String, nullable=False, unique=True),
    Column("secret", Text, nullable=False),
    Column("editor_hash", String, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("added", Date, nullable=False),
    Column("a_minute", Integer, nullable=False),
    Column("reader_a_minute", Integer, nullable=False),
    Column("a_month", Integer, nullable=False),
    Column("rest", Boolean, nullable=False),
    Column("every_article", Boolean, nullable=False),
    Column("fetches", Boolean, nullable=False),
    Column("is_revoked", Boolean, nullable=False),
    Column("country", String, nullable=False, server_default=""),
)  # fmt: skip
SIGNATURES = Table(
    "signatures", _METADATA,
    Column("signature", String, primary_key=True),
    Column("expires_at", DateTime, nullable=False, index=True),
    sqlite_with_rowid=False,
)  # fmt: skip
USAGE = Table(
    "usage", _METADATA,
    part_of("sites", primary_key=True),
    Column("month", String, primary_key=True),
    Column("questions", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
PUSHED = Table(
    "pushed", _METADATA,
    part_of("sites", primary_key=True),
    Column("article_id", String, primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
ARRIVALS = Table(
    "arrivals", _METADATA,
    Column("article_id", String, primary_key=True),
    part_of("sites"),
    Column("address", Text, nullable=False),
    Column("fields", JSON),
    sqlite_with_rowid=False,
)  # fmt: skip
ANSWERS = Table(
    "answers", _METADATA,
    Column("id", String, primary_key=True),
    part_of("sites", index=True),
    Column("day", Date, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("level", String, nullable=False),
    Column("status", String, nullable=False),
    Column("article_id", String, nullable=False),
    Column("from_article", Boolean, nullable=False),
    Column("asked_mark", String, nullable=False, index=True),
    Column("told_mark", String, nullable=False, index=True),
    Column("answer", JSON, nullable=False),
    Column("opinion", String),
    left_at(),
    sqlite_with_rowid=False,
)  # fmt: skip
COUNTS = Table(
    "counts", _METADATA,
    part_of("sites", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("status", String, primary_key=True),
    Column("questions", Integer, nullable=False),
    left_at(),
    sqlite_with_rowid=False,
)  # fmt: skip
CORRECTIONS = Table(
    "corrections", _METADATA,
    Column("id", String, primary_key=True),
    part_of("sites", index=True),
    Column("asked_mark", String, nullable=False),
    Column("told_mark", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("on", Date, nullable=False),
)  # fmt: skip
SIGN_INS = Table(
    "sign_ins", _METADATA,
    Column("token_hash", String, primary_key=True),
    part_of("sites"),
    Column("expires_at", DateTime, nullable=False),
)  # fmt: skip
LEFT = (ANSWERS, COUNTS)  # what readers leave
SITES_KIND = Kind("sites", _METADATA, Path(__file__).with_name("migrations"), "0002", SitesOutdated)
