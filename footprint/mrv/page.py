"""A validation as one page: no script, the picture inside, readable on paper."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

from footprint.mrv.chart import chart
from footprint.mrv.result import Validation
from footprint.mrv.telling import MARKS

_STYLE = """body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#222}
svg{max-width:30rem;width:100%}table{border-collapse:collapse;margin:1rem 0;width:100%}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ccc;vertical-align:top}"""


def page(found: Validation) -> str:
    """The page, as text."""
    title = f"{found.model} {found.model_version}: validation {'passed' if found.passed else 'not passed'}"
    about = (
        "Changes of soil organic carbon since the first measurement of each site, in tonnes of <em>carbon</em> per "
        f"hectare, to {found.depth_cm.normalize():f} cm. No site shown here was used to fit the model."
    )
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
            f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>',
            f"<h1>{escape(title)}</h1>",
            f"<p>{about}</p>",
            chart(found),
            _table(("", "test", "found", "limit", "rule", "source"), _checks(found)),
            _table(("", ""), _numbers(found)),
            _table(("site", "years", "measured", "SE", "predicted", "error"), _residuals(found)),
            "</body></html>",
            "",
        )
    )


def _numbers(found: Validation) -> Iterator[tuple[str, object]]:
    low, high = found.bias_interval
    yield "sites to validate on", found.validation_sites
    yield "changes compared", found.observations
    yield "sites fitted on", found.calibration_sites
    yield "bias, t C/ha", f"{found.bias:.3f} (90 % {low:.3f} to {high:.3f})"
    yield "root mean squared error, t C/ha", f"{found.rmse:.3f}"
    yield "model efficiency", _or_none(found.efficiency)
    yield "R²", _or_none(found.r_squared)
    yield "variance of one prediction, (t C/ha)²", f"{found.error_variance:.4f}"
    yield "the same, widened until 90 % lie inside", f"{found.deducted_variance:.4f}"
    yield "holds for periods up to, years", f"{found.median_duration_years.normalize():f}"
    yield "digest of the data", found.digests.data
    yield "digest of the model", found.digests.model
    yield "computed by", f"{found.engine}, seed {found.seed}"


def _checks(found: Validation) -> Iterator[tuple[str, ...]]:
    for one in found.checks:
        limit = f"{one.limit:.3f}"
        yield MARKS[one.status], one.name, _or_none(one.found), limit, one.rule, one.source


def _residuals(found: Validation) -> Iterator[tuple[str, ...]]:
    for row in found.residuals:
        amounts = (row.observed, row.observed_se, row.predicted)
        yield (
            row.site,
            f"{row.since}–{row.year}",
            *(f"{amount:.2f}" for amount in amounts),
            f"{row.error:+.2f}",
        )


def _or_none(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{heads}</tr>{lines}</table>"
