"""Writes the conformance set: `python generate.py` (every spoiled passport), `--release` (this release's good ones).

Keys come from fixed seeds and everything spoiled from the good passports of a release, so that the same files come out
of every version of this software. Good passports are made once and then kept: `--release` is for the maintainer of a
release that has none yet, and refuses to write over one.
"""

import argparse
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import workshop
from workshop import AT, HOME, ISSUED, ISSUER, RELEASE, UNTIL, Vector

from footprint.passport import Assurance, status_entries
from footprint.passport.envelope import to_jwt, to_sd_jwt
from footprint.result import Footprint


def main() -> None:
    """Into this folder, or another one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path, default=HOME, help="folder to write into")
    asked.add_argument("--release", action="store_true", help="issue the good passports of this release")
    options = asked.parse_args()
    if options.release:
        for name, body in issued().items():
            with (HOME / name).open("xb") as file:
                file.write(body)
    for name, body in files().items():
        (options.into / name).write_bytes(body)


def issued() -> dict[str, bytes]:
    """One good passport of each kind, by file name."""
    from revoking import LISTS, PLACE

    sample = runpy.run_path(str(HOME.parents[1] / "passport" / "conftest.py"))["SAMPLE"]
    terms = {
        "gtin": "09506000134352",
        "lot": "2025-06-A",
        "resolver": "https://id.example.org",
        "issued_at": ISSUED,
        "valid_until": UNTIL,
        "assurance": Assurance(level="self"),
    }
    looked_at = Assurance(level="limited", by="Sample Verifier (sample data)", at="2025-06-01")
    footprint = Footprint.model_validate(sample)
    lot = ISSUER.issue(footprint, **terms)
    passports = {
        "lot_pass.json": lot,
        "item_pass.json": ISSUER.issue(footprint, **terms, serial="box-7"),
        "assured_pass.json": ISSUER.issue(footprint, **{**terms, "assurance": looked_at}),
        "revocable_pass.json": ISSUER.issue(footprint, **terms, status=status_entries(LISTS, PLACE)),
        "vc_jwt_pass.jwt": to_jwt(lot, ISSUER),
        "vc_sd_jwt_pass.jwt": to_sd_jwt(lot, ISSUER, decoys=2),
    }
    return {f"{RELEASE}_{name}": passport.json for name, passport in passports.items()}


def files() -> dict[str, bytes]:
    """Everything but the good passports: spoiled ones, trust lists, status lists, log proofs, the index."""
    import chained
    import logged
    import revoking
    import watched
    from keys import trust_lists

    lists = trust_lists()
    lists |= logged.trust_lists(lists["trust.json"])
    spoiled = {vector.file: vector.body for vector in vectors() if vector.file.startswith(vector.name)}
    trust = {name: trusted.to_json() for name, trusted in lists.items()}
    index = {
        "release": RELEASE,
        "usually": {"at": AT, "trust": "trust.json"},
        "vectors": [*good(), *chained.good(), *(vector.entry for vector in vectors())],
        "monitor": watched.entries(),
    }
    text = json.dumps(index, indent=1, ensure_ascii=True) + "\n"
    beside = {**revoking.files(), **logged.files(), **chained.files(), **watched.files()}
    return {**spoiled, **trust, **beside, "index.json": text.encode()}


def good() -> list[workshop.Document]:
    """What must verify, of every release there is."""
    rule = "a genuine passport verifies, in every later version"
    status = {"status": ["status_revocation.json", "status_suspension.json"]}
    kept = sorted(path.name for path in HOME.glob("*_pass.*"))
    logged = {"trust": "trust_log.json", "log_proof": "log_good.tlog-proof"}
    entries = [
        {
            "name": name.partition("_pass")[0],
            "file": name,
            "expect": "pass",
            "rule": rule,
            **(status if "revocable" in name else {}),
        }
        for name in kept
    ]
    in_the_log = {
        "name": f"{RELEASE}_lot_logged",
        "file": f"{RELEASE}_lot_pass.json",
        "expect": "pass",
        "rule": rule,
    }
    return [*entries, {**in_the_log, **logged}]


def vectors() -> Iterator[Vector]:
    """Every spoiled passport."""
    import chained
    import door
    import edits
    import enveloped
    import keys
    import logged
    import revoking
    import statements

    for room in (door, edits, statements, keys, revoking, logged, enveloped, chained):
        yield from room.vectors()


if __name__ == "__main__":
    main()
