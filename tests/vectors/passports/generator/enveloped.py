"""The same passport in a token: `vc+jwt` and `vc+sd-jwt`, and the freedoms of JOSE that are not taken."""

import json
from collections.abc import Iterator
from typing import Any

from workshop import HOME, ISSUER, NEIGHBOUR, RELEASE, STRANGER, Signer, Vector

from footprint.passport import canonical
from footprint.passport.jose import base64, unbase64

MALFORMED, SIGNATURE, UNTRUSTED = "MalformedError", "SignatureError", "UntrustedError"
HEADER = "RFC 7515, VC-JOSE-COSE section 3.1: the header has alg, cty, kid and typ, and the key decides alg"
ONE_WORD = "VC-JOSE-COSE section 3.1.3: no claim says the credential a second time"
ONE_FORM = "RFC 7515 section 2: one way of writing base64url, three parts"
DISCLOSED = (
    "RFC 9901 section 7.1: each digest once, each disclosure used, nothing withheld but lines of the books"
)
COVERED = "RFC 7515 section 5.2: the signature covers header and payload"


def kept(form: str) -> str:
    """A token of this release that verifies."""
    return (HOME / f"{RELEASE}_{form}_pass.jwt").read_text()


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    header, payload, signature = token.split("~", maxsplit=1)[0].split(".")
    return json.loads(unbase64(header)), json.loads(unbase64(payload)), signature


def _signed(header: dict[str, Any], payload: dict[str, Any] | bytes, by: Signer = ISSUER) -> str:
    body = payload if isinstance(payload, bytes) else canonical(payload)
    text = f"{base64(canonical(header))}.{base64(body)}"
    return f"{text}.{base64(by.sign_bytes(text.encode()))}"


def _tokens() -> dict[str, tuple[str, str, str]]:
    token = kept("vc_jwt")
    header, payload, signature = _parts(token)
    head, body, _ = token.split(".")

    def headed(**changes: Any) -> str:
        fields = {**header, **changes}
        return _signed({name: value for name, value in fields.items() if value is not None}, payload)

    none = base64(canonical({**header, "alg": "none"}))
    duplicate = json.dumps(header)[:-1] + ', "alg": "none"}'
    gross = json.loads(json.dumps(payload).replace("1.062300", "0.062300"))
    return {
        "alg_none": (f"{none}.{body}.{signature}", SIGNATURE, HEADER),
        "alg_none_without_signature": (f"{none}.{body}.", MALFORMED, HEADER),
        "alg_hs256_with_the_public_key": (headed(alg="HS256"), SIGNATURE, HEADER),
        "alg_es256_for_an_ed25519_key": (headed(alg="ES256"), SIGNATURE, HEADER),
        "alg_eddsa_not_fully_specified": (headed(alg="EdDSA"), SIGNATURE, HEADER),
        "alg_missing": (headed(alg=None), MALFORMED, HEADER),
        "alg_twice": (f"{base64(duplicate.encode())}.{body}.{signature}", MALFORMED, HEADER),
        "crit": (headed(crit=["exp"]), MALFORMED, HEADER),
        "b64_false": (headed(b64=False, crit=["b64"]), MALFORMED, HEADER),
        "jwk_brought_along": (headed(jwk={"kty": "OKP", "crv": "Ed25519", "x": "AA"}), MALFORMED, HEADER),
        "jku": (headed(jku="https://169.254.169.254/keys"), MALFORMED, HEADER),
        "x5c": (headed(x5c=["AA"]), MALFORMED, HEADER),
        "zip": (headed(zip="DEF"), MALFORMED, HEADER),
        "typ_jwt": (headed(typ="JWT"), MALFORMED, HEADER),
        "typ_of_the_other_form": (headed(typ="vc+sd-jwt"), MALFORMED, HEADER),
        "cty_missing": (headed(cty=None), MALFORMED, HEADER),
        "kid_of_a_stranger": (
            headed(kid=STRANGER.verification_method),
            UNTRUSTED,
            "the key is one of the issuer's",
        ),
        "kid_of_the_neighbour": (
            headed(kid=NEIGHBOUR.verification_method),
            UNTRUSTED,
            "the key is one of the issuer's",
        ),
        "kid_missing": (headed(kid=None), MALFORMED, HEADER),
        "signed_by_a_stranger": (_signed(header, payload, STRANGER), SIGNATURE, COVERED),
        "payload_changed": (f"{head}.{base64(canonical(gross))}.{signature}", SIGNATURE, COVERED),
        "iss_of_another": (_signed(header, {**payload, "iss": NEIGHBOUR.issuer}), MALFORMED, ONE_WORD),
        "exp_beside_valid_until": (_signed(header, {**payload, "exp": 4102444800}), MALFORMED, ONE_WORD),
        "vc_inside": (_signed(header, {**payload, "vc": payload}), MALFORMED, ONE_WORD),
        "proof_inside": (_signed(header, {**payload, "proof": {}}), MALFORMED, ONE_WORD),
        "iat_in_text": (_signed(header, {**payload, "iat": "1750406400"}), MALFORMED, ONE_WORD),
        "payload_with_a_duplicate": (
            _signed(header, canonical(payload)[:-1] + b',"issuer":"x"}'),
            MALFORMED,
            ONE_FORM,
        ),
        "padded": (f"{head}=.{body}.{signature}", MALFORMED, ONE_FORM),
        "standard_base64": (f"{head}.{body}.{signature[:-1]}+", MALFORMED, ONE_FORM),
        "four_parts": (f"{token}.AAAA", MALFORMED, ONE_FORM),
        "says_less": (
            _signed(header, {"issuer": payload["issuer"]}),
            MALFORMED,
            "VC 2.0 and this credential's own schema",
        ),
    }


