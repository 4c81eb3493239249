"""Entries of any kind in the log, its signed checkpoints, and the status of passports.

The leaves of the log are made anew from the digests of the passports, in the same order: until now no head of the
log was ever signed, so nothing that anybody can hold is contradicted.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    old = sa.text(
        "SELECT passport_id, digest FROM log_leaves JOIN passports ON id = passport_id ORDER BY leaf_index"
    )
    stored = connection.execute(old).all()
    op.drop_table("log_leaves")
    connection.execute(sa.text("DELETE FROM log_nodes"))
    leaves = op.create_table(
        "log_leaves",
        sa.Column("leaf_index", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary, nullable=False),
        sa.Column("passport_id", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("leaf_index", name="pk_log_leaves"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_log_leaves_passport_id"),
        sa.UniqueConstraint("passport_id", name="uq_log_leaves_passport_id"),
    )
    if stored:
        refill(connection, leaves, [tuple(row) for row in stored])
    op.create_table(
        "checkpoints",
        sa.Column("tree_size", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name="pk_checkpoints"),
    )
    op.create_table(
        "status_places",
        sa.Column("list_number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("reserved_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("list_number", "place", name="pk_status_places"),
    )
    op.create_table(
        "status_uses",
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.Column("list_number", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("passport_id", name="pk_status_uses"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_status_uses_passport_id"),
        sa.ForeignKeyConstraint(
            ["list_number", "place"],
            ["status_places.list_number", "status_places.place"],
            name="fk_status_uses_list_number",
        ),
        sa.UniqueConstraint("list_number", "place", name="uq_status_uses_list_number"),
    )
    op.create_table(
        "status_changes",
        sa.Column("change", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("is_set", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("change", name="pk_status_changes"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_status_changes_passport_id"),
    )
    op.create_index("ix_status_changes_passport_id", "status_changes", ["passport_id"])


def refill(connection: sa.Connection, leaves: sa.Table, stored: list[tuple[str, str]]) -> None:
    """Writes leaves and nodes as they are now, spelled out here: migrations do not change with the code."""
    rows: list[dict[str, object]] = []
    level, hashes = 0, list[bytes]()
    for index, (passport_id, digest) in enumerate(stored):
        entry = f"agrifood-footprint passport v1\n{digest}\n".encode()
        leaf = sha256(b"\x00" + entry).digest()
        hashes.append(leaf)
        rows.append({"leaf_index": index, "entry": entry, "leaf_hash": leaf, "passport_id": passport_id})
    connection.execute(sa.insert(leaves), rows)
    nodes = sa.table("log_nodes", sa.column("level"), sa.column("position"), sa.column("hash"))
    while hashes:
        values = [{"level": level, "position": at, "hash": value} for at, value in enumerate(hashes)]
        connection.execute(sa.insert(nodes), values)
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        level, hashes = level + 1, [sha256(b"\x01" + left + right).digest() for left, right in pairs]
