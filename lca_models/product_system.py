"""Activities linked into one network that delivers a product: orchard, kiln, packhouse, trucks, shops."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from lca_models.activities import Kiln, Orchard, Packhouse, Shop, Transport
from lca_models.activities.answers import Name, Record
from lca_models.errors import NetworkError, Problem, RecordError
from lca_models.faults import fault, problem
from lca_models.flows import Process
from lca_models.numbers import Numbers

Region = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]


class About(Record):
    """What is sold and by whom, for the result and the label."""

    name: Name
    category: Name
    description: str = Field(max_length=2000)
    producer: Name
    country: str = Field(pattern=r"^[A-Z]{2}$")
    subdivision: str | None = Field(default=None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    season_start: date = Field(strict=False)
    season_end: date = Field(strict=False)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.season_start < self.season_end:
            what = f"season_end {self.season_end} is not after season_start"
            raise fault(what, "a season has a length", "season_end is the day after the last day")
        return self

    @property
    def region(self) -> str:
        """The electricity grid of the farm and the packhouse."""
        return self.subdivision or self.country


class Route(Record):
    """From the packhouse to one place of sale."""

    name: Name
    place: Name
    region: Region
    transport: Transport
    shop: Shop


class Exclusion(Record):
    """Something left out, and why."""

    what: Name
    why: str = Field(min_length=1, max_length=300)


class ProductSystem(Record):
    """Everything recorded about one season of a product, ready to be assessed for each place of sale."""

    product: About
    orchard: Orchard
    kiln: Kiln | None = None
    packhouse: Packhouse
    routes: Annotated[tuple[Route, ...], Field(min_length=1, strict=False)]
    exclusions: Annotated[tuple[Exclusion, ...], Field(strict=False)] = ()

    @classmethod
    def of(cls, records: Mapping[str, Any]) -> Self:
        """Read a record, strictly.

        Raises:
            RecordError: every problem of the record at once, each naming its line of the form.
        """
        try:
            return cls.model_validate(records)
        except ValidationError as error:
            raise RecordError(*(_problem(details, cls) for details in error.errors())) from None

    @model_validator(mode="after")
    def _links_exist(self) -> Self:
        names = [route.name for route in self.routes]
        if len(set(names)) < len(names):
            raise fault(
                f"routes are named {names}", "a route is chosen by its name", "give each its own name"
            )
        goes = self.orchard.prunings is not None and self.orchard.prunings.go_to_kiln
        if goes and self.kiln is None:
            raise fault(
                "prunings go to a kiln, but no kiln is recorded",
                "its smoke counts",
                "add [kiln], or set prunings.kiln to '0 kg'",
            )
        if self.kiln is not None and not goes:
            raise fault(
                "a kiln is recorded, but no prunings go to it",
                "its biochar needs a feedstock",
                "fill in orchard.prunings.kiln",
            )
        return self

    def route(self, name: str | None) -> Route:
        """One place of sale; the first when none is named.

        Raises:
            RecordError: no route of that name.
        """
        found = next((route for route in self.routes if name in (None, route.name)), None)
        if found is None:
            known = ", ".join(route.name for route in self.routes)
            raise RecordError(
                Problem(
                    "route",
                    f"there is no route {name!r}",
                    "a footprint is for one place of sale",
                    f"use one of: {known}",
                )
            )
        return found

    def sold_at(self, route: Route) -> str:
        """The product the network is solved for."""
        return f"{self.orchard.crop}, sold, {route.name}"

    def processes(self, numbers: Numbers, route: Route) -> tuple[Process, ...]:
        """The inventory of every process on the way to one place of sale, its links checked."""
        processes = tuple(self._processes(numbers, route))
        check_links(processes)
        return processes

    def _processes(self, numbers: Numbers, route: Route) -> Iterator[Process]:
        orchard, packhouse, crop = self.orchard, self.packhouse, self.orchard.crop
        yield orchard.process(numbers, self.product.region)
        if self.kiln is not None and orchard.prunings is not None:
            yield self.kiln.process(
                numbers,
                prunings=orchard.prunings.kiln,
                prunings_name=orchard.kiln_answer,
                soil_temperature=orchard.soil_temperature,
                orchard=orchard.name,
            )
        yield from packhouse.processes(numbers, crop=crop, fruit=orchard.product, region=self.product.region)
        delivered = f"{crop}, delivered, {route.name}"
        yield route.transport.process(
            numbers,
            name=f"road to {route.name}",
            takes=packhouse.product(crop),
            gives=delivered,
            mass_ratio=packhouse.shipped_mass_ratio(numbers),
        )
        yield route.shop.process(
            numbers,
            name=f"shop, {route.name}",
            takes=delivered,
            gives=self.sold_at(route),
            region=route.region,
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the record in canonical form: the same for TOML, JSON and Python."""
        content = self.model_dump(mode="json", exclude_none=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def check_links(processes: tuple[Process, ...]) -> None:
    """Every link must have exactly one process that gives it.

    Raises:
        NetworkError: a product nobody makes, or two make.
    """
    problems: list[Problem] = []
    made: dict[str, str] = {}
    for process in processes:
        for output in process.outputs:
            if output.product in made:
                problems.append(
                    Problem(
                        process.name,
                        f"makes {output.product!r}",
                        f"{made[output.product]} makes it too",
                        "name them apart",
                    )
                )
            made[output.product] = process.name
    for process in processes:
        problems.extend(
            Problem(
                process.name,
                f"needs {link.product!r}",
                "no process of the system makes it",
                "record who does",
            )
            for link in process.links
            if link.product not in made
        )
    if problems:
        raise NetworkError(*problems)


def _problem(details: ErrorDetails, model: type[Record]) -> Problem:
    found = problem(details, fix="see examples/lychee/lychee.toml")
    if details["type"] != "extra_forbidden":
        return found
    near = get_close_matches(str(details["loc"][-1]), _field_names(model), n=3)
    fix = (
        f"did you mean {' or '.join(near)}?"
        if near
        else "take the line out, or see examples/lychee/lychee.toml"
    )
    return Problem(found.where, "is not a question of this form", "a line nobody reads would be lost", fix)


def _field_names(model: type[Record]) -> set[str]:
    definitions = model.model_json_schema().get("$defs", {})
    return {name for definition in definitions.values() for name in definition.get("properties", {})} | set(
        model.model_fields
    )
