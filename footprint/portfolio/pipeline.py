"""A portfolio from its input to its results: shards in, checkpoints, tables and a page out."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from footprint.errors import InputError, Problem
from footprint.portfolio.checkpoint import Checkpoint
from footprint.portfolio.columns import FOOTPRINTS, PROBLEMS
from footprint.portfolio.fork_server import prepare
from footprint.portfolio.page import page
from footprint.portfolio.shard import Job, Results, Shard
from footprint.portfolio.source import Source
from footprint.portfolio.survey import Survey
from footprint.portfolio.template import Template
from footprint.portfolio.workers import Cluster, Here, Processes, Workers
from footprint.provenance import ENGINE
from footprint.records import read_answers
from footprint.removals import Terms
from footprint.setting import Setting
from lca_models.product_system import ProductSystem

SHARD = 1024
"""Products in a shard: part of what decides the bytes, so never taken from the number of workers."""
FOOTPRINTS_FILE, PROBLEMS_FILE, PAGE_FILE = "footprints.parquet", "problems.parquet", "summary.html"

Progress = Callable[[int, int], None]
"""Told after every shard: how many products are done, of how many."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A finished run."""

    folder: Path
    assessed: int
    refused: int

    @property
    def footprints(self) -> Path:
        """The table of results."""
        return self.folder / FOOTPRINTS_FILE

    @property
    def problems(self) -> Path:
        """The table of what could not be assessed, and why."""
        return self.folder / PROBLEMS_FILE

    @property
    def page(self) -> Path:
        """The summary."""
        return self.folder / PAGE_FILE


def run(
    products: Path | str,
    out: Path | str,
    setting: Setting,
    *,
    template: Path | str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Portfolio:
    """Assess every product of a portfolio; each gets, to the last digit, what `assess` gives it alone.

    Run again with the same arguments, it goes on where it was stopped. In a script, call it under
    `if __name__ == "__main__":`, as the workers are processes that import the script.

    Args:
        products: a .csv or .parquet table whose columns are places of the template, or a folder of records.
        out: folder of the results; made when it is not there.
        setting: every choice that is the same for all products. A passport counts for the products that buy its lot.
        template: the record the columns are laid over.
        workers: processes of this machine; as many as it has cores when not given.
        cluster: address of a Dask scheduler, instead of processes of this machine.
        progress: told after every shard.

    Raises:
        FootprintError: the input, the template, the setting or the folder cannot be used. What is wrong with one
            product is a row of the problems instead.
    """
    if cluster is None and _wanted(workers) > 1:
        prepare(Path(products))
    source = Source.open(Path(products))
    record = _template(source, template)
    _check_claims_none(setting)
    job = Job.of(record, source.headers, setting)
    count = source.count()
    checkpoint = Checkpoint(Path(out), _asked(source, job, setting, count))
    shards = -(-count // SHARD)
    if not checkpoint.finished:
        with _workers(workers, cluster, shards) as crew:
            _compute(crew, job, source, checkpoint, progress=progress and partial(_told, progress, count))
        _write(checkpoint, shards, job)
        checkpoint.finish()
    files = [Path(out) / name for name in (FOOTPRINTS_FILE, PROBLEMS_FILE)]
    assessed = pq.read_metadata(files[0]).num_rows
    return Portfolio(Path(out), assessed, count - assessed)


def _check_claims_none(setting: Setting) -> None:
    if setting.terms != Terms():
        why, fix = "it claims none of what is stored, and tells it by the usual method", "leave them out"
        raise InputError(Problem("removals", "are no choice of a portfolio", why, fix))


def _template(source: Source, template: Path | str | None) -> dict[str, Any] | None:
    if not source.headers:
        if template is not None:
            fix = "leave --template out"
            raise InputError(Problem(str(template), "is not needed", "a folder holds whole records", fix))
        return None
    if template is None:
        fix = "name the record the columns are laid over with --template"
        raise InputError(Problem(str(source.path), "needs a template", "a row is not a whole record", fix))
    record = read_answers(template)
    Template(record, source.headers)  # its problems are not those of a product
    return record


def _asked(source: Source, job: Job, setting: Setting, count: int) -> dict[str, Any]:
    background, passports = setting.background, [one.digest_multibase for one in setting.upstream]
    return {
        "engine": ENGINE,
        "input": source.digest,
        "products": count,
        "template": None if job.template is None else ProductSystem.of(job.template).digest,
        "published numbers": job.factors.digest,
        "gwp": job.gwp,
        "route": job.route,
        "draws": job.draws,
        "seed": job.seed,
        "shard size": SHARD,
        **({} if background is None else {"background": background.method}),
        **({"passports": sorted(passports)} if passports else {}),
    }


def _workers(count: int | None, cluster: str | None, shards: int) -> Workers:
    if cluster is not None:
        return Cluster(cluster)
    count = min(shards, _wanted(count))
    return Processes(count) if count > 1 else Here()


def _wanted(workers: int | None) -> int:
    return _cores() if workers is None else workers


def _cores() -> int:
    """Those this process may use, where the system tells."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _told(progress: Progress, count: int, done: int) -> None:
    progress(min(done, count), count)


def _compute(
    crew: Workers, job: Job, source: Source, checkpoint: Checkpoint, progress: Callable[[int], None] | None
) -> None:
    done = 0

    def missing() -> Iterator[Shard]:
        nonlocal done
        for shard in source.shards(SHARD):
            if checkpoint.has(shard.number):
                done += len(shard.products)
            else:
                yield shard

    for shard, packed in crew.computed(job.packed, missing()):
        if Results.unpacked(packed) is None:
            what, fix = "came back from another version, or damaged", f"install {ENGINE} on every worker"
            raise InputError(Problem(str(shard), what, "results of two engines are never mixed", fix))
        checkpoint.keep(shard.number, packed)
        done += len(shard.products)
        if progress is not None:
            progress(done)


def _write(checkpoint: Checkpoint, shards: int, job: Job) -> None:
    """The two tables and the page, read shard by shard."""
    told = {"engine": ENGINE, "gwp": job.gwp, "published_numbers": job.factors.digest}
    survey = Survey()

    def footprints(stream: BinaryIO) -> None:
        with pq.ParquetWriter(stream, FOOTPRINTS.with_metadata(told), compression="zstd") as writer:
            for results in checkpoint.results(shards):
                survey.add(results)
                if results.footprints.num_rows:
                    writer.write_table(results.footprints.replace_schema_metadata(told))

    def problems(stream: BinaryIO) -> None:
        with pq.ParquetWriter(stream, PROBLEMS.with_metadata(told), compression="zstd") as writer:
            for results in checkpoint.results(shards):
                if results.problems.num_rows:
                    writer.write_table(results.problems.replace_schema_metadata(told))

    checkpoint.stream(FOOTPRINTS_FILE, footprints)
    checkpoint.stream(PROBLEMS_FILE, problems)
    checkpoint.write(PAGE_FILE, page(survey, gwp=job.gwp, draws=job.draws, seed=job.seed).encode())
