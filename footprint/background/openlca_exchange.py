"""One exchange of an openLCA process, in the reference unit of its flow."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from footprint.background.inventory import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Spread
from footprint.background.unit_names import factor, ours

ELEMENTARY, WASTE = "ELEMENTARY_FLOW", "WASTE_FLOW"
_AGREE = 1e-3
"""openLCA's unit groups round; a unit that is another one differs by more."""


class FormatError(ValueError):
    """Something of the format is missing or contradicts itself: of which flow, and what."""

    def __init__(self, flow: object, what: str) -> None:
        super().__init__(_name(flow), what)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An amount of a flow that goes in or out."""

    flow: str
    name: str
    kind: str
    unit: str
    amount: float
    input: bool
    avoided: bool
    reference: bool
    provider: str | None
    compartment: tuple[str, ...]
    cas: str
    spread: Spread | None

    @property
    def makes(self) -> bool:
        """Whether it is a product leaving the process, or a waste taken in for treatment."""
        if self.kind == ELEMENTARY or self.avoided:
            return False
        return self.input if self.kind == WASTE else not self.input

    def scaled(self, share: float) -> tuple[float, Spread | None]:
        """The part of it that one product carries."""
        return self.amount * share, None if self.spread is None else _scaled(self.spread, share)


@dataclass(frozen=True)
class Units:
    """Unit groups, flow properties and flows of one export."""

    conversion: Mapping[str, tuple[str, float, str]]
    """Of each unit: its name, how many reference units it is, and the reference unit's name."""
    reference: Mapping[str, str]
    """Of each flow property: its reference unit."""
    flows: Mapping[str, Mapping[str, Any]]
    parents: Mapping[str, tuple[str, str | None]]
    """Of each category: its name and its parent."""

    @classmethod
    def of(
        cls,
        groups: Iterable[Mapping[str, Any]],
        properties: Iterable[Mapping[str, Any]],
        flows: Iterable[Mapping[str, Any]],
        categories: Iterable[Mapping[str, Any]],
    ) -> "Units":
        """Read them.

        Args:
            groups: the folder `unit_groups`.
            properties: the folder `flow_properties`.
            flows: the folder `flows`.
            categories: the folder `categories`.
        """
        conversion: dict[str, tuple[str, float, str]] = {}
        by_group: dict[str, str] = {}
        for group in groups:
            units = group.get("units") or []
            named = [unit for unit in units if unit.get("isRefUnit") or unit.get("referenceUnit")] or units[
                :1
            ]
            by_group[group["@id"]] = str(named[0]["name"]) if named else ""
            for unit in units:
                amount = float(unit.get("conversionFactor", 1.0))
                conversion[unit["@id"]] = str(unit["name"]), amount, by_group[group["@id"]]
        reference = {entry["@id"]: by_group.get(_id(entry.get("unitGroup")), "") for entry in properties}
        parents = {
            entry["@id"]: (str(entry.get("name", "")), _id(entry.get("category")) or None)
            for entry in categories
        }
        return cls(conversion, reference, {flow["@id"]: flow for flow in flows}, parents)

    def exchange(self, entry: Mapping[str, Any]) -> Exchange:
        """One exchange.

        Args:
            entry: as JSON.

        Raises:
            FormatError: a flow, unit or amount that is missing or makes no sense.
        """
        flow = self.flows.get(_id(entry.get("flow")))
        if flow is None:
            raise FormatError(entry.get("flow"), "is a flow that is not in the file")
        scale, unit = self._scale(entry, flow)
        amount = float(entry.get("amount", 0.0)) * scale
        if not math.isfinite(amount):
            raise FormatError(flow, "has an amount that is no number")
        return Exchange(
            flow=str(flow["@id"]),
            name=_name(flow),
            kind=str(flow.get("flowType")),
            unit=unit,
            amount=amount,
            input=bool(entry.get("isInput", entry.get("input", False))),
            avoided=bool(entry.get("isAvoidedProduct", entry.get("avoidedProduct", False))),
            reference=bool(entry.get("isQuantitativeReference", entry.get("quantitativeReference", False))),
            provider=_id(entry.get("defaultProvider")) or None,
            compartment=self._compartment(flow.get("category")),
            cas=str(flow.get("cas") or ""),
            spread=_spread(entry.get("uncertainty") or {}, scale),
        )

    def _scale(self, entry: Mapping[str, Any], flow: Mapping[str, Any]) -> tuple[float, str]:
        """How many reference units of the flow one unit of the exchange is, and that unit."""
        listed = flow.get("flowProperties") or []
        known = {_id(item.get("flowProperty")): item for item in reversed(listed)}
        flagged = (
            item for item in listed if item.get("isRefFlowProperty") or item.get("referenceFlowProperty")
        )
        main = next(flagged, None)
        given = known.get(_id(entry.get("flowProperty")), main)
        if not known:  # the flow lists none: the exchange says it, and links compare the units they end in
            given = main = {"flowProperty": entry.get("flowProperty")}
        if main is None or given is None:
            raise FormatError(flow, "has no reference property")
        wanted = self.reference.get(_id(main.get("flowProperty")), "")
        unit_id = _id(entry.get("unit"))
        if unit_id not in self.conversion:
            raise FormatError(flow, "has a unit that is not in the file")
        name, amount, base = self.conversion[unit_id]
        if base != self.reference.get(_id(given.get("flowProperty"))):
            raise FormatError(flow, f"is given in {name}, which does not measure it")
        _agree(flow, name, base, amount)
        share = float(given.get("conversionFactor", 1.0)) / float(main.get("conversionFactor", 1.0))
        return amount / share, ours(wanted)

    def _compartment(self, category: object) -> tuple[str, ...]:
        if isinstance(category, str):
            return tuple(category.split("/"))
        found: list[str] = []
        this: str | None = _id(category) or None
        while this is not None and this in self.parents and len(found) < 16:
            name, this = self.parents[this]
            found.append(name)
        return tuple(reversed(found))


