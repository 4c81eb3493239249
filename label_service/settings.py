"""What an operator decides, read from `FOOTPRINT_…` variables; secrets that are none are refused."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated, Any, Self, cast
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from footprint.errors import FootprintError, InputError, Problem
from footprint.passport import DigitalLink
from footprint.passport.signed_note import NoteKey
from footprint.passport.witnessed import witness_key

API_KEY = re.compile(r"afk_[A-Za-z0-9_-]{43}")
"""A prefix that secret scanners can find, and 256 random bits in base64url."""

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_HASH = re.compile(r"[0-9a-f]{64}")
_KEY_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_COMMON = (
    "",
    "admin",
    "apikey",
    "api-key",
    "changeme",
    "default",
    "demo",
    "key",
    "password",
    "sample",
    "secret",
    "test",
    "token",
)
_KNOWN_WEAK = frozenset(sha256(word.encode()).hexdigest() for word in _COMMON)
_MAKE_ONE = "python -c 'from label_service.settings import new_api_key; print(*new_api_key())' prints both"


def new_api_key() -> tuple[str, str]:
    """A fresh API key and the hash that goes into the settings; the key itself is shown to its owner once."""
    key = f"afk_{token_urlsafe(32)}"
    return key, hash_of(key)


def hash_of(api_key: str) -> str:
    """SHA-256, hex: enough for 256 random bits, and too fast to become a way to overload the service."""
    return sha256(api_key.encode()).hexdigest()


class Settings(BaseSettings):
    """Everything the service must be told; there is no default for what must differ between installations."""

    model_config = SettingsConfigDict(env_prefix="FOOTPRINT_", extra="forbid", frozen=True)

    database_url: str = Field(default="sqlite:///footprint.db", description="SQLAlchemy URL")
    public_url: str = Field(
        description="https origin under which passports are resolved; http for this machine only"
    )
    trust_list: Path = Field(description="JSON file: the issuers whose passports are taken")
    signing_key: Path = Field(description="Ed25519 key (PKCS#8 PEM) that signs scores")
    did_document: Path | None = Field(
        default=None, description="keys of this service with their history, from `footprint did`"
    )
    api_key_hashes: dict[str, str] = Field(
        default_factory=dict, repr=False, description="name -> SHA-256 of its API key"
    )
    label_font: Path | None = Field(
        default=None, description="OpenType font for characters outside Latin and GB 2312"
    )
    contact: str | None = Field(
        default=None, pattern=r"^[^@\s<>\"']+@[^@\s<>\"']+$", description="mail address for error reports"
    )
    signed_trust_list: Path | None = Field(
        default=None, description="trust list signed by a root, offered to the page that checks codes offline"
    )
    log_name: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9.:/_-]{1,200}$",
        description="name of the log; stays when the address moves",
    )
    checkpoint_file: Path | None = Field(
        default=None, description="file that keeps the log's last signed checkpoint, outside the database"
    )
    log_witnesses: tuple[str, ...] = Field(
        default=(),
        description="verifier keys of the witnesses whose cosignatures the log takes, as a JSON list",
    )
    vc_api_contexts: Path | None = Field(
        default=None,
        description="JSON-LD contexts by address: opens the VC-API for test suites, which signs anything",
    )
    max_body_bytes: Annotated[int, Field(ge=1024, le=16 * 1024 * 1024)] = 1024 * 1024
    page_size: Annotated[int, Field(ge=1, le=1000)] = 100

    @classmethod
    def read(cls, **given: object) -> Self:
        """The settings of this process, from arguments and environment; raises with every problem at once."""
        try:
            settings = cls(**cast("dict[str, Any]", given))
        except ValidationError as error:
            raise InputError.from_problems(map(_described, error.errors())) from None
        settings.check()
        return settings

    def check(self) -> None:
        """Refuses what parses but must not be run."""
        found = [
            *_url_problems(self.public_url),
            *_key_problems(self.api_key_hashes),
            *self._checkpoint_problems(),
            *self._witness_problems(),
            *self._vc_api_problems(),
        ]
        if found:
            raise InputError.from_problems(found)

    @property
    def log_origin(self) -> str:
        """The log's name: its address without the scheme (C2SP tlog-tiles, "Parameters"), unless told otherwise."""
        return self.log_name or self.public_url.partition("://")[2] + "/log"

    @property
    def kept_checkpoint(self) -> Path:
        """Where the log's last signed checkpoint is kept; beside a SQLite file, unless told otherwise."""
        return self.checkpoint_file or Path(f"{make_url(self.database_url).database}.checkpoint")

    @property
    def known_witnesses(self) -> tuple[NoteKey, ...]:
        """Whose cosignatures are taken."""
        return tuple(map(witness_key, self.log_witnesses))

    def _witness_problems(self) -> Iterator[Problem]:
        for text in self.log_witnesses:
            try:
                witness_key(text)
            except FootprintError as error:
                yield from (problem.under("log_witnesses") for problem in error.problems)

    def _checkpoint_problems(self) -> Iterator[Problem]:
        if self.checkpoint_file is None and not self.database_url.startswith("sqlite:"):
            why = "a restored old backup is noticed only by what is kept outside of it"
            fix = "set FOOTPRINT_CHECKPOINT_FILE, on another disk than the database"
            yield Problem("checkpoint_file", "is missing", why, fix)

    def _vc_api_problems(self) -> Iterator[Problem]:
        if self.vc_api_contexts is not None and urlsplit(self.public_url).hostname not in _THIS_MACHINE:
            why = "it signs whatever anybody sends"
            fix = "leave FOOTPRINT_VC_API_CONTEXTS out, or test on http://127.0.0.1:8000"
            yield Problem("vc_api_contexts", "is for test suites on one machine", why, fix)

    @property
    def did(self) -> str:
        """The did:web name of this service (did:web method, "Read": the port's colon is percent-encoded)."""
        return "did:web:" + self.public_url.partition("://")[2].replace(":", "%3A")


