"""The reference is whole: every public module, every question, every verb and every error has its place."""

import importlib
import re
from pathlib import Path

import command_line
import docstrings
import error_tree
import mathml
import modules
import pytest
import record_form
from click import Context
from mkdocs.exceptions import PluginError

import footprint
import label_service
import lca_models
from footprint import errors
from footprint.cli import cli
from label_service.settings import Settings
from lca_models.factors import Factor, Source, Table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DIRECTIVE = re.compile(r"^::: (\S+)$", re.MULTILINE)
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![$\\])\$([^$\n]+)\$", re.DOTALL)
ROOMS = (lca_models, footprint, label_service)


def public_modules() -> set[str]:
    """Every module in the folders, found without the help of the hook."""
    found = set()
    for room in ROOMS:
        folder = Path(room.__path__[0])
        for path in folder.rglob("*.py"):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            found.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return {name for name in found if "._" not in name and ".migrations" not in name}


def test_every_public_module_has_one_place_in_the_reference() -> None:
    pages = [modules.on_page_markdown(page.read_text(encoding="utf-8")) for page in DOCS.rglob("*.md")]
    listed = [name for page in pages for name in DIRECTIVE.findall(page)]
    assert sorted(listed) == sorted(public_modules())


def test_every_question_of_the_form_is_explained() -> None:
    form = record_form.form()
    assert all(f"`{question.place.rpartition('.')[2]}`" in form for question in record_form.questions())
    assert "| `area` |" in form
    assert "answer: area" in form


def test_every_example_answer_is_a_question_of_the_form() -> None:
    places = {question.place for question in record_form.questions()}
    assert {"orchard.diesel", "routes[].transport.reefer.trip", "kiln.h_to_corg"} <= places


def test_every_unit_of_the_list_is_shown() -> None:
    assert all(
        f"`{unit}`" in record_form.unit_spellings() for unit in ("mu", "亩", "jin", "kWh", "mol/mol", "t_km")
    )


def test_every_verb_is_shown_with_its_help() -> None:
    page = command_line.on_page_markdown((DOCS / "reference" / "cli.md").read_text(encoding="utf-8"))
    for verb in cli.list_commands(Context(cli)):
        assert f"## {verb}\n" in page
        assert f"Usage: footprint {verb}" in page


def test_help_is_laid_out_for_people() -> None:
    assert "\\b" not in command_line.on_page_markdown(command_line.MARK), (
        "a raw docstring keeps click's \\b as text"
    )


def test_the_drawn_error_tree_is_the_real_one() -> None:
    tree = error_tree.tree()
    assert set(errors.__all__) - {"Problem"} <= set(re.findall(r"\w+Error\b", tree))
    for name in re.findall(r"\w+Error\b", errors.__doc__ or ""):
        assert name in tree


def test_every_formula_of_the_code_and_the_pages_is_drawn() -> None:
    texts = [page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")]
    texts += [
        path.read_text(encoding="utf-8") for room in ROOMS for path in Path(room.__path__[0]).rglob("*.py")
    ]
    formulas = [match[1] or match[2] for text in texts for match in FORMULA.finditer(_without_code(text))]
    assert len(formulas) > 10
    for formula in formulas:
        assert mathml.mathml(formula)


def test_an_unknown_command_of_a_formula_stops_the_build() -> None:
    with pytest.raises(PluginError, match="overbrace"):
        mathml.mathml(r"\overbrace{x}")


def test_scripts_and_fractions_of_a_formula() -> None:
    assert mathml.mathml(r"\frac{1}{n}") == "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>"
    assert mathml.mathml("x_1^2") == "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"


def test_examples_of_a_docstring_become_code_blocks() -> None:
    written = "Adds.\n\nExample:\n    >>> 1 + 1\n    2\n\nMore."
    assert docstrings.fenced(written).strip() == (
        "Adds.\n\nExample:\n    ```pycon\n    >>> 1 + 1\n    2\n    ```\n\nMore."
    )


def test_paragraphs_that_click_keeps_are_kept() -> None:
    assert docstrings.fenced("Say:\n\n\b\n  one\n  two").strip() == "Say:\n\n```text\n  one\n  two\n```"


def test_every_hook_is_switched_on() -> None:
    configured = set(re.findall(r"docs/hooks/(\w+)\.py", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert configured == {path.stem for path in (DOCS / "hooks").glob("*.py")}
    assert all(importlib.import_module(name).__doc__ for name in configured)


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def test_every_setting_of_the_service_is_in_the_operators_page() -> None:
    page = (DOCS / "howto" / "operate.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`FOOTPRINT_{name.upper()}`" in page


def test_every_field_of_a_factor_is_in_the_page_about_factors() -> None:
    page = (DOCS / "howto" / "add-factors.md").read_text(encoding="utf-8")
    for name in {*Factor.model_fields, *Source.model_fields, *Table.model_fields} - {"source", "rows"}:
        assert f"`{name}`" in page, name
