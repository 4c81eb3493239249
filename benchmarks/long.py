"""What the long runs of portfolios took, kept in a file: the page quotes them without running for an hour."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".json")
CHART = Path(__file__).parents[1] / "docs" / "images" / "portfolio-cost.svg"


@dataclass(frozen=True, slots=True)
class Size:
    """A portfolio of so many products, computed once."""

    products: int
    seconds: float
    megabytes: float | None
    peer_seconds: float
    """Of bw2calc's best route, one product walked through and multiplied."""

    @property
    def ms_each(self) -> float:
        """Milliseconds per product, start included."""
        return 1000 * self.seconds / self.products


@dataclass(frozen=True, slots=True)
class Long:
    """One run of all sizes."""

    day: str
    machine: str
    draws: int
    load: float
    """Processes that wanted a core when it began, others' among them."""
    template: tuple[Size, ...]
    forms: tuple[Size, ...]

    @classmethod
    def of(
        cls, template: Sequence[Size], forms: Sequence[Size], *, day: str, draws: int, load: float
    ) -> "Long":
        """What was measured on this machine.

        Args:
            template: lots over one record.
            forms: records of many forms.
            day: on which.
            draws: of each product.
            load: of the machine when it began.
        """
        machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        return cls(day, machine, draws, round(load, 1), tuple(template), tuple(forms))

    def keep(self) -> None:
        """In the place of what was kept before, with its chart."""
        _FILE.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        CHART.write_text(chart(self.template), encoding="utf-8")

    @classmethod
    def kept(cls) -> "Long":
        """The last one."""
        read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
        for kind in ("template", "forms"):
            read[kind] = tuple(Size(**size) for size in read[kind])
        return cls(**read)

    def __str__(self) -> str:
        lines = [
            f"kept from {self.day}: {self.machine}, load {self.load:g} when it began, {self.draws:,} draws",
            f"{'products':>25}  {'seconds':>8}  {'ms each':>8}  {'memory':>8}  {'bw2calc, multiplied':>19}  ratio",
        ]
        for title, sizes in (("of one template", self.template), ("of many forms", self.forms)):
            lines.extend(_line(title, size) for size in sizes)
        return "\n".join(lines)


def _line(title: str, size: Size) -> str:
    memory = "not told" if size.megabytes is None else f"{size.megabytes:.0f} MB"
    times, peer = size.peer_seconds / size.seconds, f"{size.peer_seconds / 3600:,.1f} h"
    first = f"{size.products:9,} {title:15}  {size.seconds:8.1f}  {size.ms_each:8.3f}"
    return f"{first}  {memory:>8}  {peer:>19}  {times:,.0f}"


_LEFT, _TOP, _WIDTH, _HEIGHT = 90, 40, 480, 200
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" role="img">
<title>Milliseconds per lot, by the number of lots</title>
<rect width="100%" height="100%" fill="#fff"/>"""
_AXES = '<path d="M{left} {top}V{floor}h{width}" fill="none" stroke="#666"/>'


def chart(sizes: Sequence[Size]) -> str:
    """Milliseconds per product over the number of products, the latter by powers of ten.

    Args:
        sizes: measured, at least two.
    """
    powers = [len(str(size.products)) - 1 for size in sizes]
    highest = max(size.ms_each for size in sizes) * 1.15
    across = [_LEFT + _WIDTH * (power - powers[0]) / max(1, powers[-1] - powers[0]) for power in powers]
    down = [_TOP + _HEIGHT * (1 - size.ms_each / highest) for size in sizes]
    points = list(zip(across, down, sizes, strict=True))
    floor = _TOP + _HEIGHT
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
    parts = [
        _HEAD.format(width=_LEFT + _WIDTH + 50, height=floor + 50),
        _AXES.format(left=_LEFT, top=_TOP, floor=floor, width=_WIDTH),
        _label(_LEFT + _WIDTH / 2, floor + 42, "lots in the portfolio"),
        _label(_LEFT, _TOP - 8, "ms per lot, start included"),
        f'<polyline fill="none" stroke="#1b6e3c" stroke-width="2" points="{line}"/>',
    ]
    for x, y, size in points:
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#1b6e3c"/>')
        parts.append(_label(x, y - 10, f"{size.ms_each:.2f}"))
        parts.append(_label(x, floor + 20, f"{size.products:,}"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="13" text-anchor="middle">{text}</text>'
