"""Keys on disk, and everything a signer refuses to sign: all problems at once, each with a way out."""

import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from footprint.errors import InputError, IssueError
from footprint.passport import Assurance, Signer, TrustList, verify
from footprint.result import (
    AllocationChoice,
    Cell,
    DeclaredUnit,
    Displacement,
    GrossLedger,
    Interval,
    LandUseChange,
)

ISSUED = datetime(2025, 6, 20, 8, tzinfo=UTC)
TODAY = datetime(2025, 7, 1, tzinfo=UTC)


def refusal(signer, footprint, terms, **changes):
    with pytest.raises(IssueError) as refused:
        signer.issue(footprint, **{**terms, **changes})
    return refused.value


def test_a_key_is_made_saved_opened_and_signs_the_same(tmp_path, sample, terms):
    made = Signer.generate()
    made.save(tmp_path / "orchard.key", None)
    opened = Signer.open(tmp_path / "orchard.key")
    assert opened.issuer == made.issuer == f"did:key:{made.public_key_multibase}"
    assert opened.issue(sample, **terms) == made.issue(sample, **terms)
    assert Signer.generate().issuer != made.issuer


def test_the_file_is_the_owners_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        Signer.generate().save(tmp_path / "orchard.key", None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "orchard.key").stat().st_mode) == 0o600
    assert b"BEGIN PRIVATE KEY" in (tmp_path / "orchard.key").read_bytes()


def test_a_password_protects_the_file(tmp_path):
    made = Signer.generate()
    made.save(tmp_path / "orchard.key", b"correct horse")
    assert b"ENCRYPTED" in (tmp_path / "orchard.key").read_bytes()
    assert Signer.open(tmp_path / "orchard.key", b"correct horse").issuer == made.issuer
    with pytest.raises(InputError, match="needs a password"):
        Signer.open(tmp_path / "orchard.key")
    with pytest.raises(InputError, match="no key this password opens"):
        Signer.open(tmp_path / "orchard.key", b"wrong")


def test_a_password_for_an_open_file_is_a_mistake(tmp_path):
    Signer.generate().save(tmp_path / "orchard.key", None)
    with pytest.raises(InputError, match="has no password"):
        Signer.open(tmp_path / "orchard.key", b"secret")
    with pytest.raises(InputError, match="empty password"):
        Signer.generate().save(tmp_path / "other.key", b"")
    assert not (tmp_path / "other.key").exists()


def test_an_existing_key_is_never_overwritten(tmp_path):
    path = tmp_path / "orchard.key"
    Signer.generate().save(path, None)
    before = path.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        Signer.generate().save(path, None)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_key_others_can_open_is_refused_with_the_fix(tmp_path, mode):
    path = tmp_path / "orchard.key"
    Signer.generate().save(path, None)
    path.chmod(mode)
    with pytest.raises(InputError, match=f"chmod 600 {path}"):
        Signer.open(path)
    path.chmod(0o400)
    assert Signer.open(path)


