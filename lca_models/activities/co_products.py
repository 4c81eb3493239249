"""One process divided into one per product, by shares that neither mass nor price gives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lca_models.flows import Emission, Process, Purchase
from lca_models.real import Real


def divided(process: Process, shares: Sequence[Real]) -> Iterator[Process]:
    """A process per output, each with its share of everything that goes in and leaves.

    The shares of all outputs add up to 1: together the parts are the whole, gas by gas. Balances stay with the
    first part; they are of the whole.

    Args:
        process: of several products.
        shares: one per output.
    """
    for number, (output, share) in enumerate(zip(process.outputs, shares, strict=True)):
        yield replace(
            process,
            name=f"{process.name}: {output.product}",
            outputs=(output,),
            links=tuple(replace(link, kg=link.kg * share) for link in process.links),
            exchanges=tuple(_scaled(exchange, share) for exchange in process.exchanges),
            storages=tuple(replace(store, carbon_kg=store.carbon_kg * share) for store in process.storages),
            balances=process.balances if number == 0 else (),
        )


def _scaled(exchange: Emission | Purchase, share: Real) -> Emission | Purchase:
    if isinstance(exchange, Emission):
        return replace(exchange, kg=exchange.kg * share)
    return replace(exchange, amount=exchange.amount * share)
