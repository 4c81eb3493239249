"""Selective disclosure: a lender sees the totals, and of the books what the producer chooses."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from footprint.errors import (
    FootprintError,
    InputError,
    MalformedError,
    MismatchError,
    ScoreError,
    SignatureError,
)
from footprint.passport import canonical, verify
from footprint.passport.envelope import disclose, disclosures, to_sd_jwt
from footprint.passport.jose import Token, base64, sign_token, unbase64
from footprint.passport.sd_jwt import LISTS
from footprint.score import score

TODAY = datetime(2025, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole(passport, signer):
    return to_sd_jwt(passport, signer)


@pytest.fixture
def resigned(whole, signer):
    """The token with another payload, signed by the issuer's own key."""

    def sign(change, told=None):
        text, *kept, _ = whole.parts
        payload = json.loads(Token.parse(text).payload)
        change(payload)
        token = sign_token(canonical(payload), typ="vc+sd-jwt", kid=signer.verification_method, by=signer)
        return "~".join((token, *(kept if told is None else told), ""))

    return sign


def data_of(payload):
    return payload["credentialSubject"]["productFootprint"]["extensions"][0]["data"]


def written(*parts):
    return base64(json.dumps(["c2FsdA", *parts]).encode())


def digest_of(text):
    return base64(sha256(text.encode()).digest())


def test_all_told_is_the_whole_passport(passport, whole, trust):
    one, other = (verify(item, trust=trust, at=TODAY) for item in (passport, whole))
    assert (other.claims, other.pcf, other.withheld) == (one.claims, one.pcf, ())
    assert whole.document == {name: value for name, value in passport.document.items() if name != "proof"}


def test_a_lender_sees_the_totals_and_what_was_chosen(passport, whole, trust):
    shown = disclose(whole, ["stages.0"])
    verified = verify(shown, trust=trust, at=TODAY)
    full = verify(passport, trust=trust, at=TODAY)
    assert verified.claims.gross_kg_co2e == full.claims.gross_kg_co2e
    assert verified.claims.interval == full.claims.interval
    assert verified.claims.removals == full.claims.removals
    assert [line.name for line in verified.claims.stages] == ["orchard"]
    assert verified.claims.contributions == verified.claims.allocations == ()
    assert "stages" in verified.withheld
    assert "exclusions" in verified.withheld
    assert any("withheld" in line for line in verified.unchecked)
    assert verified.checks[0].endswith("every field that was disclosed.")


def test_what_is_withheld_is_nowhere_in_the_text(whole):
    nothing = disclose(whole, [])
    seen = nothing.json + b"".join(unbase64(part) for part in nothing.parts[0].split(".")[:2])
    for secret in (b"kiln", b"packhouse", b"capital goods", b"hfc-134a", b"N2O from"):
        assert secret not in seen, secret
    assert len(nothing.parts) == 2


def test_the_digest_is_the_same_whatever_is_shown(whole, trust):
    shown = disclose(whole, ["stages"])
    assert shown.digest == whole.digest == verify(shown, trust=trust, at=TODAY).digest


def test_a_reader_may_show_on_less_but_never_more(whole):
    less = disclose(whole, ["stages"])
    assert disclose(less, ["stages.1"]).parts[1] in less.parts
    with pytest.raises(InputError, match="'substances' is not told"):
        disclose(less, ["substances"])


def test_pieces_have_places_a_person_can_name(whole):
    told = {item.place: item.value for item in disclosures(whole)}
    assert told["stages.1"]["name"] == "kiln"
    assert "pcf.packagingGhgEmissions" in told
    assert {place.partition(".")[0] for place in told} <= {*LISTS, "pcf", "productFootprint"}


def test_decoys_hide_how_much_is_withheld(passport, signer, trust):
    hidden = disclose(
        to_sd_jwt(passport, signer, decoys=5), ["stages", "substances", "pcf", "productFootprint"]
    )
    payload = json.loads(Token.parse(hidden.parts[0]).payload)
    assert len(data_of(payload)["stages"]) == len(verify(hidden, trust=trust, at=TODAY).claims.stages) + 5
    with pytest.raises(InputError, match="0 to 64"):
        to_sd_jwt(passport, signer, decoys=65)


def test_salts_differ_so_that_lines_cannot_be_guessed(passport, signer, whole):
    assert not set(to_sd_jwt(passport, signer).parts[1:-1]) & set(whole.parts[1:-1])
    assert all(len(unbase64(json.loads(unbase64(text))[0])) == 16 for text in whole.parts[1:-1])


def test_a_line_changed_by_the_holder_belongs_nowhere(whole, trust):
    token, first, *rest = whole.parts
    salt, line = json.loads(unbase64(first))
    changed = base64(json.dumps([salt, {**line, "kg_co2e": "0.000001"}]).encode())
    with pytest.raises(MalformedError, match="belong nowhere"):
        verify("~".join((token, changed, *rest)), trust=trust, at=TODAY)


def test_the_signature_still_covers_the_totals(whole, trust):
    token, *rest = whole.parts
    head, body, signature = token.split(".")
    payload = json.loads(unbase64(body))
    data_of(payload)["gross_kg_co2e"] = "0.1"
    forged = ".".join((head, base64(canonical(payload)), signature))
    with pytest.raises(SignatureError, match="does not fit"):
        verify("~".join((forged, *rest)), trust=trust, at=TODAY)


