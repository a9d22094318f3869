"""Vectors belong to a set: those of another embedder can be made beside those in use."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

_FIRST_SET = """
INSERT INTO vector_sets (number, embedder, index_name, is_complete)
SELECT 1, value, coalesce((SELECT value FROM facts WHERE name = 'vectors'), 'vectors'), TRUE FROM facts
WHERE name = 'embedder' AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'reindexing' AND value <> '')
"""
_ITS_VECTORS = """
INSERT INTO vectors_of_sets (number, set_number, passage, statements)
SELECT vectors.number, vector_sets.number, passage, statements FROM vectors CROSS JOIN vector_sets
"""


def upgrade() -> None:
    """What is here becomes the first set; of vectors that a reindex has left half changed nothing can be used."""
    op.create_table(
        "vector_sets",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("index_name", sa.String(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "vectors_of_sets",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("set_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("passage", sa.LargeBinary(), nullable=False),
        sa.Column("statements", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["passages.number"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_number"], ["vector_sets.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", "set_number"),
    )
    op.execute(_FIRST_SET)
    op.execute(_ITS_VECTORS)
    op.drop_table("vectors")
    op.rename_table("vectors_of_sets", "vectors")
    op.execute("DELETE FROM facts WHERE name IN ('embedder', 'vectors', 'reindexing')")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 3")  # by which programs without migrations know it
