"""Verification: what comes back is the verified thing, or an error that says why not. Never a bool.

The order matters: first who may have signed, then the signature, and only then is a single number looked at.
No step fetches anything.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import localcontext
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import to_json

from footprint.errors import (
    ExpiredError,
    InputError,
    LogError,
    MalformedError,
    MismatchError,
    Problem,
    UntrustedError,
)
from footprint.passport.claim_checks import claim_problems
from footprint.passport.claims import Claims
from footprint.passport.credential import Credential, Subject
from footprint.passport.digital_link import DigitalLink
from footprint.passport.document import Passport
from footprint.passport.envelope import Secured, secured
from footprint.passport.pact import EXACT_DIGITS, ProductFootprint
from footprint.passport.pact_claims import CLAIMS_SCHEMA, Lot, agreement_problems
from footprint.passport.pact_rules import pact_problems
from footprint.passport.partial import excess_problems, without_withheld
from footprint.passport.reading import AnyModel, problems_of
from footprint.passport.timestamps import format_instant, has_zone, parse_instant
from footprint.passport.trust import KeyHolder, TrustPolicy
from footprint.passport.verified import VerifiedPassport
from footprint.passport.wording import shown

if TYPE_CHECKING:
    from footprint.passport.log_proof import LogEntry, LogProof
    from footprint.passport.policy import Policy
    from footprint.passport.status import StatusCheck, StatusSource

_ORIGINAL = "ask the issuer for the original"
_REISSUE = "ask the issuer for a corrected passport"
_ALL_ADD_UP = "Stages, substances and PACT fields all add up to"


def verify(
    passport: Passport | bytes | str,
    *,
    trust: TrustPolicy,
    at: datetime,
    scanned: DigitalLink | str | None = None,
    status: "StatusSource | None" = None,
    log_proof: "LogProof | bytes | str | None" = None,
    policy: "Policy | None" = None,
) -> VerifiedPassport:
    """The verified passport, or the reason why it proves nothing.

    Args:
        passport: the passport, or what it came as: JSON, `vc+jwt` or `vc+sd-jwt`.
        trust: whom to believe; `TrustList` in earnest.
        at: the time to check validity for, with a time zone.
        scanned: the code on the goods; the passport must be about them.
        status: the issuer's status lists (`StatusLists`); a passport that can be revoked needs them.
        log_proof: the proof that a log of the trust list holds the passport.
        policy: what you ask beyond its being genuine, like `AllOf(NotRevoked(), VerifiedBy())`.

    Raises:
        MalformedError: not strict JSON, not a passport, or over a limit.
        SignatureError: no proof, or one that does not verify.
        UntrustedError: by an issuer or key nobody vouched for, or by a key outside its time.
        ExpiredError: not valid yet, or no longer.
        RevokedError: taken back or suspended by its issuer.
        StatusError: nobody can tell whether it was; a list is missing, stale or not the issuer's.
        LogError: the log proof is not of a known log.
        MismatchError: about other goods, numbers that contradict each other, or another passport's log proof.
        PolicyError: genuine, but not what the policy asks for.
    """
    if not has_zone(at):
        raise InputError(
            Problem("at", f"{at} has no time zone", "validity is an instant", "use datetime.now(UTC)")
        )
    read, document = _opened(passport)
    proof = secured(read, document)
    document = proof.document
    holder = trust.holder(_issuer(document), proof.verification_method)
    proof.check(holder.key)
    credential = _credential(document, proof)
    _check_key_window(holder, credential, proof)
    _check_time(credential, proof, at)
    link = _check_goods(credential.credential_subject, scanned)
    looked_up = _check_status(credential, status, trust, at)
    claims = _check_numbers(credential, proof.withheld)
    logged = _check_log(read, log_proof, trust)
    verified = VerifiedPassport(
        passport=read,
        id=credential.id,
        issuer=credential.issuer,
        issuer_name=holder.name,
        gtin=link.gtin,
        lot=link.lot,
        serial=link.serial,
        subject=credential.credential_subject.id,
        valid_from=parse_instant(credential.valid_from),
        valid_until=parse_instant(credential.valid_until),
        claims=claims,
        checks=(
            *_checks(credential, proof, holder, link, scanned),
            *map(str, looked_up),
            *_log_checks(logged),
        ),
        verified_at=at,
        scanned=scanned is not None,
        status=credential.credential_status or (),
        looked_up=looked_up,
        logged=logged,
        withheld=proof.withheld,
    )
    if policy is None:
        return verified
    return replace(verified, checks=(*verified.checks, *policy.check(verified)))


def _opened(passport: Passport | bytes | str) -> tuple[Passport, dict[str, Any]]:
    return (passport, passport.document) if isinstance(passport, Passport) else Passport.opened(passport)


def _issuer(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    if not isinstance(issuer, str):
        what = f"is {shown(issuer)}"
        raise MalformedError(
            Problem("issuer", what, "a carbon passport names its issuer by one DID", _ORIGINAL)
        )
    return issuer


def _credential(document: dict[str, Any], proof: Secured) -> Credential:
    credential = _read_as(Credential, document, "passport")
    if list(credential.context) != proof.context:
        raise MalformedError(
            Problem("proof.@context", "differs from @context", "all terms must be signed", _REISSUE)
        )
    if credential.unchecked:
        names = ", ".join(credential.unchecked)
        why = "it can limit or withdraw the passport, and this version does not evaluate it"
        raise MalformedError(Problem(names, "is there", why, "update this software"))
    return credential


def _read_as(model: type[AnyModel], value: object, where: str) -> AnyModel:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise MalformedError(*problems_of(error, where, _REISSUE)) from error


def _check_key_window(holder: KeyHolder, credential: Credential, proof: Secured) -> None:
    """A key cannot have signed outside its time; neither the proof nor the passport may start there."""
    for name, instant in (
        ("proof.created", proof.created),
        ("validFrom", parse_instant(credential.valid_from)),
    ):
        if not holder.in_use(instant):
            why = f"the key was in use from {holder.valid_from or 'ever'} until {holder.valid_until or 'now'}"
            raise UntrustedError(Problem(name, f"is {format_instant(instant)}", why, _REISSUE))


def _check_time(credential: Credential, proof: Secured, at: datetime) -> None:
    start, end = parse_instant(credential.valid_from), parse_instant(credential.valid_until)
    if end <= start:
        raise MalformedError(
            Problem("validUntil", f"is {credential.valid_until}", "it ends before it starts", _REISSUE)
        )
    if at < max(start, proof.created):
        raise _expired(
            "validFrom", f"is {format_instant(max(start, proof.created))}", at, "check the clock, or wait"
        )
    if at > end:
        raise _expired("validUntil", f"was {credential.valid_until}", at, "ask for a new passport")


def _expired(where: str, what: str, at: datetime, fix: str) -> ExpiredError:
    return ExpiredError(Problem(where, what, f"checked for {format_instant(at)}", fix))


def _check_goods(subject: Subject, scanned: DigitalLink | str | None) -> DigitalLink:
    link = DigitalLink.parse(subject.id)
    said = (subject.gtin, subject.lot, subject.serial)
    if (link.gtin, link.lot, link.serial) != said or subject.id != f"{link.resolver}{link.path}":
        why = f"gtin, lot and serial say {', '.join(map(shown, said))}"
        raise MismatchError(Problem("credentialSubject.id", f"is {shown(subject.id)}", why, _REISSUE))
    code = DigitalLink.parse(scanned) if isinstance(scanned, str) else scanned
    if code is not None and not link.covers(code):
        why = f"the scanned code names {code.path}"
        raise MismatchError(
            Problem("passport", f"is for {link.path}", why, "this passport is for other goods")
        )
    return link


def _check_status(
    credential: Credential, source: "StatusSource | None", trust: TrustPolicy, at: datetime
) -> "tuple[StatusCheck, ...]":
    entries = credential.credential_status
    if not entries:
        return ()
    from footprint.passport.status import check_status  # noqa: PLC0415 - only for what can be taken back

    return check_status(entries, credential.issuer, source=source, trust=trust, at=at)


def _check_log(
    passport: Passport, given: "LogProof | bytes | str | None", trust: TrustPolicy
) -> "LogEntry | None":
    if given is None:
        return None
    from footprint.passport.log_proof import (  # noqa: PLC0415 - only for those who have a proof
        LogProof,
        check_log_proof,
        passport_entry,
    )

    proof = given if isinstance(given, LogProof) else LogProof.parse(given)
    if not trust.known_logs:
        why = "a proof is worth as much as its log"
        raise LogError(Problem("trust list", "names no log", why, "add the log's verifier key under logs"))
    return check_log_proof(passport_entry(passport.digest), proof, trust.known_logs)


def _log_checks(logged: "LogEntry | None") -> Iterator[str]:
    if logged is not None:
        yield f"It is entry {logged.index} of {logged.checkpoint.size} in the log {logged.log}."


def _check_numbers(credential: Credential, withheld: tuple[str, ...]) -> Claims:
    footprint = credential.credential_subject.product_footprint
    claims = _claims(footprint)
    with localcontext(prec=EXACT_DIGITS):
        found = [*claim_problems(claims), *pact_problems(footprint), *_agreement(claims, footprint)]
        if withheld:
            found = [*without_withheld(found, withheld), *excess_problems(claims, withheld)]
    found += _identity_problems(credential, footprint)
    if found:
        raise MismatchError(*found)
    return claims


def _claims(footprint: ProductFootprint) -> Claims:
    extensions = [item for item in footprint.extensions or () if item.data_schema == CLAIMS_SCHEMA]
    if len(extensions) != 1:
        what = f"{len(extensions)} extensions hold claims"
        raise MalformedError(Problem("productFootprint.extensions", what, "exactly one must", _REISSUE))
    try:  # as JSON: what the model reads from that, it says again in the same way
        return Claims.model_validate_json(to_json(extensions[0].data))
    except ValidationError as error:
        raise MalformedError(*problems_of(error, "claims", _REISSUE)) from error


def _agreement(claims: Claims, footprint: ProductFootprint) -> tuple[Problem, ...]:
    try:
        return agreement_problems(claims, footprint)
    except ValidationError as error:
        return problems_of(error, "claims", _REISSUE)


def _identity_problems(credential: Credential, footprint: ProductFootprint) -> Iterator[Problem]:
    start, end = parse_instant(credential.valid_from), parse_instant(credential.valid_until)
    lot = Lot(credential.issuer, credential.credential_subject.gtin, start, end)
    if lot.product_urn not in footprint.product_ids:
        yield Problem("productIds", "do not name the GTIN", f"{lot.product_urn} is expected", _REISSUE)
    if footprint.status != "Active":
        yield Problem("status", f"is {footprint.status}", "a deprecated footprint must not be used", _REISSUE)
    periods = (("validityPeriodStart", footprint.validity_period_start, start),)
    for name, said, expected in (*periods, ("validityPeriodEnd", footprint.validity_period_end, end)):
        if said is not None and parse_instant(said) != expected:
            yield Problem(name, f"is {said}", f"the passport says {format_instant(expected)}", _REISSUE)


def _checks(
    credential: Credential,
    proof: Secured,
    holder: KeyHolder,
    link: DigitalLink,
    scanned: DigitalLink | str | None,
) -> Iterator[str]:
    pcf = credential.credential_subject.product_footprint.pcf
    yield proof.words
    yield f"It was made on {format_instant(proof.created)} with {proof.verification_method}: {holder.name}."
    yield f"The passport is valid from {credential.valid_from} until {credential.valid_until}."
    yield f"It is about GTIN {link.gtin}, lot {link.lot}" + (f", item {link.serial}." if link.serial else ".")
    if scanned is not None:
        yield "The scanned code names the same goods."
    fits = "PACT fields add up to, and what was disclosed fits into," if proof.withheld else _ALL_ADD_UP
    yield f"{fits} {pcf.pcf_excluding_biogenic_uptake:f} kg CO2e."
    yield "No removal is subtracted from that number."
