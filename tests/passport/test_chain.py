"""A drying house builds on an orchard's passport, and anybody can see whether the two add up."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import (
    ExpiredError,
    IssueError,
    MalformedError,
    MismatchError,
    RevokedError,
    SignatureError,
    StatusError,
    UntrustedError,
)
from footprint.passport import (
    Assurance,
    Signer,
    StatusLists,
    TrustList,
    VerifiedPassport,
    status_entries,
    verify,
)
from footprint.passport.chain import MOST_STEPS, verify_chain
from footprint.passport.claim_checks import claim_problems
from footprint.passport.claims import Claims
from footprint.result import Footprint
from tests.passport.conftest import ISSUED, SAMPLE, TODAY, UNTIL

ORCHARD, DRYER = Signer.from_seed(b"\x01" * 32), Signer.from_seed(b"\x02" * 32)
TRUST = TrustList.of(
    ORCHARD.trusted_as("Orchard (sample data)"), DRYER.trusted_as("Drying house (sample data)")
)
LISTS = {"revocation": "https://id.example.org/status/revocation/0"}
PCF, PRIMARY = Decimal("1.062300000"), Decimal("0.62")


def bought(supplier: VerifiedPassport, per_unit_kg: str, **changes: Any) -> dict[str, Any]:
    """What a footprint says of a lot it was made with."""
    claims = supplier.claims
    return {
        "id": supplier.id,
        "digest_multibase": supplier.digest_multibase,
        "product": claims.product.name,
        "lot_kg": str(claims.lot_quantity.amount) if claims.lot_quantity else "1",
        "pcf_kg_co2e": str(claims.pcf_kg_co2e),
        "primary_share": str(claims.quality.primary_share),
        "per_unit_kg": per_unit_kg,
        "kg_co2e": str((Decimal(per_unit_kg) * claims.pcf_kg_co2e).quantize(Decimal("0.000001"))),
    } | changes


def issue(signer: Signer, lot: str, kg: int | None = 9600, **terms: Any) -> VerifiedPassport:
    """A passport of a lot, verified; `upstream` are pairs of a supplier's passport and kilograms per kilogram."""
    pairs = terms.pop("upstream", ())
    footprint = Footprint.model_validate({**SAMPLE, "upstream": [bought(*pair) for pair in pairs]})
    seen = terms.pop("seen", [supplier for supplier, _ in pairs])
    usual = {
        "gtin": "09506000134352",
        "lot": lot,
        "resolver": "https://id.example.org",
        "issued_at": ISSUED,
        "valid_until": UNTIL,
        "assurance": Assurance(level="self"),
        "lot_quantity": None if kg is None else Decimal(kg),
        "upstream": seen,
    }
    passport = signer.issue(footprint, **{**usual, **terms})
    lists = StatusLists.of(signer.sign_status_list("revocation", LISTS["revocation"], [], at=ISSUED))
    return verify(passport, trust=TRUST, at=terms.get("issued_at", ISSUED), status=lists)


@pytest.fixture(scope="module")
def fresh() -> VerifiedPassport:
    return issue(ORCHARD, "F1")


@pytest.fixture(scope="module")
def dried(fresh: VerifiedPassport) -> VerifiedPassport:
    return issue(DRYER, "D1", 10000, upstream=[(fresh, "0.6")])


def chain(asked: VerifiedPassport, *others: VerifiedPassport, **terms: Any) -> Any:
    given = [one.passport for one in others]
    return verify_chain(asked.passport, given, **{"trust": TRUST, "at": TODAY, **terms})


def test_the_passport_names_its_supplier_and_what_it_used(fresh, dried):
    (supplier,) = dried.claims.upstream
    assert supplier.digest_multibase == fresh.digest_multibase
    assert (supplier.used_kg, supplier.lot_kg) == (6000, 9600)
    assert supplier.pcf_kg_co2e == fresh.claims.gross_kg_co2e
    assert supplier.kg_co2e == Decimal("0.637380")


