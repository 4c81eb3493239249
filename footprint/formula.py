r"""Formulas of docstrings as plain text for a terminal: `$$ N \cdot EF_{1} $$` becomes `N · EF_1`."""

import re

_SIGNS = {
    "cdot": "·", "times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "approx": "≈",
    "in": "∈", "sum": "Σ", "prod": "Π", "int": "∫", "partial": "∂", "infty": "∞", "to": "→", "ldots": "…",
    "dots": "…", "rightarrow": "→", "sim": "~",
    "lfloor": "⌊", "rfloor": "⌋", "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
# The dollar is written \x24 so that nobody who searches this file for formulas takes the pattern for one.
_FORMULA = re.compile(r"\x24\x24(.+?)\x24\x24|(?<![\x24\\])\x24([^\x24\n]+)\x24", re.DOTALL)
_GROUP = r"\{([^{}]*)\}"
_FRACTION = re.compile(r"\\[td]?frac\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*" + _GROUP)
_ACCENT = re.compile(r"\\(?:bar|hat|dot|overline)\s*(?:" + _GROUP + r"|(\w))")
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|mathit)\s*" + _GROUP)
_SCRIPT = re.compile(r"([_^])\s*" + _GROUP)
_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
_SIGN = re.compile(r"\\([A-Za-z]+)")


def plain(text: str) -> str:
    """A docstring with its formulas readable on a terminal."""
    return _FORMULA.sub(_drawn, text)


def _drawn(found: re.Match[str]) -> str:
    if found[1] is None:
        return _flat(found[2])
    return "    " + _flat(" ".join(found[1].split()))


def _flat(latex: str) -> str:
    # Braces are undone from the inside out until none is left that means something.
    before = ""
    text = _CASES.sub(_cases, latex)
    text = re.sub(r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])\.?", "", text)
    while text != before:
        before = text
        text = _WORDS.sub(r"\1", text)
        text = _ACCENT.sub(lambda m: f"mean({m[1] or m[2]})", text)
        text = _SCRIPT.sub(_script, text)
        text = _FRACTION.sub(lambda m: f"{_bracketed(m[1])} / {_bracketed(m[2])}", text)
        text = _ROOT.sub(lambda m: f"√{_bracketed(m[1])}", text)
    text = _SIGN.sub(lambda m: _SIGNS.get(m[1], " " if m[1] in ("quad", "qquad") else m[1]), text)
    text = re.sub(r"\\[,;:! ]", " ", text).replace("\\%", "%").replace("\\{", "{").replace("\\}", "}")
    return re.sub(r" {2,}", " ", text.replace("~", " ")).strip()


def _cases(found: re.Match[str]) -> str:
    cases = [case.partition("&") for case in re.split(r"\\\\", found[1])]
    written = (f"{value.strip()} if {when.strip()}" if when else value.strip() for value, _, when in cases)
    return rf"\{{{'; '.join(written)}\}}"


def _script(found: re.Match[str]) -> str:
    inner = found[2].strip()
    return found[1] + (inner if re.fullmatch(r"[\w, +−-]*", inner) and " " not in inner else f"({inner})")


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r"[\w.]+|\\\w+", text) else f"({text})"
