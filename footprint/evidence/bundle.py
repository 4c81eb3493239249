"""The bundle: record, method, numbers and suppliers' passports. What a passport's digests were made of, spelt out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from footprint.assess import solved
from footprint.background import Pack
from footprint.errors import MalformedError, MismatchError, Problem
from footprint.evidence.archive import pack as packed
from footprint.evidence.archive import unpack
from footprint.evidence.background import BackgroundReference, missing_pack
from footprint.evidence.numbers import Numbers
from footprint.passport import Passport, VerifiedPassport
from footprint.passport.canonical import canonical
from footprint.passport.reading import AnyModel, problems_of
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown
from footprint.result import Footprint, Model
from footprint.setting import Setting
from lca_models.product_system import ProductSystem

MAX_JSON_BYTES = 16 * 1024 * 1024
MAX_DRAWS = 1_000_000
_SUPPLIER = re.compile(r"upstream/[0-9]{3}\.json")
_FILES = frozenset({"records.json", "method.json", "numbers.json"})
_BACKGROUND = "background.json"
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
    background: BackgroundReference | None = None

    @classmethod
    def of(cls, system: ProductSystem, setting: Setting) -> tuple["Bundle", Footprint]:
        """The bundle of an assessment, and the footprint it gives.

        Args:
            system: the records.
            setting: every choice beside them.

        Raises:
            FootprintError: the records give no footprint, or its numbers cannot be bundled.
        """
        footprint = solved(system, setting).footprint()
        method = Method(
            engine=footprint.engine,
            gwp=footprint.gwp,
            route=system.route(setting.route).name,
            removals=footprint.removal_terms,
            draws=setting.draws,
            seed=setting.seed,
        )
        behind = None if setting.background is None else BackgroundReference.of(setting.background)
        passports = tuple(one.passport for one in setting.upstream)
        used = Numbers.of(setting.factors, footprint.factors)
        return cls(system.canonical.encode(), method, used, passports, behind), footprint

    @classmethod
    def from_zip(cls, data: bytes) -> "Bundle":
        """The bundle in a file.

        Raises:
            MalformedError: not a bundle; every problem that can be seen at once.
        """
        files = unpack(data)
        suppliers = sorted(files.keys() - _FILES - {_BACKGROUND})
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
            _model(BackgroundReference, files[_BACKGROUND], _BACKGROUND) if _BACKGROUND in files else None,
        )

    def to_zip(self) -> bytes:
        """The bundle as a file; the same bundle, the same bytes."""
        suppliers = {f"upstream/{n:03}.json": one.json for n, one in enumerate(self.upstream, start=1)}
        models = {"method.json": self.method, "numbers.json": self.numbers, _BACKGROUND: self.background}
        told = {
            name: canonical(one.model_dump(mode="json")) for name, one in models.items() if one is not None
        }
        return packed({"records.json": self.records, **told, **suppliers})

    def footprint(
        self,
        upstream: Sequence[VerifiedPassport] = (),
        *,
        pack: Pack | None = None,
        cache: Path | None = None,
    ) -> Footprint:
        """The footprint this engine makes of it.

        Args:
            upstream: its suppliers' passports, as verified.
            pack: the background it was made with, if it was.
            cache: a folder for what is solved and sampled of it.

        Raises:
            MismatchError: not the pack it was made with.
            FootprintError: it gives none.
        """
        if wrong := list(missing_pack(self.background, pack)):
            raise MismatchError(*wrong)
        method = self.method
        try:
            setting = Setting(
                gwp=method.gwp,
                route=method.route,
                factors=self.numbers.factors(),
                removals=method.removals,
                draws=method.draws,
                seed=method.seed,
                upstream=upstream,
                background=None if self.background is None else self.background.opened(pack, cache),
            )
            return solved(self.system, setting).footprint()
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
