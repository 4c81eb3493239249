"""The registry's books in the database: what deciding looks at, found by index, and the changes, written."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from footprint.registry import Batch, BatchTerms, Books, Changes, Claim, Span, Status, Use
from label_service.store.registry_tables import batches, evidence, spans

PAGE = 256
_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)
_SPANS: Select[Any] = select(*(column for column in spans.c if column.name != "batch_id"))

# made once: building a statement takes longer than running it
_OF_BATCH = spans.c.batch_id == bindparam("batch")
_BATCH = select(batches).where(batches.c.id == bindparam("batch"))
_EARLIER = spans.alias()
_STARTS = (
    select(func.max(_EARLIER.c.first))
    .where(_EARLIER.c.batch_id == bindparam("batch"), _EARLIER.c.first <= bindparam("unit"))
    .scalar_subquery()
)
_WINDOW = (
    _SPANS.where(_OF_BATCH, spans.c.first >= _STARTS, spans.c.first < bindparam("stop"))
    .order_by(spans.c.first)
    .limit(bindparam("most"))
)
_FROM_THE_END = (
    _SPANS.where(_OF_BATCH, spans.c.status == bindparam("status"), spans.c.first < bindparam("before"))
    .order_by(spans.c.first.desc())
    .limit(PAGE)
)
_EVIDENCE = select(evidence).where(evidence.c.sha256 == bindparam("sha256"))
_GO = delete(spans).where(spans.c.batch_id == bindparam("of"), spans.c.first == bindparam("at"))
_COME, _NEW_BATCH, _NEW_EVIDENCE = insert(spans), insert(batches), insert(evidence)
_NOW = update(batches).where(batches.c.id == bindparam("batch"))
_NO_LIMIT = 2**62


class StoredBooks(Books):
    """The registry as it stands inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def batch(self, batch_id: str) -> Batch | None:
        """A batch."""
        row = self._connection.execute(_BATCH, {"batch": batch_id}).first()
        return None if row is None else _batch(row)

    def window(self, batch_id: str, first: int, stop: int, most: int) -> Sequence[Span]:
        """The spans that have a unit in the range, so many at most: two look-ups in one index."""
        given = {"batch": batch_id, "unit": first, "stop": stop, "most": most}
        return [_span(row) for row in self._connection.execute(_WINDOW, given)]

    def from_the_end(self, batch_id: str, status: Status) -> Iterator[Span]:
        """The spans of one status, the last one first, a page at a time."""
        before = _NO_LIMIT
        while True:
            given = {"batch": batch_id, "status": status, "before": before}
            page = [_span(row) for row in self._connection.execute(_FROM_THE_END, given)]
            yield from page
            if len(page) < PAGE:
                return
            before = page[-1].first

    def evidence(self, sha256: str) -> Use | None:
        """A record that was used before."""
        row = self._connection.execute(_EVIDENCE, {"sha256": sha256}).first()
        return None if row is None else Use(**row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)

    def post(self, changes: Changes) -> None:
        """Writes what an act changed."""
        self._post_batch(changes.batch)
        if changes.gone:
            gone = [{"of": changes.batch.id, "at": span.first} for span in changes.gone]
            self._connection.execute(_GO, gone)
        if changes.come:
            self._connection.execute(_COME, [_row(changes.batch.id, span) for span in changes.come])
        for use in changes.uses:
            self._post_use(use)

    def _post_batch(self, batch: Batch) -> None:
        now = {
            "end_kg": batch.end_kg,
            "measured_kg": batch.measured_kg,
            "shortfall_kg": batch.shortfall_kg,
            "most_kg": batch.most_kg,
            "totals": json.dumps(batch.totals),
        }
        if self._connection.execute(_NOW, {**now, "batch": batch.id}).rowcount == 0:
            new = {"id": batch.id, "owner": batch.owner, "terms": batch.terms.model_dump_json()}
            self._connection.execute(_NEW_BATCH, {**now, **new})

    def _post_use(self, use: Use) -> None:
        again = update(evidence).where(evidence.c.sha256 == use.sha256).values(used_kg=use.used_kg)
        if self._connection.execute(again).rowcount == 0:
            values = {name: getattr(use, name) for name in Use.__dataclass_fields__}
            self._connection.execute(_NEW_EVIDENCE, values)


def _batch(row: Row[Any]) -> Batch:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)
    terms = BatchTerms.model_validate_json(values.pop("terms"))
    return Batch(**{**values, "terms": terms, "totals": json.loads(row.totals)})


def _span(row: Row[Any]) -> Span:
    claim = None if row.claim is None else _CLAIM.validate_json(row.claim)
    return Span(row.first, row.stop, row.status, row.holder, claim, row.leaf)


def _row(batch_id: str, span: Span) -> dict[str, object]:
    claim = None if span.claim is None else span.claim.model_dump_json(exclude_none=True)
    return {**span._asdict(), "batch_id": batch_id, "claim": claim}
