"""The tables of the record: all that is kept about the articles. Knows SQL types, not what rows mean.

A change here needs a migration in `rag/index/migrations`; a test compares the two. The words of passages are not among
them: each engine finds them in its own way (`rag/index/words_sqlite.py`, `rag/index/words_postgres.py`).
"""

from pathlib import Path

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from rag.databases.columns import part_of
from rag.databases.kind import Kind
from rag.errors import RecordOutdated

_METADATA = MetaData()

ARTICLES = Table(
    "articles", _METADATA,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("published", Date, index=True),
    Column("outlet", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("audience", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("licence", Text, nullable=False),
    Column("comments_start", Integer),
    Column("author", Text, nullable=False),
    Column("updated", Date),
    Column("addresses", JSON, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("content_hash", String, nullable=False),
)  # fmt: skip
COPIES = Table(
    "copies", _METADATA,
    Column("id", String, primary_key=True),
    part_of("articles", index=True),
    Column("content_hash", String, nullable=False),
)  # fmt: skip
MARKS = Table(
    "marks", _METADATA,
    Column("mark", BigInteger, primary_key=True),
    part_of("articles", primary_key=True, index=True),
    sqlite_with_rowid=False,
)  # fmt: skip
PASSAGES = Table(
    "passages", _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    part_of("articles", index=True),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
)  # fmt: skip
VECTOR_SETS = Table(
    "vector_sets", _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("embedder", Text, nullable=False),
    Column("index_name", String, nullable=False),
    Column("is_complete", Boolean, nullable=False),
)  # fmt: skip
VECTORS = Table(
    "vectors", _METADATA,
    Column("number", ForeignKey("passages.number", ondelete="CASCADE"), primary_key=True),
    Column("set_number", ForeignKey("vector_sets.number", ondelete="CASCADE"), primary_key=True),
    Column("passage", LargeBinary, nullable=False),
    Column("statements", LargeBinary, nullable=False),
)  # fmt: skip
FACTS = Table("facts", _METADATA, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
FEEDS = Table(
    "feeds", _METADATA,
    Column("address", Text, primary_key=True),
    Column("state", JSON, nullable=False),
)  # fmt: skip
RECORD = Kind(
    "record",
    _METADATA,
    Path(__file__).with_name("migrations"),
    "3",
    lambda where, known: RecordOutdated(Path(where).parent),
    is_of_people=False,
)
