"""A process of its own that claims random ranges of a batch: `claimant.py URL BATCH SEED`; prints what it got."""

import sys
from random import Random

from footprint.errors import RegistryError
from footprint.registry import OnProduct, Take
from label_service.store import Shelf, registry

CLAIMS = 60


def main(url: str, batch: str, seed: str) -> None:
    shelf, random = Shelf.open(url), Random(int(seed))  # noqa: S311 - which ranges, not a secret
    for number in range(CLAIMS):
        first = random.randrange(980)
        stop = first + random.randrange(1, 20)
        claim = OnProduct(gtin="09506000134352", lot=f"{seed}-{number}")
        act = Take(at="2025-07-01T08:00:00Z", by="co-op", batch=batch, first=first, stop=stop, claim=claim)
        try:
            shelf.write(lambda connection, act=act: registry.done(connection, act))
        except RegistryError:
            continue
        print(first, stop)  # noqa: T201 - its answer
    shelf.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