def _agree(flow: Mapping[str, Any], unit: str, base: str, amount: float) -> None:
    expected = factor(unit, base)
    if amount <= 0 or (expected is not None and not math.isclose(expected, amount, rel_tol=_AGREE)):
        raise FormatError(flow, f"stands for {amount:g} {base} per {unit}")


def _spread(fields: Mapping[str, Any], scale: float) -> Spread | None:
    kind = fields.get("distributionType")
    if kind == "LOG_NORMAL_DISTRIBUTION":
        middle, width = float(fields.get("geomMean", 0.0)) * scale, float(fields.get("geomSd", 1.0))
        if middle == 0 or width <= 1:
            return None
        return Spread(LOGNORMAL, math.log(abs(middle)), math.log(width), negative=middle < 0)
    if kind == "NORMAL_DISTRIBUTION" and float(fields.get("sd", 0.0)) > 0:
        return Spread(NORMAL, float(fields["mean"]) * scale, float(fields["sd"]) * scale)
    if kind in {"TRIANGLE_DISTRIBUTION", "UNIFORM_DISTRIBUTION"}:
        low, high = float(fields["minimum"]) * scale, float(fields["maximum"]) * scale
        if low >= high:
            return None
        mode = float(fields["mode"]) * scale if kind[0] == "T" else math.nan
        return Spread(TRIANGULAR if kind[0] == "T" else UNIFORM, mode, minimum=low, maximum=high)
    return None


def _scaled(spread: Spread, share: float) -> Spread:
    if spread.uncertainty_type == LOGNORMAL:
        return spread._replace(loc=spread.loc + math.log(share))
    return spread._replace(
        loc=spread.loc * share,
        scale=spread.scale * share,
        minimum=spread.minimum * share,
        maximum=spread.maximum * share,
    )


def _id(reference: object) -> str:
    return str(reference.get("@id") or "") if isinstance(reference, dict) else ""


def _name(flow: object) -> str:
    return " ".join(str(flow.get("name", "")).split()) if isinstance(flow, dict) else ""
