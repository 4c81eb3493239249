"""What every route works with, assembled once by `create_app`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from footprint.passport import DigitalLink, Signer, TrustList
from footprint.passport.did_document import DidDocument
from label_service.accepting import judge
from label_service.intake import Intake
from label_service.kept_labels import Variant, kept_label
from label_service.kept_status import KeptStatus
from label_service.probe import Probe
from label_service.settings import Settings
from label_service.standing import Reading, read
from label_service.store import Posting, Record, Shelf, Stored, StoredLabel
from label_service.translation import Language

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The only place where the service looks at the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Service:
    """Settings, whom to trust, the key to sign with, the shelf and its intake, the status lists, and the time."""

    settings: Settings
    trust: TrustList
    signer: Signer
    keys: DidDocument
    shelf: Shelf
    intake: Intake
    status: KeptStatus
    clock: Clock
    probe: Probe = field(default_factory=Probe)

    async def take(
        self, body: bytes, owner: str, idempotency_key: str | None, offline_code: str | None = None
    ) -> Stored:
        """Takes a posted passport, and the code its issuer made for its label."""
        return await self.intake.take(lambda: self._judge(body, owner, idempotency_key, offline_code))

    def _judge(
        self, body: bytes, owner: str, idempotency_key: str | None, offline_code: str | None
    ) -> Posting:
        return judge(
            body,
            shelf=self.shelf,
            trust=self.trust,
            status=self.status,
            public_url=self.settings.public_url,
            label_font=self.settings.label_font,
            at=self.clock(),
            owner=owner,
            idempotency_key=idempotency_key,
            offline_code=offline_code,
        )

    def label(self, record: Record, language: Language, variant: Variant) -> StoredLabel | None:
        """A label of a stored passport."""
        return kept_label(self.shelf, self.read(record), language, variant, self.settings.label_font)

    def path_of(self, record: Record) -> str:
        """The lot's address on this service, percent-encoded."""
        return DigitalLink(record.gtin, record.lot, record.serial or None).path

    def url_of(self, record: Record) -> str:
        """The lot's address as it is printed on its label."""
        return self.settings.public_url + self.path_of(record)

    def read(self, record: Record) -> Reading:
        """How a stored passport stands now."""
        return read(record, self.trust, self.status, self.clock())


async def _service(
    request: Request,
) -> Service:  # async: FastAPI would send a plain function to another thread
    return cast("Service", request.app.state.service)


Given = Annotated[Service, Depends(_service)]
"""The service, as an argument of a route."""
