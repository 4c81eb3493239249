"""What is sold, by whom and where: the part every form of record shares."""

from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lca_models.activities.answers import Name, Record
from lca_models.faults import fault

Region = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
TRANSITION_YEARS = 20
"""Within which a conversion counts: ISO 14067:2018, 6.4.9.5; soil carbon's D of IPCC Equation 2.25."""
Boundary = Literal["cradle to gate", "cradle to shop", "cradle to grave"]


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
        """The electricity grid of the producer."""
        return self.subdivision or self.country

    def need_recent(self, where: str, year: int) -> None:
        """Refuse a change of the land that is not of the last 20 years: its carbon is spread over them and no longer.

        Args:
            where: the question that asks for the year.
            year: of the change.
        """
        season = (self.season_end - timedelta(days=1)).year
        if not 0 <= season - year < TRANSITION_YEARS:
            what = f"{where} is {year}, the season ends in {season}"
            why = f"carbon of soil and plants is at rest {TRANSITION_YEARS} years after a change"
            raise fault(what, why, "check the year; where it is right, leave the change out")


class Destination(Record):
    """Where the product is handed over: a place of sale, a factory gate."""

    name: Name
    place: Name
    region: Region


class Exclusion(Record):
    """Something left out, and why."""

    what: Name
    why: str = Field(min_length=1, max_length=300)
