"""How much biochar there is without its water: weighed dry, or weighed wet with its moisture known."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator

from lca_models.activities.answers import Answer, MassAnswer, Record, positive
from lca_models.activities.shares import ShareAnswer
from lca_models.faults import fault
from lca_models.numbers import Numbers
from lca_models.real import Real

WEIGHINGS_AGREE_WITHIN = 0.02
_RULE = "carbon is counted per dry mass (IPCC 2019 V4 Ch2, Equation 4Ap.1; VM0044 v1.1): water would be sold as carbon"
_SAYS_WET = re.compile(r"\b(?:wet|moist|damp)\b|湿|含水", re.IGNORECASE)
_SAYS_DRIED = re.compile(r"\bdried\b|\bnot (?:wet|moist|damp)\b|烘干", re.IGNORECASE)


def _is_dry(answer: Answer[Any]) -> Answer[Any]:
    if _SAYS_WET.search(answer.note) and not _SAYS_DRIED.search(answer.note):
        fix = "enter it as biochar_wet with its moisture; or say in the note that it was dried before it was weighed"
        raise fault(f"a dry mass whose note says {answer.note[:60]!r}", _RULE, fix)
    return answer


class CharMass(Record):
    """Either mass, or both where they agree."""

    biochar_dry: Annotated[MassAnswer, AfterValidator(positive), AfterValidator(_is_dry)] | None = None
    biochar_wet: Annotated[MassAnswer, AfterValidator(positive)] | None = None
    """As it lay on the scale, with the water it was quenched with."""
    moisture: ShareAnswer | None = None
    """Water of that mass."""

    @model_validator(mode="after")
    def _dry_mass_is_known(self) -> Self:
        if self.biochar_dry is None and self.biochar_wet is None:
            fix = "enter biochar_dry, or biochar_wet with its moisture"
            raise fault("nobody weighed the biochar", "everything is counted per kilogram of it, dry", fix)
        if self.biochar_wet is None and self.moisture is not None:
            fix = "enter the mass as biochar_wet, or leave moisture out where it was weighed without water"
            raise fault("a dry mass that has a moisture", _RULE, fix)
        if self.biochar_wet is not None and self.moisture is None:
            fix = "dry a sample and weigh it again; enter the water as moisture"
            raise fault("a wet mass without its moisture", _RULE, fix)
        if (
            self.moisture is not None
            and self.moisture.amount is not None
            and self.moisture.amount.to("") == 1
        ):
            raise fault("biochar that is all water", _RULE, "enter the water of the wet mass, below 100 %")
        return self

    @model_validator(mode="after")
    def _weighings_agree(self) -> Self:
        weighed = (self.biochar_dry, self.biochar_wet, self.moisture)
        dry, wet, water = (None if answer is None else answer.amount for answer in weighed)
        if dry is None or wet is None or water is None:
            return self
        without_water = wet.to("kg") * (1 - water.to(""))
        if abs(without_water - dry.to("kg")) > WEIGHINGS_AGREE_WITHIN * dry.to("kg"):
            what = (
                f"{str(dry)!r} dry, and {str(wet)!r} with {str(water)!r} of water hold {without_water:.0f} kg"
            )
            raise fault(what, "one char has one dry mass", "weigh again, or leave the worse of the two out")
        return self

    def mass_answers(self, where: str) -> tuple[str, ...]:
        """Those the dry mass comes from: the evidence.

        Args:
            where: the record asks for them.
        """
        fields = ("biochar_dry",) if self.biochar_dry is not None else ("biochar_wet", "moisture")
        return tuple(f"{where}.{field}" for field in fields)

    def dry_kg(self, numbers: Numbers, where: str, words: str) -> Real:
        """The dry mass.

        Args:
            numbers: central values or draws.
            where: the record asks for it.
            words: what was done with it, as labels say it.
        """
        if self.biochar_dry is not None:
            return self.biochar_dry.read(numbers, f"{where}.biochar_dry", "kg", f"biochar {words}, dry")
        assert self.biochar_wet is not None and self.moisture is not None, "checked on reading"  # noqa: S101, PT018
        wet = self.biochar_wet.read(numbers, f"{where}.biochar_wet", "kg", f"biochar {words}, wet")
        water = self.moisture.read(numbers, f"{where}.moisture", "", f"water in the biochar {words}")
        # Water per dry matter strays, not water per wet mass: however wet, no draw is nothing but water.
        assert self.moisture.amount is not None, "asked for on reading"  # noqa: S101
        dry = 1 - numbers.central(self.moisture.amount, "")
        return wet * dry / (dry + water)
