"""What a grower or a packer answers: an amount as written, and where it was read off."""

from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lca_models.faults import fault
from lca_models.numbers import Numbers, SourceKind
from lca_models.real import Real
from lca_models.units import (
    Area,
    Distance,
    Duration,
    Energy,
    Fraction,
    HeatingValue,
    Mass,
    MolarRatio,
    Price,
    Quantity,
    Temperature,
    Volume,
)

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
QuantityT = TypeVar("QuantityT", bound=Quantity)


class Record(BaseModel):
    """Base of everything typed in: frozen, and a key nobody knows is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)


class Answer(Record, Generic[QuantityT]):
    """One answer: `{ amount = "12 mu", source = "receipt" }`. In Python a bare `12 * mu` counts as remembered."""

    default_exists: ClassVar[bool] = False
    amount: QuantityT | None = None
    source: SourceKind
    note: str = Field(default="", max_length=500)

    @model_validator(mode="before")
    @classmethod
    def _from_quantity(cls, value: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever was typed
        if isinstance(value, Quantity):
            return {"amount": value, "source": "recall"}
        if isinstance(value, str | int | float):
            what = f"{str(value)[:40]!r} does not say where it comes from"
            how = f'{{ amount = "{str(value)[:40]}", source = "meter", "receipt" or "recall" }}'
            raise fault(
                what,
                "every answer names its source",
                f'write {how}, or {{ source = "default" }} if nobody knows',
            )
        return value

    @model_validator(mode="after")
    def _known_or_default(self) -> Self:
        if self.amount is not None:
            return self
        if self.source != "default":
            fix = 'add amount = "…", or say source = "default" if nobody knows'
            raise fault("there is no amount", f"the source is {self.source!r}", fix)
        if not self.default_exists:
            fix = 'measure it, look it up on a receipt, or estimate it and say source = "recall"'
            raise fault("is not known", "there is no published default for it", fix)
        return self

    def read(self, numbers: Numbers, name: str, unit: str, label: str, default: str | None = None) -> Real:
        """The amount in `unit`, or the declared default."""
        said = (self.amount, self.source)
        return numbers.answer(name, *said, unit, label=label, default=default, remark=self.note)


class Estimable(Answer[QuantityT]):
    """An answer that may be unknown: `{ source = "default" }`.

    The result then uses a published default, says so, and is less sure.
    """

    default_exists: ClassVar[bool] = True


def positive(answer: "Answer[Any]") -> "Answer[Any]":
    """Refuse an amount of zero where everything else is divided by it."""
    if answer.amount is not None and float(answer.amount.number) == 0:
        fix = "enter what was measured; nothing can be counted per kilogram of nothing"
        raise fault(f"{str(answer.amount)!r} is zero", "the footprint is per kilogram of it", fix)
    return answer


def below_one(answer: "Answer[Any]") -> "Answer[Any]":
    """Refuse a loss of 100 % or more: nothing would arrive."""
    if answer.amount is not None and answer.amount.to("") >= 1:
        why = "nothing would arrive and there is no kilogram to count per"
        raise fault(f"a loss of {str(answer.amount)!r}", why, "enter a loss below 100 %")
    return answer


MassAnswer = Answer[Mass]
AreaAnswer = Answer[Area]
EnergyAnswer = Answer[Energy]
VolumeAnswer = Answer[Volume]
DistanceAnswer = Answer[Distance]
DurationAnswer = Answer[Duration]
FractionAnswer = Answer[Fraction]
EstimableFraction = Estimable[Fraction]
MolarRatioAnswer = Answer[MolarRatio]
PriceAnswer = Answer[Price]
TemperatureAnswer = Answer[Temperature]
HeatingValueAnswer = Answer[HeatingValue]
