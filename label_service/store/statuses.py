"""Places in status lists, who they belong to, and what became of the passports: a history, never overwritten.

A passport has the same place in the list of each purpose. Places are drawn at random (Bitstring Status List,
2.1), so that they tell neither order nor number; a list is left when it is half full.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, select

from footprint.errors import Problem
from footprint.passport.bitstring import SMALLEST
from footprint.passport.status_list import Purpose
from label_service.store.errors import ConflictError
from label_service.store.records import Place
from label_service.store.tables import status_changes, status_places, status_uses

HALF = SMALLEST // 2
Act = Literal["revoke", "suspend", "reinstate"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Which bits are set."""

    revoked: bool
    suspended: bool

    def bit(self, purpose: Purpose) -> bool:
        """The bit of one purpose."""
        return self.revoked if purpose == "revocation" else self.suspended


def reserve(connection: Connection, owner: str, at: str, draw: Callable[[int], int]) -> Place:
    """A free place, drawn by `draw(n)` from 0 … n − 1; it stays the owner's, used or not."""
    number = connection.execute(select(func.max(status_places.c.list_number))).scalar() or 0
    taken = select(func.count()).select_from(status_places).where(status_places.c.list_number == number)
    if int(connection.execute(taken).scalar_one()) >= HALF:
        number += 1
    place = draw(SMALLEST)
    while _owner_of(connection, Place(number, place)) is not None:
        place = draw(SMALLEST)
    values = {"list_number": number, "place": place, "owner": owner, "reserved_at": at}
    connection.execute(insert(status_places).values(**values))
    return Place(number, place)


def use(connection: Connection, place: Place, passport_id: str, owner: str) -> None:
    """Gives a reserved place to a passport; raises when it is not the owner's, or used already."""
    taken = select(status_uses.c.passport_id).where(*_same(status_uses, place))
    if _owner_of(connection, place) != owner or connection.execute(taken).first():
        why = "a bit tells about one passport: reserve a place for each before it is signed"
        what = f"place {place.place} of list {place.list_number} is not yours to use"
        raise ConflictError(
            "status", Problem("credentialStatus", what, why, "POST /v1/status-entries, sign again")
        )
    values = {"passport_id": passport_id, "list_number": place.list_number, "place": place.place}
    connection.execute(insert(status_uses).values(**values))


def change(connection: Connection, passport_id: str, act: Act, reason: str, owner: str, at: str) -> Standing:
    """Sets or clears a bit. Revoking is for ever; doing again what is done changes nothing."""
    if (
        connection.execute(select(status_uses).where(status_uses.c.passport_id == passport_id)).first()
        is None
    ):
        why = "it was signed without a place in our status lists, so nobody would look"
        raise ConflictError(
            "status", Problem("passport", "cannot be taken back", why, "replace it by a newer one")
        )
    now = standing(connection, passport_id)
    if now.revoked and act != "revoke":
        why = "what was revoked stays revoked"
        raise ConflictError("status", Problem("passport", "was revoked", why, "issue a new passport"))
    purpose: Purpose = "revocation" if act == "revoke" else "suspension"
    if now.bit(purpose) is not (act != "reinstate"):
        values = {"passport_id": passport_id, "purpose": purpose, "is_set": act != "reinstate"}
        connection.execute(insert(status_changes).values(**values, reason=reason, owner=owner, changed_at=at))
    return standing(connection, passport_id)


def standing(connection: Connection, passport_id: str) -> Standing:
    """How a passport stands now."""
    rows = connection.execute(_latest().where(status_changes.c.passport_id == passport_id)).all()
    bits = {row.purpose: bool(row.is_set) for row in rows}
    return Standing(bits.get("revocation", False), bits.get("suspension", False))


def place_of(connection: Connection, passport_id: str) -> Place | None:
    """Where a passport's bits are."""
    row = connection.execute(select(status_uses).where(status_uses.c.passport_id == passport_id)).first()
    return Place(row.list_number, row.place) if row else None


def bit(connection: Connection, place: Place, purpose: Purpose) -> bool | None:
    """The bit at a place; `None` when the place was never given away."""
    if _owner_of(connection, place) is None:
        return None
    passport_id = connection.execute(
        select(status_uses.c.passport_id).where(*_same(status_uses, place))
    ).scalar()
    return passport_id is not None and standing(connection, passport_id).bit(purpose)


def ones(connection: Connection, purpose: Purpose, list_number: int) -> list[int]:
    """The places whose bit is set."""
    uses = status_uses.c
    query = (
        _latest()
        .add_columns(uses.place)
        .join(status_uses, uses.passport_id == status_changes.c.passport_id)
        .where(uses.list_number == list_number, status_changes.c.purpose == purpose)
    )
    return [row.place for row in connection.execute(query) if row.is_set]


def lists(connection: Connection) -> int:
    """How many lists there are of each purpose."""
    last = connection.execute(select(func.max(status_places.c.list_number))).scalar()
    return 0 if last is None else int(last) + 1


def _latest() -> Select[tuple[str, bool]]:
    """The last change of each bit."""
    columns = status_changes.c
    last = select(func.max(columns.change)).group_by(columns.passport_id, columns.purpose)
    return select(columns.purpose, columns.is_set).where(columns.change.in_(last))


def _owner_of(connection: Connection, place: Place) -> str | None:
    return connection.execute(select(status_places.c.owner).where(*_same(status_places, place))).scalar()


def _same(table: Table, place: Place) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.list_number == place.list_number, table.c.place == place.place
