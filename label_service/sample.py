"""A throw-away service for trying things out: its own keys, trust list and database in one folder."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from footprint.passport import Signer, TrustList
from footprint.passport.signed_trust import sign_trust_list
from label_service.settings import Settings, new_api_key

PRODUCER = "Sample producer (not a real one)"
LOG_NAME = "localhost/log"
"""The same on every port, so that a sample service goes on where it was."""
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Sample:
    """The settings of a sample service, and what its user needs to know once."""

    settings: Settings
    api_key: str
    producer_key: Path

    def __repr__(self) -> str:
        return f"Sample({self.settings.public_url!r})"  # never the key


def prepare(folder: Path, public_url: str, at: datetime) -> Sample:
    """Makes what is missing in the folder; the API key is new at every start and never written down.

    The trust list is signed anew, by the service itself as root, for the page that checks codes offline.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    producer = _signer(folder / "producer.key")
    root = _signer(folder / "service.key")
    trust = folder / "trust.json"
    if not trust.exists():
        trust.write_bytes(TrustList.of(producer.trusted_as(PRODUCER)).to_json())
    signed = sign_trust_list(
        TrustList.load(trust), root, version=int(at.timestamp()), valid_from=at, valid_until=at + MONTH
    )
    (folder / "trust.signed.json").write_bytes(signed)
    api_key, digest = new_api_key()
    settings = Settings.read(
        database_url=f"sqlite:///{folder / 'passports.db'}",
        public_url=public_url,
        trust_list=trust,
        signed_trust_list=folder / "trust.signed.json",
        signing_key=folder / "service.key",
        api_key_hashes={"sample": digest},
        log_name=LOG_NAME,
    )
    return Sample(settings, api_key, folder / "producer.key")


def _signer(path: Path) -> Signer:
    if not path.exists():
        Signer.generate().save(path, None)
    return Signer.open(path)
