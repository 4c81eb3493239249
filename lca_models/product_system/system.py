"""What every product system can be asked, whatever form its record has."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from lca_models.activities.answers import Record
from lca_models.activities.land import Land
from lca_models.errors import Problem, RecordError
from lca_models.faults import fault, problem
from lca_models.flows import Process
from lca_models.numbers import Numbers
from lca_models.product_system.about import About, Boundary, Destination, Exclusion
from lca_models.product_system.balances import check_balances
from lca_models.product_system.links import check_links
from lca_models.product_system.supply import check_supply
from lca_models.real import Real


class ProductSystem(Record, ABC):
    """Everything recorded about one season of a product, ready to be assessed for each destination."""

    product: About
    boundary: Boundary
    routes: Annotated[tuple[Destination, ...], Field(min_length=1, strict=False)]
    exclusions: Annotated[tuple[Exclusion, ...], Field(strict=False)] = ()

    @staticmethod
    def of(records: Mapping[str, Any]) -> "ProductSystem":
        """Read a record of either form, strictly.

        Raises:
            RecordError: every problem of the record at once, each naming its line of the form.
        """
        # The forms are subclasses; they import this module, not the other way round.
        from lca_models.product_system import Network, OrchardChain  # noqa: PLC0415

        return (Network if "activities" in records else OrchardChain).read(records)

    @classmethod
    def read(cls, records: Mapping[str, Any]) -> Self:
        """Read a record of this form.

        Raises:
            RecordError: every problem of the record at once.
        """
        try:
            return cls.model_validate(records)
        except ValidationError as error:
            raise RecordError(*(_problem(details, cls) for details in error.errors())) from None

    @model_validator(mode="after")
    def _routes_have_names(self) -> Self:
        names = [route.name for route in self.routes]
        if len(set(names)) < len(names):
            why = "a route is chosen by its name"
            raise fault(f"routes are named {names}", why, "give each its own name")
        return self

    @model_validator(mode="after")
    def _changes_are_recent(self) -> Self:
        for land in self.lands:
            for where, year in land.changed_in:
                self.product.need_recent(f"{land.name}.{where}", year)
        return self

    @property
    @abstractmethod
    def lands(self) -> tuple[Land, ...]:
        """All land of the producer's, each with what is known of its history."""

    @property
    @abstractmethod
    def expected_stages(self) -> frozenset[str]:
        """The stages its boundary names."""

    @abstractmethod
    def sold_at(self, route: Destination) -> str:
        """The product the network is solved for."""

    @abstractmethod
    def carbon_content_frac(self, numbers: Numbers) -> Real:
        """kg of biogenic carbon in a kilogram of the product."""

    @abstractmethod
    def _inventory(self, numbers: Numbers, route: Destination) -> Iterator[Process]:
        """Every process on the way to one destination."""

    def processes(self, numbers: Numbers, route: Destination) -> tuple[Process, ...]:
        """The inventory of every process on the way to one destination, links, balances and supply checked.

        Raises:
            NetworkError: a product nobody makes, or two make.
            RecordError: a process that gives out more than it took in, or a residue taken twice.
        """
        processes = tuple(self._inventory(numbers, route))
        check_links(processes)
        check_balances(processes)
        if numbers.probabilities is None:
            check_supply(processes)
        return processes

    def route(self, name: str | None) -> Destination:
        """One destination; the first when none is named.

        Raises:
            RecordError: no route of that name.
        """
        found = next((route for route in self.routes if name in (None, route.name)), None)
        if found is None:
            fix = f"use one of: {', '.join(route.name for route in self.routes)}"
            raise RecordError(
                Problem("route", f"there is no route {name!r}", "a footprint is for one destination", fix)
            )
        return found

    @property
    def canonical(self) -> str:
        """The record as one text, which reads back as the same record: the same for TOML, JSON and Python."""
        content = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the record in canonical form."""
        return "sha256:" + hashlib.sha256(self.canonical.encode()).hexdigest()


def _problem(details: ErrorDetails, model: type[Record]) -> Problem:
    found = problem(details, fix="see examples/lychee/lychee.toml")
    if details["type"] != "extra_forbidden":
        return found
    near = get_close_matches(str(details["loc"][-1]), _field_names(model), n=3)
    fix = f"did you mean {' or '.join(near)}?" if near else "take the line out, or see examples/"
    return Problem(found.where, "is not a question of this form", "a line nobody reads would be lost", fix)


def _field_names(model: type[Record]) -> set[str]:
    definitions = model.model_json_schema().get("$defs", {})
    asked = {name for definition in definitions.values() for name in definition.get("properties", {})}
    return asked | set(model.model_fields)