def test_with_the_suppliers_passport_more_of_the_footprint_is_signed_for(fresh, dried):
    alone, walked = chain(dried), chain(dried, fresh)
    brought = Decimal("0.6") * PCF * PRIMARY
    assert alone.signed_share == (PRIMARY - brought / PCF).quantize(Decimal("0.0001"))
    assert walked.signed_share == PRIMARY
    assert [lot.id for lot in alone.missing] == [fresh.id]
    assert not walked.missing
    assert (walked.steps, [one.lot for one in walked.suppliers]) == (1, ["F1"])
    (lot,) = walked.lots
    assert (lot.issued_kg, lot.used_kg) == (9600, 6000)


def test_a_passport_without_suppliers_is_a_chain_of_one(fresh):
    found = chain(fresh)
    assert (found.suppliers, found.lots, found.steps) == ((), (), 0)
    assert found.signed_share == PRIMARY


def test_suppliers_of_suppliers_are_walked_and_listed_nearest_first(fresh, dried):
    mixed = issue(DRYER, "M1", 5000, upstream=[(dried, "0.5"), (fresh, "0.1")])
    found = chain(mixed, fresh, dried)
    assert found.steps == 2
    assert {one.lot for one in found.suppliers} == {"D1", "F1"}
    assert {lot.product: lot.used_kg for lot in found.lots if lot.id == fresh.id}.popitem()[1] == 6500


# A lot of 9.6 t


def test_a_lot_cannot_feed_more_than_it_held(fresh):
    with pytest.raises(IssueError, match=r"used_kg — is 42000\.0 — the lot it names is 9600 kg"):
        issue(DRYER, "D1", 60000, upstream=[(fresh, "0.7")])


def test_a_lot_that_is_used_up_to_the_last_kilogram_is_fine():
    lot = issue(ORCHARD, "F3", 18)
    rounded_up = issue(DRYER, "D1", 27, upstream=[(lot, "0.666666667")])
    assert rounded_up.claims.upstream[0].used_kg > 18
    assert chain(rounded_up, lot).signed_share == PRIMARY
    with pytest.raises(IssueError, match="the lot it names is 18 kg"):
        issue(DRYER, "D1", 27, upstream=[(lot, "0.666666668")])


def test_two_buyers_together_cannot_use_more_than_there_was(fresh, dried):
    second = issue(DRYER, "D2", 10000, upstream=[(fresh, "0.6")])
    assert chain(second, fresh).lots[0].used_kg == 6000
    with pytest.raises(
        MismatchError, match=r"9600 kg is used more than once over — lot D[12] took 6000"
    ) as found:
        chain(dried, fresh, second)
    assert "lot D1 took" in str(found.value)
    assert "lot D2 took" in str(found.value)


def test_selling_a_lot_twice_shows_although_its_own_passport_is_not_given(fresh, dried):
    second = issue(DRYER, "D2", 10000, upstream=[(fresh, "0.6")])
    with pytest.raises(MismatchError, match="used more than once over"):
        chain(dried, second)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 6000), min_size=1, max_size=5))
def test_whatever_the_buyers_took_it_adds_up_to_the_lot_or_is_refused(amounts):
    lot = issue(ORCHARD, "F1")
    buyers = [issue(DRYER, f"D{n}", kg, upstream=[(lot, "0.9")]) for n, kg in enumerate(amounts)]
    used = sum(amounts) * Decimal("0.9")
    if used <= 9600:
        assert chain(buyers[0], lot, *buyers[1:]).lots[0].used_kg == used
    else:
        with pytest.raises(MismatchError, match="used more than once over"):
            chain(buyers[0], lot, *buyers[1:])


# Corrections


