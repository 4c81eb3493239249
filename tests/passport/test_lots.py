"""A season signed lot by lot: what is shared is written once, and each passport is as if it were the only one."""

from decimal import Decimal

import pytest

from footprint.errors import IssueError
from footprint.passport import Lots, status_entries, verify

CARTONS = ("2025-06-A", "2025-06-B", "2025-06-C")


@pytest.fixture
def lots(signer, sample, terms):
    return Lots(signer, sample, **{name: value for name, value in terms.items() if name != "lot"})


def test_each_lot_gets_the_passport_it_would_get_alone(lots, signer, sample, terms):
    for number, lot in enumerate(CARTONS):
        amount = Decimal(900 + number)
        alone = signer.issue(sample, **{**terms, "lot": lot}, lot_quantity=amount)
        assert lots.issue(lot, lot_quantity=amount).json == alone.json


def test_every_lot_has_its_own_quantity_identifiers_and_status(lots, trust, terms):
    at = terms["issued_at"]
    place = status_entries({"revocation": "https://id.example.org/s/0"}, 7)
    first = lots.issue("A", lot_quantity=Decimal(900), status=place)
    second = lots.issue("B", serial="7")
    third = lots.issue("A", lot_quantity=Decimal(900), status=place)
    assert first.json == third.json
    assert first.document["credentialStatus"]
    assert "credentialStatus" not in second.document
    verified = verify(second, trust=trust, at=at)
    assert (verified.lot, verified.serial, verified.claims.lot_quantity) == ("B", "7", None)
    ids = [one.document["credentialSubject"]["productFootprint"]["id"] for one in (first, second)]
    assert len({first.unverified_id, second.unverified_id, *ids}) == 4


def test_a_newer_passport_of_one_lot_leaves_the_next_lot_alone(lots, signer, sample, trust, terms):
    older = signer.issue(sample, **{**terms, "issued_at": terms["issued_at"].replace(day=19), "lot": "A"})
    replaced = verify(older, trust=trust, at=terms["issued_at"])
    newer, next_lot = lots.issue("A", supersedes=[replaced]), lots.issue("B")
    assert newer.document["credentialSubject"]["productFootprint"]["precedingPfIds"]
    assert "precedingPfIds" not in next_lot.document["credentialSubject"]["productFootprint"]


@pytest.mark.parametrize(
    ("lot", "amount", "why"),
    [("A/1", Decimal(1), "holds /"), ("", Decimal(1), "lot"), ("A", Decimal(-3), "lot_quantity")],
)
def test_a_lot_that_is_refused_does_not_spoil_the_next(lots, trust, terms, lot, amount, why):
    with pytest.raises(IssueError, match=why):
        lots.issue(lot, lot_quantity=amount)
    assert verify(lots.issue("B"), trust=trust, at=terms["issued_at"]).lot == "B"


def test_what_is_wrong_with_the_footprint_is_said_of_every_lot(signer, sample_with, terms):
    wrong = sample_with(gross={"cells": [], "interval": {"p5": "2", "p50": "1", "p95": "0"}})
    lots = Lots(signer, wrong, **{name: value for name, value in terms.items() if name != "lot"})
    for lot in CARTONS:
        with pytest.raises(IssueError, match="is not in order"):
            lots.issue(lot)
