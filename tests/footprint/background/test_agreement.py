"""Our intensities beside bw2calc's: random systems with loops, co-products, waste and credits; and a real one."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.background import Scores, build
from footprint.background.declarations import Declarations, Omission, Supplier
from footprint.background.openlca import read_openlca
from footprint.background.samples import drawn, sampled
from footprint.background.solve import solved
from footprint.background.system import Structure
from footprint.background.tiers import EXACT
from footprint.errors import NetworkError
from lca_models.published import Source
from tests.footprint.background.networks import background, brightway_scores

AGREE = 1e-10
USLCI = os.environ.get("FOOTPRINT_USLCI_ZIP", "")


@st.composite
def systems(draw):
    """Up to eight processes, each using the others a little; some treat waste, some make a second product."""
    size = draw(st.integers(2, 8))
    amount = st.floats(0.001, 1.0)
    signs = [draw(st.sampled_from([1.0, 1.0, -1.0])) for _ in range(size)]
    made = [(n, n, sign * draw(st.floats(0.5, 20.0))) for n, sign in enumerate(signs)]
    cells = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), amount), max_size=24))
    used, second = [], []
    for row, col, share in cells:
        if row == col:
            continue
        # At most 0.8 of a product is used to make one, so that every loop leaves something.
        part = share * abs(made[col][2]) * 0.8 / size
        kind = draw(st.sampled_from(["uses", "uses", "uses", "makes", "credit"]))
        if kind == "makes" and signs[row] > 0:
            second.append((row, col, part))
        else:
            used.append((row, col, signs[row] * (-part if kind == "credit" else part)))
    emitted = draw(
        st.lists(
            st.tuples(st.sampled_from(["co2_fossil", "n2o"]), st.integers(0, size - 1), st.floats(-5, 50)),
            min_size=1,
            max_size=12,
        )
    )
    return {"made": made + second, "used": used, "emitted": emitted}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(systems())
def test_any_system_agrees_with_brightway(system):
    with tempfile.TemporaryDirectory() as folder:
        pack = build(background(**system), Path(folder, "pack"))
        ours = Scores.of(pack)
        for entry in pack.entries:
            theirs = brightway_scores(pack, entry.id)[0]
            scale = max(np.abs(ours.intensities).max(), 1e-300)
            assert np.abs(ours.intensities[pack.column(entry.id)] - theirs).max() <= AGREE * scale
        assert ours.certificate.kind == "proved"
        assert ours.certificate.relative_error <= AGREE


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(systems(), st.integers(0, 1000))
def test_any_system_agrees_with_brightway_on_draws(system, seed):
    with tempfile.TemporaryDirectory() as folder:
        pack = build(background(**system, spread=0.05), Path(folder, "pack"))
        amounts = list(drawn(pack, draws=3, seed=seed))
        product = pack.entries[0].id
        ours = sampled(pack, [product], amounts, tolerance=EXACT).intensities[:, 0]
        theirs = brightway_scores(pack, product, [np.array(part).T for part in zip(*amounts, strict=True)])
        caused = solved(Structure(pack).filled(), pack).proof.before_credits.max()
        assert np.abs(ours - theirs).max() <= AGREE * max(caused, 1e-300)


def test_the_same_draws_give_brightways_numbers(bakery):
    amounts = list(drawn(bakery, draws=16, seed=3))
    ours = sampled(bakery, ["0"], amounts, tolerance=EXACT).intensities[:, 0]
    theirs = brightway_scores(bakery, "0", [np.array(part).T for part in zip(*amounts, strict=True)])
    assert np.ptp(theirs[:, 0]) > 0.01
    np.testing.assert_allclose(ours, theirs, rtol=AGREE)


@pytest.mark.skipif(not USLCI, reason="set FOOTPRINT_USLCI_ZIP to an openLCA JSON-LD export of the USLCI")
def test_the_uslci_agrees_with_brightway(tmp_path):
    inventory = read_openlca(Path(USLCI), _USLCI, _declared(Path(USLCI)))
    pack = build(inventory, tmp_path / "uslci.pack")
    ours = Scores.of(pack)
    assert len(pack) > 500
    for column in range(0, len(pack), 10):
        theirs = brightway_scores(pack, pack.entries[column].id)[0]
        np.testing.assert_allclose(ours.intensities[column], theirs, rtol=AGREE, atol=1e-15)


_USLCI = Source(
    id="uslci",
    title="U.S. Life Cycle Inventory Database",
    publisher="National Renewable Energy Laboratory",
    year=2018,
    url="https://www.lcacommons.gov/",
    licence="public domain",
)


def _declared(path: Path) -> Declarations:
    """Everything the file refuses, left out; of two processes that make diesel, the first."""
    with pytest.raises(NetworkError) as refused:
        read_openlca(path, _USLCI)
    refinery = [problem for problem in refused.value.problems if problem.where == "Diesel, at refinery"]
    assert "by 2 processes, and no link says which" in refinery[0].what
    chosen = [Supplier(flow="Diesel, at refinery", process="0aaf1e13-5d80-37f9-b7bb-81a6b8965c71")]
    left_out = [
        Omission(flow=problem.where.replace("[", "[[]"), reason="refused, and left out on purpose")
        for problem in refused.value.problems
        if problem not in refinery
    ]
    return Declarations(omit=left_out, supplier=chosen)
