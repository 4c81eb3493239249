"""The published numbers of an assessment: which of them are not those that ship, and which were used at which value."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from footprint.errors import InputError, Problem
from footprint.result import Model, UsedFactor
from footprint.upstream import Declared
from lca_models.factors import Factor, FactorSet, Override, Table, shipped_factors
from lca_models.published import EntryId

Entry = Factor | Table
_Key = tuple[str, date]


class Gone(Model):
    """A shipped number, or a period of it, that was not in force."""

    id: EntryId
    begins: date


class Replaced(Model):
    """An override as the result notes it."""

    subject: str
    replaced: tuple[str, ...]
    by: str


class Numbers(Model):
    """What has to be done to the shipped numbers to get those of the assessment."""

    at: date | None
    own: tuple[Factor, ...]
    own_tables: tuple[Table, ...]
    gone: tuple[Gone, ...]
    overrides: tuple[Replaced, ...]
    used: Annotated[tuple[UsedFactor, ...], Field(description="for people, and to say which one differs")]

    @classmethod
    def of(cls, factors: FactorSet, used: tuple[UsedFactor, ...]) -> "Numbers":
        """What sets a set of numbers apart from the shipped one.

        Args:
            factors: of the assessment; what passports say of lots bought is left out, it comes from them again.
            used: by the assessment.

        Raises:
            InputError: numbers of a background: they are not in any file of ours.
        """
        shipped, mine = _entries(shipped_factors()), _entries(factors)
        own = [entry for key, entry in mine.items() if shipped.get(key) != entry]
        if foreign := sorted(entry.id for entry in own if type(entry) not in (Factor, Table)):
            why, fix = "it is a background's, and those are in no bundle", "hand the background over as one"
            raise InputError(*(Problem(one, "cannot be bundled", why, fix) for one in foreign))
        return cls(
            at=factors.at,
            own=tuple(entry for entry in own if isinstance(entry, Factor)),
            own_tables=tuple(entry for entry in own if isinstance(entry, Table)),
            gone=tuple(Gone(id=one, begins=begins) for one, begins in sorted(shipped.keys() - mine.keys())),
            overrides=tuple(
                Replaced(subject=one.subject, replaced=one.replaced, by=one.by) for one in factors.overrides
            ),
            used=used,
        )

    def factors(self) -> FactorSet:
        """The shipped numbers of this installation with the same done to them.

        Raises:
            FactorError: the two do not fit together.
        """
        gone = {(one.id, one.begins) for one in self.gone}
        entries = {key: entry for key, entry in _entries(shipped_factors()).items() if key not in gone}
        own: tuple[Entry, ...] = (*self.own, *self.own_tables)
        entries |= {(entry.id, entry.begins): entry for entry in own}
        return FactorSet(
            (entry for entry in entries.values() if isinstance(entry, Factor)),
            (entry for entry in entries.values() if isinstance(entry, Table)),
            at=self.at,
            overrides=(Override(one.subject, one.replaced, one.by) for one in self.overrides),
        )

    def differences(self, known: Mapping[str, UsedFactor]) -> Iterator[Problem]:
        """Every number used that another installation gives another value, with both.

        Args:
            known: what the other one used, by id.
        """
        for said in self.used:
            here = known.get(said.id)
            fix = "take the release that made the passport, or ask why the number changed: `footprint why`"
            if here is None:
                yield Problem(said.id, "is not used here", f"the bundle says {said.value:f} {said.unit}", fix)
            elif here != said:
                names = [
                    name for name in UsedFactor.model_fields if getattr(here, name) != getattr(said, name)
                ]
                what = ", ".join(f"{name} is {getattr(here, name)}" for name in names)
                why = ", ".join(f"{getattr(said, name)}" for name in names)
                yield Problem(said.id, f"{what} here", f"the bundle says {why}", fix)


def _entries(factors: FactorSet) -> dict[_Key, Entry]:
    numbers = (row for rows in factors.factor_periods.values() for row in rows)
    tables = (row for rows in factors.table_periods.values() for row in rows)
    entries: list[Entry] = [*(row for row in numbers if not isinstance(row, Declared)), *tables]
    return {(row.id, row.begins): row for row in entries}
