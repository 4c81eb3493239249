"""Passports: issued, logged, given a QR code, verified; beside a plain pipeline that does only what it must.

The plain pipeline canonicalises with `rfc8785`, commits each passport by itself and draws with the `qrcode` package.
It checks no arithmetic, no duplicate keys, no validity and no goods: it is the least that could be called signing and
verifying. The floor is what no verifier in Python can go below: the Ed25519 check, one SHA-256 and one pass of a
compiled JSON reader, no number looked at; beside it, the same with every field read as what it must be (pydantic's
models), and still no arithmetic, no canonical form and no trust. All run on one core, on lychee passports of which
no two are alike, five hundred at a time; each verdict is let go before the next passport is read, as at a door.
`chain` keeps a thousand.
"""

import io
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pydantic_core
import qrcode
import qrcode.image.svg
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from benchmarks.timing import Timing, show, timed
from footprint import Passport, Signer, TrustList, assess, load, verify
from footprint.passport import Assurance, Claims, DigitalLink, Lots, canonical
from footprint.passport.credential import Credential
from footprint.passport.log_proof import passport_entry
from footprint.result import Footprint
from label_service.labels.qr import modules, path
from label_service.store import Shelf, log
from label_service.store.notary import Notary

LYCHEE = Path(__file__).parents[1] / "examples" / "lychee" / "lychee.toml"
SEED = bytes(range(32))
RESOLVER = "https://passport.example.org"
BATCH = 500
NOW = datetime(2025, 7, 1, 8, tzinfo=UTC)


def run() -> None:
    """Verify; issue, log and draw; and canonical bytes by themselves."""
    signer, key = Signer.from_seed(SEED), Ed25519PrivateKey.from_private_bytes(SEED)
    trust, issue = TrustList.of(signer.trusted_as("Sample (sample data)")), _issuer(signer)
    passports = [issue(number) for number in range(BATCH)]
    passport, texts = passports[0], [each.json for each in passports]
    print(f"one passport: {len(passport.json):,} bytes\n")
    ours = _each(lambda: _one_by_one(lambda text: verify(text, trust=trust, at=NOW), texts))
    plain = _each(lambda: _one_by_one(lambda text: _plain_verify(text, key.public_key()), texts))
    _row("verify one passport", ours, plain, "json, rfc8785 and the signature alone")
    signed, public = (key.sign(bytes(64)), bytes(64)), key.public_key()
    floor = _each(lambda: _one_by_one(lambda text: _floor(text, signed, public), texts))
    _row("verify one passport", ours, floor, "the floor: signature, hash and JSON reader alone")
    typed = _each(lambda: _one_by_one(lambda text: _typed(text, signed, public), texts))
    _row("verify one passport", ours, typed, "the floor, every field read as what it must be")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shelf = Shelf.open(
            f"sqlite:///{place / 'ours.db'}", Notary("bench.example/log", signer, place / "head")
        )
        database = sqlite3.connect(place / "plain.db")
        database.execute("CREATE TABLE log (entry BLOB)")
        unsigned = {name: value for name, value in passport.document.items() if name != "proof"}
        season = _lots(signer)
        of_one = _each(lambda: _issued_and_logged(season, shelf))
        of_many = _each(lambda: _issued_and_logged(issue, shelf))
        plain = _each(lambda: [_plain_issue(unsigned, key, database) for _ in range(BATCH)])
        shelf.close()
        database.close()
    name = "rfc8785, one commit each, qrcode"
    _row("issue, log and draw the code of one passport, lots of one footprint", of_one, plain, name)
    _row("the same, each as if the footprint were its own", of_many, plain, name)
    document = passport.document
    ours, plain = timed(lambda: canonical(document)), timed(lambda: rfc8785.dumps(document))
    show("canonical bytes of one passport (RFC 8785)", ours, plain, "rfc8785")


def _one_by_one(judge: Callable[[bytes], object], texts: Iterable[bytes]) -> None:
    """What was found in a text is let go before the next one is read."""
    for text in texts:
        judge(text)


def _issuer(signer: Signer) -> Callable[[int], Passport]:
    """Everything anew for each lot."""

    def issue(number: int) -> Passport:
        return _lots(signer)(number)

    return issue


def _lots(signer: Signer) -> Callable[[int], Passport]:
    """What the lots of a footprint share is made once."""
    lots = Lots(
        signer,
        _lychee(),
        gtin="09506000134352",
        resolver=RESOLVER,
        issued_at=NOW,
        valid_until=NOW + timedelta(days=365),
        assurance=Assurance(level="self"),
    )
    return lambda number: lots.issue(f"lot-{number}", lot_quantity=Decimal(1000 + number))


@cache
def _lychee() -> Footprint:
    return assess(load(LYCHEE), gwp="AR6-100", draws=256)


def _issued_and_logged(issue: Callable[[int], Passport], shelf: Shelf) -> list[str]:
    """A batch of passports in one group commit under one signed head, each with its code as an SVG path."""
    passports = [issue(number) for number in range(BATCH)]
    entries = [passport_entry(passport.digest) for passport in passports]
    shelf.write(lambda connection: log.append_all(connection, entries))
    links = (DigitalLink("09506000134352", f"lot-{number}").url(RESOLVER) for number in range(BATCH))
    return [path(modules(link), 5) for link in links]


def _floor(text: bytes, signed: tuple[bytes, bytes], key: Ed25519PublicKey) -> object:
    key.verify(*signed)
    return sha256(text).digest(), pydantic_core.from_json(text)


def _typed(text: bytes, signed: tuple[bytes, bytes], key: Ed25519PublicKey) -> object:
    key.verify(*signed)
    document = pydantic_core.from_json(text)
    del document["proof"]
    (extension,) = document["credentialSubject"]["productFootprint"]["extensions"]
    claims = Claims.model_validate_json(pydantic_core.to_json(extension["data"]))
    return sha256(text).digest(), Credential.model_validate(document), claims


def _plain_verify(text: bytes, key: Ed25519PublicKey) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    proof = dict(document["proof"])
    signature = _base58(proof.pop("proofValue")[1:])
    body = {name: value for name, value in document.items() if name != "proof"}
    key.verify(signature, sha256(rfc8785.dumps(proof)).digest() + sha256(rfc8785.dumps(body)).digest())
    return document


def _plain_issue(document: dict[str, Any], key: Ed25519PrivateKey, database: sqlite3.Connection) -> str:
    options = {"type": "DataIntegrityProof", "@context": document["@context"]}
    signed = sha256(rfc8785.dumps(options)).digest() + sha256(rfc8785.dumps(document)).digest()
    proof = {**options, "proofValue": key.sign(signed).hex()}
    text = rfc8785.dumps({**document, "proof": proof})
    with database:
        database.execute("INSERT INTO log VALUES (?)", (sha256(text).digest(),))
    picture = io.BytesIO()
    qrcode.make(document["credentialSubject"]["id"], image_factory=qrcode.image.svg.SvgPathImage).save(
        picture
    )
    return picture.getvalue().decode()


def _base58(text: str) -> bytes:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for character in text:
        number = number * 58 + alphabet.index(character)
    return number.to_bytes(64, "big")


def _each(batch: Callable[[], object]) -> Timing:
    """The time of one of a batch."""
    whole = timed(batch, runs=5)
    return Timing(*(seconds / BATCH for seconds in (whole.median, whole.low, whole.high)))


def _row(title: str, ours: Timing, plain: Timing, name: str) -> None:
    show(f"{title}: {1 / ours.median:,.0f} per second", ours, plain, name)
