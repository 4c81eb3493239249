"""What this service says about itself to machines."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from label_service.api.problems import documented
from label_service.service import Given

router = APIRouter(prefix="/.well-known", tags=["identity"])


@router.get("/did.json", summary="DID document", response_class=JSONResponse, responses=documented(500))
def get_did(service: Given) -> JSONResponse:
    """did:web (W3C CCG): the keys this service signs scores, status lists and its log with, and used to."""
    return JSONResponse(service.keys.document(), media_type="application/did+json")


@router.get(
    "/gs1resolver", summary="GS1 resolver description", response_class=JSONResponse, responses=documented(500)
)
def get_gs1_resolver(service: Given) -> JSONResponse:
    """GS1-conformant resolver standard 1.2, resolver description file."""
    document = {
        "name": "Carbon passports of food",
        "resolverRoot": service.settings.public_url,
        "supportedPrimaryKeys": ["01"],
        "supportedQualifiers": ["10", "21"],
        "linkTypeDefault": "https://ref.gs1.org/voc/sustainabilityInfo",
    }
    return JSONResponse(document)
