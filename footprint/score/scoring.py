"""Scoring a passport: verified claims in, a `Score` out."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

import rfc8785

from footprint.errors import (
    ExpiredError,
    FootprintError,
    MalformedError,
    MismatchError,
    RevokedError,
    ScoreError,
    SignatureError,
    StatusError,
    UntrustedError,
    VerificationError,
)
from footprint.passport.claims import Claims
from footprint.score import cfs1, spread
from footprint.score.evidence import Evidence
from footprint.score.exact import exact
from footprint.score.inputs import Inputs, inputs_of
from footprint.score.outcome import (
    AppliedCap,
    Comparison,
    GradeProbability,
    Percentiles,
    Refusal,
    Score,
    SubScore,
)
from footprint.score.reasons import reasons
from footprint.score.table import MODELS, Table, load

if TYPE_CHECKING:
    from footprint.passport import DigitalLink, Passport, StatusSource, TrustPolicy, VerifiedPassport

LATEST = MODELS[0]
NO_EVIDENCE = Evidence()
REFUSALS: tuple[tuple[type[FootprintError], str], ...] = (
    (MalformedError, "malformed"),
    (SignatureError, "bad_signature"),
    (UntrustedError, "untrusted_issuer"),
    (ExpiredError, "not_valid_at_this_time"),
    (RevokedError, "revoked"),
    (StatusError, "status_unknown"),
    (MismatchError, "mismatch"),
    (VerificationError, "not_verified"),
    (ScoreError, "not_comparable"),
)


_NEEDED = ("stages", "substances", "exclusions")
"""Lists of the claims on which the score rests."""


def score(passport: "VerifiedPassport", *, model: str = LATEST, evidence: Evidence = NO_EVIDENCE) -> Score:
    """The score of a verified passport.

    Without passports of suppliers, the share of the footprint under valid signatures is the part the signer
    measured itself: its signature can vouch for no more.

    Raises:
        ScoreError: no benchmark for the category or boundary, no such model, a passport nobody verified, or one in
            which something that counts was withheld.
    """
    claims = _verified(passport).claims
    if hidden := [name for name in _NEEDED if name in passport.withheld]:
        what, why = f"withholds some of {', '.join(hidden)}", "what was left out could change the score"
        raise ScoreError.of("passport", what, why, "ask its holder to disclose these lists")
    if evidence.signed_share is None:
        evidence = evidence.model_copy(update={"signed_share": claims.quality.primary_share})
    result = score_claims(claims, model=model, evidence=evidence)
    return result.model_copy(update={"passport_id": passport.id, "passport_digest": passport.digest})


def _verified(passport: object) -> "VerifiedPassport":
    from footprint.passport import VerifiedPassport  # noqa: PLC0415 - scoring claims needs no cryptography

    if isinstance(passport, VerifiedPassport):
        return passport
    what = f"is a {type(passport).__name__}"
    raise ScoreError.of("passport", what, "only what was verified can be scored", "call verify() first")


def score_or_refusal(
    passport: "Passport | bytes | str",
    trust: "TrustPolicy",
    at: datetime,
    *,
    model: str = LATEST,
    evidence: Evidence = NO_EVIDENCE,
    scanned: "DigitalLink | str | None" = None,
    status: "StatusSource | None" = None,
) -> Score:
    """Verify and score; a passport that proves nothing is `NOT_SCORED` with the reason, never 0."""
    from footprint.passport import verify  # noqa: PLC0415 - scoring claims needs no cryptography

    load(model)
    try:
        verified = verify(passport, trust=trust, at=at, scanned=scanned, status=status)
        return score(verified, model=model, evidence=evidence)
    except (VerificationError, ScoreError) as error:
        code = next(code for kind, code in REFUSALS if isinstance(error, kind))
        return not_scored(*map(str, error.problems), code=code, model=model)


def not_scored(*problems: str, code: str = "refused", model: str = LATEST) -> Score:
    """There is no score, and this is why: revoked, expired, not genuine, not comparable."""
    refusal = Refusal(code=code, problems=problems)
    return Score(status="NOT_SCORED", model=model, table_digest=load(model).digest, refusal=refusal)


def score_claims(claims: Claims, *, model: str = LATEST, evidence: Evidence = NO_EVIDENCE) -> Score:
    """The pure function under `score`: the same claims, evidence and model give the same bytes everywhere.

    Claims by themselves are under nobody's signature; `evidence.signed_share` counts as 0 unless given.
    """
    table = load(model)
    with exact():
        inputs = inputs_of(claims, evidence, table)
        return Score(
            status="SCORED",
            model=model,
            table_digest=table.digest,
            data_cutoff=claims.period_end,
            inputs=inputs,
            input_digest=_digest(claims, evidence),
            comparison=_comparison(inputs, table),
            **_points(inputs, table),
        )


def _points(inputs: Inputs, table: Table) -> dict[str, object]:
    total = cfs1.total(inputs, table)
    points = cfs1.points(inputs, table)
    uncapped = sum(points.values())
    low, middle, high = spread.totals(inputs, table)
    chances = zip(table.grades, spread.grade_probabilities(inputs, table), strict=True)
    return {
        "total": total,
        "grade": cfs1.grade(total, table),
        "sub_scores": tuple(SubScore(name=n, points=p, maximum=table.maximum[n]) for n, p in points.items()),
        "caps": tuple(
            AppliedCap(name=name, limit=limit, binding=uncapped > limit)
            for name, limit in cfs1.caps(inputs, table).items()
        ),
        "percentiles": Percentiles(p5=low, p50=middle, p95=high),
        "grade_probabilities": tuple(GradeProbability(grade=g.name, probability=p) for g, p in chances),
        "reasons": reasons(inputs, table),
    }


def _comparison(inputs: Inputs, table: Table) -> Comparison:
    benchmark = table.categories[inputs.category]
    return Comparison(
        category=inputs.category,
        median=benchmark.median,
        sigma=benchmark.sigma,
        n=benchmark.n,
        attribution=table.source.attribution,
        treatment=table.source.treatment,
    )


def _digest(claims: Claims, evidence: Evidence) -> str:
    went_in = {"claims": claims.model_dump(mode="json"), "evidence": evidence.model_dump(mode="json")}
    return f"sha256:{hashlib.sha256(rfc8785.dumps(went_in)).hexdigest()}"
