"""The composition root: settings in, a server out. Everything it needs is made here and nowhere else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.staticfiles import StaticFiles

from footprint.passport import TrustList
from label_service.any_issuer import AnyIssuers
from label_service.any_status import AnyStatusLists
from label_service.api import (
    health,
    identity_documents,
    index,
    log,
    offline,
    passports,
    removals,
    resolver,
    scores,
    vc_api,
    vc_envelopes,
    witnesses,
)
from label_service.api import status as status_lists
from label_service.api.middleware import DeclaredSize, Envelope, RawLotPath
from label_service.api.openapi import describe
from label_service.api.problems import install
from label_service.intake import Intake
from label_service.kept_status import KeptStatus
from label_service.own_keys import own_keys
from label_service.pages.templates import STATIC
from label_service.service import Clock, Service, utc_now
from label_service.settings import Settings
from label_service.store import Notary, Shelf


def create_app(settings: Settings, *, clock: Clock = utc_now) -> FastAPI:
    """The service, ready to be served by any ASGI server.

    Raises:
        InputError: a setting, the trust list or the signing key cannot be used.
    """
    settings.check()
    trust = TrustList.load(settings.trust_list)
    signer, keys = own_keys(settings, clock())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        notary = Notary(settings.log_origin, signer, settings.kept_checkpoint)
        shelf = await run_in_threadpool(Shelf.open, settings.database_url, notary)
        status = KeptStatus(shelf, signer, settings.public_url)
        intake = Intake(shelf)
        app.state.service = Service(settings, trust, signer, keys, shelf, intake, status, clock)
        yield
        await run_in_threadpool(intake.close)  # its last answers go through this loop
        shelf.close()

    app = FastAPI(
        title="agrifood-footprint label service",
        version=version("agrifood-footprint"),
        lifespan=lifespan,
        docs_url=None,  # the usual viewers need scripts from elsewhere
        redoc_url=None,
    )
    app.state.max_body_bytes = settings.max_body_bytes
    writing, reading = (
        (passports, removals, status_lists),
        (log, witnesses, resolver, scores, identity_documents),
    )
    for room in (*writing, *reading, health, offline, index):
        app.include_router(room.router)
    if settings.vc_api_contexts is not None:
        app.state.any_issuers = AnyIssuers.open(settings.vc_api_contexts)
        app.state.any_status = AnyStatusLists(settings.public_url, signer)
        app.include_router(vc_api.router)
        app.include_router(vc_envelopes.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    install(app)
    describe(app)
    # the last one added is the outermost
    app.add_middleware(RawLotPath)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_body_bytes)
    app.add_middleware(DeclaredSize, limit=settings.max_body_bytes)
    app.add_middleware(Envelope, https=settings.public_url.startswith("https://"))
    return app
