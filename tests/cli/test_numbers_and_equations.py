"""`footprint factors`, `footprint equations` and `assess --factors` as their users meet them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LYCHEE = Path(__file__).parents[2] / "examples" / "lychee" / "lychee.toml"
FOOTPRINT = Path(sys.executable).parent / "footprint"
OWN = """
[publication]
id = "sample-mill-2025"
title = "Sample inventory of cartons from one mill (sample data)"
publisher = "Sample Board Mill"
year = 2025
url = "https://example.org/cartons"
licence = "used with permission of the mill"

[[factor]]
id = "sample.board.manufacture"
name = "Corrugated board from one mill"
value = 0.8
lower = 0.6
upper = 1.1
interval = "95 % interval of 12 monthly values"
distribution = "lognormal"
unit = "kg CO2/kg"
region = "CN-GD"
year = 2025
locator = "Table 3"
verified = true
technology = "exact"
product = "packaging.board"
substance = "co2_fossil"
per = "kg"
"""


def _run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FOOTPRINT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with factor files of one's own: one that adds, one that overrides aloud, one that forgot to."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "silent.toml").write_text(OWN, encoding="utf-8")
    (folder / "own.toml").write_text(OWN + "override = true\n", encoding="utf-8")
    return folder


def test_all_numbers_are_listed_with_their_digest(desk):
    done = _run("factors", cwd=desk)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 300
    assert "  n2o.ef5  0.011 (0 to 0.02) kg N2O-N/kg N leached  GLO 2019  ipcc-2019-v4-ch11" in done.stdout
    assert "unverified (?)" in done.stderr
    assert "digest sha256:" in done.stderr


def test_a_search_by_words_and_place(desk):
    done = _run("factors", "search", "electricity", "guangdong", cwd=desk)
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        "electricity.CN-GD.generation.co2_fossil"
    ]
    doubtful = _run("factors", "list", "--unverified", "--region", "CN-GD", cwd=desk).stdout.splitlines()
    assert doubtful
    assert all(line.startswith("? ") for line in doubtful)


def test_a_number_is_traced_to_source_interval_and_use(desk):
    done = _run("factors", "show", "n2o.ef5", cwd=desk)
    for said in ("0 to 0.02", "▲", "Table 11.3", "licence", "n2o.leaching_kg(ef5)", "lca_models.activities"):
        assert said in done.stdout
    rows = json.loads(_run("factors", "show", "transport.rail", "--json", cwd=desk).stdout)
    assert {row["substance"] for row in rows} == {"co2_fossil", "ch4_fossil", "n2o", "co2e:AR5-100"}


def test_the_value_of_another_year(desk):
    then = _run("factors", "show", "electricity.CN-GD", "--at", "2021-06-30", cwd=desk)
    assert "0.4715 kg/kWh" in then.stdout
    before = _run(
        "factors", "show", "electricity.CN-GD.generation.co2_fossil", "--at", "2019-06-30", cwd=desk
    )
    assert before.returncode == 1
    assert "no factor in force on 2019-06-30" in before.stderr


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("show", "feed.soy"), "nearest: feed.soybean.brazil, feed.soybean_meal.brazil"),
        (("show", "electricity.FR"), "nearest: electricity.lifecycle.FR"),
        (("show", "electricity.CN-GD", "--at", "2019-06-30"), "no product in force on 2019-06-30"),
        (("search", "fishmeal"), "nearest: feed.fish_meal."),
        (("list", "--region", "FX"), "FX — is no place of any number in force — nearest:"),
        (("list", "--source", "desnz"), "nearest: desnz-20"),
    ],
)
def test_a_miss_names_what_is_near(desk, asked, said):
    done = _run("factors", *asked, cwd=desk)
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in done.stderr


def test_every_source_names_its_licence(desk):
    done = _run("factors", "sources", cwd=desk)
    ember = next(line for line in done.stdout.splitlines() if line.startswith("ember-"))
    assert "BY-SA 4.0" in ember


def test_an_override_is_said_aloud_and_changes_the_footprint(desk):
    shipped = json.loads(_run("assess", LYCHEE, "--gwp", "AR6-100", "--json", cwd=desk).stdout)
    done = _run("assess", LYCHEE, "--gwp", "AR6-100", "--factors", "own.toml", "--json", cwd=desk)
    own = json.loads(done.stdout)
    assert (
        "! override: packaging.board: packaging.board.manufacture replaced by sample-mill-2025" in done.stderr
    )
    assert own["digests"]["factors"] != shipped["digests"]["factors"]
    assert "sample.board.manufacture" in {factor["id"] for factor in own["factors"]}
    assert own["gross"] != shipped["gross"]
    assert "! override" in _run("factors", "show", "packaging.board", "--file", "own.toml", cwd=desk).stderr


def test_the_grid_of_another_year_changes_the_footprint(desk):
    now, then = (
        json.loads(_run("assess", LYCHEE, "--gwp", "AR6-100", "--json", *more, cwd=desk).stdout)
        for more in ((), ("--at", "2021-06-30"))
    )
    assert now["gross"] != then["gross"]
    assert now["digests"]["factors"] != then["digests"]["factors"]


def test_an_equation_is_listed_read_and_run(desk):
    listed = _run("equations", cwd=desk).stdout.splitlines()
    assert len(listed) >= 60
    assert any(
        line.startswith("n2o.direct_kg  Direct N2O from nitrogen") and "Equation 11.1" in line
        for line in listed
    )
    assert "rice_methane." in _run("equations", "list", "rice", cwd=desk).stdout
    shown = _run("equations", "show", "n2o.direct", cwd=desk).stdout
    assert "N_2O = (F_SN · EF_1,syn" in shown
    arguments = (
        "n_synthetic_kg=200",
        "n_other_kg=0",
        "ef1_synthetic=@n2o.ef1.synthetic.wet",
        "ef1_other=@n2o.ef1.other.wet",
    )
    done = _run("equations", "run", "n2o.direct", *arguments, cwd=desk)
    assert float(done.stdout) == pytest.approx(5.03, abs=0.005)
    assert "kg N2O" in done.stderr


def test_a_run_as_json_carries_arguments_warnings_and_digest(desk):
    done = _run(
        "equations",
        "run",
        "transport.activity_t_km",
        "mass_kg=1000,2000",
        "distance_km=10",
        "--json",
        cwd=desk,
    )
    said = json.loads(done.stdout)
    assert said["result"] == [10.0, 20.0]
    assert said["arguments"] == ["mass_kg=1000,2000", "distance_km=10"]
    assert said["factors"].startswith("sha256:")


def test_groups_come_out_field_by_field(desk):
    pools = [
        f"pools.{pool}={amount}"
        for pool, amount in (("dpm", 0.1), ("rpm", 5), ("bio", 0.7), ("hum", 25), ("iom", 2.7))
    ]
    done = _run(
        "equations", "run", "rothc.after_month", *pools, "rate_modifier=1", "clay_frac=0.23", cwd=desk
    )
    assert [line.split(" = ")[0] for line in done.stdout.splitlines()] == ["dpm", "rpm", "bio", "hum", "iom"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["factors", "show", "n2o.ef9"], 1, "is no number, table or product — nearest: n2o.ef5"),
        (["factors", "search", "unobtainium"], 1, "is mentioned by no number"),
        (["factors", "search"], 2, "Missing argument"),
        (["factors", "list", "--file", "nowhere.toml"], 1, "nowhere.toml"),
        (["factors", "list", "--file", "silent.toml"], 1, "adds to packaging.board"),
        (["factors", "list", "--at", "yesterday"], 2, "yesterday"),
        (["assess", LYCHEE, "--gwp", "AR6-100", "--factors", "silent.toml"], 1, "adds to packaging.board"),
        (["assess", LYCHEE, "--gwp", "AR6-100", "--at", "2019-01-01"], 1, "in force on 2019-01-01"),
        (["equations", "show", "magic"], 1, "is no equation"),
        (["equations", "run", "n2o.direct", "n_synthetic_kg=2 mu"], 1, "is not a number"),
        (["equations", "run", "biochar.permanent_fraction", "h_to_corg=0.9", "soil_temperature_c=23", "coefficients=@biochar.fperm.woolf2021.100"], 1, "outside 0 to 0.7"),
        (["equations", "sing"], 2, "No such command"),
    ],
)  # fmt: skip
def test_wrong_use_and_wrong_data_say_so(desk, arguments, code, message):
    done = _run(*arguments, cwd=desk)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", [["factors"], ["factors", "list"], ["factors", "search"], ["factors", "show"], ["factors", "sources"],
                                  ["equations"], ["equations", "list"], ["equations", "show"], ["equations", "run"], ["assess"]])  # fmt: skip
def test_every_verb_explains_itself_and_its_exit_codes(desk, verb):
    told = _run(*verb, "--help", cwd=desk)
    assert told.returncode == 0
    assert "Exit codes: 0" in told.stdout
