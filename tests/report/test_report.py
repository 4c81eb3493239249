"""The HTML report: safe, self-contained, and saying exactly what the footprint says."""

import sys
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from footprint.errors import InputError
from footprint.report import environment, report
from footprint.result import Footprint
from footprint.telling import exact, percent, rounded

VOID = {"meta", "br", "col", "rect", "line", "circle", "path"}
HEADINGS = [
    ("h1", "Lychee, fresh, Guiwei"),
    ("h2", "Gross footprint"),
    ("h2", "Three ledgers, never netted"),
    ("h3", "Gross footprint"),
    ("h3", "Removals, not subtracted"),
    ("h3", "Biogenic carbon, apart"),
    ("h2", "Gross footprint by stage"),
    ("h2", "Gross footprint by gas"),
    ("h2", "Growing along the chain"),
    ("h2", "Largest causes"),
    ("h2", "What to measure next"),
    ("h2", "How good the data are"),
    ("h2", "How joint processes were split"),
    ("h2", "Left out"),
    ("h2", "Notes"),
    ("h2", "Every published number used"),
    ("h2", "How to check this result"),
]
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>1</script>",
    "{{ 7*7 }}{% for x in y %}",
    "javascript:alert(1)",
    "<!-- ",
    "]]>&#x3C;b>",
]


class Page(HTMLParser):
    """What a browser would see: elements, texts by path, data values."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.data: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "data":
            self.data.append((dict(attrs)["value"], ""))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.texts.append((tuple(self.stack), data))
        if self.stack and self.stack[-1] == "data":
            value, shown = self.data[-1]
            self.data[-1] = value, shown + data

    def text(self) -> str:
        shown = "".join(text for path, text in self.texts if "style" not in path)
        return " ".join(shown.split())

    def headings(self) -> list[tuple[str, str]]:
        return [(path[-1], text) for path, text in self.texts if path and path[-1] in {"h1", "h2", "h3"}]


def numbers_of(value: object) -> set[str]:
    """Every number anywhere in a footprint, written with all its digits."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return set()
    if isinstance(value, Decimal | int):
        return {exact(value)}
    items = value.values() if isinstance(value, dict) else value
    return set().union(*map(numbers_of, items))


def derived(footprint: Footprint) -> set[str]:
    """Numbers a reader may derive: sums of cells, their shares of the whole, and counts."""
    total = footprint.gross_kg_co2e
    sums = [*footprint.gross.by_stage().values(), *footprint.gross.by_substance().values(), total]
    parts = [*sums, *(c.kg_co2e for c in footprint.contributions), *(g.kg_co2e for g in footprint.gates)]
    counts = [len(footprint.factors), sum(not f.verified for f in footprint.factors)]
    return {exact(n) for n in (*sums, *(part / total for part in parts), *counts, Decimal(0))}


def test_every_number_on_the_page_is_one_of_the_footprints(footprint):
    known = numbers_of(footprint.model_dump()) | derived(footprint)
    assert {value for value, _ in Page(report(footprint)).data} <= known


def test_every_number_of_the_footprint_is_on_the_page(footprint):
    shown = {value for value, _ in Page(report(footprint)).data}
    told_otherwise = footprint.model_dump(exclude={"gross": {"cells"}, "land_use_change": True})
    assert numbers_of(told_otherwise) <= shown
    assert {exact(kg) for kg in footprint.gross.by_stage().values()} <= shown
    assert {exact(kg) for kg in footprint.gross.by_substance().values()} <= shown


def test_what_a_reader_sees_is_its_exact_value_rounded(footprint):
    for value, shown in Page(report(footprint)).data:
        amount = Decimal(value)
        assert shown in {rounded(amount), exact(amount), percent(amount), f"{amount:.2f}"}


def test_headings_in_reading_order(footprint):
    assert Page(report(footprint)).headings() == HEADINGS


def test_the_headline_is_gross_and_removals_stand_apart(footprint, total):
    page = Page(report(footprint))
    assert page.data[0] == (exact(total), "0.802")
    assert "not subtracted" in page.text()
    assert exact(total - Decimal("0.091320")) not in {value for value, _ in page.data}
    assert not any(shown.startswith(("-", "−")) for _, shown in page.data)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("on_product", "claimed on this product"),
        ("sold", "sold as a credit: nothing on this product"),
        ("retired", "retired for its owner: nothing on this product"),
        ("disclosed", "disclosed only"),
    ],
)
def test_the_status_of_a_removal_is_said(footprint_of, removal_facts, status, words):
    page = Page(report(footprint_of(removals=[removal_facts | {"status": status}])))
    assert words in page.text()


