"""The intensities of every product for every gas, with a certificate: tiers first, sparse LU where they do not end."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import LinearOperator, onenormest, splu

from footprint.background.certificate import Certificate, Majorant, majorant, proved
from footprint.background.loops import refuse_gaining_loops
from footprint.background.pack import Pack
from footprint.background.system import System
from footprint.background.tiers import EXACT, sized, summed
from footprint.errors import NetworkError, Problem
from lca_models.real import Array

ACCEPTED = 1e-9
"""Largest relative error that is not refused."""


@dataclass(frozen=True)
class Solved:
    """$X$, how sure it is, and the vectors that prove it."""

    found: Array
    certificate: Certificate
    proof: Majorant | None


def solved(
    system: System,
    pack: Pack,
    *,
    start: Array | None = None,
    proof: Majorant | None = None,
    tolerance: float = EXACT,
) -> Solved:
    """Solve a background.

    Args:
        system: its equations.
        pack: whence the names in messages are taken.
        start: a first guess.
        proof: that of similar equations, to start from.
        tolerance: last relative step of the tiers.

    Raises:
        NetworkError: a loop uses up what it makes, or the equations have no usable solution.
    """
    found = _by_tiers(system, start, proof, tolerance) or _directly(system, pack)
    if found.certificate.relative_error <= max(ACCEPTED, 1e3 * tolerance):
        return found
    what = f"are only known to {found.certificate.relative_error:.1g}"
    why = "the database is so near to having no solution that rounding decides"
    raise NetworkError(Problem(pack.source.id, f"its intensities {what}", why, "check its loops and credits"))


def _by_tiers(
    system: System, start: Array | None, similar: Majorant | None, tolerance: float
) -> Solved | None:
    if system.positive:
        scale = None if start is None else sized(start)
        found = summed(system.feed, system.own, start=start, tolerance=tolerance, scale=scale)
        before_credits = found
    else:
        before_credits = summed(system.magnitude, np.abs(system.own), tolerance=max(tolerance, 1e-3))
        if before_credits is None:
            return None
        found = summed(system.feed, system.own, start=start, tolerance=tolerance, scale=sized(before_credits))
    proof = (
        None if found is None or before_credits is None else majorant(system, sized(before_credits), similar)
    )
    if found is None or proof is None:
        return None
    return Solved(found, proved(system, found, proof), proof)


def _directly(system: System, pack: Pack) -> Solved:
    refuse_gaining_loops(system, pack)
    size = len(pack)
    matrix = csc_array(eye_array(size) - system.feed)
    try:
        factors = splu(matrix)
    except RuntimeError as error:
        why, fix = "some processes only mirror others", "leave one of them out"
        raise NetworkError(Problem(pack.source.id, "has no single solution", why, fix)) from error
    found = factors.solve(system.own)
    found += factors.solve(system.residual(found))  # one step of refinement
    transposed = splu(csc_array(matrix.T))
    inverse = LinearOperator(matrix.shape, matvec=transposed.solve, rmatvec=factors.solve, dtype=np.float64)
    largest = onenormest(inverse)  # of the transposed inverse: the row-sum norm of the inverse
    bound = largest * np.abs(system.residual(found)).max(axis=0, initial=0.0)
    size_of = np.abs(found).max(axis=0, initial=0.0)
    relative = np.divide(bound, size_of, out=np.zeros_like(bound), where=size_of > 0)
    certificate = Certificate("estimated", float(relative.max(initial=0.0)))
    return Solved(found, certificate, None)
