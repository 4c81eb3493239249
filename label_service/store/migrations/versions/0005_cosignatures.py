"""Cosignatures of witnesses under the log's signed heads."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "cosignatures",
        sa.Column("tree_size", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("witness", sa.String(300), nullable=False),
        sa.Column("line", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", "witness", name="pk_cosignatures"),
        sa.ForeignKeyConstraint(["tree_size"], ["checkpoints.tree_size"], name="fk_cosignatures_tree_size"),
    )
