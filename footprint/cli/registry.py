"""`footprint registry`: the registry of removal units, made from its log by whoever asks."""

from typing import TYPE_CHECKING

import click

from footprint.cli import options

if TYPE_CHECKING:
    from footprint.registry import Batch, Ledger


@click.group()
def registry() -> None:
    """Who claims which kilogram of a removal, as the log says it: nobody has to believe the registry.

    LOG is its web address (https, public) or a folder with the same files.
    """


@registry.command()
@click.argument("log")
@options.log_key
@options.local_log
def replay(log: str, log_key: str, unsafe_local: bool) -> None:
    """Make the registry from LOG, act by act, by its rules; print its batches.

    \b
    Example:
      footprint registry replay https://passports.example.org/log --log-key passports.example.org/log+1a2b3c4d+AT…

    Exit codes: 0 every act follows the rules; 1 one does not, or the log cannot be read; 2 wrong use.
    """
    ledger = _replayed(log, log_key, unsafe_local)
    for batch in ledger.batches():
        click.echo(_line(batch))
    click.echo(f"✓ {len(ledger.batches())} batches, every act by the rules, no unit claimed twice")


@registry.command()
@click.argument("log")
@options.log_key
@options.local_log
@click.argument("batch")
def show(log: str, log_key: str, unsafe_local: bool, batch: str) -> None:
    """Print where every unit of BATCH is, whose, and by which entry of LOG.

    Exit codes: 0 done; 1 no such batch, or the log breaks a rule or cannot be read; 2 wrong use.
    """
    from footprint.registry import known

    ledger = _replayed(log, log_key, unsafe_local)
    click.echo(_line(known(ledger, batch)))
    for span in ledger.spans(batch):
        what = span.status if span.claim is None else str(span.claim)
        click.echo(f"  {span.first}-{span.stop}  {what}; held by {span.holder}, entry {span.leaf}")


def _replayed(log: str, log_key: str, unsafe_local: bool) -> "Ledger":
    from footprint.log import entries, source_of
    from footprint.passport.checkpoint import KnownLog
    from footprint.passport.signed_note import NoteKey
    from footprint.registry import replay

    return replay(entries(source_of(log, unsafe_local=unsafe_local), KnownLog(NoteKey.parse(log_key))))


def _line(batch: "Batch") -> str:
    parts = ", ".join(f"{kg} {status.replace('_', ' ')}" for status, kg in batch.totals.items())
    owed = f"; {batch.shortfall_kg} claimed and not there any more" if batch.shortfall_kg else ""
    terms = batch.terms
    return (
        f"{batch.id}  {batch.owner}, {terms.kind}, {terms.method}: {batch.measured_kg} kg CO2; {parts}{owed}"
    )
