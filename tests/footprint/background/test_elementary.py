"""Flows of other databases under our names."""

import pytest

from footprint.background.elementary import Flow, UnknownGasError, gas, names
from footprint.characterisation import BIOGENIC_CO2
from lca_models.factors import shipped_factors

AIR = ("air", "unspecified")


@pytest.mark.parametrize(
    ("name", "cas", "ours"),
    [
        ("Carbon dioxide, fossil", "000124-38-9", "co2_fossil"),
        ("Carbon dioxide, from soil or biomass stock", "000124-38-9", "co2_luc"),
        ("carbon dioxide (land use change)", "124-38-9", "co2_luc"),
        ("Carbon dioxide, non-fossil", "", "co2_biogenic"),
        ("Carbon dioxide", "", "co2_fossil"),
        ("Methane [Organic emissions to air]", "", "ch4_fossil"),
        ("methane (biogenic)", "", "ch4_biogenic"),
        ("Methane, from soil or biomass stock", "000074-82-8", "ch4_biogenic"),
        ("Nitrous oxide (laughing gas)", "", "n2o"),
        ("Dinitrogen monoxide", "010024-97-2", "n2o"),
        ("Methane, chlorodifluoro-, HCFC-22", "", "hcfc-22"),
        ("Methane, tetrafluoro-, R-14", "000075-73-0", "pfc-14"),
        ("Methane, tetrafluoro-, FC-14", "", "pfc-14"),
        ("Ethane, hexafluoro-, HFC-116", "", "pfc-116"),
        ("Methane, bromotrifluoro-, Halon 1301", "", "halon-1301"),
        ("Methane, dichloro-, HCC-30", "", "dichloromethane"),
        ("Sulfur hexafluoride", "", "sf6"),
        ("Sulfur dioxide", "", None),
        ("Methane, dibromo-", "", None),
        ("NMVOC, non-methane volatile organic compounds", "", None),
    ],
)
def test_a_flow_to_air(name, cas, ours):
    assert gas(Flow("x", name, AIR, cas)) == ours


@pytest.mark.parametrize(
    "name", ["CFCs and HCFCs, unspecified", "PFC (perfluorocarbons)", "Methane, HFC-999"]
)
def test_a_gas_nobody_can_name_is_refused(name):
    with pytest.raises(UnknownGasError):
        gas(Flow("x", name, AIR))


@pytest.mark.parametrize(
    "compartment",
    [
        ("water", "ocean"),
        ("soil",),
        ("natural resource", "in air"),
        ("Elementary flows", "Resource", "in air"),
    ],
)
def test_only_what_goes_to_the_air_counts(compartment):
    assert gas(Flow("x", "Carbon dioxide, in air", compartment)) is None


@pytest.mark.parametrize("horizon", [20, 100])
def test_every_gas_with_a_name_here_has_a_warming_potential(horizon):
    assert not [
        name for name in names() - {BIOGENIC_CO2} if f"gwp.AR6-{horizon}.{name}" not in shipped_factors()
    ]