TEXTS = {
    "a disclosure twice": lambda parts: [parts[0], parts[1], *parts[1:]],
    "one that was made up": lambda parts: [*parts[:-1], written({"name": "x"}), ""],
    "one too many by far": lambda parts: [parts[0], *(written(n) for n in range(1025)), ""],
    "no end": lambda parts: parts[:-1],
    "a key binding": lambda parts: [*parts[:-1], "eyJhbGciOiJFUzI1NiJ9.e30.AA"],
    "an empty disclosure": lambda parts: [parts[0], "", *parts[1:]],
    "no JSON": lambda parts: [parts[0], base64(b"[1"), *parts[1:]],
    "JSON that escapes its bracket": lambda parts: [parts[0], base64(b'["s",1],"x":["s",2]'), *parts[1:]],
    "a disclosure without a salt": lambda parts: [parts[0], base64(b"[1, 2]"), *parts[1:]],
    "a disclosure of four parts": lambda parts: [parts[0], written(1, 2, 3), *parts[1:]],
    "duplicate keys inside": lambda parts: [parts[0], base64(b'["s",{"a":1,"a":2}]'), *parts[1:]],
    "padding": lambda parts: [parts[0], parts[1] + "=", *parts[2:]],
    "nested too deep": lambda parts: [parts[0], base64(b'["s",' + b"[" * 40 + b"]" * 40 + b"]"), *parts[1:]],
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_two_readers_could_read_differently(whole, trust, name):
    with pytest.raises(FootprintError):
        verify("~".join(TEXTS[name](list(whole.parts))), trust=trust, at=TODAY)


def hide_status(payload):
    payload["_sd"] = [digest_of(written("credentialStatus", []))]


CHANGES = {
    "another hash": lambda p: p.update(_sd_alg="md5"),
    "no hash named": lambda p: p.pop("_sd_alg"),
    "a status that can be withheld": hide_status,
    "a hidden field of the subject": lambda p: p["credentialSubject"].update(_sd=["AA"]),
    "a hidden context": lambda p: p["@context"].append({"...": "AA"}),
    "a digest twice": lambda p: data_of(p)["stages"].append(data_of(p)["stages"][0]),
    "a digest in two lists": lambda p: data_of(p)["notes"].append(data_of(p)["stages"][0]),
    "a digest that is a number": lambda p: data_of(p)["stages"].append({"...": 7}),
    "a digest with company": lambda p: data_of(p)["stages"].append({"...": "AA", "name": "x"}),
    "digests that are no list": lambda p: p["credentialSubject"]["productFootprint"].update(_sd="AA"),
    "a list that is none": lambda p: data_of(p).update(stages="all"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_even_the_issuer_may_not_hide(resigned, trust, name):
    with pytest.raises(MalformedError):
        verify(resigned(CHANGES[name]), trust=trust, at=TODAY)


def test_a_field_that_overwrites_another_is_refused(resigned, whole, trust):
    extra = written("pcfExcludingBiogenicUptake", "0.1")

    def change(payload):
        payload["credentialSubject"]["productFootprint"]["pcf"]["_sd"].append(digest_of(extra))

    with pytest.raises(MalformedError, match="was told 'pcfExcludingBiogenicUptake'"):
        verify(resigned(change, [*whole.parts[1:-1], extra]), trust=trust, at=TODAY)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"name": "cheat", "kg_co2e": "99"}, "add up to 99"),
        ({"name": "cheat", "kg_co2e": "-1"}, "emissions only"),
    ],
)
def test_lines_that_cannot_be_part_of_the_total_are_refused_even_alone(resigned, trust, line, words):
    """Signed by the trusted key itself, with the rest withheld: the part must still fit into the whole."""
    told = written(line)
    with pytest.raises(MismatchError, match=words):
        verify(
            resigned(lambda p: data_of(p)["stages"].append({"...": digest_of(told)}), [told]),
            trust=trust,
            at=TODAY,
        )


def test_withholding_excuses_only_what_rests_on_it(resigned, trust):
    def change(payload):
        payload["credentialSubject"]["productFootprint"]["pcf"]["biogenicCarbonContent"] = "0.2"

    with pytest.raises(MismatchError, match="biogenicCarbonContent"):
        verify(resigned(change, []), trust=trust, at=TODAY)


def test_only_this_form_can_be_shown_in_part(passport):
    with pytest.raises(InputError, match=r"vc\+sd-jwt"):
        disclose(passport, ["stages"])


def test_no_score_from_what_was_shown_in_part(whole, trust):
    """Left-out exclusions would read as "nothing was left out"."""
    shown = verify(disclose(whole, ["stages", "substances"]), trust=trust, at=TODAY)
    with pytest.raises(ScoreError, match="withholds some of exclusions"):
        score(shown)
    enough = verify(disclose(whole, ["stages", "substances", "exclusions"]), trust=trust, at=TODAY)
    assert score(enough).passport_digest == whole.digest


def test_removals_are_a_ledger_and_never_withheld(whole, passport, trust):
    nothing = verify(disclose(whole, []), trust=trust, at=TODAY)
    assert (
        nothing.claims.removals_kg_co2 == verify(passport, trust=trust, at=TODAY).claims.removals_kg_co2 > 0
    )
