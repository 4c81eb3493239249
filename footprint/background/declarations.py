"""What a user declares about a database before it is taken: gases named, suppliers chosen, flows left out on purpose.

    [[gas]]                       # a flow our table does not know, or takes for something else
    flow = "Perfluorocarbons, unspecified"
    gas = "pfc-14"

    [[supplier]]                  # several processes make it, and no link says which is meant
    flow = "Electricity, at grid, US"
    process = "d1c572b0-c244-3193-81fb-3a64bfb13e4d"

    [[omit]]                      # left out, and counted in the manifest of the pack
    flow = "CUTOFF *"             # the id of a flow, or its name; * stands for anything
    reason = "cut off by the publisher"

What is not declared is not guessed.
"""

import fnmatch
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from footprint.background.toml_file import read
from lca_models.published import Text

DeclaredT = TypeVar("DeclaredT", bound="_Declared")


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    flow: Text = Field(description="its id, or its name with * for anything")

    def names(self, flow: Sequence[str]) -> bool:
        """Whether a flow with these ids and names is meant."""
        return any(fnmatch.fnmatchcase(word, self.flow) for word in flow)


class NamedGas(_Declared):
    """A flow with the gas it is."""

    gas: Annotated[str, Field(max_length=60, pattern=r"^[a-z][A-Za-z0-9:_-]*$")]


class Supplier(_Declared):
    """Who delivers a product where the database leaves it open."""

    process: Text


class Omission(_Declared):
    """A flow that is left out, and why."""

    reason: Text


class Declarations(BaseModel):
    """Everything declared about one database."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    gas: list[NamedGas] = []
    supplier: list[Supplier] = []
    omit: list[Omission] = []

    @classmethod
    def load(cls, path: Path) -> "Declarations":
        """Read them from a TOML file.

        Args:
            path: the file.

        Raises:
            InputError: every fault of the file, at once.
        """
        return read(cls, path)

    def named_gas(self, *flow: str) -> str | None:
        """The gas declared for a flow with these ids and names."""
        found = _first(self.gas, flow)
        return None if found is None else found.gas

    def supplying(self, *flow: str) -> str | None:
        """The process declared to supply a product."""
        found = _first(self.supplier, flow)
        return None if found is None else found.process

    def omitted(self, *flow: str) -> str | None:
        """The reason declared for leaving a flow out."""
        found = _first(self.omit, flow)
        return None if found is None else found.reason


def _first(declared: Iterable[DeclaredT], flow: Sequence[str]) -> DeclaredT | None:
    return next((entry for entry in declared if entry.names(flow)), None)