def test_what_is_sold_counts_nothing_on_the_product(footprint_of, removal_facts):
    """The figure of the ledger is what the product may claim, not what is stored somewhere."""
    kept, sold = (
        Page(report(footprint_of(removals=[removal_facts | {"status": status}])))
        for status in ("on_product", "sold")
    )
    assert ("0.09132", "0.091") in kept.data
    assert kept.data.count(("0.09132", "0.091")) == sold.data.count(("0.09132", "0.091")) + 1


def test_what_is_taken_off_a_removal_and_what_other_methods_find_is_told(footprint_of, removal_facts):
    more = {
        "deduction_kg_co2": "0.010000",
        "deduction_rule": "vm0042-2",
        "buffer_kg_co2": "0.002000",
        "disagreement": {"low_kg_co2": "0.070000", "high_kg_co2": "0.099000", "cards": 8},
    }
    text = Page(report(footprint_of(removals=[removal_facts | more]))).text()
    assert "0.010 taken off for uncertainty (rule vm0042-2), 0.0020 set aside against reversal" in text
    assert "0.070 to 0.099 by published methods (8)" in text


def test_no_removal_is_said_too(footprint_of):
    assert "No removal is part of this product." in Page(report(footprint_of(removals=[]))).text()


def test_every_factor_with_its_source(footprint):
    text = Page(report(footprint)).text()
    for factor in footprint.factors:
        assert f"{factor.source} Licence: {factor.licence}" in text
        for fact in (factor.name, factor.id, factor.unit, factor.locator, factor.region):
            assert fact in text
    assert "2 numbers, 1 NOT VERIFIED" in text
    assert text.count("NOT VERIFIED") == 3  # the sentence, the count, the one factor


def test_causes_lead_to_the_factors_they_rest_on(footprint):
    page = Page(report(footprint))
    anchors = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= anchors


def test_bars_are_in_proportion(footprint):
    page = Page(report(footprint))
    widths = [attrs["width"] for tag, attrs in page.elements if tag == "rect" and attrs.get("height") == "8"]
    assert widths[:4] == ["100.00", "10.33", "43.08", "0.00"]  # 0.523, 0.054, 0.2253 and 0 of 0.523


def test_the_interval_is_drawn_to_scale_from_zero(footprint):
    band = next(a for tag, a in Page(report(footprint)).elements if tag == "rect" and a.get("rx"))
    start, width = Decimal(band["x"]), Decimal(band["width"])
    assert start == round(44 + 226 * Decimal("0.601234") / Decimal("1.104"), 2)
    assert abs(start + width - 270) <= Decimal("0.01")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(footprint_named, name):
    html = report(footprint_named(name, producer=name))
    page = Page(html)
    assert not {"script", "img", "b", "iframe", "object"} & {tag for tag, _ in page.elements}
    assert ("h1", name) in page.headings() or name in page.text()
    assert html.count("<style>") == 1


def test_hostile_text_everywhere_stays_text(footprint_of):
    evil = '"><script>alert(1)</script>'
    calm = footprint_of().model_dump(mode="json")
    page = Page(report(Footprint.model_validate(poisoned(calm, evil))))
    assert "script" not in {tag for tag, _ in page.elements}
    assert page.text().count(evil) > 20


def poisoned(value, evil, key=""):
    """The same footprint with every free text replaced."""
    fixed = {"state", "kind", "permanence_class", "status", "schema_version", "country", "subdivision"}
    fixed |= {"period_start", "period_end", "declared_unit"}
    if isinstance(value, dict) and key not in fixed:
        return {k: poisoned(v, evil, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, evil, key) for v in value]
    free = isinstance(value, str) and key not in fixed and not value.startswith("sha256:")
    return evil if free and not value.replace(".", "").isdigit() else value


def test_nothing_runs_and_nothing_is_fetched(footprint):
    html = report(footprint)
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    for _, attrs in page.elements:
        assert not any(name.startswith("on") or name == "src" for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_the_same_footprint_gives_the_same_page(footprint):
    assert report(footprint) == report(Footprint.model_validate_json(footprint.model_dump_json()))


def test_a_bare_footprint_still_makes_a_page(footprint_of):
    lists = "removals contributions variance_shares allocations factors gates exclusions notes stages"
    empty = {"cells": [], "interval": {"p5": "0", "p50": "0", "p95": "0"}}
    bare = footprint_of(**{name: [] for name in lists.split()}, gross=empty)
    text = Page(report(bare)).text()
    assert "Nothing was left out." in text
    assert "No published number was used." in text


def test_unknown_land_use_change_is_not_a_zero(footprint_of):
    unknown = {"state": "unknown", "kg_co2e": None, "statement": "Nobody knows what stood here before."}
    assert (
        "unknown, nothing counted. Nobody knows" in Page(report(footprint_of(land_use_change=unknown))).text()
    )


def test_without_jinja2_the_error_names_the_fix(footprint, monkeypatch):
    environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(InputError, match="pip install"):
        report(footprint)
