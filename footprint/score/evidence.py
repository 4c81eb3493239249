"""What is known about a product beyond the passport's own claims."""

from pydantic import Field

from footprint.result import Amount, Model, Share


class Evidence(Model):
    """Facts from other verified documents. Empty is normal: every field then takes its "no history" value."""

    reduction_per_year: Amount | None = Field(
        default=None,
        ge=-1,
        le=1,
        description="yearly fall of gross between verified passports, 0.03 = 3 % lower; None = no history",
    )
    signed_share: Share | None = Field(
        default=None,
        description="share of gross under valid signatures along the chain; None = no passports of suppliers",
    )
    exempted_share: Share | None = Field(
        default=None, description="share of gross left out by the exclusions; None = not stated"
    )
    double_claim: bool = Field(
        default=False, description="a removal of this passport is claimed somewhere else too"
    )