def test_files_that_are_no_key(tmp_path):
    path = tmp_path / "file"
    with pytest.raises(InputError, match="cannot be read"):
        Signer.open(path)
    with pytest.raises(InputError, match="cannot be read"):
        Signer.open(tmp_path)
    path.write_bytes(b"hello")
    path.chmod(0o600)
    with pytest.raises(InputError, match="is no key"):
        Signer.open(path)
    rsa = generate_private_key(65537, 2048)
    path.write_bytes(rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(InputError, match="is no such key"):
        Signer.open(path)
    with pytest.raises(InputError, match="cannot be written"):
        Signer.generate().save(tmp_path / "no such folder" / "key", None)


def test_the_secret_does_not_show():
    seed = b"\x2a" * 32
    signer = Signer.from_seed(seed)
    assert seed.hex() not in repr(signer)
    assert repr(signer) == f"Signer('{signer.verification_method}')"


@pytest.mark.parametrize(
    ("issuer", "method"),
    [
        ("did:web:example.org", "did:web:example.org#key-1"),
        ("did:web:example.org#orchard", "did:web:example.org#orchard"),
        ("did:web:localhost%3A8000", "did:web:localhost%3A8000#key-1"),
        ("did:web:example.org:growers:7", "did:web:example.org:growers:7#key-1"),
    ],
)
def test_a_domain_as_name(issuer, method):
    signer = Signer.from_seed(b"\x01" * 32, issuer)
    assert (signer.issuer, signer.verification_method) == (issuer.partition("#")[0], method)


def test_its_own_did_key_as_name():
    signer = Signer.from_seed(b"\x01" * 32)
    assert Signer.from_seed(b"\x01" * 32, signer.issuer).verification_method == signer.verification_method


@pytest.mark.parametrize(
    "issuer", ["", "example.org", "did:key:z6MkOther", "did:web:", "did:web:a b", "did:web:x#a#b"]
)
def test_other_names_are_refused(issuer):
    with pytest.raises(InputError, match="did:web that lists the key"):
        Signer.from_seed(b"\x01" * 32, issuer)


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"gtin": "09506000134353"}, "gtin", "wrong check digit"),
        ({"gtin": "lychee"}, "gtin", "has 8, 12, 13 or 14 digits"),
        ({"lot": ""}, "lot", "0 characters"),
        ({"lot": "A" * 21}, "lot", "21 characters"),
        ({"lot": "2025 06"}, "lot", "character set 82"),
        ({"lot": "荔枝"}, "lot", "character set 82"),
        ({"lot": "A\n"}, "lot", "character set 82"),
        ({"lot": ".."}, "lot", "browsers remove"),
        ({"lot": "2025/06"}, "lot", "holds /"),
        ({"lot": "<script>"}, "lot", "holds < >"),
        ({"lot": "A\"&'B"}, "lot", "holds \" & '"),
        ({"serial": "7/8"}, "serial", "holds /"),
        ({"serial": ""}, "serial", "0 characters"),
        ({"resolver": "http://id.example.org"}, "digital link", "not https"),
        ({"resolver": "id.example.org"}, "digital link", "not a web address"),
        ({"resolver": "https://id.example.org/shop"}, "resolver", "goes on after the host"),
        ({"valid_until": ISSUED}, "valid_until", "give a later time"),
        ({"valid_until": ISSUED + timedelta(microseconds=5)}, "valid_until", "give a later time"),
        ({"valid_until": ISSUED - timedelta(days=1)}, "valid_until", "give a later time"),
        ({"issued_at": datetime(2025, 6, 20)}, "issued_at", "no time zone"),  # noqa: DTZ001 - the mistake
        ({"assurance": Assurance(level="limited")}, "assurance.by", "name the verifier"),
    ],
)
def test_refused_before_signing(signer, sample, terms, changes, where, words):
    (problem,) = refusal(signer, sample, terms, **changes).problems
    assert problem.where == where
    assert words in str(problem)
    assert problem.fix


def test_all_problems_are_reported_together(signer, sample, terms):
    error = refusal(signer, sample, terms, gtin="1", lot="<>", resolver="ftp://x", valid_until=ISSUED)
    assert [problem.where for problem in error.problems] == ["valid_until", "gtin", "lot", "digital link"]
    assert len(str(error).splitlines()) == 4


def test_no_passport_outlives_its_data_by_more_than_three_years(signer, sample, terms):
    """PACT 3.0.3, Validity Period; the data of the sample end on 2025-08-01."""
    last = datetime(2028, 8, 1, tzinfo=UTC)
    signer.issue(sample, **{**terms, "valid_until": last})
    refused = refusal(signer, sample, terms, valid_until=last + timedelta(seconds=1))
    assert "3 years" in str(refused)
    assert "2028-08-01" in str(refused)


def test_numbers_that_contradict_each_other_are_not_signed(signer, sample, terms):
    upside_down = GrossLedger(
        cells=sample.gross.cells, interval=Interval(p5=Decimal(2), p50=Decimal(1), p95=Decimal(3))
    )
    assert "interval" in str(refusal(signer, sample.model_copy(update={"gross": upside_down}), terms))


def test_land_use_change_must_be_the_one_in_the_cells(signer, sample, terms):
    """Declared but not counted: nothing is signed."""
    change = LandUseChange(state="known", kg_co2e=Decimal("0.1"), statement="Forest until 2015 (sample).")
    error = refusal(signer, sample.model_copy(update={"land_use_change": change}), terms)
    assert "land_use_change.kg_co2e — is 0.1 — the line co2_luc of the gross ledger is 0" in str(error)