def test_a_corrected_passport_takes_the_place_of_the_first_and_uses_nothing_twice(fresh, dried):
    later = ISSUED + timedelta(days=1)
    corrected = issue(DRYER, "D1", 12000, upstream=[(fresh, "0.6")], issued_at=later, supersedes=[dried])
    assert chain(corrected, fresh, dried).lots[0].used_kg == 7200
    with pytest.raises(RevokedError, match="replaced by a newer one"):
        chain(dried, fresh, corrected)


def test_two_passports_of_one_lot_that_do_not_know_of_each_other_are_refused(fresh, dried):
    again = issue(DRYER, "D1", 9000, upstream=[(fresh, "0.1")])
    with pytest.raises(MismatchError, match=r"lot D1 of Drying house .* has two passports"):
        chain(dried, fresh, again)


def test_goods_made_of_themselves_are_refused(fresh):
    product = issue(DRYER, "D1", 100, upstream=[(fresh, "0.5")])
    later = ISSUED + timedelta(days=1)
    round_about = issue(
        ORCHARD, "F1", 9600, upstream=[(product, "0.001")], issued_at=later, supersedes=[fresh]
    )
    with pytest.raises(MismatchError, match=r"runs in a circle: .*F1.*D1"):
        chain(round_about, product, fresh)


# What does not fit


def named(supplier: VerifiedPassport, **changes: Any) -> VerifiedPassport:
    """A drying house that signs something else of its supplier than the supplier said, with other software."""
    said = replace(supplier, **{key: changes.pop(key) for key in ("id",) if key in changes})
    claims = said.claims.model_copy(update=changes)
    return issue(DRYER, "D1", 1000, upstream=[(replace(said, claims=claims), "0.5")])


def test_a_smaller_footprint_than_the_suppliers_is_refused(fresh):
    liar = named(fresh, gross_kg_co2e=Decimal("0.5"))
    with pytest.raises(
        MismatchError, match=r"pcf_kg_co2e — is 0\.500000000 — the passport of lot F1 says 1\.06"
    ):
        chain(liar, fresh)


def test_a_larger_lot_than_the_suppliers_is_refused(fresh):
    larger = fresh.claims.lot_quantity.model_copy(update={"amount": Decimal(96000)})
    with pytest.raises(MismatchError, match=r"lot_kg — is 96000 — the passport of lot F1 says 9600"):
        chain(named(fresh, lot_quantity=larger), fresh)


def test_a_supplier_by_another_identifier_is_refused(fresh):
    liar = named(fresh, id="urn:uuid:00000000-0000-5000-8000-000000000000")
    with pytest.raises(MismatchError, match=r"upstream\.id — is urn:uuid:0{8}"):
        chain(liar, fresh)


def test_another_text_under_the_name_of_the_supplier_is_refused(fresh, dried):
    other = issue(ORCHARD, "F1", 96000, id=UUID(fresh.id.removeprefix("urn:uuid:")))
    with pytest.raises(MismatchError, match="digest_multibase"):
        chain(dried, other)
    with pytest.raises(MismatchError, match="two passports are"):
        chain(dried, fresh, other)


def test_a_signer_has_to_have_seen_what_it_builds_on(fresh):
    stranger = issue(ORCHARD, "F2")
    with pytest.raises(IssueError, match="is missing — a signer vouches for what it has seen"):
        issue(DRYER, "D1", 1000, upstream=[(fresh, "0.5")], seen=[stranger])


def test_a_passport_that_builds_on_others_says_how_much_its_lot_is(fresh):
    with pytest.raises(IssueError, match="lot_quantity — is missing"):
        issue(DRYER, "D1", None, upstream=[(fresh, "0.5")])


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1e13", "0.0001"])
def test_a_quantity_that_is_none(quantity):
    with pytest.raises(IssueError, match="a lot is more than nothing, weighed to the gram"):
        issue(ORCHARD, "F1", lot_quantity=Decimal(quantity))


# Time and trust


