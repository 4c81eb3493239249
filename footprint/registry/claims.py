"""What can become of a unit, once: on a product, sold, retired, in energy that was sold, told and claimed by nobody."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from footprint.passport.digital_link import link_problems
from footprint.passport.gtin import gtin14
from footprint.result import Model, Whole

Account = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="account of the registry, public")
]
Name = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", description="public, and there for ever")]


class Goods(Model):
    """The lot, or the item of it, that a claim is printed on."""

    gtin: str
    lot: str
    serial: str | None = None

    @model_validator(mode="after")
    def _is_a_lot(self) -> Self:
        if found := tuple(link_problems(self.gtin, self.lot, self.serial)):
            raise ValueError("; ".join(map(str, found)))
        if self.gtin != gtin14(self.gtin):
            raise ValueError(f"write the GTIN with 14 digits: {gtin14(self.gtin)}")
        return self

    def __str__(self) -> str:
        item = "" if self.serial is None else f", item {self.serial}"
        return f"{self.gtin}, lot {self.lot}{item}"


class OnProduct(Goods):
    """Claimed on a lot: the claim is the lot's, whichever passport of it says so."""

    kind: Literal["on_product"] = "on_product"

    def __str__(self) -> str:
        return f"on product {super().__str__()}"


class Disclosed(Goods):
    """Told on a lot and claimed by nobody; nobody else may claim it either."""

    kind: Literal["disclosed"] = "disclosed"

    def __str__(self) -> str:
        return f"disclosed on {super().__str__()}"


class Sold(Model):
    """Handed to another account, which may retire it or sell it on."""

    kind: Literal["sold"] = "sold"
    to: Account

    def __str__(self) -> str:
        return f"sold to {self.to}"


class Retired(Model):
    """Used up, for somebody named."""

    kind: Literal["retired"] = "retired"
    beneficiary: Name

    def __str__(self) -> str:
        return f"retired for {self.beneficiary}"


class Energy(Model):
    """Gone into heat or power that was sold as carbon-negative."""

    kind: Literal["energy"] = "energy"
    carrier: Literal["heat", "electricity"]
    amount_kwh: Whole = Field(gt=0, le=10**15)
    certificate: Name = Field(description="of the energy, or the contract it was sold under")

    def __str__(self) -> str:
        return f"in {self.amount_kwh} kWh of {self.carrier}, {self.certificate}"


Claim = Annotated[OnProduct | Disclosed | Sold | Retired | Energy, Field(discriminator="kind")]
