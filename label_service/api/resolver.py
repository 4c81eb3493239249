"""For whoever scans a code: the GS1 Digital Link of a lot is its page, its passport and its label."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from footprint.errors import MalformedError
from footprint.passport import DigitalLink
from label_service.api.negotiation import prefers_passport
from label_service.api.passport_bytes import MEDIA_TYPE, cached, passport_response
from label_service.api.problems import ProblemError, documented, not_found
from label_service.kept_labels import Variant
from label_service.pages.language import AskedLanguage
from label_service.pages.passport import passport_page
from label_service.service import Given, Service
from label_service.store import Record
from label_service.translation import N_, Language

router = APIRouter(tags=["lots"])

LOT = "/01/{gtin}/10/{lot}"
ITEM = LOT + "/21/{serial}"
Responses = dict[int | str, dict[str, Any]]
PAGE: Responses = {
    200: {"description": "the page, or the passport", "content": {"text/html": {}, MEDIA_TYPE: {}}},
    304: {"description": "unchanged"},
    307: {"description": "the same lot in its canonical form"},
    **documented(400, 404, 422, 500, 503),
}
PICTURE: Responses = {
    200: {"content": {"image/svg+xml": {}, "image/png": {}}},
    304: {"description": "unchanged"},
    **documented(400, 404, 422, 500, 503),
}

Gtin = Annotated[str, Path(description="GTIN, 8 to 14 digits", examples=["09506000134352"], max_length=40)]
Lot = Annotated[str, Path(description="batch or lot, percent-encoded", examples=["2025-06-A"], max_length=60)]
Serial = Annotated[str, Path(description="serial number, percent-encoded", examples=["123"], max_length=60)]
Format = Annotated[
    Literal["json", "html"] | None, Query(alias="format", description="overrides the Accept header")
]
AskedVariant = Annotated[Variant, Query(description="mono: for one-colour printers")]


async def _lot_link(service: Given, gtin: Gtin, lot: Lot) -> DigitalLink:
    return _link(service, f"/01/{gtin}/10/{lot}")


async def _item_link(service: Given, gtin: Gtin, lot: Lot, serial: Serial) -> DigitalLink:
    return _link(service, f"/01/{gtin}/10/{lot}/21/{serial}")


def _link(service: Service, path: str) -> DigitalLink:
    """The path segments come percent-encoded, as they were sent (see `RawLotPath`)."""
    try:
        return DigitalLink.parse(service.settings.public_url + path)
    except MalformedError as error:
        title = N_("This is not the address of a lot")
        raise ProblemError(400, "not-a-digital-link", title, *error.problems) from error


LotLink = Annotated[DigitalLink, Depends(_lot_link)]
ItemLink = Annotated[DigitalLink, Depends(_item_link)]


@router.get(LOT, summary="A lot", response_class=HTMLResponse, responses=PAGE)
def get_lot(
    request: Request, service: Given, link: LotLink, language: AskedLanguage, asked: Format = None
) -> Response:
    """Its page; with `Accept: application/vc` (or `application/json`) or `?format=json` the passport."""
    return _lot(request, service, link, language, asked)


@router.get(ITEM, summary="One item of a lot", response_class=HTMLResponse, responses=PAGE)
def get_item(
    request: Request, service: Given, link: ItemLink, language: AskedLanguage, asked: Format = None
) -> Response:
    """The item's own passport if it has one, else the one of its lot."""
    return _lot(request, service, link, language, asked)


@router.get(LOT + "/label.{kind}", summary="The lot's label", response_class=Response, responses=PICTURE)
def get_lot_label(
    request: Request,
    service: Given,
    link: LotLink,
    kind: Literal["svg", "png"],
    language: AskedLanguage,
    variant: AskedVariant = "colour",
) -> Response:
    """Drawn once, when it is first asked for; its code is read back then."""
    return _label(request, service, link, (kind, language, variant))


@router.get(ITEM + "/label.{kind}", summary="The item's label", response_class=Response, responses=PICTURE)
def get_item_label(
    request: Request,
    service: Given,
    link: ItemLink,
    kind: Literal["svg", "png"],
    language: AskedLanguage,
    variant: AskedVariant = "colour",
) -> Response:
    """As for a lot."""
    return _label(request, service, link, (kind, language, variant))


def _lot(
    request: Request, service: Service, link: DigitalLink, language: Language, asked: str | None
) -> Response:
    if link.path != request.scope["path"]:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(link.path + query, 307)
    current, *earlier = _versions(service, link)
    headers = {"Link": _links(current, service), "Vary": "Accept, Accept-Language"}
    if asked == "json" or (asked is None and prefers_passport(request)):
        return passport_response(request, current, headers)
    page, status = passport_page(service, service.read(current), earlier, language)
    return HTMLResponse(page, status, headers)


def _label(
    request: Request, service: Service, link: DigitalLink, wanted: tuple[str, Language, Variant]
) -> Response:
    kind, language, variant = wanted
    label = service.label(_versions(service, link)[0], language, variant)
    if label is None:
        raise not_found("label", "no such label", "see the passport page")
    body, media_type = (label.svg, "image/svg+xml") if kind == "svg" else (label.png, "image/png")
    return cached(request, body, media_type, {"Vary": "Accept-Language"})


def _versions(service: Service, link: DigitalLink) -> list[Record]:
    """The item's passports, or those of its whole lot, which cover the item too; the current one first."""
    found = service.shelf.versions(link.gtin, link.lot, link.serial or "")
    if not found and link.serial:
        found = service.shelf.versions(link.gtin, link.lot, "")
    if not found:
        fix = "compare GTIN and lot with the pack, or ask the producer whether the passport was handed in"
        raise not_found("lot", f"no passport for GTIN {link.gtin}, lot {link.lot}", fix)
    return found


def _links(record: Record, service: Service) -> str:
    """RFC 8288; link types of the GS1 Web Vocabulary."""
    path = service.path_of(record)
    return ", ".join(
        (
            f'<{path}?format=json>; rel="alternate"; type="{MEDIA_TYPE}"',
            f'<{path}/label.svg>; rel="related"; type="image/svg+xml"; title="label"',
            f'</v1/passports/{record.id}/proof>; rel="related"; type="application/json"; title="log proof"',
            f'<{path}>; rel="https://ref.gs1.org/voc/sustainabilityInfo"; type="text/html"',
        )
    )
