"""The background behind a bundle: which pack, and what was bought from it; of what is in the pack, nothing.

A database is under a licence, and a bundle is handed on. So the bundle names the pack by the hash of its content,
and whoever computes it again brings that pack. The table of purchases is the assessor's own and goes along.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from footprint.background import Background, Pack, Purchases
from footprint.errors import MismatchError, Problem
from footprint.passport.wording import shown
from footprint.result import Model
from lca_models.published import Source

_RELEASE = "take the release that made the passport"


class BackgroundReference(Model):
    """A pack by its hash, how it was solved and drawn, and the table of purchases."""

    schema_version: str = Field(default="1", pattern="^1$")
    source: Source
    scores: str = Field(max_length=40)
    samples: str = Field(max_length=40)
    purchases: Purchases

    @classmethod
    def of(cls, background: Background) -> "BackgroundReference":
        """What a bundle says of a background."""
        method, pack = background.method, background.scores.pack
        return cls(
            source=pack.source,
            scores=method["scores"],
            samples=method["samples"],
            purchases=background.purchases,
        )

    def opened(self, pack: Pack | None, cache: Path | None) -> Background:
        """The background again, from the pack it was made with.

        Args:
            pack: of whoever computes it again.
            cache: a folder for scores and samples; nothing is kept when not given.

        Raises:
            MismatchError: no pack, another one, or one that this engine solves or draws in another way.
            FootprintError: the table does not fit the pack.
        """
        if missing := list(missing_pack(self, pack)):
            raise MismatchError(*missing)
        assert pack is not None  # noqa: S101 - missing otherwise
        background = Background.open(pack, self.purchases, cache=cache)
        if differing := list(self._differences(background.method)):
            raise MismatchError(*differing)
        return background

    def _differences(self, here: dict[str, str]) -> Iterator[Problem]:
        for name, said in (("scores", self.scores), ("samples", self.samples)):
            if here[name] != said:
                what = f"{name} are made by {here[name]} here"
                yield Problem("background", what, f"the bundle says {shown(said)}", _RELEASE)


def missing_pack(reference: BackgroundReference | None, pack: Pack | None) -> Iterator[Problem]:
    """What is wrong with the pack that was given for a bundle, or was not.

    Args:
        reference: of the bundle; none where it was made without a background.
        pack: of whoever computes it again.
    """
    if reference is None:
        if pack is not None:
            why, fix = "the bundle was made without a background", "leave --background out"
            yield Problem("background", "is not needed", why, fix)
        return
    wanted = f"{reference.purchases.pack[:80]}, of {reference.source.title}"
    if pack is None:
        why = f"it was made with pack {wanted}; a database is never copied into a bundle"
        yield Problem("background", "is missing", why, "name your own copy of that pack with --background")
    elif pack.id != reference.purchases.pack:
        fix = "build it from the same release of the database, with the same declarations"
        yield Problem("background", f"is pack {pack.id} here", f"it was made with pack {wanted}", fix)
