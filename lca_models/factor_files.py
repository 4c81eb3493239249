"""Factor files: one publication as TOML, read strictly, every fault named at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from lca_models import strict_toml
from lca_models.errors import FactorError, Problem
from lca_models.published import Factor, Source, Table

MAX_BYTES = 4 * 1024 * 1024
_SECTIONS = {"publication", "factor", "table"}
EntryT = TypeVar("EntryT", Factor, Table)


@dataclass(frozen=True, slots=True)
class Publication:
    """What one file, or several read together, say."""

    factors: tuple[Factor, ...]
    tables: tuple[Table, ...]

    @property
    def entries(self) -> tuple[Factor | Table, ...]:
        """Numbers and tables."""
        return (*self.factors, *self.tables)


def shipped_paths() -> list[Path]:
    """The files that come with the package."""
    paths = (Path(str(entry)) for entry in files("lca_models").joinpath("data").iterdir())
    return sorted(path for path in paths if path.suffix == ".toml")


def read_all(paths: Iterable[Path]) -> Publication:
    """Several files as one.

    Raises:
        FactorError: every fault of every file, at once.
    """
    problems: list[Problem] = []
    read: list[Publication] = []
    for path in paths:
        try:
            read.append(read_file(path))
        except FactorError as error:
            problems.extend(error.problems)
    if problems:
        raise FactorError(*problems)
    return Publication(
        tuple(factor for publication in read for factor in publication.factors),
        tuple(table for publication in read for table in publication.tables),
    )


def read_file(path: Path) -> Publication:
    """One file.

    Raises:
        FactorError: every fault of the file, at once.
    """
    content = _parse(path)
    try:
        source = Source.model_validate(content.pop("publication", {}))
    except ValidationError as error:
        raise FactorError(*_problems(error, f"{path.name}: publication")) from error
    problems: list[Problem] = []
    factors = _validate(Factor, content.get("factor", []), source, path.name, problems)
    tables = _validate(Table, content.get("table", []), source, path.name, problems)
    if problems:
        raise FactorError(*problems)
    return Publication(tuple(factors), tuple(tables))


def _parse(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise FactorError(Problem(path.name, "is larger than 4 MiB", "no factor file is", "split it"))
        content = strict_toml.parse(text)
    except (strict_toml.NotTomlError, OSError) as error:
        raise FactorError(Problem(path.name, "cannot be read", str(error), "mend the TOML")) from error
    unknown = set(content) - _SECTIONS
    if unknown:
        why = "only publication, factor and table belong here"
        raise FactorError(Problem(path.name, f"has {sorted(unknown)}", why, "rename them"))
    return content


def _validate(
    kind: type[EntryT], entries: object, source: Source, file: str, problems: list[Problem]
) -> list[EntryT]:
    section = kind.__name__.lower()
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        what = f"{section} is not a list of tables"
        problems.append(Problem(file, what, "", f"begin each entry with [[{section}]]"))
        return []
    read = []
    for number, entry in enumerate(entries):
        try:
            read.append(kind.model_validate({"licence": source.licence, **entry, "source": source}))
        except ValidationError as error:
            problems.extend(_problems(error, f"{file}: {entry.get('id', f'entry {number + 1}')}"))
    return read


def _problems(error: ValidationError, where: str) -> list[Problem]:
    fix = "see docs/howto/add-factors.md for the fields a number needs"
    return [
        Problem(f"{where}.{'.'.join(map(str, e['loc']))}".rstrip("."), e["msg"], "", fix)
        for e in error.errors()
    ]
