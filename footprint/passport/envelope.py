"""The same passport in three forms: with a proof inside, as `vc+jwt`, and as `vc+sd-jwt`.

`verify` takes any of them and gives back the same thing. A token is for systems that speak JOSE; the form with
selective disclosure is for a reader who needs the totals and not the books: a lender, a buyer's buyer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, NoReturn, Protocol

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.canonical import canonical
from footprint.passport.data_integrity import check_proof, read_proof
from footprint.passport.document import JWT, SD_JWT, SEPARATOR, WITH_PROOF, Passport
from footprint.passport.jose import Token, sign_token
from footprint.passport.multikey import AnyPublicKey
from footprint.passport.sd_jwt import Disclosure, conceal, reveal
from footprint.passport.strict_json import parse_object
from footprint.passport.timestamps import parse_instant
from footprint.passport.wording import shown

_ORIGINAL = "ask the issuer for the original"
_SECOND_WORDS = ("vc", "vp", "aud", "cnf", "exp", "jti", "nbf", "proof", "sub")
"""Claims of a JWT that say again, or otherwise, what the credential says (VC-JOSE-COSE §3.1.3)."""


class NamedKey(Protocol):
    """A signing key and the names it signs under; a `Signer` is one."""

    issuer: str
    verification_method: str

    @property
    def public_key(self) -> AnyPublicKey:
        """What the signatures verify under."""
        ...

    def sign_bytes(self, data: bytes) -> bytes:
        """The signature of `data`."""
        ...


@dataclass(frozen=True, slots=True)
class Secured:
    """What a passport says and who is said to have signed it; `check` tells whether that is so."""

    document: dict[str, Any]
    verification_method: str
    created: datetime
    context: object
    words: str
    check: Callable[[AnyPublicKey], None]
    withheld: tuple[str, ...] = ()


def secured(passport: Passport, document: dict[str, Any]) -> Secured:
    """How a passport was signed, whatever its form; `document` is what it says.

    Raises:
        SignatureError: the proof is not one that is checked here.
        MalformedError: the token is not.
    """
    return _with_proof(passport, document) if passport.form == WITH_PROOF else _token(passport, document)


def to_jwt(passport: Passport, signer: NamedKey) -> Passport:
    """The same credential as `vc+jwt` (VC-JOSE-COSE §3.1), signed by its issuer.

    Raises:
        InputError: the passport is enveloped already, or another's.
    """
    payload = canonical(_unsigned(passport, signer))
    return Passport(sign_token(payload, typ=JWT, kid=signer.verification_method, by=signer).encode())


def to_sd_jwt(passport: Passport, signer: NamedKey, decoys: int = 0) -> Passport:
    """The same credential as `vc+sd-jwt` with everything disclosed; `disclose` takes away (VC-JOSE-COSE §3.2).

    Salts are random: two tokens of one passport differ. With `decoys` nobody can count what is withheld.

    Raises:
        InputError: the passport is enveloped already, or another's; too many decoys.
    """
    payload, told = conceal(_unsigned(passport, signer), decoys)
    token = sign_token(canonical(payload), typ=SD_JWT, kid=signer.verification_method, by=signer)
    return Passport(SEPARATOR.join((token, *told, "")).encode())


def disclosures(passport: Passport) -> tuple[Disclosure, ...]:
    """What a `vc+sd-jwt` tells beyond its totals, piece by piece.

    Raises:
        InputError: it is not a `vc+sd-jwt`.
    """
    if passport.form != SD_JWT:
        why = "only this form can be shown in part"
        raise InputError(Problem("passport", f"is not {SD_JWT}", why, "sign it with --form vc+sd-jwt"))
    token, *told, _ = passport.parts
    return reveal(parse_object(Token.parse(token).payload), tuple(told)).disclosures


def disclose(passport: Passport, places: Iterable[str]) -> Passport:
    """The token with these pieces only: `stages` for all of a list, `stages.2` for one line. The holder's act.

    Raises:
        InputError: not a `vc+sd-jwt`, or a place where it tells nothing.
    """
    told, chosen = disclosures(passport), list(places)
    unknown = [place for place in chosen if not any(_within(item.place, place) for item in told)]
    if unknown:
        known = ", ".join(dict.fromkeys(item.place.partition(".")[0] for item in told))
        raise InputError(
            *(
                Problem("show", f"{shown(place)} is not told", f"there are: {known}", "list them")
                for place in unknown
            )
        )
    kept = [item.text for item in told if any(_within(item.place, place) for place in chosen)]
    token, *_ = passport.parts
    return Passport(SEPARATOR.join((token, *kept, "")).encode())


def _within(place: str, chosen: str) -> bool:
    return place == chosen or place.startswith(f"{chosen}.")


def _unsigned(passport: Passport, signer: NamedKey) -> dict[str, Any]:
    document = passport.document
    if "proof" not in document:
        why = "it has no proof inside that could be taken off"
        raise InputError(Problem("passport", f"is {passport.form} already", why, "give the passport itself"))
    if document.get("issuer") != signer.issuer:
        what, why = f"is by {shown(document.get('issuer'))}", f"you sign as {shown(signer.issuer)}"
        raise InputError(Problem("passport", what, why, "use the issuer's own key"))
    return {name: value for name, value in document.items() if name != "proof"}


def _with_proof(passport: Passport, document: dict[str, Any]) -> Secured:
    proof = read_proof(document)
    text = passport.json if passport.is_canonical else None
    return Secured(
        document=document,
        verification_method=proof.verification_method,
        created=proof.created,
        context=proof.context,
        words=f"The {proof.suite.name} signature fits every field of the passport.",
        check=partial(check_proof, document, proof, text=text),
    )


def _token(passport: Passport, document: dict[str, Any]) -> Secured:
    text, *told = passport.parts
    token = Token.parse(text)
    _check_claims(document)
    what = "every field of the passport" if token.typ == JWT else "every field that was disclosed"
    return Secured(
        document={name: value for name, value in document.items() if name not in ("iss", "iat")},
        verification_method=token.kid,
        created=_created(document),
        context=document.get("@context"),
        words=f"The {token.alg} signature of the {token.typ} fits {what}.",
        check=token.check,
        withheld=reveal(parse_object(token.payload), tuple(told[:-1])).withheld if told else (),
    )


def _check_claims(document: dict[str, Any]) -> None:
    for name in _SECOND_WORDS:
        if name in document:
            _refuse(name, "is in the token", "the credential says it in its own fields, and those count")
    if "iss" in document and document["iss"] != document.get("issuer"):
        _refuse("iss", f"is {shown(document['iss'])}", f"the issuer is {shown(document.get('issuer'))}")


def _created(document: dict[str, Any]) -> datetime:
    """When it was signed: `iat` if the token says so, else when the credential begins."""
    seconds = document.get("iat")
    if seconds is None:
        try:
            return parse_instant(document.get("validFrom"))
        except ValueError as error:
            _refuse(
                "validFrom", f"{shown(document.get('validFrom'))} {error}", "a passport says when it begins"
            )
    if type(seconds) is not int or not 0 <= seconds < 2**33:
        _refuse("iat", f"is {shown(seconds)}", "whole seconds since 1970 are needed")
    return datetime.fromtimestamp(seconds, UTC)


def _refuse(where: str, what: str, why: str) -> NoReturn:
    raise MalformedError(Problem(where, what, why, _ORIGINAL))
