"""What a removal rests on: every answer and choice of the record behind it, and where it was read."""

from collections.abc import Iterator

from footprint.removals.deductions import deciding
from footprint.removals.kept import Kept
from footprint.removals.statement import Evidence
from lca_models.flows import Storage
from lca_models.numbers import Reading, reliability


def evidence(chosen: Kept, storage: Storage, reading: Reading) -> Iterator[Evidence]:
    """Answers in the order of the chain, then choices, which decide by which factor the kiln's gases are reckoned.

    Args:
        chosen: the store by the method of the statement.
        storage: what is known of it.
        reading: what was asked of the numbers.
    """
    decisive = deciding(chosen, storage)
    for name in dict.fromkeys(_answers(storage)):
        amount, source = reading.amounts[name], reading.sources[name]
        yield Evidence(
            question=reading.labels[name],
            name=name,
            amount=None if amount is None else str(amount),
            source=source,
            reliability=reliability(source),
            remark=reading.remarks[name],
            decides=name in decisive,
        )
    for choice in storage.choices:
        yield Evidence(
            question=choice.question,
            name=choice.name,
            amount=None if choice.word == "unknown" else choice.word.replace("_", " "),
            source=None,
            reliability=None,
            decides=False,
        )


def _answers(storage: Storage) -> Iterator[str]:
    yield from storage.answers
    if storage.char is not None:
        yield from storage.char.answers.values()
        if storage.char.soil_answer is not None:
            yield storage.char.soil_answer
    if storage.otherwise is not None:
        yield from storage.otherwise.answers
