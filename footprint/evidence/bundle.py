"""The bundle: record, method, numbers and suppliers' passports. What a passport's digests were made of, spelt out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError

from footprint.assess import assess
from footprint.errors import MalformedError, Problem
from footprint.evidence.archive import pack, unpack
from footprint.evidence.numbers import Numbers
from footprint.passport import Passport, VerifiedPassport
from footprint.passport.canonical import canonical
from footprint.passport.reading import AnyModel, problems_of
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown
from footprint.removals import Terms
from footprint.result import Footprint, Model
from footprint.uncertainty import DEFAULT_DRAWS, DEFAULT_SEED
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem

MAX_JSON_BYTES = 16 * 1024 * 1024
MAX_DRAWS = 1_000_000
_SUPPLIER = re.compile(r"upstream/[0-9]{3}\.json")
_FILES = frozenset({"records.json", "method.json", "numbers.json"})
_FIX = "ask for the bundle as it was made"


class Method(Model):
    """Every choice that decides the result beside records and numbers."""

    schema_version: str = Field(default="1", pattern="^1$")
    engine: str = Field(max_length=200)
    gwp: str = Field(max_length=20)
    route: str = Field(max_length=200)
    removals: str = Field(max_length=1000)
    draws: int = Field(ge=2, le=MAX_DRAWS)
    seed: int = Field(ge=0, le=2**53 - 1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that went into one footprint."""

    records: bytes
    """The text of which `digests.records` is the SHA-256."""
    method: Method
    numbers: Numbers
    upstream: tuple[Passport, ...] = ()

    @classmethod
    def of(
        cls,
        system: ProductSystem,
        *,
        gwp: str | None,
        route: str | None = None,
        factors: FactorSet | None = None,
        removals: str | Terms = "on_product",
        draws: int = DEFAULT_DRAWS,
        seed: int = DEFAULT_SEED,
        upstream: Sequence[VerifiedPassport] = (),
    ) -> tuple["Bundle", Footprint]:
        """The bundle of an assessment, and the footprint it gives; the arguments are those of `assess`.

        Raises:
            FootprintError: the records give no footprint, or its numbers cannot be bundled.
        """
        numbers = factors or shipped_factors()
        footprint = assess(
            system,
            gwp=gwp,
            route=route,
            factors=numbers,
            removals=removals,
            draws=draws,
            seed=seed,
            upstream=upstream,
        )
        method = Method(
            engine=footprint.engine,
            gwp=footprint.gwp,
            route=system.route(route).name,
            removals=footprint.removal_terms,
            draws=draws,
            seed=seed,
        )
        passports = tuple(one.passport for one in upstream)
        used = Numbers.of(numbers, footprint.factors)
        return cls(system.canonical.encode(), method, used, passports), footprint

    @classmethod
    def from_zip(cls, data: bytes) -> "Bundle":
        """The bundle in a file.

        Raises:
            MalformedError: not a bundle; every problem that can be seen at once.
        """
        files = unpack(data)
        suppliers = sorted(files.keys() - _FILES)
        if unknown := [name for name in suppliers if not _SUPPLIER.fullmatch(name)]:
            raise MalformedError(
                Problem(shown(unknown[0]), "is no file of a bundle", "nobody would read it", _FIX)
            )
        if missing := sorted(_FILES - files.keys()):
            raise MalformedError(Problem(missing[0], "is missing", "a bundle has it", _FIX))
        return cls(
            files["records.json"],
            _model(Method, files["method.json"], "method.json"),
            _model(Numbers, files["numbers.json"], "numbers.json"),
            tuple(Passport(files[name]) for name in suppliers),
        )

    def to_zip(self) -> bytes:
        """The bundle as a file; the same bundle, the same bytes."""
        suppliers = {f"upstream/{n:03}.json": one.json for n, one in enumerate(self.upstream, start=1)}
        return pack(
            {
                "records.json": self.records,
                "method.json": canonical(self.method.model_dump(mode="json")),
                "numbers.json": canonical(self.numbers.model_dump(mode="json")),
                **suppliers,
            }
        )

    def footprint(self, upstream: Sequence[VerifiedPassport] = ()) -> Footprint:
        """The footprint this engine makes of it.

        Args:
            upstream: its suppliers' passports, as verified.

        Raises:
            FootprintError: it gives none.
        """
        method = self.method
        try:
            return assess(
                self.system,
                gwp=method.gwp,
                route=method.route,
                factors=self.numbers.factors(),
                removals=method.removals,
                draws=method.draws,
                seed=method.seed,
                upstream=upstream,
            )
        except (ArithmeticError, ValidationError) as error:
            what, why = "cannot be computed with", "the amounts are beyond any footprint"
            raise MalformedError(Problem("numbers.json", what, why, _FIX)) from error

    @property
    def system(self) -> ProductSystem:
        """The record.

        Raises:
            RecordError: it cannot be used.
            MalformedError: it is not JSON.
        """
        return ProductSystem.of(_json(self.records, "records.json"))


def _json(data: bytes, name: str) -> dict[str, Any]:
    try:
        return parse_object(data, max_bytes=MAX_JSON_BYTES)
    except MalformedError as error:
        raise MalformedError(*(problem.under(name) for problem in error.problems)) from error


def _model(model: type[AnyModel], data: bytes, name: str) -> AnyModel:
    try:
        return model.model_validate(_json(data, name))
    except ValidationError as error:
        raise MalformedError(*problems_of(error, name, _FIX)) from error
