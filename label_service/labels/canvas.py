"""An SVG being drawn: one unit is one dot of a 300 dpi printer, so that the code's edges fall on dots."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from label_service.labels.typeface import X_HEIGHT, Faces

DPI = 300
MM_PER_DOT = 25.4 / DPI
ELLIPSIS = "..."  # U+2026 is as wide as a hanzi in this font


@dataclass
class Canvas:
    """Shapes and outlined text, and the smallest type drawn so far."""

    width: int
    faces: Faces
    parts: list[str] = field(default_factory=list)
    smallest_x_height_mm: float = float("inf")

    def text(
        self,
        text: str,
        at: tuple[float, float],
        size: float,
        ink: str,
        *,
        bold: bool = False,
        where: str = "label",
    ) -> float:
        """Draws one line with its baseline at `at`; returns where it ends."""
        outline = self.faces.weight_for(text, bold=bold).outline(text, where)
        scale = size / 1000
        self.parts.append(
            f'<path fill="{ink}" transform="matrix({scale:.4f} 0 0 {-scale:.4f} {at[0]:.1f} {at[1]:.1f})" '
            f'd="{outline.path}"/>'
        )
        self.smallest_x_height_mm = min(self.smallest_x_height_mm, size * X_HEIGHT * MM_PER_DOT)
        return at[0] + outline.width_em * size

    def width_of(self, text: str, size: float, *, bold: bool = False, where: str = "label") -> float:
        """How wide a line would be."""
        return self.faces.weight_for(text, bold=bold).outline(text, where).width_em * size

    def fitted(
        self, text: str, room: float, sizes: tuple[float, ...], *, bold: bool = False, where: str = "label"
    ) -> tuple[str, float]:
        """The text and the largest of `sizes` at which it fits; cut with an ellipsis at the smallest one."""
        for size in sizes:
            if self.width_of(text, size, bold=bold, where=where) <= room:
                return text, size
        while self.width_of(text + ELLIPSIS, sizes[-1], bold=bold, where=where) > room:
            text = text[:-1].rstrip()
        return text + ELLIPSIS, sizes[-1]

    def rect(self, box: tuple[float, float, float, float], **attributes: str) -> None:
        """A rectangle x, y, width, height."""
        x, y, width, height = box
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{_attributes(attributes)}/>'
        )

    def path(self, commands: str, **attributes: str) -> None:
        """A path as it is."""
        self.parts.append(f'<path d="{commands}"{_attributes(attributes)}/>')

    def svg(self, height: int, title: str, description: str, language: str, paper: str) -> bytes:
        """The finished document, sized in millimetres."""
        size = f'width="{self.width * MM_PER_DOT:.3f}mm" height="{height * MM_PER_DOT:.3f}mm"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {self.width} {height}" role="img" '
            f"lang={quoteattr(language)} aria-label={quoteattr(description)}>"
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
            f'<rect width="{self.width}" height="{height}" fill="{paper}"/>'
        )
        return (head + "\n".join(self.parts) + "</svg>\n").encode()


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in attributes.items())
