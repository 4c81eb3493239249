"""Nitrogen put on a piece of land in a season, and what of it left with the harvest, as ammonia and by leaching.

What is left over became N2 and N2O or stays in the soil; what is missing came out of the soil or the air, as with
beans. So the balance is told and never refused.
"""

from collections.abc import Sequence

from lca_models.activities.nitrogen import Nitrogen, lost_kg
from lca_models.flows import Balance
from lca_models.numbers import Numbers
from lca_models.real import Real, total


def nitrogen_balance(
    numbers: Numbers, where: str, inputs: Sequence[Nitrogen], *, harvested_kg: Real, leaches: bool
) -> Balance:
    r"""Nitrogen of a season.

    $$ N_{in} = \sum_i N_i \qquad N_{out} = N_{harvest} + \sum_i N_i Frac_{GAS,i} + Frac_{LEACH} \sum_i N_i $$

    Args:
        numbers: central values or draws.
        where: the answer that decides it.
        inputs: nitrogen from bags, manure and residues, kg N.
        harvested_kg: kg N in what was sold.
        leaches: whether nitrogen leaches here.

    Source:
        IPCC 2019 Refinement V4 Ch11, Equations 11.9 and 11.10, for what is lost.
    """
    put_on = total(entry.kg for entry in inputs)
    accounted = harvested_kg + lost_kg(numbers, inputs, leaches=leaches)
    fix = "soil and air give nitrogen that no record counts"
    return Balance("nitrogen", where, put_on, accounted, fix, tolerance=None)
