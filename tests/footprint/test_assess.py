"""The sample season assessed: three ledgers side by side, the same bytes every time."""

from decimal import Decimal

import pytest

from footprint.assess import assess
from footprint.errors import CharacterisationError
from footprint.passport.claims import Assurance, Claims, problems
from footprint.result import Footprint
from lca_models.factors import FactorSet, shipped_factors
from lca_models.product_system import ProductSystem

FEW = 256


def test_the_farm_gate_lies_where_lychee_orchards_lie(footprint: Footprint):
    """Expected 0.3 to 1.0 kg CO2e/kg at the farm gate; Yan et al. 2016: fruit orchards in China 0.07 to 0.7."""
    gates = {gate.product: gate.kg_co2e for gate in footprint.gates}
    assert Decimal("0.3") <= gates["lychee, at farm gate"] <= Decimal("1.0")
    assert list(gates.values()) == sorted(gates.values())
    assert gates["lychee, sold, beijing"] == footprint.gross_kg_co2e


def test_a_second_run_gives_the_same_bytes(lychee, footprint):
    assert assess(lychee, gwp="AR6-100").model_dump_json() == footprint.model_dump_json()


def test_a_footprint_survives_its_file(footprint):
    assert Footprint.model_validate_json(footprint.model_dump_json()) == footprint


def test_stages_and_substances_add_up_to_the_last_digit(footprint):
    assert sum(footprint.gross.by_stage().values()) == footprint.gross_kg_co2e
    assert sum(footprint.gross.by_substance().values()) == footprint.gross_kg_co2e
    assert not problems(Claims.of(footprint, Assurance(level="self")))


def test_contributions_are_the_whole_footprint(footprint):
    total = sum(contribution.kg_co2e for contribution in footprint.contributions)
    assert total == pytest.approx(footprint.gross_kg_co2e, abs=Decimal("0.0001"))
    assert list(footprint.contributions) == sorted(footprint.contributions, key=lambda c: -c.kg_co2e)


def test_no_warming_potentials_no_footprint(lychee):
    with pytest.raises(
        CharacterisationError, match=r"no GWP set is named .* AR6-100, AR6-20, AR5-100, AR5-20"
    ):
        assess(lychee, gwp=None)
    with pytest.raises(CharacterisationError, match="there is no GWP set 'AR7-100'"):
        assess(lychee, gwp="AR7-100")


def test_a_gas_without_warming_potential_is_never_zero(lychee):
    shipped = shipped_factors()
    without = FactorSet(
        [factor for factor in shipped.factors.values() if factor.id != "gwp.AR6-100.n2o"],
        shipped.tables.values(),
    )
    with pytest.raises(CharacterisationError, match=r"n2o — cannot be characterised .* not counted as zero"):
        assess(lychee, gwp="AR6-100", factors=without, draws=FEW)


def test_twenty_years_weigh_methane_more(lychee, footprint):
    short = assess(lychee, gwp="AR6-20", draws=FEW)
    assert short.gross.by_substance()["ch4_biogenic"] > 2 * footprint.gross.by_substance()["ch4_biogenic"]


def test_selling_the_removal_leaves_the_gross_footprint_untouched(lychee, footprint):
    sold = assess(lychee, gwp="AR6-100", removals="sold")
    assert sold.gross == footprint.gross
    assert Claims.of(sold, Assurance(level="self")).removals_kg_co2 == 0
    assert Claims.of(footprint, Assurance(level="self")).removals_kg_co2 > 0


def test_the_kilns_smoke_counts_as_emission_not_against_the_removal(footprint):
    (removal,) = footprint.removals
    assert removal.process_kg_co2e == footprint.gross.by_stage()["kiln"] > 0
    assert removal.kept_kg_co2 < removal.gross_kg_co2
    assert removal.interval.p5 < removal.kept_kg_co2 < removal.interval.p95


def test_a_smoky_kiln_loses_two_thirds_of_what_it_stores(answers):
    """VM0044 default 0.049 t CH4/t biochar against about 2 t CO2 stored per t."""
    answers["kiln"] |= {"kind": "uncontrolled"}
    (removal,) = assess(ProductSystem.of(answers), gwp="AR6-100", draws=FEW).removals
    assert Decimal("0.5") < removal.process_kg_co2e / removal.kept_kg_co2 < Decimal("0.8")


def test_unknown_land_history_stays_unknown(answers, footprint):
    answers["orchard"]["land_use"]["converted_within_20_years"] = "unknown"
    unknown = assess(ProductSystem.of(answers), gwp="AR6-100", draws=FEW).land_use_change
    assert (unknown.state, unknown.kg_co2e) == ("unknown", None)
    assert (footprint.land_use_change.state, footprint.land_use_change.kg_co2e) == ("none", 0)


