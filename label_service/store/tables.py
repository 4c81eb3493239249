"""The tables. Nothing here is ever updated or deleted except the heartbeat: history is kept.

Those of the registry are in `registry_tables`: its history is in the log, its tables are where it stands.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

passports = Table(
    "passports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the canonical passport
    Column("body", LargeBinary, nullable=False),  # the exact bytes that were posted
    Column("gtin", String(14), nullable=False),
    Column("lot", String(20), nullable=False),
    Column("serial", String(20), nullable=False),  # empty: the whole lot
    Column("version", Integer, nullable=False),  # 1, 2, …; the highest is current
    Column("issuer", String(300), nullable=False),
    Column("product_name", String(200), nullable=False),
    Column("producer", String(200), nullable=False),
    Column("gross_kg_co2e", String(40), nullable=False),
    Column("valid_from", String(40), nullable=False),
    Column("accepted_at", String(40), nullable=False),
    Column("accepted_by", String(64), nullable=False),  # name of the API key
    UniqueConstraint("gtin", "lot", "serial", "version"),
    Index("ix_passports_accepted_at", "accepted_at"),
)

log_leaves = Table(
    "log_leaves",
    metadata,
    Column("leaf_index", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),  # what was logged; public
    Column("leaf_hash", LargeBinary, nullable=False),
    Column(
        "passport_id", ForeignKey("passports.id"), nullable=True, unique=True
    ),  # none: another kind of entry
)

log_nodes = Table(
    "log_nodes",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),  # 0 is a leaf
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("tree_size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),  # as it was signed
)

cosignatures = Table(
    "cosignatures",
    metadata,
    Column("tree_size", ForeignKey("checkpoints.tree_size"), primary_key=True),
    Column("witness", String(300), primary_key=True),  # the name in its key
    Column("line", String(1000), nullable=False),  # as it was sent
)

status_places = Table(
    "status_places",
    metadata,
    Column("list_number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("owner", String(64), nullable=False),  # name of the API key
    Column("reserved_at", String(40), nullable=False),
)

status_uses = Table(
    "status_uses",
    metadata,
    Column("passport_id", ForeignKey("passports.id"), primary_key=True),
    Column("list_number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    UniqueConstraint("list_number", "place"),
    ForeignKeyConstraint(["list_number", "place"], ["status_places.list_number", "status_places.place"]),
)

status_changes = Table(
    "status_changes",
    metadata,
    Column("change", Integer, primary_key=True),  # in the order they were made; the last one of a bit counts
    Column("passport_id", ForeignKey("passports.id"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),  # revocation or suspension
    Column("is_set", Boolean, nullable=False),
    Column("reason", String(500), nullable=False),  # the owner's words, not published
    Column("owner", String(64), nullable=False),
    Column("changed_at", String(40), nullable=False),
)

offline_codes = Table(
    "offline_codes",
    metadata,
    Column("passport_id", ForeignKey("passports.id"), primary_key=True),
    Column("code", String(1000), nullable=False),  # what its labels say after the #
)

labels = Table(
    "labels",
    metadata,
    Column("passport_id", ForeignKey("passports.id"), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("variant", String(16), primary_key=True),  # colour or mono
    Column("svg", LargeBinary, nullable=False),
    Column("png", LargeBinary, nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("owner", String(64), primary_key=True),  # name of the API key
    Column("key", String(255), primary_key=True),
    Column("body_sha256", String(64), nullable=False),
    Column("passport_id", ForeignKey("passports.id"), nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("beats", BigInteger, nullable=False),  # writes made only to see that writing works
)