def _described(error: ErrorDetails) -> Problem:
    name = ".".join(str(part) for part in error["loc"]) or "settings"
    description = Settings.model_fields[name].description if name in Settings.model_fields else ""
    return Problem(name, error["msg"].lower(), description or "", f"set FOOTPRINT_{name.upper()}")


def _url_problems(public_url: str) -> Iterator[Problem]:
    fix = "write https://passports.example.org (or http://127.0.0.1:8000 while trying it out)"
    try:
        link = DigitalLink.parse(f"{public_url}/01/09506000134352/10/A")
    except FootprintError:
        yield Problem(
            "public_url",
            f"{public_url!r} is not an https origin",
            "printed codes will point there for years",
            fix,
        )
        return
    if link.resolver != public_url:
        yield Problem(
            "public_url",
            f"{public_url!r} is not in its plain form",
            "addresses are compared letter by letter",
            f"write {link.resolver}",
        )


def _key_problems(hashes: dict[str, str]) -> Iterator[Problem]:
    for name, digest in hashes.items():
        where = f"api_key_hashes.{name}"
        if not _KEY_NAME.fullmatch(name):
            yield Problem(
                where, "is not a usable name", "it is written into the log", "use letters, digits, . _ -"
            )
        if API_KEY.fullmatch(digest):
            yield Problem(
                where,
                "is the key itself",
                "settings hold its SHA-256 only, so that a leaked file opens nothing",
                _MAKE_ONE,
            )
        elif not _HASH.fullmatch(digest):
            yield Problem(where, "is not a SHA-256 in lower-case hex", "64 digits are needed", _MAKE_ONE)
        elif digest in _KNOWN_WEAK or len(set(digest)) < 4:
            yield Problem(
                where, "is the hash of a word everybody tries", "an API key has 256 random bits", _MAKE_ONE
            )
    if len(set(hashes.values())) < len(hashes):
        yield Problem(
            "api_key_hashes", "two names share one key", "the log could not tell them apart", _MAKE_ONE
        )
