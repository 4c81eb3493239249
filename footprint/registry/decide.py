"""Whether an act is allowed on the registry as it stands, and what it changes; pure, and nothing is changed here."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from footprint.errors import Problem, RegistryError
from footprint.registry.acts import Act, Measure, Register, Take
from footprint.registry.batch import Batch, Span, moved
from footprint.registry.books import Books, Changes, known, touching
from footprint.registry.claims import Energy, Sold
from footprint.registry.evidence import OWN_RECORD, most_kg, used
from footprint.registry.measuring import measured
from footprint.registry.rules import Rule
from footprint.result import RemovalKind

MOST_NAMED = 8
"""So many holders are named in one refusal; the first of them is enough to know why."""


def decide(books: Books, act: Act, leaf: int) -> Changes | None:
    """What the act changes, as entry `leaf` of the log; `None` when all it says is so already.

    Raises:
        RegistryError: it breaks a rule; every problem names the rule.
    """
    if isinstance(act, Register):
        return _registered(books, act, leaf)
    if isinstance(act, Take):
        return _taken(books, act, leaf)
    return _measured(books, act, leaf)


def _registered(books: Books, act: Register, leaf: int) -> Changes | None:
    if books.batch(act.batch) is not None:
        return None  # its name is made of all it says, so it says the same
    terms = act.terms
    if terms.kind not in OWN_RECORD:
        fix = "disclose it on the passport, without units"
        raise RegistryError(Rule.BACKED.broken("kind", f"there are no units of {terms.kind}", fix))
    uses, most = used(books, act.batch, terms.evidence), most_kg(terms.kind, terms.evidence)
    _check_backed(terms.kind, max(terms.amount_kg, terms.claimable_kg or 0), most)
    middle = terms.amount_kg - terms.buffer_kg
    spans = (
        Span(0, middle, "free", act.by, None, leaf),
        Span(middle, terms.amount_kg, "buffer", act.by, None, leaf),
    )
    come = tuple(span for span in spans if span.kg)
    batch = Batch(act.batch, act.by, terms, terms.amount_kg, terms.amount_kg, 0, most, moved({}, (), come))
    return Changes(batch, come=come, uses=uses)


def _taken(books: Books, act: Take, leaf: int) -> Changes | None:
    batch = known(books, act.batch)
    touched, too_many = touching(books, batch.id, act.first, act.stop)
    window = [span for span in touched if not _says(span, act)]
    objections = (problem for span in window for problem in _objections(span, act))
    found = [*_misfits(batch, act)] or list(islice(objections, MOST_NAMED)) or [*too_many]
    if found:
        raise RegistryError(*found)
    if not window:
        return None
    come = tuple(piece for span in window for piece in _pieces(span, act, leaf))
    after = replace(batch, totals=moved(batch.totals, window, come))
    return Changes(after, tuple(window), come)


def _measured(books: Books, act: Measure, leaf: int) -> Changes:
    batch = known(books, act.batch)
    if batch.owner != act.by:
        what = f"batch {batch.id} was registered by {batch.owner}"
        raise RegistryError(Rule.OWN_UNITS.broken("batch", what, "let its owner say what was measured"))
    uses, most = used(books, batch.id, act.evidence), most_kg(batch.terms.kind, act.evidence)
    if OWN_RECORD[batch.terms.kind][0] != "measurement":
        most += batch.most_kg  # more char, more CO2 injected; a measurement of soil replaces the one before
    batch = replace(batch, most_kg=most or batch.most_kg)
    if act.measured_kg > batch.measured_kg:
        _check_backed(batch.terms.kind, act.measured_kg, batch.most_kg)
    return replace(measured(books, batch, act, leaf), uses=uses)


def _check_backed(kind: RemovalKind, amount_kg: int, most: int) -> None:
    if amount_kg > most:
        proof, _ = OWN_RECORD[kind]
        what = f"{amount_kg} kg of CO2 rest on {proof} records that allow {most} kg"
        raise RegistryError(
            Rule.BACKED.broken("amount_kg", what, f"give the {proof} records, or register what they allow")
        )


def _misfits(batch: Batch, act: Take) -> Iterator[Problem]:
    if act.stop > batch.end_kg:
        what = f"{act.first}-{act.stop} goes beyond the batch, which ends at {batch.end_kg}"
        yield Rule.WITHIN.broken("units", what, "claim units that are there")
    if isinstance(act.claim, Energy) and batch.terms.kind != "geological":
        what = f"a batch of {batch.terms.kind} gave no energy with its carbon captured"
        yield Rule.ENERGY.broken("claim", what, "claim the units on a product, sell or retire them")
    if isinstance(act.claim, Sold) and act.claim.to == act.by:
        yield Rule.OWN_UNITS.broken("claim.to", f"{act.by} holds them", "a sale names the new holder")


def _says(span: Span, act: Take) -> bool:
    """Whether these units stand as the act says: to say it again changes nothing."""
    return span.claim == act.claim and span.holder == act.by


def _objections(span: Span, act: Take) -> Iterator[Problem]:
    cut = span.cut(act.first, act.stop)
    units = f"{cut.first}-{cut.stop}"
    if span.status == "buffer":
        yield Rule.BUFFER.broken("units", f"{units} are the buffer", "claim free units")
    elif span.status == "cancelled":
        what = f"{units} were cancelled by entry {span.leaf} of the log"
        yield Rule.MEASURED.broken("units", what, "claim free units")
    elif span.status == "free" and span.holder != act.by:
        yield Rule.OWN_UNITS.broken("units", f"{units} are held by {span.holder}", "claim units of your own")
    elif span.status == "sold" and span.holder == act.by and act.claim.kind not in ("sold", "retired"):
        yield Rule.SOLD.broken("units", f"{units} were {span.claim}", "retire them, or sell them on")
    elif span.claim is not None and (span.status != "sold" or span.holder != act.by):
        rule = Rule.ENERGY if "energy" in (span.status, act.claim.kind) else Rule.ONE_CLAIM
        what = f"{units} are {span.claim}, by entry {span.leaf} of the log"
        yield rule.broken("units", what, "claim free units; the registry shows which are")


def _pieces(span: Span, act: Take, leaf: int) -> Iterator[Span]:
    """What is left of a span on both sides of the claim, and the claim between."""
    if span.first < act.first:
        yield span.cut(span.first, act.first)
    holder = act.claim.to if isinstance(act.claim, Sold) else act.by
    taken = span.cut(act.first, act.stop)
    yield taken._replace(status=act.claim.kind, holder=holder, claim=act.claim, leaf=leaf)
    if span.stop > act.stop:
        yield span.cut(act.stop, span.stop)
