"""Predicted against measured changes as an SVG: a point per measurement, the line of agreement, the 90 % band."""

from collections.abc import Iterator
from html import escape
from math import ceil, floor

from footprint.mrv.result import Residual, Validation

SIZE, EDGE = 480, 56
_INSIDE, _OUTSIDE = "#1b6e53", "#b3261e"


def chart(validation: Validation) -> str:
    """The picture, complete in itself; a point outside its interval is a triangle, so that it shows without colour."""
    rows = validation.residuals
    reach = [float(value) for row in rows for value in (row.observed, row.predicted)]
    low, high = floor(min(*reach, 0.0)), ceil(max(*reach, 1.0))
    half = float(rows[0].high - rows[0].predicted)
    title = f"{validation.model}: predicted against measured change of soil carbon, t C/ha"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
    )
    ground = f'<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>'
    return "\n".join((head, ground, *_Plane(low, high).drawn(rows, half), "</svg>"))


class _Plane:
    """Measured change to the right, predicted change upwards, both on one scale."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.scale = (SIZE - 2 * EDGE) / (high - low)

    def x(self, value: float) -> str:
        return f"{EDGE + (value - self.low) * self.scale:.1f}"

    def y(self, value: float) -> str:
        return f"{SIZE - EDGE - (value - self.low) * self.scale:.1f}"

    def drawn(self, rows: tuple[Residual, ...], half: float) -> Iterator[str]:
        side = SIZE - 2 * EDGE
        yield f'<clipPath id="plane"><rect x="{EDGE}" y="{EDGE}" width="{side}" height="{side}"/></clipPath>'
        yield f'<g clip-path="url(#plane)">{self._band(half)}{self._line()}</g>'
        yield f'<rect x="{EDGE}" y="{EDGE}" width="{side}" height="{side}" fill="none" stroke="#444"/>'
        yield from self._ticks()
        yield from (self._point(row) for row in rows)
        yield f'<text x="{SIZE / 2}" y="{SIZE - 14}" text-anchor="middle">measured, t C/ha</text>'
        yield (
            f'<text x="16" y="{SIZE / 2}" text-anchor="middle" transform="rotate(-90 16 {SIZE / 2})">'
            "predicted, t C/ha</text>"
        )

    def _band(self, half: float) -> str:
        corners = ((self.low, -half), (self.high, -half), (self.high, half), (self.low, half))
        points = " ".join(f"{self.x(at)},{self.y(at + off)}" for at, off in corners)
        return f'<polygon points="{points}" fill="#d9e8e1"/>'

    def _line(self) -> str:
        ends = f'x1="{self.x(self.low)}" y1="{self.y(self.low)}" x2="{self.x(self.high)}" y2="{self.y(self.high)}"'
        return f'<line {ends} stroke="#444" stroke-dasharray="4 3"/>'

    def _ticks(self) -> Iterator[str]:
        step = max(1, ceil((self.high - self.low) / 8))
        for value in range(self.low, self.high + 1, step):
            yield f'<text x="{self.x(value)}" y="{SIZE - EDGE + 16}" text-anchor="middle">{value}</text>'
            yield f'<text x="{EDGE - 6}" y="{self.y(value)}" text-anchor="end" dy="4">{value}</text>'

    def _point(self, row: Residual) -> str:
        x, y = self.x(float(row.observed)), self.y(float(row.predicted))
        said = f"<title>{escape(row.site)} {row.year}: {row.predicted:.2f} for {row.observed:.2f}</title>"
        if row.inside:
            return f'<circle cx="{x}" cy="{y}" r="4" fill="{_INSIDE}">{said}</circle>'
        return f'<path transform="translate({x} {y})" d="M0-6 6 5-6 5z" fill="{_OUTSIDE}">{said}</path>'
