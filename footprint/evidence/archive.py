"""A zip file of which every byte follows from what is in it: the same files, the same archive, on any machine.

Nothing is compressed: compressed bytes differ between versions of zlib, and what is not compressed cannot be a bomb.
"""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from footprint.errors import MalformedError, Problem
from footprint.passport.wording import shown

MAX_BYTES = 32 * 1024 * 1024
MOST_FILES = 256
_FIX = "give the bundle as it was made"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip file can say: when a bundle was made is no part of it."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files, in order of their names.

    >>> pack({"a": b"1", "b": b"2"}) == pack({"b": b"2", "a": b"1"})
    True
    """
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            about = ZipInfo(name, _FIRST_DAY)
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, files[name])
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive made by `pack`.

    Raises:
        MalformedError: not a zip file, too large, or with one byte that `pack` would not have written.
    """
    if len(data) > MAX_BYTES:
        raise _malformed("is larger than 32 MiB", "no bundle is")
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = _read(archive, len(data))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise _malformed("cannot be read", shown(str(error))) from error
    if pack(files) != data:
        raise _malformed("is not written as bundles are", "something may be hidden between its files")
    return files


def _read(archive: ZipFile, size: int) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _malformed(f"holds {len(entries)} files", f"the limit is {MOST_FILES}")
    if any(entry.compress_type != ZIP_STORED for entry in entries):
        raise _malformed("is compressed", "bundles are not: small files may unpack to huge ones")
    if sum(entry.file_size for entry in entries) > size:
        raise _malformed("says that its files are larger than itself", "they overlap, or the sizes are false")
    return {entry.filename: archive.read(entry) for entry in entries}


def _malformed(what: str, why: str) -> MalformedError:
    return MalformedError(Problem("bundle", what, why, _FIX))