def test_a_suppliers_passport_may_expire_once_it_was_built_on(fresh):
    soon = ISSUED + timedelta(days=3)
    short = issue(ORCHARD, "F9", valid_until=soon)
    product = issue(DRYER, "D1", 1000, upstream=[(short, "0.5")])
    assert chain(product, short).signed_share == PRIMARY
    with pytest.raises(ExpiredError):
        chain(short, product)


def test_nobody_builds_on_an_expired_passport():
    short = issue(ORCHARD, "F9", valid_until=ISSUED + timedelta(days=3))
    with pytest.raises(IssueError, match=r"is valid from .* it is built on 2025-06-24"):
        issue(DRYER, "D1", 1000, upstream=[(short, "0.5")], issued_at=ISSUED + timedelta(days=4))


def test_a_passport_from_the_future_is_refused(dried):
    future = issue(ORCHARD, "F8", issued_at=TODAY + timedelta(days=1))
    with pytest.raises(ExpiredError, match="passport 1 of the chain"):
        chain(dried, future)


def test_a_revoked_supplier_takes_its_buyers_with_it():
    supplier = issue(ORCHARD, "F7", status=status_entries(LISTS, 5), valid_until=ISSUED + timedelta(days=3))
    product = issue(DRYER, "D1", 1000, upstream=[(supplier, "0.5")])

    def lists(*ones: int) -> StatusLists:
        return StatusLists.of(ORCHARD.sign_status_list("revocation", LISTS["revocation"], ones, at=TODAY))

    assert chain(product, supplier, status=lists()).steps == 1
    with pytest.raises(RevokedError, match=r"passport 1 of the chain.* was revoked"):
        chain(product, supplier, status=lists(5))
    with pytest.raises(StatusError):
        chain(product, supplier)


def test_a_supplier_nobody_vouched_for_is_refused(fresh, dried):
    only_dryer = TrustList.of(DRYER.trusted_as("Drying house (sample data)"))
    with pytest.raises(UntrustedError, match="passport 1 of the chain"):
        chain(dried, fresh, trust=only_dryer)


def test_an_edited_supplier_is_refused(fresh, dried):
    forged = fresh.passport.json.replace(b'"9600"', b'"9900"')
    assert forged != fresh.passport.json
    with pytest.raises(SignatureError, match="passport 1 of the chain"):
        verify_chain(dried.passport, [forged], trust=TRUST, at=TODAY)


# Limits


def test_no_socket_is_opened(fresh, dried, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr("socket.socket", refuse)
    assert chain(dried, fresh).steps == 1


def test_a_chain_has_a_longest_length():
    link = issue(ORCHARD, "L0")
    links = [link]
    for number in range(1, MOST_STEPS + 2):
        link = issue(ORCHARD, f"L{number}", 9600, upstream=[(link, "0.5")])
        links.append(link)
    assert chain(links[MOST_STEPS], *links[:MOST_STEPS]).steps == MOST_STEPS
    with pytest.raises(MalformedError, match="the limit is 64 steps"):
        chain(links[-1], *links[:-1])


def test_only_so_many_passports_are_read(fresh, dried, monkeypatch):
    monkeypatch.setattr("footprint.passport.chain.MOST_PASSPORTS", 2)
    with pytest.raises(MalformedError, match="too many passports"):
        chain(dried, fresh, fresh, fresh)


def test_the_same_passport_given_twice_counts_once(fresh, dried):
    assert chain(dried, fresh, fresh, dried).lots[0].used_kg == 6000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"used_kg": "5000"}, "used_kg"),
        ({"kg_co2e": "0.5"}, "kg_co2e"),
        ({"lot_kg": "5999"}, "the lot it names is 5999 kg"),
    ],
    ids=["used", "brought", "lot"],
)
def test_claims_that_contradict_their_own_chain_are_refused(dried, change, message):
    claims = dried.claims.model_dump(mode="json")
    claims["upstream"][0] |= change
    assert any(message in str(problem) for problem in claim_problems(Claims.model_validate(claims)))
