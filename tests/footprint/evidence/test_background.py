"""A bundle names the database behind it, and holds nothing of it: whoever computes it again brings their own copy."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from footprint.background import Background, Pack, Purchases, build
from footprint.background.purchases import Bought
from footprint.errors import InputError, MalformedError, MismatchError
from footprint.evidence import Bundle, check_footprint, recompute
from footprint.evidence.archive import pack as packed
from footprint.evidence.archive import unpack
from tests.footprint.background.conftest import BAKERY
from tests.footprint.background.networks import background
from tests.footprint.evidence.conftest import TRUST, bundled, signed

UREA = Bought(product="fertiliser.urea", process="0", per="kg")
"""The sample economy's bakery makes it: what matters is whose number it is."""


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Pack:
    return build(background(**BAKERY, spread=0.2), tmp_path_factory.mktemp("licensed") / "bakery.pack")


@pytest.fixture(scope="module")
def behind(database) -> Background:
    return Background.open(database, Purchases(pack=database.id, product=(UREA,)))


@pytest.fixture(scope="module")
def made(behind):
    """A passport of fresh fruit whose urea comes from the database, and its bundle."""
    bundle, footprint = bundled("fresh.toml", background=behind)
    return signed(footprint, "2025-06-A", 9600), Bundle.from_zip(bundle.to_zip()), footprint


def test_with_the_same_database_the_claims_follow_to_the_byte(made, database, tmp_path):
    passport, bundle, _ = made
    for cache in (None, tmp_path / "kept", tmp_path / "kept"):
        found = recompute(passport, bundle, trust=TRUST, pack=database, cache=cache)
        assert found.claims == passport.claims


def test_nothing_of_the_database_but_the_numbers_printed_is_in_the_bundle(made, database):
    _, bundle, footprint = made
    files = unpack(bundle.to_zip())
    assert sorted(files) == ["background.json", "method.json", "numbers.json", "records.json"]
    assert database.id.encode() in files["background.json"]
    for other in (b"mill", b"power plant"):  # processes behind the one that was bought
        assert not any(other in content for content in files.values())
    printed = {factor.id for factor in footprint.factors}
    assert {one.id for one in bundle.numbers.used} == printed
    assert not [one for one in bundle.numbers.own if one.id.startswith("background.")]


def test_without_the_database_the_difference_is_explained(made, database):
    passport, bundle, footprint = made
    message = f"background — is missing — it was made with pack {database.id}.* never copied into a bundle"
    with pytest.raises(MismatchError, match=message):
        recompute(passport, bundle, trust=TRUST)
    with pytest.raises(MismatchError, match=message):
        check_footprint(bundle, footprint)


def test_another_database_is_told_from_it(made, database, tmp_path):
    passport, bundle, _ = made
    other = build(background(**BAKERY, spread=0.3), tmp_path / "other.pack")
    message = f"background — is pack {other.id} here — it was made with pack {database.id}"
    with pytest.raises(MismatchError, match=message):
        recompute(passport, bundle, trust=TRUST, pack=other)


def test_a_database_nobody_needs_is_refused(fresh, database):
    with pytest.raises(MismatchError, match="background — is not needed"):
        recompute(*fresh, trust=TRUST, pack=database)


def test_another_way_to_draw_is_told_from_it(made, database):
    passport, bundle, _ = made
    older = replace(bundle, background=bundle.background.model_copy(update={"samples": "draws-0"}))
    with pytest.raises(MismatchError, match=r"samples are made by draws-.* here — the bundle says 'draws-0'"):
        recompute(passport, older, trust=TRUST, pack=database)


def test_a_table_that_was_changed_afterwards_is_found(made, database):
    """The mill in the place of the bakery: the table fits the pack, the passport does not follow from it."""
    passport, bundle, _ = made
    table = Purchases(pack=database.id, product=(UREA.model_copy(update={"process": "1"}),))
    forged = replace(bundle, background=bundle.background.model_copy(update={"purchases": table}))
    with pytest.raises(MismatchError, match=r"background\.fertiliser\.urea\.co2_fossil — .*value is"):
        recompute(passport, forged, trust=TRUST, pack=database)


def test_a_reference_that_is_none_is_refused(made):
    files = unpack(made[1].to_zip()) | {"background.json": b'{"purchases":{"pack":"x"}}'}
    with pytest.raises(MalformedError, match=r"background\.json\.source — is missing"):
        Bundle.from_zip(packed(files))


def test_a_bundle_without_a_database_is_as_it_was(fresh):
    with zipfile.ZipFile(BytesIO(fresh[1].to_zip())) as archive:
        assert "background.json" not in archive.namelist()


def test_what_is_signed_is_what_bundle_and_database_give(made, database):
    _, bundle, footprint = made
    check_footprint(bundle, footprint, pack=database)
    other = footprint.model_copy(update={"functional_unit": "1 kg of something else"})
    with pytest.raises(InputError, match="gives another functional_unit"):
        check_footprint(bundle, other, pack=database)
