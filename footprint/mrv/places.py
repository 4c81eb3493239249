"""What the shipped models have to know of each site besides its stocks: weather and management, TOML or JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, ValidationError

from footprint import records
from footprint.errors import InputError, Problem, RecordError
from lca_models.activities.answers import Record
from lca_models.faults import fault, problem

MONTHS = 12
Fraction = Annotated[float, Field(ge=0, le=1)]


class Place(Record):
    """A site as a model sees it."""

    id: str = Field(min_length=1, max_length=80)


PlaceT = TypeVar("PlaceT", bound=Place)


def by_month(value: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever was typed
    """A year written column by column, twelve values each, as its months; anything else is left as it is.

    >>> by_month({"rain_mm": [60.0, 50.0], "covered": [True, False]})
    [{'rain_mm': 60.0, 'covered': True}, {'rain_mm': 50.0, 'covered': False}]
    """
    if not isinstance(value, dict) or not all(isinstance(column, list) for column in value.values()):
        return value
    lengths = {name: len(column) for name, column in value.items()}
    if len(set(lengths.values())) > 1:
        why = "every column has a value for each month"
        raise fault(f"columns of different length: {lengths}", why, "give twelve values in each")
    return [dict(zip(value, month, strict=True)) for month in zip(*value.values(), strict=True)]


class _Places(Record, Generic[PlaceT]):
    site: Annotated[tuple[PlaceT, ...], Field(min_length=1, strict=False)]


def read_places(path: Path, kind: type[PlaceT]) -> tuple[Mapping[str, PlaceT], bytes]:
    """The sites of a file by their id, and the content of the file.

    Args:
        path: TOML or JSON; `site` is a list of them.
        kind: what a model asks for.

    Raises:
        RecordError: it cannot be read, or a site does not say what the model asks for; all faults are named.
    """
    content = records.read(path)
    try:
        found: _Places[PlaceT] = _Places[kind].model_validate(  # type: ignore[valid-type] # made at run time
            records.parse(path.name, content)
        )
    except ValidationError as error:
        fix = "see `footprint mrv validate --help`"
        raise RecordError(*(problem(one, fix=fix).under(path.name) for one in error.errors())) from error
    return {one.id: one for one in found.site}, content


def place(places: Mapping[str, PlaceT], site: str) -> PlaceT:
    """The weather and management of a site.

    Raises:
        InputError: nobody wrote them down.
    """
    if site not in places:
        known = ", ".join(list(places)[:8])
        why = "a model cannot run where it knows neither weather nor management"
        raise InputError(
            Problem("sites", f"{site!r} has no weather", why, f"add it to the file; it has: {known}")
        )
    return places[site]
