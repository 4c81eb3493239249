"""`footprint portfolio` as somebody with a table of lots runs it, and pulls the plug."""

import csv
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from footprint.cli import cli

LYCHEE = Path("examples/lychee/lychee.toml").resolve()
FOOTPRINT = Path(sys.executable).with_name("footprint")


def _lots(folder, number, *, bad=()):
    path = folder / "lots.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "orchard.diesel.amount [litre]"])
        table.writerows([f"lot-{n}", "nan" if n in bad else 500 + n] for n in range(number))
    return path


def _asked(lots, out, *options):
    return [
        "portfolio",
        str(lots),
        "--template",
        str(LYCHEE),
        "--gwp",
        "AR6-100",
        "--draws",
        "128",
        "--workers",
        "1",
        "--out",
        str(out),
        *options,
    ]


def test_a_table_of_lots_becomes_a_table_of_footprints(tmp_path):
    done = CliRunner().invoke(cli, _asked(_lots(tmp_path, 5, bad=[3]), tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "5 of 5 products" in done.stderr
    assert "4 products assessed" in done.stdout
    assert "1 could not be" in done.stdout
    (problem,) = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    assert (problem["id"], problem["where"]) == ("lot-3", "orchard.diesel.amount")
    assert "'nan litre'" in problem["what"]


def test_nothing_that_could_be_assessed_is_a_refusal(tmp_path):
    done = CliRunner().invoke(cli, _asked(_lots(tmp_path, 1, bad=[0]), tmp_path / "out"))
    assert done.exit_code == 1
    assert "0 products assessed" in done.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--gwp", "AR7"], "there is no GWP set 'AR7'"),
        (["--template", "nowhere.toml"], "cannot be opened"),
        (["--cluster", "nonsense"], "no scheduler answers"),
    ],
)
def test_what_is_wrong_with_all_is_said_on_one_line(tmp_path, options, told):
    done = CliRunner().invoke(cli, [*_asked(_lots(tmp_path, 2), tmp_path / "out"), *options])
    assert done.exit_code == 1
    assert told in done.stderr
    assert done.stderr.startswith("✗ ")


@pytest.mark.e2e
def test_a_run_whose_plug_is_pulled_goes_on_and_ends_with_the_same_bytes(tmp_path):
    lots, whole, killed = _lots(tmp_path, 3000, bad=[7]), tmp_path / "whole", tmp_path / "killed"
    subprocess.run([FOOTPRINT, *_asked(lots, whole)], check=True, capture_output=True)
    running = subprocess.Popen(
        [FOOTPRINT, *_asked(lots, killed)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _wait_for(killed / "shards" / "000000.arrow", running)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not (killed / "footprints.parquet").exists()
    resumed = subprocess.run([FOOTPRINT, *_asked(lots, killed)], check=True, capture_output=True, text=True)
    assert "3000 of 3000 products" in resumed.stderr
    for path in whole.iterdir():
        assert (killed / path.name).read_bytes() == path.read_bytes(), path.name


def _wait_for(path, running):
    deadline = time.monotonic() + 60
    while not path.exists():
        assert running.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_ways_of_a_record_and_the_bands_of_its_sankey_diagram():
    told = CliRunner().invoke(cli, ["paths", str(LYCHEE), "--gwp", "AR6-100", "--cut-off", "0.1"])
    assert told.exit_code == 0, told.output
    assert "truck, road to beijing ▸ road to beijing ▸ shop, beijing" in told.stdout
    refused = CliRunner().invoke(cli, ["paths", str(LYCHEE), "--gwp", "AR6-100", "--cut-off", "10"])
    assert refused.exit_code == 1
    assert "part of the whole" in refused.stderr
    bands = CliRunner().invoke(cli, ["paths", str(LYCHEE), "--gwp", "AR6-100", "--sankey"])
    assert '"unit": "kg CO2e"' in bands.stdout
