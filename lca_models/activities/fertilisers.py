"""The fertilisers and manures a record may name, with their nutrients and whose factors they use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from lca_models.activities.answers import MassAnswer, Name, Record
from lca_models.activities.nitrogen import Treatment
from lca_models.activities.shares import ShareAnswer
from lca_models.faults import fault

Nutrient = Literal["N", "P2O5", "K2O"]
_NPK = re.compile(r"(\d{1,2}(?:\.\d)?)-(\d{1,2}(?:\.\d)?)-(\d{1,2}(?:\.\d)?)")


@dataclass(frozen=True, slots=True)
class Kind:
    """One product of the trade: its guaranteed nutrients (% N-P2O5-K2O), or `None` if the bag says."""

    npk: str | None
    makers: Mapping[Nutrient, str]
    frac_gasf: str
    is_urea: bool = False


_BLEND: Mapping[Nutrient, str] = {
    "N": "fertiliser.nitrogen.average",
    "P2O5": "fertiliser.phosphate.average",
    "K2O": "fertiliser.potash.average",
}
# The ammonium phosphates carry their ammonia inside the factor per kg P2O5 (see the note of chen-2015).
# Guaranteed nutrients: GB/T 2440-2017 (urea), GB/T 3559-2001 (ammonium bicarbonate), GB/T 20412-2021 (fused
# calcium magnesium phosphate), GB/T 20413-2017 (superphosphate), GB/T 6549-2011 (potassium chloride),
# GB/T 20406-2017 (potassium sulphate), GB/T 10205-2009 (DAP, MAP); a compound says its own on the bag.
_KINDS: Mapping[str, Kind] = {
    "urea": Kind("46-0-0", {"N": "fertiliser.urea"}, "n2o.frac_gasf.urea", is_urea=True),
    "ammonium bicarbonate": Kind(
        "17-0-0", {"N": "fertiliser.ammonium_bicarbonate"}, "n2o.frac_gasf.ammonium"
    ),
    "ammonium chloride": Kind("25-0-0", {"N": "fertiliser.ammonium_chloride"}, "n2o.frac_gasf.ammonium"),
    "compound": Kind(None, _BLEND, "n2o.frac_gasf.aggregated"),
    "diammonium phosphate": Kind("18-46-0", {"P2O5": "fertiliser.dap"}, "n2o.frac_gasf.ammonium"),
    "monoammonium phosphate": Kind("11-44-0", {"P2O5": "fertiliser.map"}, "n2o.frac_gasf.ammonium"),
    "superphosphate": Kind("0-16-0", {"P2O5": "fertiliser.ssp"}, "n2o.frac_gasf.aggregated"),
    "calcium magnesium phosphate": Kind("0-18-0", {"P2O5": "fertiliser.fcmp"}, "n2o.frac_gasf.aggregated"),
    "potassium chloride": Kind("0-0-60", {"K2O": "fertiliser.kcl"}, "n2o.frac_gasf.aggregated"),
    "potassium sulphate": Kind("0-0-50", {"K2O": "fertiliser.k2so4"}, "n2o.frac_gasf.aggregated"),
}


def _known(product: str) -> str:
    if product not in _KINDS:
        fix = f"use one of {', '.join(_KINDS)}; a compound gives its own npk"
        raise fault(
            f"the fertiliser {product[:40]!r} is not known", "its nutrients and its making need a source", fix
        )
    return product


class Fertiliser(Record):
    """A bagged fertiliser, as product weight."""

    product: Annotated[str, AfterValidator(_known)]
    npk: str | None = None
    treatment: Treatment | None = None
    amount: MassAnswer

    @model_validator(mode="after")
    def _nutrients_known(self) -> "Fertiliser":
        written = self.npk or _KINDS[self.product].npk
        match = _NPK.fullmatch(written) if written else None
        if match is None or not 0 < sum(map(float, match.groups())) <= 100:
            why = f"{self.product} has no nutrients of its own to fall back on"
            raise fault(f"npk is {self.npk!r}", why, 'copy it from the bag, like npk = "15-15-15"')
        return self

    def nutrient_frac(self, nutrient: Nutrient) -> float:
        """kg nutrient per kg product."""
        match = _NPK.fullmatch(self.npk or _KINDS[self.product].npk or "")
        assert match is not None, "checked on reading"  # noqa: S101
        return float(match[("N", "P2O5", "K2O").index(nutrient) + 1]) / 100

    @property
    def n_frac(self) -> float:
        """kg N per kg product."""
        return self.nutrient_frac("N")

    @property
    def is_urea(self) -> bool:
        """Whether it carries carbon that dissolves to CO2 in the soil."""
        return _KINDS[self.product].is_urea

    @property
    def frac_volatilised(self) -> str:
        """The factor for the share of its nitrogen lost as ammonia."""
        return _KINDS[self.product].frac_gasf

    def makers(self) -> Iterator[tuple[Nutrient, str]]:
        """Each nutrient in the bag with the product that stands for its manufacture."""
        for nutrient, product in _KINDS[self.product].makers.items():
            if self.nutrient_frac(nutrient) > 0:
                yield nutrient, product


ManureKind = Literal["chicken", "pig", "cattle", "compost", "biogas_slurry"]


class Manure(Record):
    """Organic fertiliser, as spread. It carries no burden from the animals: a waste of theirs (cut-off).

    `product` names it where a herd of the same network gives it; `nitrogen` is the laboratory's, the mean of the kind
    where there is none.
    """

    kind: ManureKind
    amount: MassAnswer
    product: Name | None = None
    nitrogen: ShareAnswer | None = None
    note: str = Field(default="", max_length=500)
