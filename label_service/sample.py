"""A throw-away service for trying things out: its own keys, trust list and database in one folder."""

from dataclasses import dataclass
from pathlib import Path

from footprint.passport import Signer, TrustList
from label_service.settings import Settings, new_api_key

PRODUCER = "Sample producer (not a real one)"


@dataclass(frozen=True)
class Sample:
    """The settings of a sample service, and what its user needs to know once."""

    settings: Settings
    api_key: str
    producer_key: Path

    def __repr__(self) -> str:
        return f"Sample({self.settings.public_url!r})"  # never the key


def prepare(folder: Path, public_url: str) -> Sample:
    """Makes what is missing in the folder; the API key is new at every start and never written down."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    producer = _signer(folder / "producer.key")
    _signer(folder / "service.key")
    trust = folder / "trust.json"
    if not trust.exists():
        trust.write_bytes(TrustList.of(producer.trusted_as(PRODUCER)).to_json())
    api_key, digest = new_api_key()
    settings = Settings.read(
        database_url=f"sqlite:///{folder / 'passports.db'}",
        public_url=public_url,
        trust_list=trust,
        signing_key=folder / "service.key",
        api_key_hashes={"sample": digest},
    )
    return Sample(settings, api_key, folder / "producer.key")


def _signer(path: Path) -> Signer:
    if not path.exists():
        Signer.generate().save(path, None)
    return Signer.open(path)
