"""The verbs `footprint serve` and `footprint label`."""

from pathlib import Path
from typing import Any

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes
from footprint.errors import InputError
from footprint.passport import Signer, TrustList, VerifiedPassport, verify
from footprint.passport.offline_code import offline_fragment
from label_service.labels import draw_label
from label_service.labels.terminal import in_terminal
from label_service.sample import Sample, prepare
from label_service.settings import Settings
from label_service.store import Shelf
from label_service.translation import negotiate

SAMPLE_FOLDER = "./.footprint"
SUFFIXES = (".svg", ".png")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--database", metavar="URL", help="SQLAlchemy URL, e.g. sqlite:///passports.db.")
@click.option("--public-url", metavar="URL", help="The https origin printed into the QR codes.")
@click.option("--trust", type=click.Path(path_type=Path), help="Trust list: whose passports are taken.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    help="Key of this service, made by `footprint keygen`; it signs scores.",
)
@click.option(
    "--sample",
    is_flag=False,
    flag_value=SAMPLE_FOLDER,
    metavar="[FOLDER]",
    help=f"Try it out: keys, trust list and database in FOLDER (default {SAMPLE_FOLDER}); prints an API key.",
)
def serve(
    host: str,
    port: int,
    database: str | None,
    public_url: str | None,
    trust: Path | None,
    key: Path | None,
    sample: str | None,
) -> None:
    """Run the label service: passports, pages, labels and scores over HTTP.

    \b
    Try it out, nothing else needed:
        footprint serve --sample
    In earnest, behind a TLS proxy:
        FOOTPRINT_API_KEY_HASHES='{"co-op": "<sha256 of its key>"}' \
        footprint serve --public-url https://passports.example.org \
            --database sqlite:////var/lib/passports.db --trust trust.json --key service.key

    Every option can also be set as FOOTPRINT_DATABASE_URL, FOOTPRINT_PUBLIC_URL, FOOTPRINT_TRUST_LIST,
    FOOTPRINT_SIGNING_KEY; API keys only as FOOTPRINT_API_KEY_HASHES, to stay out of the process list.
    Ctrl-C or SIGTERM finishes running requests and stops.

    Exit codes: 0 stopped as asked; 1 refused (a setting, key, trust list or database cannot be used);
    2 wrong use.
    """
    given = {"database_url": database, "public_url": public_url, "trust_list": trust, "signing_key": key}
    settings = (
        _sample_settings(sample, host, port, given) if sample else Settings.read(**_without_none(given))
    )
    _start(settings, host, port)


def _start(settings: Settings, host: str, port: int) -> None:
    # imported here: `footprint label` needs no web server
    from label_service.app import create_app
    from label_service.serving import run

    app = create_app(settings)
    Shelf.open(settings.database_url).close()  # a database that cannot be used is said now, in one line
    click.echo(f"Passports at {settings.public_url}/ (listening on {host}:{port}; Ctrl-C stops)")
    try:
        run(app, host, port)
    except (OSError, RuntimeError) as error:
        raise InputError.of(
            "--port", f"{host}:{port} cannot be listened on", str(error), "choose another port"
        ) from error
    click.echo("Stopped.")


def _sample_settings(folder: str, host: str, port: int, given: dict[str, Any]) -> Settings:
    public_url = given["public_url"] or f"http://{_reachable(host)}:{port}"
    sample = prepare(Path(folder), public_url, options.instant_or_now(None))
    _introduce(sample, Path(folder))
    return sample.settings.model_copy(update=_without_none(given))


def _reachable(host: str) -> str:
    """An address a browser on this machine can open."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (compared, not bound)


def _introduce(sample: Sample, folder: Path) -> None:
    click.echo(f"A sample service in {folder}: not for real passports.")
    click.echo(f"  API key (shown this once, new at every start): {sample.api_key}")
    click.echo(f"  passports signed with {sample.producer_key} for {sample.settings.public_url} are taken")


def _without_none(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _suffix(_context: click.Context, _parameter: click.Parameter, out: Path) -> Path:
    if out.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{out.name}: a label is written as .svg or .png")
    return out


@click.command()
@click.argument("passport", type=options.FILE)
@options.trust
@click.option(
    "--out",
    required=True,
    callback=_suffix,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, .svg or .png.",
)
@click.option(
    "--lang", default="en", show_default=True, type=click.Choice(["en", "zh"]), help="Language of the words."
)
@click.option(
    "--key",
    "key_file",
    type=options.FILE,
    help="The passport's own key: the code then proves itself without a network.",
)
@click.option("--did", help="Sign as this did:web:… instead of the key's own did:key.")
@click.option("--password", is_flag=True, help="Ask for the key's password.")
@click.option("--show", is_flag=True, help="Show the code in the terminal too, to be scanned off the screen.")
@click.option("--mono", is_flag=True, help="Black only, for thermal and one-colour printers.")
@click.option(
    "--dpi", default="300", show_default=True, type=click.Choice(["300", "600"]), help="Resolution of a PNG."
)
@click.option(
    "--font",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="OpenType font for characters outside Latin and GB 2312.",
)
@options.at
def label(
    passport: Path,
    trust_list: Path,
    out: Path,
    lang: str,
    key_file: Path | None,
    did: str | None,
    password: bool,
    show: bool,
    mono: bool,
    dpi: str,
    font: Path | None,
    instant: str | None,
) -> None:
    """Draw the label of a signed PASSPORT (a JSON file).

    The passport is verified first. The QR code says the passport's own GS1 Digital Link, with --key also the
    passport in short behind it; it is read back from the rendered picture before anything is written. Text is drawn as
    outlines: no font is needed.

    \b
        footprint label passport.json --trust trust.json --out label.svg
        footprint label passport.json --trust trust.json --key orchard.key --out label.svg
        footprint label passport.json --trust trust.json --out label.png --lang zh --mono --dpi 600

    Exit codes: 0 written; 1 refused (the passport proves nothing, or the label would not scan); 2 wrong use.
    """
    verified = verify(
        read_bytes(passport), trust=TrustList.load(trust_list), at=options.instant_or_now(instant)
    )
    drawn = draw_label(
        verified,
        verified.subject if key_file is None else _proving_itself(verified, key_file, did, password),
        negotiate(lang, None),
        mono=mono,
        dpi=600 if dpi == "600" else 300,
        label_font=font,
    )
    write_bytes(out, drawn.svg if out.suffix.lower() == ".svg" else drawn.png)
    click.echo(f"{out}: label of {verified.gtin} lot {verified.lot}, its code reads {drawn.url}")
    if show:
        click.echo(in_terminal(drawn.url))


def _proving_itself(passport: VerifiedPassport, key_file: Path, did: str | None, password: bool) -> str:
    secret = click.prompt("Password", hide_input=True).encode() if password else None
    return f"{passport.subject}#{offline_fragment(passport, Signer.open(key_file, secret, did))}"
