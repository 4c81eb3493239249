"""A verifier computes a passport again: the same to the byte, or the input that differs is named."""

from dataclasses import replace

import pytest

from footprint.errors import InputError, MismatchError, UntrustedError
from footprint.evidence import Bundle, recompute
from footprint.passport import Signer, TrustList
from footprint.provenance import ENGINE
from lca_models.factors import FactorSet, shipped_factors
from tests.footprint.evidence.conftest import TRUST, bundled, signed

EF1 = "n2o.ef1.synthetic.wet"


def _with_ef1(value: float) -> FactorSet:
    rows = [
        row.model_copy(update={"value": value}) if row.id == EF1 else row
        for rows in shipped_factors().factor_periods.values()
        for row in rows
    ]
    tables = [row for rows in shipped_factors().table_periods.values() for row in rows]
    return FactorSet(rows, tables)


@pytest.mark.parametrize("which", ["fresh", "dried"])
def test_the_claims_follow_from_their_evidence_to_the_byte(which, request):
    passport, bundle = request.getfixturevalue(which)
    found = recompute(passport, Bundle.from_zip(bundle.to_zip()), trust=TRUST)
    assert found.claims == passport.claims
    assert found.footprint.gross_kg_co2e == passport.claims.gross_kg_co2e


def test_other_records_are_named(fresh, dried):
    with pytest.raises(MismatchError, match="records — are sha256:"):
        recompute(fresh[0], dried[1], trust=TRUST)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 2}, "seed — is 2 in the bundle — the passport says 1"),
        ({"draws": 512}, "draws — is 512 in the bundle — the passport says 256"),
        ({"gwp": "AR6-20"}, "gwp — is 'AR6-20' in the bundle — the passport says 'AR6-100'"),
        ({"engine": "other 9"}, "engine of the bundle — is 'other 9' in the bundle"),
        ({"removals": "sold"}, "route or removals"),
    ],
    ids=["seed", "draws", "gwp", "engine", "removals"],
)
def test_a_method_that_differs_is_named(fresh, change, message):
    passport, bundle = fresh
    other = replace(bundle, method=bundle.method.model_copy(update=change))
    with pytest.raises(MismatchError, match=message):
        recompute(passport, other, trust=TRUST)


def test_another_release_is_named(fresh, monkeypatch):
    monkeypatch.setattr("footprint.evidence.recomputation.ENGINE", "agrifood-footprint 99.0.0")
    with pytest.raises(MismatchError, match=f"engine — is agrifood-footprint 99.0.0 here — .* with {ENGINE}"):
        recompute(*fresh, trust=TRUST)


def test_a_number_that_another_release_ships_is_named_with_both_values():
    """The passport was made where EF1 was 0.014; here it is 0.016, and the bundle says nothing of its own."""
    older = _with_ef1(0.014)
    bundle, footprint = bundled("fresh.toml", factors=older)
    passport = signed(footprint, "2025-06-A", 9600)
    assert recompute(passport, bundle, trust=TRUST).claims == passport.claims
    unsaid = replace(bundle, numbers=bundle.numbers.model_copy(update={"own": ()}))
    with pytest.raises(MismatchError, match=rf"{EF1} — value is 0.016 here — the bundle says 0.014"):
        recompute(passport, unsaid, trust=TRUST)


def test_a_number_nobody_used_is_told_by_the_digest():
    rows = [row for rows in shipped_factors().factor_periods.values() for row in rows]
    tables = [row for rows in shipped_factors().table_periods.values() for row in rows]
    unused = next(row for row in rows if row.id.startswith("gwp.AR5-20."))
    other = [row.model_copy(update={"note": "another"}) if row is unused else row for row in rows]
    bundle, footprint = bundled("fresh.toml", factors=FactorSet(other, tables))
    passport = signed(footprint, "2025-06-A", 9600)
    unsaid = replace(bundle, numbers=bundle.numbers.model_copy(update={"own": ()}))
    with pytest.raises(MismatchError, match=r"factors — are sha256:.*no number used differs"):
        recompute(passport, unsaid, trust=TRUST)


def test_what_was_withheld_cannot_be_compared(fresh):
    passport, bundle = fresh
    with pytest.raises(InputError, match="withholds some of contributions"):
        recompute(replace(passport, withheld=("contributions",)), bundle, trust=TRUST)


def test_claims_that_were_edited_before_they_were_signed_are_named(fresh):
    _, footprint = bundled("fresh.toml")
    edited = footprint.model_copy(update={"notes": ("All is well.",)})
    passport = signed(edited, "2025-06-A", 9600)
    with pytest.raises(MismatchError, match=r"claims\.notes — is .*All is well.*computed again"):
        recompute(passport, fresh[1], trust=TRUST)


def test_the_suppliers_passports_are_in_the_bundle_and_checked(dried, fresh):
    passport, bundle = dried
    with pytest.raises(MismatchError, match="holds 0 passports of suppliers — the passport names 1"):
        recompute(passport, replace(bundle, upstream=()), trust=TRUST)
    nobody = TrustList.of(Signer.from_seed(b"\x09" * 32).trusted_as("Somebody else (sample data)"))
    with pytest.raises(UntrustedError):
        recompute(passport, bundle, trust=nobody)


def test_another_passport_of_the_supplier_is_named(dried, fresh):
    passport, bundle = dried
    _, footprint = bundled("fresh.toml")
    other = signed(footprint, "2025-06-A", 9900)
    with pytest.raises(MismatchError, match=r"upstream — urn:uuid:.* is in the bundle"):
        recompute(passport, replace(bundle, upstream=(other.passport,)), trust=TRUST)