def test_missing_unknown_and_zero_are_three_things(answers):
    """Irrigation not applicable (left out), none (0 kWh): the same gross; unknown is refused elsewhere."""
    left_out, zero = dict(answers["orchard"]), dict(answers["orchard"])
    del left_out["irrigation"]
    zero["irrigation"] = {"amount": "0 kWh", "source": "meter"}
    gross = [
        assess(ProductSystem.of({**answers, "orchard": orchard}), gwp="AR6-100", draws=FEW).gross_kg_co2e
        for orchard in (left_out, zero)
    ]
    assert gross[0] == gross[1]


def test_fewer_than_three_seasons_are_said_so(answers):
    del answers["orchard"]["harvests"][1:]
    notes = assess(ProductSystem.of(answers), gwp="AR6-100", draws=FEW).notes
    assert any("Harvest averaged over 1 season(s) only" in note for note in notes)


def test_an_unknown_answer_is_declared_and_less_sure(answers, footprint):
    answers["kiln"]["organic_carbon"] = {"source": "default"}
    unknown = assess(ProductSystem.of(answers), gwp="AR6-100")
    assert (
        "organic carbon of the biochar: biochar.carbon.wood.flame_curtain"
        in unknown.quality.declared_defaults
    )
    (sure,), (unsure,) = footprint.removals, unknown.removals
    assert unsure.interval.p95 - unsure.interval.p5 > sure.interval.p95 - sure.interval.p5


def test_a_question_nobody_could_answer_is_declared(footprint):
    assert any("kiln.ch4.flame_curtain" in default for default in footprint.quality.declared_defaults)


def test_a_remembered_number_is_less_sure_than_a_metered_one(answers):
    def width(source: str) -> Decimal:
        answers["routes"][0]["transport"]["distance"]["source"] = source
        found = assess(ProductSystem.of(answers), gwp="AR6-100")
        return found.gross.interval.p95 - found.gross.interval.p5

    assert width("meter") < width("receipt") < width("recall")


def test_every_factor_used_names_its_source(footprint):
    assert len(footprint.factors) > 40
    for factor in footprint.factors:
        assert factor.source
        assert factor.locator
        assert factor.unit
        assert factor.lower <= factor.value <= factor.upper


def test_the_other_allocation_is_shown_beside(footprint):
    (choice,) = footprint.allocations
    (other,) = choice.alternatives
    assert (choice.method, other.method) == ("mass", "economic")
    assert other.share > choice.share
    assert other.gross_kg_co2e > footprint.gross_kg_co2e


def test_a_dry_climate_emits_less_and_leaches_nothing(answers, footprint):
    answers["orchard"] |= {"climate": "dry", "irrigation_method": "drip"}
    dry = assess(ProductSystem.of(answers), gwp="AR6-100", draws=FEW)
    assert dry.gross.by_substance()["n2o"] < footprint.gross.by_substance()["n2o"] / 2
    assert not any("leached" in contribution.label for contribution in dry.contributions)


def test_digests_move_with_what_they_digest(answers, lychee, footprint):
    answers["orchard"]["diesel"]["amount"] = "981 litre"
    other = assess(ProductSystem.of(answers), gwp="AR6-100")
    assert other.digests.records != footprint.digests.records
    assert other.digests.factors == footprint.digests.factors
    assert assess(lychee, gwp="AR6-100", seed=2).digests.method != footprint.digests.method


def test_an_overridden_number_is_noted(lychee, footprint, tmp_path):
    own = tmp_path / "own.toml"
    row = 'id = "co2.urea"\nname = "urea"\nvalue = 0.15\nlower = 0.1\nupper = 0.2\ninterval = "sample"\n'
    row += 'distribution = "uniform"\nunit = "kg C/kg"\nregion = "CN"\nyear = 2025\nlocator = "p. 1"\nverified = true\n'
    head = (
        'id = "own-2025"\ntitle = "Sample"\npublisher = "Sample"\nyear = 2025\nurl = "https://example.org"\n'
    )
    own.write_text(
        f'[publication]\n{head}licence = "CC0-1.0"\n\n[[factor]]\n{row}override = true\n', encoding="utf-8"
    )
    found = assess(lychee, gwp="AR6-100", factors=FactorSet.load(own), draws=FEW)
    assert any("overridden: co2.urea" in note and "own-2025" in note for note in found.notes)
    assert found.gross_kg_co2e < footprint.gross_kg_co2e
