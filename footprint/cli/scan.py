"""`footprint scan`: a picture of the code on the goods, and what it proves without a network."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from footprint.cli import options
from footprint.cli.files import read_bytes, write_bytes
from footprint.errors import InputError, MalformedError, MismatchError, Problem

if TYPE_CHECKING:
    from footprint.passport import TrustList
    from footprint.passport.offline_code import OfflineVerdict

MAX_PICTURE_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 64_000_000


@click.command()
@click.argument("image", type=click.Path(path_type=Path))
@options.trust
@click.option(
    "--pin",
    "pin_file",
    type=options.FILE,
    help="The trust list is signed: by the root of this pin, made by `trust pin`.",
)
@options.at
def scan(image: Path, trust_list: Path, pin_file: Path | None, instant: str | None) -> None:
    """Read the code in IMAGE (PNG, JPEG, WebP …) and say whether it is genuine, offline.

    \b
    Example:
      footprint scan photo.jpg --trust trust.json

    Exit codes: 0 genuine, 1 refused (the reason is printed), 2 wrong use.
    """
    from footprint.passport.offline_code import verify_offline

    at = options.instant_or_now(instant)
    trust, known = _trust(trust_list, pin_file, at)
    _tell(verify_offline(_code(image), trust=trust, at=at))
    if known:
        click.echo(f"  ! not checked: whether an issuer left the trust list since {known}")


def _tell(verdict: "OfflineVerdict") -> None:
    lot = f"lot {verdict.link.lot}" + (f", item {verdict.link.serial}" if verdict.link.serial else "")
    click.secho(f"✓ genuine: GTIN {verdict.link.gtin}, {lot}", fg="green", bold=True)
    per = f"{verdict.declared_amount.normalize():f} {verdict.declared_unit}"
    click.echo(f"  signed by  {verdict.issuer_name}")
    click.echo(
        f"  gross      {verdict.gross_kg_co2e:.2f} kg CO2e per {per} "
        f"(90 % interval {verdict.p5_kg_co2e:.2f} to {verdict.p95_kg_co2e:.2f})"
    )
    click.echo(f"  removals   {verdict.removals_kg_co2:.2f} kg CO2, beside it and not subtracted")
    click.echo(f"  valid      until {verdict.valid_until:%Y-%m-%d}")
    for thing in verdict.not_checked:
        click.echo(f"  ! not checked: {thing}")


def _trust(trust_list: Path, pin_file: Path | None, at: datetime) -> "tuple[TrustList, str]":
    """Whom to believe, and of which day that knowledge is when a root said so."""
    from footprint.passport import TrustList
    from footprint.passport.signed_trust import TrustPin

    if pin_file is None:
        return TrustList.load(trust_list), ""
    pin = TrustPin.from_json(read_bytes(pin_file))
    opened = pin.open(read_bytes(trust_list), at=at)
    if opened.pin != pin:
        write_bytes(pin_file, opened.pin.to_json() + b"\n")
    return opened.trust, f"{opened.valid_from:%Y-%m-%d} (list {opened.version})"


def _code(image: Path) -> str:
    """The one offline code in a picture; a label may carry other codes beside it."""
    from footprint.passport.offline_code import PREFIX

    read = sorted(set(_texts(image)))
    codes = [text for text in read if f"#{PREFIX}" in text] or read
    if len(codes) > 1:
        why = "it must be clear whose goods they are on"
        raise MismatchError(
            Problem(image.name, f"shows {len(codes)} codes", why, "photograph one label alone")
        )
    if not codes:
        fix = "take it again: sharp, close, the whole code with its white edge"
        raise MalformedError(Problem(image.name, "shows no QR code", "none was found in the picture", fix))
    return codes[0]


def _texts(image: Path) -> list[str]:
    try:
        import zxingcpp
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        fix = "pip install 'agrifood-footprint[service]'"
        raise InputError.of("scan", "needs a reader of QR codes", "it is not installed", fix) from error
    try:
        if image.stat().st_size > MAX_PICTURE_BYTES:
            raise _unreadable(image, "is larger than 32 MiB")
        with Image.open(image) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _unreadable(image, f"is {picture.width} × {picture.height} pixels")
            pixels = picture.convert("L")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise _unreadable(image, "cannot be read") from error
    only_qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [code.text for code in zxingcpp.read_barcodes(pixels, formats=only_qr)]


def _unreadable(image: Path, what: str) -> InputError:
    why = "a picture of a code is needed"
    return InputError(Problem(str(image), what, why, "give a photo of the label as PNG, JPEG or WebP"))
