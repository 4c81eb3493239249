r"""Turns the formulas of the site into MathML, which browsers draw without a script.

Only the LaTeX that our docstrings use is read; anything else stops the build with the command's name, so that
a formula is never half drawn. Letters side by side are one name, as in `EF_1` or `Frac_{GASF}`.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from mkdocs.exceptions import PluginError

_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
)
GREEK = dict(zip(_LETTERS.split(" "), "αβγδεζηθκλμνξπρστφχψω", strict=True))
CAPITALS = {"Delta": "Δ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω"}
FUNCTIONS = {name: name for name in ("ln", "log", "exp", "min", "max", "erf", "sin", "cos")}
SIGNS = {
    "cdot": "·",
    "times": "×",
    "pm": "±",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "approx": "≈",
    "sim": "∼",
    "in": "∈",
    "subseteq": "⊆",
    "setminus": "∖",
    "cup": "∪",
    "emptyset": "∅",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "partial": "∂",
    "infty": "∞",
    "to": "→",
    "leftarrow": "←",
    "ldots": "…",
    "%": "%",
    "{": "{",
    "}": "}",
    "Vert": "‖",
    "lfloor": "⌊",
    "rfloor": "⌋",
}
NAMES = GREEK | CAPITALS | FUNCTIONS
SPACES = {",": "0.17em", ";": "0.28em", "quad": "1em", "qquad": "2em"}
ACCENTS = {"bar": "¯", "hat": "^", "dot": "˙", "overline": "¯"}

_TOKEN = re.compile(r"\\([A-Za-z]+|[,;{}%])|([A-Za-z]+)|(\d+(?:\.\d+)?)|(\S)")
_FORMULA = re.compile(r'<(div|span) class="arithmatex">\\([\[(])(.*?)\\[\])]</\1>', re.DOTALL)


def on_page_content(html: str, **_: object) -> str:
    """Replace every formula of a page."""
    return _FORMULA.sub(_drawn, html)


def _drawn(found: re.Match[str]) -> str:
    display = "block" if found[2] == "[" else "inline"
    return f'<math display="{display}">{mathml(unescape(found[3]))}</math>'


def mathml(latex: str) -> str:
    """The inside of a `<math>` element.

    >>> mathml("EF_1")
    '<msub><mi>EF</mi><mn>1</mn></msub>'
    """
    return "".join(_Reader(latex).until(None))


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.tokens = list(_TOKEN.finditer(latex))
        self.at = 0

    def until(self, end: str | None) -> Iterator[str]:
        while self._peek() != end:
            if self._peek() is None:
                raise PluginError(f"a formula ends before its {end!r}")
            yield self._with_scripts(self._atom())
        self.at += 1

    def _peek(self) -> str | None:
        return self.tokens[self.at].group() if self.at < len(self.tokens) else None

    def _with_scripts(self, base: str) -> str:
        scripts: dict[str, str] = {}
        while (mark := self._peek()) in ("_", "^"):
            self.at += 1
            scripts[str(mark)] = self._atom()
        if not scripts:
            return base
        if len(scripts) == 2:
            return f"<msubsup>{base}{scripts['_']}{scripts['^']}</msubsup>"
        tag = "msub" if "_" in scripts else "msup"
        return f"<{tag}>{base}{''.join(scripts.values())}</{tag}>"

    def _atom(self) -> str:
        if self._peek() is None:
            raise PluginError("a formula ends after _ or ^")
        command, letters, digits, sign = self.tokens[self.at].groups()
        self.at += 1
        if command:
            return self._command(command)
        if letters:
            return f"<mi>{letters}</mi>"
        if digits:
            return f"<mn>{digits}</mn>"
        if sign == "{":
            return f"<mrow>{''.join(self.until('}'))}</mrow>"
        return f"<mo>{escape('−' if sign == '-' else sign)}</mo>"

    def _command(self, name: str) -> str:
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}"/>'
        if name in NAMES:
            return f"<mi>{NAMES[name]}</mi>"
        if name in SIGNS:
            return f"<mo>{SIGNS[name]}</mo>"
        if name in ACCENTS:
            return f'<mover accent="true">{self._atom()}<mo>{ACCENTS[name]}</mo></mover>'
        builders: dict[str, Callable[[], str]] = {
            "frac": lambda: f"<mfrac>{self._atom()}{self._atom()}</mfrac>",
            "tfrac": lambda: f"<mfrac>{self._atom()}{self._atom()}</mfrac>",
            "sqrt": lambda: f"<msqrt>{self._atom()}</msqrt>",
            "mathrm": self._words,
            "mathsf": self._words,
            "text": self._words,
            "left": self._atom,
            "right": self._atom,
        }
        if name not in builders:
            raise PluginError(f"\\{name}: docs/hooks/mathml.py does not draw it yet, add it there")
        return builders[name]()

    def _words(self) -> str:
        """Plain words in braces, their blanks kept."""
        if self._peek() != "{":
            raise PluginError("words in a formula stand in braces")
        start = self.tokens[self.at].end()
        while self._peek() not in ("}", None):
            self.at += 1
        if self._peek() is None:
            raise PluginError("a formula ends before its '}'")
        words = self.latex[start : self.tokens[self.at].start()]
        self.at += 1
        return f"<mtext>{escape(words.replace(' ', chr(0xA0)))}</mtext>"