def test_known_land_use_change_is_a_line_of_the_gross_footprint(signer, trust, sample, terms, gross):
    change = LandUseChange(state="known", kg_co2e=Decimal("0.1"), statement="Forest until 2015 (sample).")
    cell = Cell(stage="orchard", substance="co2_luc", kg=Decimal("0.1"), kg_co2e=Decimal("0.1"))
    ledger = sample.gross.model_copy(update={"cells": (*sample.gross.cells, cell)})
    footprint = sample.model_copy(update={"land_use_change": change, "gross": ledger})
    pcf = verify(signer.issue(footprint, **terms), trust=trust, at=TODAY).pcf
    assert pcf.land_use_change_ghg_emissions == Decimal("0.1")
    assert pcf.pcf_excluding_biogenic_uptake == gross + Decimal("0.1")


def test_unknown_land_use_change_stays_undefined_and_is_said(signer, trust, sample, terms):
    unknown = LandUseChange(state="unknown", kg_co2e=None, statement="No record before 2015 (sample).")
    verified = verify(
        signer.issue(sample.model_copy(update={"land_use_change": unknown}), **terms), trust=trust, at=TODAY
    )
    assert verified.pcf.land_use_change_ghg_emissions is None
    assert "Land-use change is unknown and not included." in verified.product_footprint.comment


def test_fields_pact_cannot_carry_are_not_signed(signer, sample, terms):
    wrong = sample.model_copy(update={"period_end": "2025-13-01"})
    assert "footprint.reference_period_end" in str(refusal(signer, wrong, terms)).replace(
        "referencePeriodEnd", "reference_period_end"
    )
    backwards = sample.model_copy(update={"period_end": "2023-01-01"})
    assert "it is not after the start" in str(refusal(signer, backwards, terms))
    nothing = sample.model_copy(update={"declared_unit": DeclaredUnit(amount=Decimal(0), unit="kg")})
    assert "above zero" in str(refusal(signer, nothing, terms))


def test_what_is_displaced_is_told_only_by_what_carries_the_whole_process(signer, sample, terms):
    saved = Displacement(product="cake", displaces="feed.grain", kg_co2e=Decimal("0.3"))
    shared = AllocationChoice(
        process="press", method="mass", share=Decimal("0.4"), displaced=(saved,), alternatives=()
    )
    error = refusal(signer, sample.model_copy(update={"allocations": (shared,)}), terms)
    assert "displaces something by 'mass', carrying 0.4" in str(error)
    whole = shared.model_copy(update={"method": "substitution", "share": Decimal(1)})
    passport = signer.issue(sample.model_copy(update={"allocations": (whole,)}), **terms)
    pcf = passport.document["credentialSubject"]["productFootprint"]["pcf"]
    assert (
        "0.3 kg CO2e of feed.grain displaced elsewhere, not subtracted" in pcf["allocationRulesDescription"]
    )


def test_a_passport_too_large_to_be_read_is_not_made(signer, sample, terms):
    flood = AllocationChoice(
        process="x" * 1000,
        method="mass",
        share=Decimal(1),
        alternatives=(),
    )
    error = refusal(signer, sample.model_copy(update={"allocations": (flood,) * 300}), terms)
    assert "limit is 262144" in str(error)


def test_times_are_written_in_utc_and_whole_seconds(signer, sample, terms, trust):
    beijing = datetime(2025, 6, 20, 16, 0, 0, 123, tzinfo=timezone(timedelta(hours=8)))
    passport = signer.issue(sample, **{**terms, "issued_at": beijing})
    assert passport.document["validFrom"] == "2025-06-20T08:00:00Z"
    assert verify(passport, trust=trust, at=TODAY).valid_from == ISSUED


def test_an_entry_for_the_trust_list(signer):
    entry = signer.trusted_as("Sample", valid_from=ISSUED)
    again = TrustList.from_json(TrustList.of(entry).to_json())
    holder = again.holder(signer.issuer, signer.verification_method)
    assert (holder.name, holder.key, holder.valid_from) == ("Sample", signer.public_key, ISSUED)
