"""A passport's claims computed again from its evidence: the same to the byte, or the input that differs, by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from footprint.background import Pack
from footprint.errors import InputError, MismatchError, Problem
from footprint.evidence.background import missing_pack
from footprint.evidence.bundle import Bundle
from footprint.passport import Claims, VerifiedPassport
from footprint.passport.canonical import canonical
from footprint.passport.chain import verify_supplier
from footprint.passport.pact_claims import CLAIMS_SCHEMA
from footprint.passport.status import StatusSource
from footprint.passport.trust import TrustPolicy
from footprint.passport.wording import shown
from footprint.provenance import ENGINE
from footprint.result import Footprint

_FIX = "ask for the bundle of this passport"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """Claims that follow from their evidence."""

    claims: Claims
    footprint: Footprint
    digest: str
    """SHA-256 of the canonical claims, the same in the passport and here."""


def recompute(
    passport: VerifiedPassport,
    bundle: Bundle,
    *,
    trust: TrustPolicy,
    status: StatusSource | None = None,
    pack: Pack | None = None,
    cache: Path | None = None,
) -> Recomputed:
    """The claims of a passport, computed again from its evidence.

    Assurance and the quantity of the lot are the signer's word; they are taken as the passport says them.

    Args:
        passport: as verified.
        bundle: its evidence.
        trust: whom to believe, for the passports of lots bought.
        status: status lists of their issuers.
        pack: the background the bundle was made with, if it was.
        cache: a folder for what is solved and sampled of it.

    Raises:
        InputError: some claims were withheld.
        MismatchError: the claims do not follow; each input that differs is named, or each claim if none does.
        FootprintError: the bundle cannot be used.
    """
    if passport.withheld:
        what, why = f"withholds some of {', '.join(passport.withheld)}", "what is not told cannot be compared"
        raise InputError(Problem("passport", what, why, "ask for it with every line disclosed"))
    differing = [*_inputs(passport.claims, bundle), *missing_pack(bundle.background, pack)]
    if differing:
        raise MismatchError(*differing)
    suppliers = [
        verify_supplier(one, trust=trust, at=passport.verified_at, status=status) for one in bundle.upstream
    ]
    footprint = bundle.footprint(suppliers, pack=pack, cache=cache)
    differing = [*_digests(passport.claims, footprint, bundle)]
    if differing:
        raise MismatchError(*differing)
    claims = Claims.of(footprint, passport.claims.assurance, passport.claims.lot_quantity)
    said, made = canonical(_as_signed(passport)), canonical(claims.model_dump(mode="json"))
    if said != made:
        raise MismatchError(*_claims_that_differ(passport.claims, claims))
    return Recomputed(claims, footprint, sha256(made).hexdigest())


def check_footprint(
    bundle: Bundle,
    footprint: Footprint,
    upstream: Sequence[VerifiedPassport] = (),
    *,
    pack: Pack | None = None,
    cache: Path | None = None,
) -> None:
    """Raise unless a bundle gives this footprint, in every field.

    Args:
        bundle: that is to be kept beside the passport.
        footprint: that is to be signed.
        upstream: passports of the lots bought, as verified.
        pack: the background the bundle was made with, if it was.
        cache: a folder for what is solved and sampled of it.

    Raises:
        InputError: it gives another one; the fields that differ are named.
        MismatchError: not the pack it was made with.
    """
    made = bundle.footprint(upstream, pack=pack, cache=cache)
    names = [name for name in Footprint.model_fields if getattr(made, name) != getattr(footprint, name)]
    if names:
        why, fix = f"it gives another {', '.join(names)}", "make both with one `footprint bundle`"
        raise InputError(Problem("bundle", "is of another footprint", why, fix))


def _inputs(claims: Claims, bundle: Bundle) -> Iterator[Problem]:
    """What the bundle and the passport say of the same inputs, before anything is computed."""
    method, text = bundle.method, "sha256:" + sha256(bundle.records).hexdigest()
    if claims.engine != ENGINE:
        why = f"the passport was made with {claims.engine}"
        yield Problem("engine", f"is {ENGINE} here", why, f"install {claims.engine}, and try again")
    if text != claims.digests.records:
        yield Problem("records", f"are {text}", f"the passport says {claims.digests.records}", _FIX)
    pairs = (
        ("engine of the bundle", method.engine, claims.engine),
        ("gwp", method.gwp, claims.gwp),
        ("draws", method.draws, claims.sampling.draws),
        ("seed", method.seed, claims.sampling.seed),
    )
    for name, ours, said in pairs:
        if ours != said:
            yield Problem(name, f"is {shown(ours)} in the bundle", f"the passport says {shown(said)}", _FIX)
    named = {bought.digest_multibase for bought in claims.upstream}
    if len(bundle.upstream) != len(named):
        what = f"holds {len(bundle.upstream)} passports of suppliers"
        yield Problem("bundle", what, f"the passport names {len(named)}", _FIX)


def _digests(claims: Claims, footprint: Footprint, bundle: Bundle) -> Iterator[Problem]:
    """What went in, by its digests: suppliers, numbers, method; numbers one by one."""
    named = {bought.digest_multibase: bought.id for bought in claims.upstream}
    for bought in footprint.upstream:
        if bought.digest_multibase not in named:
            yield Problem("upstream", f"{bought.id} is in the bundle", "the passport names another", _FIX)
    if claims.digests.records != footprint.digests.records:
        why = "written otherwise, a record has another digest"
        yield Problem("records", "are not in canonical form", why, _FIX)
    used = {factor.id: factor for factor in footprint.factors}
    differing = list(bundle.numbers.differences(used))
    yield from differing
    if claims.digests.factors != footprint.digests.factors and not differing:
        what = f"are {footprint.digests.factors} here"
        why = f"the passport says {claims.digests.factors}; no number used differs, a table or an unused one does"
        yield Problem("factors", what, why, "take the release that made the passport")
    if claims.digests.method != footprint.digests.method:
        what = f"is {shown(bundle.method.route)} with removals {bundle.method.removals} in the bundle"
        chosen = "route or removals" if bundle.background is None else "route, removals or background"
        yield Problem(chosen, what, "the passport was made with another", _FIX)


def _as_signed(passport: VerifiedPassport) -> object:
    extensions = passport.product_footprint.extensions or ()
    return next(item.data for item in extensions if item.data_schema == CLAIMS_SCHEMA)


def _claims_that_differ(said: Claims, made: Claims) -> Iterator[Problem]:
    fix = "it was not computed from these inputs, or not by this engine: ask the signer"
    for name in Claims.model_fields:
        if getattr(said, name) != getattr(made, name):
            what, why = (
                f"is {shown(str(getattr(said, name)))}",
                f"computed again, {shown(str(getattr(made, name)))}",
            )
            yield Problem(f"claims.{name}", what, why, fix)
