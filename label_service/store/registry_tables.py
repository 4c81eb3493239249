"""Tables of the registry. The acts in the log are its history; batches, spans and evidence are where it stands."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from label_service.store.tables import metadata

batches = Table(
    "removal_batches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("terms", Text, nullable=False),  # JSON, as registered
    Column("end_kg", BigInteger, nullable=False),
    Column("measured_kg", BigInteger, nullable=False),
    Column("shortfall_kg", BigInteger, nullable=False),
    Column("most_kg", BigInteger, nullable=False),
    Column("totals", Text, nullable=False),  # JSON, units by status
)

acts = Table(
    "removal_acts",
    metadata,
    Column("leaf_index", ForeignKey("log_leaves.leaf_index"), primary_key=True, autoincrement=False),
    Column("batch_id", String(36), nullable=False),
    Index("ix_removal_acts_batch_id", "batch_id", "leaf_index"),
)

spans = Table(
    "removal_spans",
    metadata,
    Column("batch_id", ForeignKey("removal_batches.id"), primary_key=True),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("stop", BigInteger, nullable=False),  # exclusive
    Column("status", String(16), nullable=False),
    Column("holder", String(64), nullable=False),
    Column("claim", Text, nullable=True),  # JSON; none while nobody claims them
    Column("leaf", BigInteger, nullable=False),  # the act that put them there
    CheckConstraint("first < stop", name="ck_removal_spans_range"),
    Index("ix_removal_spans_batch_id", "batch_id", "status", "first"),
)

evidence = Table(
    "removal_evidence",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("proves", String(16), nullable=False),
    Column("covers_kg", BigInteger, nullable=False),
    Column("used_kg", BigInteger, nullable=False),
    Column("batch", String(36), nullable=False),  # the first that used it
    CheckConstraint("used_kg <= covers_kg", name="ck_removal_evidence_used"),
)

keys = Table(
    "removal_keys",
    metadata,
    Column("owner", String(64), primary_key=True),  # name of the API key
    Column("key", String(255), primary_key=True),
    Column("body_sha256", String(64), nullable=False),
    Column("leaf_index", ForeignKey("log_leaves.leaf_index"), nullable=False),
)
