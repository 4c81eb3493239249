"""The registry of removal units: batches, where their units are, the records they rest on, and the acts in the log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "removal_batches",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("end_kg", sa.BigInteger, nullable=False),
        sa.Column("measured_kg", sa.BigInteger, nullable=False),
        sa.Column("shortfall_kg", sa.BigInteger, nullable=False),
        sa.Column("most_kg", sa.BigInteger, nullable=False),
        sa.Column("totals", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removal_batches"),
    )
    op.create_table(
        "removal_acts",
        sa.Column("leaf_index", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("leaf_index", name="pk_removal_acts"),
        sa.ForeignKeyConstraint(["leaf_index"], ["log_leaves.leaf_index"], name="fk_removal_acts_leaf_index"),
    )
    op.create_index("ix_removal_acts_batch_id", "removal_acts", ["batch_id", "leaf_index"])
    op.create_table(
        "removal_spans",
        sa.Column("batch_id", sa.String(36), nullable=False),
        sa.Column("first", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("stop", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("claim", sa.Text, nullable=True),
        sa.Column("leaf", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "first", name="pk_removal_spans"),
        sa.ForeignKeyConstraint(["batch_id"], ["removal_batches.id"], name="fk_removal_spans_batch_id"),
        sa.CheckConstraint("first < stop", name="ck_removal_spans_range"),
    )
    op.create_index("ix_removal_spans_batch_id", "removal_spans", ["batch_id", "status", "first"])
    op.create_table(
        "removal_evidence",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("proves", sa.String(16), nullable=False),
        sa.Column("covers_kg", sa.BigInteger, nullable=False),
        sa.Column("used_kg", sa.BigInteger, nullable=False),
        sa.Column("batch", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_removal_evidence"),
        sa.CheckConstraint("used_kg <= covers_kg", name="ck_removal_evidence_used"),
    )
    op.create_table(
        "removal_keys",
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("body_sha256", sa.String(64), nullable=False),
        sa.Column("leaf_index", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_removal_keys"),
        sa.ForeignKeyConstraint(["leaf_index"], ["log_leaves.leaf_index"], name="fk_removal_keys_leaf_index"),
    )
