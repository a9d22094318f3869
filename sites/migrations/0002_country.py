"""Whose helplines a site's readers are told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sites that were there before keep those of the server."""
    op.add_column("sites", sa.Column("country", sa.String(), nullable=False, server_default=""))
