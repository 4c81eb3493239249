"""`footprint export`: records, footprints and passports in the form of other programs."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from footprint.cli import options
from footprint.cli.files import STANDARD_STREAM, read_bytes, write_bytes
from footprint.cli.suppliers import suppliers
from footprint.passport import StatusLists, TrustList, VerifiedPassport, verify


@click.group()
def export() -> None:
    """Hand records, a footprint or a passport to another program, in its own form."""


@export.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@click.option("--project", help="Brightway project; made when new. `default`, when left out.")
@click.option("--database", help="Name of the database in the project; an earlier export is replaced.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A datapackage (zip) instead of a database in a project."
)
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=0,
    show_default=True,
    help="With --out: draws that go along as presampled arrays.",
)
@options.seed
def brightway(
    records: Path,
    gwp: str,
    route: str | None,
    project: str | None,
    database: str | None,
    out: Path | None,
    draws: int,
    seed: int,
) -> None:
    """Write RECORDS as a database of a Brightway project, or as a datapackage.

    The database opens in Activity Browser: activities, exchanges with comments and uncertainty, the gases, and a
    method with our warming potentials. The datapackage needs bw2calc alone.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    if (database is None) == (out is None):
        raise click.UsageError("say either --database NAME or --out FILE.zip")
    if out is None and draws:
        raise click.UsageError("--draws goes with --out: a database keeps distributions, not draws")
    from footprint.brightway import datapackage
    from footprint.brightway import export as write
    from footprint.records import load

    system = load(records)
    if out is not None:
        package = datapackage(system, gwp=gwp, route=route, draws=draws, seed=seed, file=out)
        click.echo(f"datapackage {out}, demand {package.demand}, {draws} draws")
        return
    assert database is not None  # noqa: S101 - one of the two is given
    done = write(system, database=database, gwp=gwp, project=project, route=route)
    click.echo(f"project   {done.project}")
    click.echo(f"database  {done.database}, {done.activities} activities")
    click.echo(f"product   {done.product[1]}")
    click.echo(f"method    {' › '.join(done.method)}")


@export.command()
@click.argument("records", type=options.FILE)
@options.gwp
@options.route
@click.option("--out", type=options.FILE, required=True, help="The zip file to write.")
def openlca(records: Path, gwp: str, route: str | None, out: Path) -> None:
    """Write RECORDS as a zip file that openLCA imports (JSON-LD): processes, flows, the product system and a method.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    from footprint.exchange.openlca import openlca_zip
    from footprint.records import load

    write_bytes(out, openlca_zip(load(records), gwp=gwp, route=route))


_OUT = click.option(
    "--out", type=options.FILE, default=STANDARD_STREAM, help="Where to; standard output if left out."
)


@export.command()
@click.argument("passport", type=options.FILE)
@options.trust
@options.status_lists
@options.at
@_OUT
def pact(passport: Path, trust_list: Path, status_lists: Path | None, instant: str | None, out: Path) -> None:
    """Write the PACT 3 footprint of PASSPORT, as a PACT server answers with it.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    found = _verified(passport, trust_list, status_lists, instant)
    _write(out, {"data": found.product_footprint.document()})


@export.command()
@click.argument("passport", type=options.FILE)
@options.trust
@options.status_lists
@options.at
@click.option("--untp", "version", default="0.6.1", show_default=True, help="Version of UNTP.")
@click.option(
    "--key", "key_file", type=options.FILE, help="Key of the passport's issuer: signs it as vc+jwt."
)
@click.option("--did", help="With --key: sign as this did:web:… instead of the key's own did:key.")
@click.option("--password", is_flag=True, help="With --key: ask for the key's password.")
@_OUT
def untp(
    passport: Path,
    trust_list: Path,
    status_lists: Path | None,
    instant: str | None,
    version: str,
    key_file: Path | None,
    did: str | None,
    password: bool,
    out: Path,
) -> None:
    """Write PASSPORT as a Digital Product Passport of the UN Transparency Protocol; signed, with its issuer's --key.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    from footprint.exchange.untp import enveloped, untp_passport

    written = untp_passport(_verified(passport, trust_list, status_lists, instant), version)
    if key_file is None:
        _write(out, written)
        return
    from footprint.passport import Signer

    secret = click.prompt("Password", hide_input=True).encode() if password else None
    _write(out, enveloped(written, Signer.open(key_file, secret, did)))


@export.command()
@click.argument("passport", type=options.FILE)
@options.trust
@options.status_lists
@options.at
@options.upstream
@click.option(
    "--made",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    required=True,
    help="When the lot was made, in the time of the place, e.g. 2025-06-20T08:00:00+08:00.",
)
@_OUT
def epcis(
    passport: Path,
    trust_list: Path,
    status_lists: Path | None,
    instant: str | None,
    upstream_paths: tuple[Path, ...],
    made: datetime,
    out: Path,
) -> None:
    """Write the making of the lot of PASSPORT as an EPCIS 2.0 TransformationEvent, with its footprint.

    Exit codes: 0 written, 1 refused, 2 wrong use.
    """
    from footprint.exchange.epcis import transformation

    found = _verified(passport, trust_list, status_lists, instant)
    bought = suppliers(upstream_paths, trust_list, status_lists, found.verified_at)
    _write(out, transformation(found, bought, made_at=made))


def _verified(
    passport: Path, trust_list: Path, status_lists: Path | None, instant: str | None
) -> VerifiedPassport:
    lists = StatusLists.load(status_lists) if status_lists else None
    trust, at = TrustList.load(trust_list), options.instant_or_now(instant)
    return verify(read_bytes(passport), trust=trust, at=at, status=lists)


def _write(out: Path, document: Mapping[str, Any]) -> None:
    write_bytes(out, json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")
