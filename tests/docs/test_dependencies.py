"""`docs/dependencies.md` names every direct dependency once, with the licence its package states."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROW = re.compile(r"^\| \[?`([\w.-]+)`\]?[^|]*\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = {row[1]: row for row in ROW.finditer((ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"))}
SIGNS = {
    "Apache-2.0": ("apache",),
    "BSD-2-Clause": ("bsd 2-clause", "bsd-2-clause"),
    "BSD-3-Clause": ("bsd", "redistribution and use in source and binary forms"),
    "ISC": ("isc",),
    "LGPL-3.0": ("lgpl-3.0",),
    "MIT": ("mit", "permission is hereby granted, free of charge"),
    "MIT-CMU": ("mit-cmu",),
    "MPL-2.0": ("mpl-2.0",),
}


def direct() -> set[str]:
    listed = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        listed += extra
    names = {re.match(r"[\w.-]+", requirement)[0] for requirement in listed}
    return names - {PROJECT["project"]["name"]}


def test_the_list_is_complete_and_has_nothing_else() -> None:
    assert set(ROWS) == direct()


@pytest.mark.parametrize("name", sorted(direct() - {"setuptools"}))
def test_the_licence_is_the_one_the_package_states(name: str) -> None:
    told = stated(name)
    for licence in re.split(r" (?:or|and) ", ROWS[name][3]):
        assert any(sign in told for sign in SIGNS[licence]), f"{name}: {told[:300]}"


def stated(name: str) -> str:
    """What the package says of its licence, in its metadata and its licence files."""
    found = distribution(name)
    texts = [found.metadata.get(key) or "" for key in ("License-Expression", "License")]
    texts += [line for line in found.metadata.get_all("Classifier", []) if line.startswith("License")]
    texts += [
        file.read_text("utf-8")[:2000]
        for file in found.files or []
        if file.stem == "LICENSE" and "dist-info" in str(file)
    ]
    return " ".join(texts).lower()
