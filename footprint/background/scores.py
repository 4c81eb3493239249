"""The intensity of every product of a pack for every gas: one solution serves every method, and is kept on disk."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from footprint.background import hashed
from footprint.background.certificate import Certificate
from footprint.background.pack import Pack
from footprint.background.solve import Solved, solved
from footprint.background.system import Structure, System
from footprint.errors import InputError, Problem
from lca_models.real import Array

METHOD = "tiers-2"
"""Name and version of how intensities are computed; scores of another one are never used."""
KIND = "agrifood-footprint background scores, version 1"


@dataclass(frozen=True)
class Scores:
    """Intensities of a pack."""

    pack: Pack
    intensities: Array
    """kg of each gas (column) per unit of each product (row); per unit of waste treated as it stands, negative."""
    certificate: Certificate

    @classmethod
    def of(cls, pack: Pack, cache: Path | None = None) -> "Scores":
        """The scores of a pack, from the cache or solved and kept there.

        Args:
            pack: an opened pack.
            cache: a folder for scores of any number of packs; nothing is kept when not given.

        Raises:
            NetworkError: the pack has no solution; a loop is named.
            InputError: what the cache holds has changed, or belongs to another pack or method.
        """
        if cache is None:
            return cls._solved(pack)
        kept = cache / f"{pack.id[7:23]}-{METHOD}"
        if kept.exists():
            return cls.read(kept, pack)
        found = cls._solved(pack)
        found.write(kept)
        return found

    @classmethod
    def read(cls, path: Path, pack: Pack) -> "Scores":
        """Scores somebody kept.

        Raises:
            InputError: a byte has changed, or they are of another pack or another version of the method.
        """
        folder = hashed.read(path, KIND)
        for word, found, wanted in (
            ("pack", folder.about.get("pack"), pack.id),
            ("method", folder.about.get("method"), METHOD),
            ("gases", folder.about.get("gases"), list(pack.gases)),
        ):
            if found != wanted:
                fix = "remove the folder; it will be made again"
                what = f"holds scores of another {word}"
                raise InputError(Problem(str(path), what, f"{str(found)[:80]}, not {str(wanted)[:80]}", fix))
        intensities = folder.arrays["intensities"]
        if intensities.shape != (len(pack), len(pack.gases)):
            raise InputError(Problem(str(path), "has another shape", "", "remove the folder"))
        about = folder.about["certificate"]
        return cls(pack, intensities, Certificate(about["kind"], about["relative_error"]))

    def write(self, path: Path) -> None:
        """Keep the scores.

        Args:
            path: a new folder.

        Raises:
            InputError: the folder cannot be written.
        """
        certificate = {"kind": self.certificate.kind, "relative_error": self.certificate.relative_error}
        about = {"pack": self.pack.id, "method": METHOD, "gases": list(self.pack.gases)}
        hashed.write(path, KIND, about | {"certificate": certificate}, {"intensities": self.intensities}, {})

    @classmethod
    def _solved(cls, pack: Pack) -> "Scores":
        system = Structure(pack).filled()
        solution = solved(system, pack)
        return cls(pack, signed(system, solution), solution.certificate)

    def gases(self, process: str) -> dict[str, float]:
        """kg of each gas per unit of what a process makes; the gases it does not cause are left out.

        Args:
            process: its id.

        Raises:
            InputError: the pack has no such process.
        """
        row = self.intensities[self.pack.column(process)]
        return {gas: float(kg) for gas, kg in zip(self.pack.gases, row, strict=True) if kg != 0}


def signed(system: System, solution: Solved) -> Array:
    r"""$\Lambda = s X$: per unit as it stands in the database, where waste is negative."""
    if (system.sign > 0).all():
        return solution.found
    return np.asarray(system.sign[:, None] * solution.found)
