"""Colours of a label: blue and orange, safe for colour-blind readers, or black alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Ink by role, as sRGB hex."""

    paper: str
    text: str
    quiet_text: str
    band: str
    mark: str
    code: str

    @property
    def inks(self) -> frozenset[str]:
        """Every ink used for something that must be read."""
        return frozenset((self.text, self.quiet_text, self.band, self.mark, self.code))


COLOUR = Palette(
    paper="#ffffff", text="#111111", quiet_text="#3f3f3f", band="#1b66b0", mark="#b34700", code="#000000"
)
MONO = Palette(
    paper="#ffffff", text="#000000", quiet_text="#000000", band="#000000", mark="#000000", code="#000000"
)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two sRGB colours, 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 6)
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
