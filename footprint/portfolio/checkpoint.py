"""What a run keeps on disk, so that a killed one goes on where it stopped and ends with the same bytes.

    results/
      manifest.json        what was asked: digests of input, template and published numbers, method, engine
      shards/000012.arrow  a finished shard; these go when all are there
      footprints.parquet   a row for each product; problems.parquet and summary.html beside it

A file is written beside its place, brought to the disk and then renamed: it is there whole or not at all.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from footprint.errors import InputError, MalformedError, Problem
from footprint.passport.strict_json import parse_object
from footprint.portfolio.shard import Results

MANIFEST = "manifest.json"
_FINISHED = "finished"


class Checkpoint:
    """The folder of one run.

    Args:
        folder: made when it is not there.
        asked: what decides the results, by a name a person understands.

    Raises:
        InputError: the folder holds another run, or something else, or cannot be written to.
    """

    def __init__(self, folder: Path, asked: Mapping[str, Any]) -> None:
        self.folder = folder
        self._asked = dict(asked)
        self._shards = folder / "shards"
        known = self._known()
        self.finished = known is not None and known.get(_FINISHED) is True
        if known is None:
            self._make()

    def _known(self) -> dict[str, Any] | None:
        manifest = self.folder / MANIFEST
        if not manifest.exists():
            if self.folder.exists() and any(self.folder.iterdir()):
                what, why = "is not empty", "it is not the folder of a portfolio run"
                raise InputError(Problem(str(self.folder), what, why, "name a new folder with --out"))
            return None
        try:
            known = parse_object(manifest.read_bytes())
        except (OSError, MalformedError) as error:
            raise InputError(
                Problem(str(manifest), "cannot be read", str(error), "name a new folder")
            ) from error
        told = {name: value for name, value in known.items() if name != _FINISHED}
        other = [name for name in {**told, **self._asked} if told.get(name) != self._asked.get(name)]
        if other:
            what = f"was begun with other {', '.join(other)}"
            fix = "name a new folder with --out, or ask as before"
            raise InputError(Problem(str(self.folder), what, "shards of two runs are never mixed", fix))
        return known

    def _make(self) -> None:
        try:
            self._shards.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self.write(MANIFEST, _json(self._asked))

    def finish(self) -> None:
        """Everything is written: mark it so, and let the shards go."""
        self.write(MANIFEST, _json({**self._asked, _FINISHED: True}))
        shutil.rmtree(self._shards, ignore_errors=True)

    def has(self, shard: int) -> bool:
        """Whether a shard is there whole, from this engine."""
        return self.read(shard) is not None

    def read(self, shard: int) -> Results | None:
        """The results of a shard; `None` when they are not there."""
        try:
            return Results.unpacked(self._path(shard).read_bytes())
        except FileNotFoundError:
            return None

    def keep(self, shard: int, packed: bytes) -> None:
        """Keep the results of a shard.

        Raises:
            InputError: they cannot be written; what was kept before stays.
        """
        self.write(str(self._path(shard).relative_to(self.folder)), packed)

    def results(self, shards: int) -> Iterator[Results]:
        """All shards in their order."""
        for number in range(shards):
            found = self.read(number)
            if found is None:
                what, fix = f"shard {number} is not there any more", "run the same command again"
                raise InputError(Problem(str(self.folder), what, "somebody took it away or changed it", fix))
            yield found

    def write(self, name: str, content: bytes) -> None:
        """A whole file or none."""
        self.stream(name, lambda stream: stream.write(content))

    def stream(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """A whole file or none, written piece by piece.

        Args:
            name: inside the folder.
            fill: writes it.

        Raises:
            InputError: it cannot be written, for want of space or of permission.
        """
        path = self.folder / name
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("wb") as stream:
                fill(stream)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
            _sync(path.parent)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise _unwritable(path, error) from error

    def _path(self, shard: int) -> Path:
        return self._shards / f"{shard:06}.arrow"


def _sync(folder: Path) -> None:
    """Bring a rename to the disk, where folders can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _unwritable(path: Path, error: OSError) -> InputError:
    fix = "make room or choose another folder, then run the same command again: finished shards are kept"
    return InputError(Problem(str(path), "cannot be written", str(error.strerror or error), fix))
