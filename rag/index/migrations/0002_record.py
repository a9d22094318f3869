"""The tables of the record as the second version has them, the first that is migrated to others."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = None
branch_labels = None
depends_on = None

_WORDS_IN_SQLITE = (
    "CREATE VIRTUAL TABLE words USING fts5(stems, tokenize=\"unicode61 tokenchars '_'\")",
    "CREATE VIRTUAL TABLE word_counts USING fts5vocab(words, row)",
    "PRAGMA user_version = 2",  # by which programs without migrations know it
)
_WORDS_IN_POSTGRES = (
    """CREATE TABLE words (
        rowid integer PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
        stems text NOT NULL, length integer NOT NULL, terms tsvector NOT NULL
    )""",
    "CREATE INDEX ix_words_terms ON words USING gin (terms)",
)


def upgrade() -> None:
    """Create them."""
    _create_articles()
    _create_passages()
    op.create_table(
        "facts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "feeds",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("address"),
    )
    for statement in _WORDS_IN_SQLITE if op.get_bind().dialect.name == "sqlite" else _WORDS_IN_POSTGRES:
        op.execute(statement)


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("comments_start", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=True),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("language", "published", "outlet"):
        op.create_index(f"ix_articles_{column}", "articles", [column])
    op.create_table(
        "copies",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_copies_article_id", "copies", ["article_id"])
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_marks_article_id", "marks", ["article_id"])


def _create_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_passages_article_id", "passages", ["article_id"])
    op.create_table(
        "vectors",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("passage", sa.LargeBinary(), nullable=False),
        sa.Column("statements", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["passages.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
