"""Products of a background under the names that records buy: a table of names, checked by its units.

    pack = "sha256:…"                       # the pack the table was made for

    [[product]]
    product = "diesel"                      # what a record buys
    process = "d1c572b0-c244-3193-81fb-3a64bfb13e4d"
    per = "litre"                           # the unit it is bought in
    amount = "0.84 kg"                      # how much of the process's product that is; by units alone if left out

From then on the factors of a product are the intensities of its process, and on draws the samples of the
background: through the same `FactorSet` as every other number, so nothing else has to know.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from footprint.background.pack import Entry, Pack
from footprint.background.samples import METHOD as SAMPLES
from footprint.background.samples import Samples, sample
from footprint.background.scores import METHOD as SCORES
from footprint.background.scores import Scores
from footprint.background.toml_file import read
from footprint.background.unit_names import factor
from footprint.errors import InputError, Problem
from footprint.uncertainty import Draws
from lca_models.factors import FactorSet, Override
from lca_models.published import EntryId, Factor, Text
from lca_models.real import Array
from lca_models.units import Quantity

MOST_PRODUCTS = 2_000
"""In a table: twice as many as there are published ones."""
_REGION = re.compile(r"GLO|RER|[A-Z]{2}(-[A-Z0-9]{1,3})?")


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bought(_Read):
    """One product and the process that makes it."""

    product: EntryId
    process: Text
    per: Annotated[str, Field(max_length=30, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
    amount: Quantity | None = None

    def of(self, entry: Entry) -> float | None:
        """How many units of the process's product one unit bought is; nothing when the units do not match."""
        if self.amount is None:
            return factor(self.per, entry.unit)
        scale = factor(self.amount.unit, entry.unit)
        return None if scale is None else float(self.amount.number) * scale


class Purchases(_Read):
    """The table."""

    pack: str
    product: Annotated[tuple[Bought, ...], Field(max_length=MOST_PRODUCTS)]

    @classmethod
    def load(cls, path: Path) -> "Purchases":
        """Read it from a TOML file.

        Args:
            path: the file.

        Raises:
            InputError: every fault of the file, at once.
        """
        return read(cls, path)


@dataclass(frozen=True)
class Background:
    """A pack whose products stand in for embedded factors."""

    scores: Scores
    purchases: Purchases
    cache: Path | None = None
    """A folder for scores and samples; nothing is kept when there is none."""
    samples: Samples | None = None

    @classmethod
    def open(cls, pack: Pack, purchases: Purchases, *, cache: Path | None = None) -> "Background":
        """Ready to be assessed with.

        Args:
            pack: an opened pack.
            purchases: which of our products its processes make.
            cache: a folder for scores and samples; nothing is kept when not given.

        Raises:
            InputError: the table was made for another pack, or names or units do not match; all of it.
            NetworkError: the pack has no solution.
        """
        problems = list(_faults(pack, purchases))
        if problems:
            raise InputError(*problems)
        return cls(Scores.of(pack, cache), purchases, cache)

    def sampled(self, *, draws: int, seed: int) -> "Background":
        """The same on the draws of an assessment; `assess` asks for them.

        Args:
            draws: of the assessment.
            seed: of the assessment.

        Raises:
            InputError: what the cache holds has changed.
            NetworkError: on some draw a loop uses up what it makes.
        """
        processes = list(dict.fromkeys(bought.process for bought in self.purchases.product))
        samples = sample(self.scores.pack, processes, draws=draws, seed=seed, cache=self.cache)
        return replace(self, samples=samples)

    @property
    def note(self) -> str:
        """What a footprint says about it."""
        pack = self.scores.pack
        return f"Purchases from a background: {pack.source}; pack {pack.id}."

    @property
    def method(self) -> dict[str, str]:
        """What a footprint's digest of its method covers."""
        return {"pack": self.scores.pack.id, "scores": SCORES, "samples": SAMPLES}

    def factors(self, factors: FactorSet) -> FactorSet:
        """The numbers with those of the table replaced or added, each replacement said as an override.

        Args:
            factors: the numbers so far.

        Raises:
            InputError: a product is bought in another unit than the table says.
        """
        problems = list(self._other_units(factors))
        if problems:
            raise InputError(*problems)
        names = {bought.product for bought in self.purchases.product}
        kept = [row for rows in factors.factor_periods.values() for row in rows if row.product not in names]
        ours = [row for bought in self.purchases.product for row in self._rows(bought)]
        tables = [table for rows in factors.table_periods.values() for table in rows]
        replaced = [
            Override(name, tuple(row.id for row in factors.products[name]), self.scores.pack.source.id)
            for name in sorted(names & factors.products.keys())
        ]
        return FactorSet([*kept, *ours], tables, at=factors.at, overrides=(*factors.overrides, *replaced))

    def shared(self, draws: Draws) -> Draws:
        """The draws of a run, those of the background's products taken from its samples.

        Products of one background are not independent: each is given the ranks of its own sample, so that the
        draws of all of them stay together.

        Args:
            draws: of every other number.
        """
        ranks = {
            row.id: (np.argsort(np.argsort(row.sample, kind="stable")) + 0.5) / len(row.sample)
            for bought in self.purchases.product
            for row in self._rows(bought)
            if row.sample is not None
        }
        return Draws(lambda name: ranks[name] if name in ranks else draws(name))

    def _rows(self, bought: Bought) -> Iterator["Intensity"]:
        pack = self.scores.pack
        entry = pack.entries[pack.column(bought.process)]
        scale = bought.of(entry)
        assert scale is not None  # noqa: S101 - refused when opened
        for gas, kg in self.scores.gases(bought.process).items():
            drawn = None if self.samples is None else scale * self.samples.of(bought.process, gas)
            yield _intensity(pack, bought, entry, gas, scale * kg, drawn)

    def _other_units(self, factors: FactorSet) -> Iterator[Problem]:
        for bought in self.purchases.product:
            for row in factors.products.get(bought.product, ())[:1]:
                if row.per != bought.per:
                    what = f"is bought per {row.per}, not per {bought.per}"
                    yield Problem(bought.product, what, "records count it so", f'write per = "{row.per}"')


