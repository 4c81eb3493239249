"""Passports, their log and their labels."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "passports",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("gtin", sa.String(14), nullable=False),
        sa.Column("lot", sa.String(20), nullable=False),
        sa.Column("serial", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("product_name", sa.String(200), nullable=False),
        sa.Column("producer", sa.String(200), nullable=False),
        sa.Column("gross_kg_co2e", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.String(40), nullable=False),
        sa.Column("accepted_at", sa.String(40), nullable=False),
        sa.Column("accepted_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passports"),
        sa.UniqueConstraint("digest", name="uq_passports_digest"),
        sa.UniqueConstraint("gtin", "lot", "serial", "version", name="uq_passports_gtin"),
    )
    op.create_index("ix_passports_accepted_at", "passports", ["accepted_at"])
    op.create_table(
        "log_leaves",
        sa.Column("leaf_index", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("leaf_index", name="pk_log_leaves"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_log_leaves_passport_id"),
        sa.UniqueConstraint("passport_id", name="uq_log_leaves_passport_id"),
    )
    op.create_table(
        "log_nodes",
        sa.Column("level", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name="pk_log_nodes"),
    )
    op.create_table(
        "labels",
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("variant", sa.String(16), nullable=False),
        sa.Column("svg", sa.LargeBinary, nullable=False),
        sa.Column("png", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("passport_id", "language", "variant", name="pk_labels"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_labels_passport_id"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("body_sha256", sa.String(64), nullable=False),
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_idempotency_keys"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_idempotency_keys_passport_id"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("beats", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeat"),
    )