def _disclosing() -> dict[str, tuple[str, str, str]]:
    whole = kept("vc_sd_jwt")
    token, *told, _ = whole.split("~")
    header, payload, _ = _parts(token)
    claims = payload["credentialSubject"]["productFootprint"]["extensions"][0]["data"]
    line = json.loads(unbase64(told[0]))
    forged = base64(json.dumps([line[0], {"name": "orchard", "kg_co2e": "0"}]).encode())

    def again(change: dict[str, Any]) -> str:
        return "~".join((_signed(header, {**payload, **change}), *told, ""))

    twice = json.loads(json.dumps(payload))
    stages = twice["credentialSubject"]["productFootprint"]["extensions"][0]["data"]["stages"]
    stages.append(stages[0])
    hidden = {**payload, "credentialStatus": {"_sd": [claims["stages"][0]["..."]]}}
    return {
        "disclosure_forged": ("~".join((token, forged, *told[1:], "")), MALFORMED, DISCLOSED),
        "disclosure_unknown": ("~".join((token, *told, forged, "")), MALFORMED, DISCLOSED),
        "disclosure_twice": ("~".join((token, *told, told[0], "")), MALFORMED, DISCLOSED),
        "disclosures_over_many": ("~".join((token, *(["e30"] * 1100), "")), MALFORMED, DISCLOSED),
        "digest_twice": ("~".join((_signed(header, twice), *told, "")), MALFORMED, DISCLOSED),
        "status_withheld": ("~".join((_signed(header, hidden), *told, "")), MALFORMED, DISCLOSED),
        "hash_md5": (again({"_sd_alg": "md5"}), MALFORMED, DISCLOSED),
        "key_binding": (whole + "eyJ.e30.AA", MALFORMED, "who holds a passport is not asked"),
        "as_a_plain_token": (token, MALFORMED, HEADER),
    }


def vectors() -> Iterator[Vector]:
    """Tokens, then tokens with disclosures."""
    for name, (text, error, rule) in _tokens().items():
        yield Vector(f"jwt_{name}", text.encode(), error, rule, suffix="jwt")
    for name, (text, error, rule) in _disclosing().items():
        yield Vector(f"sd_jwt_{name}", text.encode(), error, rule, suffix="jwt")