class Intensity(Factor):
    """The intensity of a background product for one gas as a published number."""

    _sample: Array | None = PrivateAttr(default=None)

    @property
    def sample(self) -> Array | None:
        """Its draws, in the order of the run."""
        return self._sample

    def quantile(self, probability: Array) -> Array:
        """Values at the given probabilities: of the sample itself, so that its ranks give it back.

        Args:
            probability: numbers strictly between 0 and 1, any shape.
        """
        if self._sample is None:
            return super().quantile(probability)
        places = np.minimum((probability * len(self._sample)).astype(int), len(self._sample) - 1)
        return np.asarray(np.sort(self._sample)[places])


def _intensity(
    pack: Pack, bought: Bought, entry: Entry, gas: str, value: float, drawn: Array | None
) -> Intensity:
    low = high = value
    if drawn is not None:
        low, high = (float(bound) for bound in np.quantile(drawn, [0.025, 0.975]))
        low, high = min(low, value), max(high, value)
    row = Intensity(
        id=f"background.{bought.product}.{re.sub('[^A-Za-z0-9._-]', '-', gas)}",
        name=f"{entry.product}, {entry.location}: {gas}",
        unit=f"kg {gas}/{bought.per}",
        region=entry.location if _REGION.fullmatch(entry.location) else "GLO",
        year=pack.source.year,
        locator=f"process {entry.id} of {pack.id}",
        interval="2.5 % and 97.5 % of the sampled background" if drawn is not None else "none: not sampled",
        licence=pack.source.licence,
        verified=False,
        source=pack.source,
        value=value,
        lower=low,
        upper=high,
        distribution="exact" if low == high else "two_piece_normal",
        product=bought.product,
        substance=gas,
        per=bought.per,
    )
    row._sample = drawn if low < high else None  # noqa: SLF001 - pydantic sets private parts after making
    return row


def _faults(pack: Pack, purchases: Purchases) -> Iterator[Problem]:
    if purchases.pack != pack.id:
        fix = f'check the table, then write pack = "{pack.id}"'
        yield Problem("pack", "is another one", f"the table was made for {purchases.pack[:80]}", fix)
    names = Counter(bought.product for bought in purchases.product)
    for bought in purchases.product:
        if names[bought.product] > 1:
            yield Problem(bought.product, "stands twice", "", "keep one")
        if bought.process not in pack.columns:
            fix = "look it up with `footprint background list`"
            yield Problem(f"{bought.product}.process", f"{bought.process!r} is not in the pack", "", fix)
        elif bought.of(entry := pack.entries[pack.columns[bought.process]]) is None:
            given = bought.per if bought.amount is None else str(bought.amount)
            why = f"{entry.name} makes {entry.product} in {entry.unit}"
            fix = f'say amount = "… {entry.unit}" for one {bought.per}'
            yield Problem(bought.product, f"{given} does not match", why, fix)
