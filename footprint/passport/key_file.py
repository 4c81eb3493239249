"""A private key on disk: PKCS#8 PEM that nobody but its owner may read."""

import os
import stat
from pathlib import Path
from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from footprint.errors import InputError, Problem
from footprint.passport.signing_key import PrivateKey

OWNER_ONLY = 0o600
MAX_KEY_FILE_BYTES = 16 * 1024


def write_key(path: Path, key: PrivateKey, password: bytes | None) -> None:
    """Write a new key file, readable by its owner only; an existing file is never replaced."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption(path, password))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        _refuse(path, "is there already", "a lost key cannot be made again", "choose another name")
    except OSError as error:
        _refuse(path, "cannot be written", error.strerror or str(error), "choose a folder you can write to")
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path, password: bytes | None) -> PrivateKey:
    """The key of a file that only its owner can read."""
    try:
        with path.open("rb") as file:
            _check_private(path, os.fstat(file.fileno()))
            pem = file.read(MAX_KEY_FILE_BYTES)
    except OSError as error:
        _refuse(path, "cannot be read", error.strerror or str(error), "give the path of your key file")
    return _parsed(path, pem, password)


def _encryption(path: Path, password: bytes | None) -> KeySerializationEncryption:
    if password is None:
        return NoEncryption()
    if not password:
        _refuse(path, "was given an empty password", "it protects nothing", "give a password, or none at all")
    return BestAvailableEncryption(password)


def _check_private(path: Path, status: os.stat_result) -> None:
    others = stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    if os.name == "posix" and others:
        why = "whoever reads it can sign in your name"
        _refuse(path, "can be opened by other users", why, f"chmod 600 {path}")


def _parsed(path: Path, pem: bytes, password: bytes | None) -> PrivateKey:
    try:
        key = load_pem_private_key(pem, password)
    except TypeError:
        locked = password is None
        what = "needs a password" if locked else "has no password"
        _refuse(path, what, "", "give its password" if locked else "open it without one")
    except ValueError:
        _refuse(path, "is no key this password opens", "", "check the file and the password")
    if not isinstance(key, Ed25519PrivateKey | EllipticCurvePrivateKey):
        why = "passports are signed with Ed25519, or ECDSA on P-256 or P-384"
        _refuse(path, "is no such key", why, "make one: footprint keygen")
    return key


def _refuse(path: Path, what: str, why: str, fix: str) -> NoReturn:
    raise InputError(Problem(str(path), what, why, fix)) from None
