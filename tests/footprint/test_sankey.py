"""The picture of the ways of emissions: every kilogram as wide as it weighs, on a phone, in one ink, in two languages."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from click.testing import CliRunner

from footprint.cli import cli
from footprint.records import load
from footprint.sankey import picture
from footprint.sankey.stops import stops
from footprint.setting import Setting
from footprint.supply_paths import SupplyPaths
from footprint.terminal import columns
from lca_models.flows import Emission, Link, Output, Process
from tests.footprint.test_supply_paths import EXAMPLES, followed, mill_that_burns_its_meal

SVG = "{http://www.w3.org/2000/svg}"
LYCHEE = Path("examples/lychee/lychee.toml")


@pytest.fixture(scope="module")
def lychee() -> SupplyPaths:
    return SupplyPaths.of(load(LYCHEE), Setting(gwp="AR6-100"))


def _drawn(ways: SupplyPaths, language: str = "en", cut_off: float = 0.01) -> Element:
    return fromstring(picture(ways, "1 kg of it", language, cut_off))  # noqa: S314 - our own picture


def _bands(drawn: Element, kind: str) -> list[float]:
    return [
        float(path.attrib["stroke-width"]) for path in drawn.iter(f"{SVG}path") if path.get("class") == kind
    ]


def _lanes(drawn: Element) -> list[tuple[float, float]]:
    """How wide each is where it begins, and where it ends."""
    found = []
    for path in drawn.iter(f"{SVG}path"):
        if path.get("class") == "on":
            x = [
                float(x)
                for x in re.findall(r"([0-9.]+) [0-9.]+[Cvz]|H([0-9.]+)", path.attrib["d"])
                for x in x
                if x
            ]
            found.append((x[-1] - x[0], x[2] - x[1]))
    return found


def _texts(drawn: Element) -> list[str]:
    return [str(text.text) for text in drawn.iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def bakery() -> SupplyPaths:
    """Grain goes to the mill and to the maltster, both go into bread; a field that binds carbon."""
    field = Process(
        "field",
        "field",
        outputs=(Output("grain", 1.0),),
        exchanges=(
            Emission("co2_fossil", 2.0, "tractor"),
            Emission("co2_fossil", -0.5, "CO2 bound when urea is made"),
        ),
    )
    mill = Process(
        "mill",
        "milling",
        outputs=(Output("flour", 1.0),),
        links=(Link("grain", 1.0),),
        exchanges=(Emission("co2_fossil", 1.0, "coal"),),
    )
    malt = Process("maltster", "malting", outputs=(Output("malt", 1.0),), links=(Link("grain", 0.5),))
    oven = Process(
        "oven",
        "baking",
        outputs=(Output("bread", 1.0),),
        links=(Link("flour", 1.0), Link("malt", 1.0)),
        exchanges=(Emission("co2_fossil", 0.5, "gas"),),
    )
    return followed(field, mill, malt, oven, demand="bread")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_a_phone_and_ends_with_its_footprint(path, language):
    ways = SupplyPaths.of(load(path), Setting(gwp="AR6-100"))
    drawn = _drawn(ways, language)
    assert drawn.attrib["viewBox"].startswith("0 0 360 ")
    assert _texts(drawn)[-1].startswith(f"{ways.gross_kg_co2e:.3f}"[:5])
    for text in drawn.iter(f"{SVG}text"):
        if "t" not in text.attrib["class"].split() and text.get("x") == "12":
            assert columns(str(text.text)) <= 19 or " " not in str(text.text)
    for band in drawn.iter(f"{SVG}path"):
        if "class" in band.attrib:
            assert all(0 <= float(x) <= 360 for x in re.findall(r"[MH](-?[0-9.]+)", band.attrib["d"]))
    assert not list(drawn.iter(f"{SVG}script"))


def test_a_band_is_as_wide_as_what_it_carries(lychee):
    drawn, chain = _drawn(lychee), stops(lychee, 0.01)
    flows = [flow.kg_co2e for stop in chain for flow in stop.comes]
    widths = _bands(drawn, "in")
    one = widths[0] / flows[0]
    assert widths == pytest.approx([max(kg * one, 0.75) for kg in flows], rel=0.01, abs=0.006)
    (sold,) = [band for stop in chain[:-1] for band in stop.onward if band.target == chain[-1].name]
    assert max(_lanes(drawn)) == pytest.approx([sold.kg_co2e * one] * 2, abs=0.11)


@pytest.mark.parametrize("cut_off", [0.001, 0.01, 0.05, 0.3])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_whatever_is_joined_nothing_is_lost(path, cut_off):
    ways = SupplyPaths.of(load(path), Setting(gwp="AR6-100"))
    chain = stops(ways, cut_off)
    came = dict.fromkeys((stop.name for stop in chain), 0.0)
    for stop in chain:
        for band in stop.onward:
            came[band.target] += band.kg_co2e
    for stop in chain:
        own = sum(flow.kg_co2e for flow in (*stop.comes, *stop.saved))
        assert own + came[stop.name] == pytest.approx(stop.kg_co2e, rel=1e-9, abs=1e-12)
    assert chain[-1].kg_co2e == ways.gross_kg_co2e


def test_small_flows_are_joined_and_counted(lychee):
    texts = _texts(_drawn(lychee, cut_off=0.05))
    joined = [int(text.split()[0]) for text in texts if text.endswith("smaller ones")]
    chain = {stop.name: stop for stop in stops(lychee, 0.05)}
    alone = sum(not flow.joined for stop in chain.values() for flow in stop.comes)
    to_show = [band for band in lychee.from_causes() if band.target in chain]
    to_show += [band for band in lychee.links() if band.source not in chain]
    assert sum(joined) + alone == len(to_show)
    assert "kiln" not in chain
    assert max(joined) > 5


def test_suppliers_stand_before_those_they_supply(bakery):
    names = [stop.name for stop in stops(bakery, 0.01)]
    assert names[0] == "field"
    assert names[-1] == "oven"


def test_what_is_bound_leaves_the_chain_hatched_and_with_its_sign(bakery):
    drawn = _drawn(bakery)
    (bound,) = _bands(drawn, "off")
    tractor = next(width for width in _bands(drawn, "in"))
    assert bound == pytest.approx(tractor / 4, abs=0.01)
    assert "−0.750" in _texts(drawn)


def test_lanes_side_by_side_never_lie_on_each_other(bakery):
    """Where the mill's flour passes the maltster, and the maltster's grain the mill, there is white between them."""
    drawn = _drawn(bakery)
    lanes = _lanes(drawn)
    assert [begin for begin, _ in lanes] == pytest.approx([end for _, end in lanes], abs=0.11)
    assert len(lanes) == len(bakery.links()) + 2  # two of them pass a stop on the way
    bars = [
        (float(bar.attrib["x"]), float(bar.attrib["width"])) for bar in list(drawn.iter(f"{SVG}rect"))[2:]
    ]
    assert all(x >= 226 and x + width <= 349 for x, width in bars)


def test_what_goes_round_is_said_at_both_ends():
    looped = mill_that_burns_its_meal()
    chain = {stop.name: stop for stop in stops(looped, 0.01)}
    assert [flow.name for flow in chain["press"].comes] == ["↺ mill"]
    (given,) = chain["mill"].saved
    assert (given.name, given.kg_co2e) == ("↺ press", pytest.approx(-1 / 8.1))
    assert chain["mill"].kg_co2e == pytest.approx(1 / 0.9)


def test_who_cannot_see_it_is_told_the_same(lychee):
    drawn = _drawn(lychee)
    told = str(drawn.find(f"{SVG}desc").text)  # type: ignore[union-attr] # there is one
    numbers = [text for text in _texts(drawn) if re.fullmatch(r"−?[0-9.]+", text)]
    assert numbers
    assert all(number in told for number in numbers)
    assert "orchard: 0.047 from kiln, 0.235 N2O from fertiliser in the soil" in told
    assert told.endswith("arrives at the sale 1.794 kg CO2e.")


def test_a_chinese_reader_reads_chinese(lychee):
    names = [
        text for text in _texts(_drawn(lychee, "zh-Hans")) if not re.fullmatch(r"−?[0-9.]+|kg CO2e", text)
    ]
    assert [name for name in names[1:] if not re.search("[\u4e00-\u9fff]", name)] == []


def test_names_are_text_and_never_markup():
    process = Process(
        'a <b>"&</b>\x1b',
        "x",
        outputs=(Output("p", 1.0),),
        exchanges=(Emission("co2_fossil", 1.0, "<script>"),),
    )
    drawn = _drawn(followed(process, demand="p"))
    assert "<script>" in _texts(drawn)
    assert not list(drawn.iter(f"{SVG}b"))


def test_it_is_written_by_command(tmp_path):
    out = tmp_path / "ways.svg"
    done = CliRunner().invoke(
        cli, ["paths", str(LYCHEE), "--gwp", "AR6-100", "--picture", str(out), "--lang", "zh-Hans"]
    )
    assert done.exit_code == 0, done.output
    assert "kg CO2e, gross" in done.stdout
    assert 'lang="zh-Hans"' in out.read_text(encoding="utf-8")
    piped = CliRunner().invoke(cli, ["paths", str(LYCHEE), "--gwp", "AR6-100", "--picture", "-"])
    assert piped.stdout.startswith("<svg")
    assert piped.stdout.endswith("</svg>\n")
