"""A bundle is one file of which every byte counts, and nothing in it can hurt its reader."""

import contextlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint import load
from footprint.errors import FootprintError, InputError, MalformedError
from footprint.evidence import Bundle, check_footprint
from footprint.evidence.archive import pack, unpack
from footprint.evidence.numbers import Numbers
from lca_models.factors import Factor, FactorSet, shipped_factors
from tests.footprint.evidence.conftest import CHAIN, bundled

EXAMPLES = sorted(CHAIN.parents[1].rglob("*.toml"))
OWN = """
[publication]
id = "own-meter"
title = "Electricity of the drying house, SAMPLE"
publisher = "Sample utility"
year = 2025
url = "https://utility.example.org/mix"
licence = "CC0-1.0"

[[factor]]
id = "electricity.CN-GD.generation.co2_fossil"
name = "Grid electricity, own contract"
value = 0.1
lower = 0.09
upper = 0.11
distribution = "two_piece_normal"
unit = "kg co2_fossil/kWh"
region = "CN-GD"
year = 2025
locator = "contract, page 1"
interval = "stated by the utility"
licence = "CC0-1.0"
verified = true
product = "electricity.CN-GD"
substance = "co2_fossil"
per = "kWh"
override = true
"""


def test_the_records_in_it_are_the_text_behind_the_digest(dried):
    passport, bundle = dried
    with zipfile.ZipFile(io.BytesIO(bundle.to_zip())) as archive:
        assert archive.namelist() == ["method.json", "numbers.json", "records.json", "upstream/001.json"]
        text = archive.read("records.json")
    assert "sha256:" + sha256(text).hexdigest() == passport.claims.digests.records


def test_it_comes_back_as_it_was(dried):
    _, bundle = dried
    data = bundle.to_zip()
    again = Bundle.from_zip(data)
    assert again == bundle
    assert again.to_zip() == data


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_record_reads_back_from_its_canonical_text(example):
    system = load(example)
    again = type(system).of(json.loads(system.canonical))
    assert again == system
    assert again.digest == system.digest


def test_another_process_writes_the_same_bytes(fresh):
    _, bundle = fresh
    program = (
        "from footprint import load; from footprint.evidence import Bundle; import hashlib, sys;"
        "from footprint.setting import Setting;"
        "made, _ = Bundle.of(load(sys.argv[1]), Setting(gwp='AR6-100', draws=256));"
        "print(hashlib.sha256(made.to_zip()).hexdigest())"
    )
    command = [sys.executable, "-c", program, str(CHAIN / "fresh.toml")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert printed == sha256(bundle.to_zip()).hexdigest()


def test_ones_own_numbers_travel_with_it(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    factors = FactorSet.load(path)
    numbers = Numbers.of(factors, ())
    assert [one.id for one in numbers.own] == ["electricity.CN-GD.generation.co2_fossil"]
    again = Numbers.model_validate_json(numbers.model_dump_json()).factors()
    assert again.digest == factors.digest
    assert list(map(str, again.overrides)) == list(map(str, factors.overrides))


def test_numbers_of_another_day_travel_with_it():
    factors = FactorSet.load(at=date(2021, 6, 30))
    assert Numbers.of(factors, ()).factors().digest == factors.digest != shipped_factors().digest


def test_a_background_is_too_large_for_it():
    class Intensity(Factor):
        """As a background makes them: with a sample that no file holds."""

    row = shipped_factors()["electricity.CN-GD.generation.co2_fossil"]
    ours = Intensity.model_validate(row.model_dump() | {"id": "background.electricity"})
    with pytest.raises(InputError, match=r"background\.electricity — cannot be bundled"):
        Numbers.of(FactorSet([*shipped_factors().factors.values(), ours]), ())


def test_only_what_the_bundle_gives_is_signed_with_it(fresh, dried):
    _, footprint = bundled("fresh.toml")
    check_footprint(fresh[1], footprint)
    other = footprint.model_copy(update={"functional_unit": "1 kg of something else"})
    with pytest.raises(InputError, match="gives another functional_unit"):
        check_footprint(fresh[1], other)


# Hostile files


def _zip(files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = _zip({"records.json": b"0" * 50_000_000}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(MalformedError, match="is compressed"):
        Bundle.from_zip(bomb)


def test_files_that_overlap_are_refused():
    """Two entries of the directory that name the same bytes: a few of them would unpack to many."""
    inner = pack({"a": b"x" * 5000})
    start = inner.index(b"PK\x01\x02")
    end = inner.index(b"PK\x05\x06")
    entry = inner[start:end]
    directory = entry * 20
    tail = bytearray(inner[end:])
    tail[8:12] = (20).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    with pytest.raises(MalformedError):
        unpack(inner[:start] + directory + bytes(tail))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cannot be read"),
        (b"PK\x03\x04", "cannot be read"),
        (b"0" * (33 * 1024 * 1024), "larger than 32 MiB"),
        (pack({str(n): b"" for n in range(300)}), "holds 300 files"),
        (pack({"a": b"1"}) + b"hidden", "not written as bundles are|cannot be read"),
        (b"hidden" + pack({"a": b"1"}), "not written as bundles are"),
        (_zip({"a": b"1"}), "not written as bundles are"),
        (pack({"../../etc/passwd": b"1"}), "is no file of a bundle"),
        (pack({"records.json": b"{}"}), "method.json — is missing"),
        (pack({"records.json": b"{}", "method.json": b"[]", "numbers.json": b"{}"}), "method.json"),
        (pack({"records.json": b"{}", "method.json": b'{"draws": 1e9}', "numbers.json": b"{}"}), "draws"),
    ],
    ids=[
        "empty",
        "cut",
        "huge",
        "many",
        "trailing",
        "leading",
        "foreign",
        "path",
        "missing",
        "array",
        "draws",
    ],
)
def test_what_is_no_bundle_is_refused(data, why):
    with pytest.raises(MalformedError, match=why):
        Bundle.from_zip(data)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_no_byte_of_it_can_be_changed_unseen(fresh, place, value):
    data = bytearray(fresh[1].to_zip())
    place %= len(data)
    if data[place] == value:
        return
    data[place] = value
    with contextlib.suppress(FootprintError):
        assert Bundle.from_zip(bytes(data)) != fresh[1]
