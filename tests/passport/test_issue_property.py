"""Property: whatever footprint a signer accepts, the passport verifies and repeats its numbers exactly."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.errors import IssueError
from footprint.passport import Claims, verify
from footprint.result import Cell, Exclusion, GrossLedger

TODAY = datetime(2025, 7, 1, tzinfo=UTC)
STAGES = st.sampled_from(["orchard", "kiln", "packhouse", "packaging", "transport", "shop"])
SUBSTANCES = st.sampled_from(["n2o", "co2_fossil", "ch4_fossil", "ch4_biogenic", "co2e:AR4-100", "hfc-32"])
AMOUNTS = st.decimals(0, 10**9, places=9)
CELLS = st.builds(Cell, stage=STAGES, substance=SUBSTANCES, kg=AMOUNTS, kg_co2e=AMOUNTS)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
reusing_the_sample = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@reusing_the_sample
@given(cells=st.lists(CELLS, min_size=1, max_size=12), note=ANY_TEXT, name=ANY_TEXT.filter(bool))
def test_what_is_signed_verifies(signer, trust, terms, sample, cells, note, name):
    footprint = sample.model_copy(
        update={
            "gross": GrossLedger(cells=tuple(cells), interval=sample.gross.interval),
            "contributions": (),
            "product": sample.product.model_copy(update={"name": name}),
            "notes": (note,),
            "exclusions": (Exclusion(what=note, why=name),),
        }
    )
    verified = verify(signer.issue(footprint, **terms), trust=trust, at=TODAY)
    assert verified.claims == Claims.of(footprint, terms["assurance"])
    assert verified.pcf.pcf_excluding_biogenic_uptake == footprint.gross_kg_co2e
    methane = sum((cell.kg_co2e for cell in cells if cell.substance == "ch4_biogenic"), Decimal(0))
    assert verified.pcf.biogenic_non_co2_emissions == methane


@reusing_the_sample
@given(place=st.integers(0, 6), amount=AMOUNTS.filter(bool))
def test_no_cell_may_be_negative(signer, terms, sample, place, amount):
    cells = list(sample.gross.cells)
    cells[place] = cells[place].model_copy(update={"kg_co2e": -amount})
    footprint = sample.model_copy(update={"gross": sample.gross.model_copy(update={"cells": tuple(cells)})})
    with pytest.raises(IssueError, match="emissions only"):
        signer.issue(footprint, **terms)
