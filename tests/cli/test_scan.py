"""A photo of a carton, no network: genuine or not, told to a person; and a trust list sent by a head office."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from footprint.cli import cli
from footprint.passport import Assurance, Signer, TrustList
from footprint.result import Footprint

LYCHEE = Path(__file__).parents[1] / "service" / "data" / "lychee_footprint.json"
NOW = datetime.now(UTC).replace(microsecond=0)


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def dock(tmp_path_factory):
    """A folder with a passport, its keys, and a photo of its label."""
    folder = tmp_path_factory.mktemp("dock")
    orchard, root = Signer.generate(), Signer.generate()
    orchard.save(folder / "orchard.key", None)
    root.save(folder / "root.key", None)
    Signer.generate().save(folder / "stranger.key", None)
    (folder / "trust.json").write_bytes(TrustList.of(orchard.trusted_as("Sample co-op (sample)")).to_json())
    passport = orchard.issue(
        Footprint.model_validate_json(LYCHEE.read_bytes()),
        gtin="09506000134352",
        lot="2025-06-A",
        resolver="https://passports.example.org",
        issued_at=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=60),
        assurance=Assurance(level="self"),
    )
    (folder / "passport.json").write_bytes(passport.json)
    drawn = run(
        "label", folder / "passport.json", "--trust", folder / "trust.json", "--key", folder / "orchard.key",
        "--out", folder / "label.png",
    )  # fmt: skip
    assert drawn.exit_code == 0, drawn.output
    return folder


def scan(dock, image, *more, trust="trust.json"):
    return run("scan", dock / image, "--trust", dock / trust, *more)


@pytest.fixture
def photo(dock):
    """The label as a camera sees it: turned, on a table, compressed."""
    with Image.open(dock / "label.png") as label:
        taken = label.convert("RGB").rotate(7, expand=True, fillcolor="#a9927b").resize((1300, 1000))
    taken.save(dock / "photo.jpg", quality=80)
    return "photo.jpg"


def test_a_photo_of_a_label_is_judged(dock, photo):
    told = scan(dock, photo)
    assert told.exit_code == 0, told.output
    assert "✓ genuine: GTIN 09506000134352, lot 2025-06-A" in told.output
    assert "signed by  Sample co-op (sample)" in told.output
    assert "1.09 kg CO2e per 1 kg (90 % interval 0.82 to 1.47)" in told.output
    assert "removals   0.09 kg CO2, beside it and not subtracted" in told.output
    assert "! not checked: whether the passport was revoked" in told.output


def test_the_code_can_be_printed_by_other_software(dock):
    told = run("code", dock / "passport.json", "--trust", dock / "trust.json", "--key", dock / "orchard.key")
    assert told.output.startswith("https://passports.example.org/01/09506000134352/10/2025-06-A#c1.")


@pytest.mark.parametrize("verb", ["code", "label"])
def test_nobody_else_can_make_the_code(dock, verb):
    more = ["--out", dock / "forged.svg"] if verb == "label" else []
    told = run(
        verb, dock / "passport.json", "--trust", dock / "trust.json", "--key", dock / "stranger.key", *more
    )
    assert (told.exit_code, "is not the issuer" in told.output) == (1, True)
    assert not (dock / "forged.svg").exists()


def test_too_late_and_by_nobody_we_know(dock):
    late = scan(dock, "label.png", "--at", "2090-01-01T00:00:00Z")
    assert (late.exit_code, "was valid until" in late.output) == (1, True)
    (dock / "nobody.json").write_text('{"issuers": []}')
    unknown = scan(dock, "label.png", trust="nobody.json")
    assert (unknown.exit_code, "not in the trust list" in unknown.output) == (1, True)


def test_a_code_without_proof_and_a_picture_without_code(dock):
    drawn = run("label", dock / "passport.json", "--trust", dock / "trust.json", "--out", dock / "plain.png")
    assert drawn.exit_code == 0
    plain = scan(dock, "plain.png")
    assert (plain.exit_code, "holds no offline proof" in plain.output) == (1, True)
    Image.new("L", (300, 300), 255).save(dock / "empty.png")
    empty = scan(dock, "empty.png")
    assert (empty.exit_code, "shows no QR code" in empty.output) == (1, True)


def test_two_labels_in_one_picture_are_not_guessed_between(dock, tmp_path):
    code = run(
        "code", dock / "passport.json", "--trust", dock / "trust.json", "--key", dock / "orchard.key"
    ).output
    drawn = [
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4, add_quiet_zones=True)
        for text in (code.strip(), code.strip()[:-2] + "11")
    ]
    pictures = [Image.fromarray(np.array(picture)) for picture in drawn]
    both = Image.new("L", (2 * max(p.width for p in pictures), max(p.height for p in pictures)), 255)
    both.paste(pictures[0], (0, 0))
    both.paste(pictures[1], (both.width // 2, 0))
    both.save(tmp_path / "both.png")
    told = run("scan", tmp_path / "both.png", "--trust", dock / "trust.json")
    assert (told.exit_code, "shows 2 codes" in told.output) == (1, True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"GIF89a\xff\xff\xff\xff" + bytes(20),
        b"BM" + b"\xff" * 60,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_what_is_no_picture_is_refused_without_a_traceback(dock, tmp_path, content):
    (tmp_path / "upload").write_bytes(content)
    told = run("scan", tmp_path / "upload", "--trust", dock / "trust.json")
    assert told.exit_code == 1
    assert told.output.startswith("✗ ")
    assert "Traceback" not in told.output


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(dock, tmp_path):
    Image.new("1", (9000, 9000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 100_000
    told = run("scan", tmp_path / "bomb.png", "--trust", dock / "trust.json")
    assert (told.exit_code, "9000 × 9000 pixels" in told.output) == (1, True)


def test_a_missing_picture_is_said_in_one_line(dock):
    told = scan(dock, "nowhere.png")
    assert (told.exit_code, told.output.count("✗")) == (1, 1)


@pytest.fixture
def office(dock, tmp_path):
    """Signs lists as the root, and has one dock pin it."""

    def sign(version, *more):
        out = tmp_path / f"list-{version}.json"
        told = run(
            "trust", "sign", dock / "trust.json", "--key", dock / "root.key",
            "--list-version", version, "--out", out, *more,
        )  # fmt: skip
        assert told.exit_code == 0, told.output
        return out, told.output.split()[-1]

    _, root = sign(1)
    assert run("trust", "pin", root, "--out", tmp_path / "pin.json").exit_code == 0
    return sign


def test_a_dock_uses_the_list_of_its_head_office_and_never_goes_back(dock, tmp_path, office):
    pin = ("--pin", tmp_path / "pin.json")
    older, newer = office(2)[0], office(3)[0]
    first = run("scan", dock / "label.png", "--trust", newer, *pin)
    assert first.exit_code == 0, first.output
    assert "whether an issuer left the trust list since" in first.output
    assert json.loads((tmp_path / "pin.json").read_text())["version"] == 3
    back = run("scan", dock / "label.png", "--trust", older, *pin)
    assert (back.exit_code, "version 3 was seen before" in back.output) == (1, True)
    assert run("scan", dock / "label.png", "--trust", newer, *pin).exit_code == 0


def test_an_unsigned_list_is_refused_where_a_root_is_pinned(dock, tmp_path, office):
    told = scan(dock, "label.png", "--pin", tmp_path / "pin.json")
    assert (told.exit_code, "proof — is missing" in told.output) == (1, True)


def test_an_old_list_is_refused(dock, tmp_path, office):
    old, _ = office(4, "--at", "2025-01-01T00:00:00Z")
    told = run("scan", dock / "label.png", "--trust", old, "--pin", tmp_path / "pin.json")
    assert (told.exit_code, "trust list — was valid until 2025-01-31" in told.output) == (1, True)


def test_a_pin_is_never_replaced_and_only_on_a_key(tmp_path, office):
    root = json.loads((tmp_path / "pin.json").read_text())["root"]
    again = run("trust", "pin", root, "--out", tmp_path / "pin.json")
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    wrong = run("trust", "pin", "did:web:office.example.org", "--out", tmp_path / "other.json")
    assert (wrong.exit_code, (tmp_path / "other.json").exists()) == (1, False)
