"""The share of stored carbon that is left at a card's horizon: one function per rule that a card names."""

from collections.abc import Callable, Mapping

from footprint.removals.card import Card
from lca_models.equations import beccs, biochar, permanence
from lca_models.flows import Char, Storage
from lca_models.numbers import Numbers
from lca_models.real import Real

Rule = Callable[[Card, Storage, Numbers], Real]


def share_left(card: Card, storage: Storage, numbers: Numbers) -> Real:
    """What is left of the carbon of a store at the horizon of a card.

    Args:
        card: the method.
        storage: what was stored, with what is known of it.
        numbers: those the inventory was made with: central values or draws.

    Raises:
        InputError: the card is not for this store, not verified, or needs what nobody recorded.
        ValidityError: the store is outside what the card is valid for; the rule is cited.
    """
    card.check(storage)
    return RULES[card.rule](card, storage, numbers)


def _woolf(card: Card, storage: Storage, numbers: Numbers) -> Real:
    (table,) = card.factors
    char = _char(storage)
    return biochar.permanent_fraction(
        h_to_corg=char.h_to_corg,
        soil_temperature_c=char.soil_temperature_c,
        coefficients=_columns(table, numbers),
        # One char differs from the line by the same luck at every horizon.
        residual=numbers.standard_normal(
            "biochar.fperm.woolf2021.residual", "spread between chars of the same H/C_org"
        ),
    )


def _ipcc_2019(card: Card, storage: Storage, numbers: Numbers) -> Real:
    low, medium, high = (numbers.factor(name) for name in card.factors[-3:])
    made_at_c = _char(storage).made_at_c
    assert made_at_c is not None, "the card asked for it"  # noqa: S101
    return permanence.ipcc_2019_frac(
        pyrolysis_temperature_c=made_at_c, low_frac=low, medium_frac=medium, high_frac=high
    )


def _vm0044(card: Card, storage: Storage, numbers: Numbers) -> Real:
    char, unknown = _char(storage), numbers.factor(card.factors[0])
    logged = char.temperature_logged and char.made_at_c is not None
    return permanence.vm0044_frac(
        h_to_corg=char.h_to_corg,
        class_frac=_ipcc_2019(card, storage, numbers) if logged else unknown,
        unknown_frac=unknown,
        temperature_logged=logged,
    )


def _by_table(share: Callable[..., Real]) -> Rule:
    """The rule of a method that is a table by soil temperature, linear in H/C_org."""

    def rule(card: Card, storage: Storage, numbers: Numbers) -> Real:
        (table,), char = card.factors, _char(storage)
        return share(
            h_to_corg=char.h_to_corg,
            soil_temperature_c=char.soil_temperature_c,
            coefficients=_columns(table, numbers),
        )

    return rule


def _ebc_2020(card: Card, storage: Storage, numbers: Numbers) -> Real:
    (loss,) = card.factors
    return permanence.ebc_2020_frac(
        h_to_corg=_char(storage).h_to_corg, loss_per_year=numbers.factor(loss), years=card.horizon_years
    )


def _global_c_sink(card: Card, storage: Storage, numbers: Numbers) -> Real:
    (persistent, pools), char = card.factors, _char(storage)
    assert char.made_at_c is not None, "the card asked for it"  # noqa: S101
    return permanence.global_c_sink_frac(
        h_to_corg=char.h_to_corg,
        pyrolysis_temperature_c=char.made_at_c,
        years=card.horizon_years,
        persistent_frac=numbers.factor(persistent),
        pools=_columns(pools, numbers),
    )


def _reservoir(card: Card, storage: Storage, numbers: Numbers) -> Real:  # noqa: ARG001 - the same for all CO2
    (leak,) = card.factors
    return beccs.retained_frac(leak_rate_per_year=numbers.factor(leak), years=card.horizon_years)


def _temporary(card: Card, storage: Storage, numbers: Numbers) -> Real:  # noqa: ARG001 - whatever it is
    return 0.0


RULES: Mapping[str, Rule] = {
    "woolf": _woolf,
    "ipcc_2019": _ipcc_2019,
    "vm0044": _vm0044,
    "puro_2022": _by_table(permanence.puro_2022_frac),
    "puro_2025": _by_table(permanence.puro_2025_frac),
    "ebc_2020": _ebc_2020,
    "global_c_sink": _global_c_sink,
    "reservoir": _reservoir,
    "temporary": _temporary,
}


def _char(storage: Storage) -> Char:
    assert storage.char is not None, "biochar is recorded with its laboratory sheet"  # noqa: S101
    return storage.char


def _columns(table_id: str, numbers: Numbers) -> dict[str, tuple[float, ...]]:
    table = numbers.factors.table(table_id)
    return {column: table.column(column) for column in table.columns}
