"""The drying house buys a lot with its passport: its footprint holds what the orchard signed, and as sure as that."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from footprint import assess, load
from footprint.assess import solved
from footprint.change import Edition
from footprint.errors import InputError, RecordError
from footprint.passport import VerifiedPassport
from footprint.result import Footprint, LandUseChange
from footprint.setting import Setting
from tests.footprint.evidence.conftest import CHAIN, signed

DRAWS = 512


@pytest.fixture(scope="module")
def fresh() -> VerifiedPassport:
    return signed(assess(load(CHAIN / "fresh.toml"), gwp="AR6-100", draws=DRAWS), "2025-06-A", 9600)


@pytest.fixture(scope="module")
def dried(fresh: VerifiedPassport) -> Footprint:
    return assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=DRAWS, upstream=[fresh])


def _with(passport: VerifiedPassport, **changes: object) -> VerifiedPassport:
    return replace(passport, claims=passport.claims.model_copy(update=changes))


def test_by_hand(fresh, dried):
    """9.4 t after 1 % lost on the road for 2.65 t of dried fruit."""
    per_kg = Decimal("9.4") / Decimal("2.65") / Decimal("0.99")
    (lot,) = dried.upstream
    assert lot.per_unit_kg == per_kg.quantize(Decimal("1e-9"))
    assert float(lot.kg_co2e) == pytest.approx(float(per_kg * fresh.claims.gross_kg_co2e), abs=1e-6)
    assert float(dried.gross.by_stage()["bought"]) == pytest.approx(float(lot.kg_co2e), abs=3e-6)


def test_its_gases_keep_their_names(fresh, dried):
    bought = {cell.substance for cell in dried.gross.cells if cell.stage == "bought"}
    assert bought == {line.name for line in fresh.claims.substances}


def test_buying_is_as_good_as_recording_the_orchard_oneself(fresh, dried):
    """One record that holds the orchard too gives the same number: nothing is lost between two passports."""
    orchard, drying = load(CHAIN / "fresh.toml"), load(CHAIN / "dried.toml")
    whole = drying.model_copy(update={"activities": (orchard.activities[0], *drying.activities[1:])})
    together = assess(whole, gwp="AR6-100", draws=DRAWS)
    assert float(dried.gross_kg_co2e) == pytest.approx(float(together.gross_kg_co2e), abs=1e-5)
    for name in ("technological", "temporal", "primary_share", "unverified_share"):
        ours, theirs = getattr(dried.quality, name), getattr(together.quality, name)
        # Making urea binds CO2: there it weighs by its amount, here the lot weighs as a whole.
        assert float(ours) == pytest.approx(float(theirs), rel=0.04)


def test_the_interval_of_the_passport_is_that_of_the_purchase(fresh):
    system = load(CHAIN / "dried.toml")
    only = system.model_copy(
        update={
            "activities": system.activities[:1],
            "routes": (system.routes[0].model_copy(update={"product": "lychee, at farm gate"}),),
        }
    )
    drawn = solved(only, Setting(gwp="AR6-100", draws=4096, upstream=[fresh])).gross_draws
    said = fresh.claims.interval
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx([float(said.p5), float(said.p95)], rel=0.005)


def test_a_certain_footprint_stays_certain(fresh):
    gross = fresh.claims.gross_kg_co2e
    certain = fresh.claims.interval.model_copy(update={"p5": gross, "p50": gross, "p95": gross})
    made = assess(
        load(CHAIN / "dried.toml"), gwp="AR6-100", draws=DRAWS, upstream=[_with(fresh, interval=certain)]
    )
    assert not any("passport." in share.parameter for share in made.variance_shares)


def test_unknown_land_behind_a_lot_stays_unknown(fresh):
    unknown = LandUseChange(state="unknown", kg_co2e=None, statement="Nobody knows.")
    made = assess(
        load(CHAIN / "dried.toml"),
        gwp="AR6-100",
        draws=DRAWS,
        upstream=[_with(fresh, land_use_change=unknown)],
    )
    assert made.land_use_change.state == "unknown"
    assert made.land_use_change.kg_co2e is None
    assert "lot 2025-06-A, by its passport, per 1 kg: Nobody knows." in made.land_use_change.statement


def test_without_the_passport_nothing_is_computed():
    with pytest.raises(RecordError, match="is not counted as zero"):
        assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=DRAWS)


def test_a_passport_nobody_buys_from_is_an_error(fresh):
    with pytest.raises(InputError, match="lot 2025-06-A is not bought"):
        assess(load(CHAIN / "fresh.toml"), gwp="AR6-100", draws=DRAWS, upstream=[fresh])


def test_every_reason_why_a_passport_cannot_be_built_on_comes_at_once(fresh):
    other = _with(fresh, lot_quantity=None)
    with pytest.raises(InputError) as found:
        assess(load(CHAIN / "dried.toml"), gwp="AR5-100", draws=DRAWS, upstream=[other, other])
    told = str(found.value)
    for reason in (
        "has two passports",
        "another set of warming potentials",
        "does not say how much the lot was",
    ):
        assert reason in told


def test_energy_is_not_bought_by_the_kilogram(fresh):
    unit = fresh.claims.declared_unit.model_copy(update={"unit": "MJ"})
    with pytest.raises(InputError, match="is not weighed"):
        assess(load(CHAIN / "dried.toml"), gwp="AR6-100", upstream=[_with(fresh, declared_unit=unit)])


def test_gases_that_were_withheld_are_not_counted_as_zero(fresh):
    told = _with(fresh, substances=fresh.claims.substances[1:])
    with pytest.raises(InputError, match="does not tell all its gases — some lines were withheld"):
        assess(load(CHAIN / "dried.toml"), gwp="AR6-100", draws=DRAWS, upstream=[told])


def test_hostile_text_in_a_passport_reaches_no_table(fresh):
    line = fresh.claims.substances[0].model_copy(update={"name": "co2_fossil\n\x1b[31m"})
    hostile = _with(fresh, substances=(line,))
    with pytest.raises(InputError, match="no gas is called so") as found:
        assess(load(CHAIN / "dried.toml"), gwp="AR6-100", upstream=[hostile])
    assert "\x1b" not in str(found.value)


def test_why_a_number_changed_is_not_asked_of_passports(fresh):
    with pytest.raises(InputError, match="upstream — passports cannot be told apart here"):
        Edition.of(load(CHAIN / "dried.toml"), Setting(gwp="AR6-100", upstream=[fresh]))
