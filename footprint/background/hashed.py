"""A folder of arrays and tables under one manifest: whoever opens it knows that not a byte has changed.

The manifest holds the SHA-256 of every file beside it; the SHA-256 of the manifest is the identity of the folder.
Arrays are memory-mapped, so that ten processes on one machine share one copy.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.strict_json import parse_object

MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 4 * 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_ENDINGS = {"arrays": "npy", "tables": "json"}
AnyArray = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class HashedFolder:
    """An opened folder."""

    path: Path
    identity: str
    about: Mapping[str, Any]
    arrays: Mapping[str, AnyArray]
    tables: Mapping[str, Any]


def write(
    path: Path, kind: str, about: Mapping[str, Any], arrays: Mapping[str, AnyArray], tables: Mapping[str, Any]
) -> HashedFolder:
    """Write a folder whole, or not at all.

    Args:
        path: where; nothing may be there.
        kind: what the folder is, and in which version of its form.
        about: everything else that its identity covers.
        arrays: by name.
        tables: by name; anything JSON holds.

    Raises:
        InputError: something is there already, or the disk does not take it.
    """
    if path.exists():
        fix = "choose another name, or remove it first"
        raise InputError(Problem(str(path), "is there already", "nothing is written over", fix))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        try:
            _fill(draft, kind, about, arrays, tables)
            draft.chmod(0o755)
            draft.rename(path)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        fix = "choose a folder with room that you can write to"
        raise InputError(Problem(str(path), "cannot be written", str(error.strerror), fix)) from error
    return read(path, kind)


def read(path: Path, kind: str) -> HashedFolder:
    """Open a folder and compare every byte with its manifest.

    Args:
        path: where it is.
        kind: what it has to be.

    Raises:
        InputError: it is none, of another kind, or a file of it has changed.
    """
    text = _bytes(path, MANIFEST, MAX_MANIFEST_BYTES)
    try:
        manifest = parse_object(text, max_bytes=MAX_MANIFEST_BYTES)
    except MalformedError as error:
        raise InputError(*(problem.under(str(path / MANIFEST)) for problem in error.problems)) from error
    if manifest.get("kind") != kind:
        what = f"is a {str(manifest.get('kind'))[:60]!r}"
        raise InputError(Problem(str(path), what, f"{kind!r} is needed", "give the right folder"))
    listed = {section: _listed(path, manifest, section) for section in _ENDINGS}
    for section, files in listed.items():
        for name, digest in files.items():
            _check(path, f"{name}.{_ENDINGS[section]}", digest)
    arrays = {name: _array(path / f"{name}.npy") for name in listed["arrays"]}
    tables = {name: _table(path / f"{name}.json") for name in listed["tables"]}
    identity = "sha256:" + hashlib.sha256(text).hexdigest()
    return HashedFolder(path, identity, manifest["about"], arrays, tables)


def _fill(
    folder: Path,
    kind: str,
    about: Mapping[str, Any],
    arrays: Mapping[str, AnyArray],
    tables: Mapping[str, Any],
) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
    for name, table in tables.items():
        (folder / f"{name}.json").write_bytes(_json(table))
    manifest = {
        "kind": kind,
        "about": about,
        "arrays": {name: _digest(folder / f"{name}.npy") for name in arrays},
        "tables": {name: _digest(folder / f"{name}.json") for name in tables},
    }
    with (folder / MANIFEST).open("wb") as stream:
        stream.write(_json(manifest))
        stream.flush()
        os.fsync(stream.fileno())


def _json(value: object) -> bytes:
    """The same content, the same bytes."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _listed(path: Path, manifest: Mapping[str, Any], section: str) -> dict[str, str]:
    files = manifest.get(section)
    named = isinstance(files, dict) and all(
        _NAME.fullmatch(name) and isinstance(digest, str) for name, digest in files.items()
    )
    if not named or not isinstance(manifest.get("about"), dict):
        raise InputError(Problem(str(path / MANIFEST), f"lists no {section}", "", "build it again"))
    return dict(files or {})


def _check(path: Path, name: str, digest: str) -> None:
    try:
        found = _digest(path / name)
    except OSError as error:
        why = str(error.strerror)
        raise InputError(Problem(str(path / name), "cannot be read", why, "build it again")) from error
    if found != digest:
        why = "its bytes are not those the manifest was made for"
        raise InputError(Problem(str(path / name), "has changed", why, "build it again, or copy it again"))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _array(path: Path) -> AnyArray:
    try:
        found: AnyArray = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:  # an empty array cannot be mapped
        found = _unmapped(path)
    return found


def _unmapped(path: Path) -> AnyArray:
    try:
        found: AnyArray = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise InputError(Problem(str(path), "is no array", str(error)[:200], "build it again")) from error
    return found


def _table(path: Path) -> Any:  # noqa: ANN401 - whatever was written
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(str(path), "is no table", str(error)[:200], "build it again")) from error


def _bytes(path: Path, name: str, most: int) -> bytes:
    try:
        with (path / name).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        fix = "give the folder that `footprint background build` made"
        raise InputError(Problem(str(path / name), "cannot be read", str(error.strerror), fix)) from error
