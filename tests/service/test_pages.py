"""The passport page: what a person reads, in which order, in two languages, and nothing that runs."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from sqlalchemy import create_engine, update

import label_service
from footprint.passport import Assurance
from footprint.result import Cell, Disagreement, LandUseChange
from label_service.labels.palette import contrast
from label_service.pages.stored import stored
from label_service.store.tables import passports
from label_service.translation import LANGUAGES, catalogue, translator

GTIN = "09506000134352"
NOW = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
LOT = f"/01/{GTIN}/10/2025-06-A"
SLOT = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "'; DROP TABLE passports; --",
    "javascript:alert(1)",
    "</title></head><b>",
]


class Outline(HTMLParser):
    """Tags, ids, attributes and text of a page."""

    VOID = frozenset(("meta", "link", "input", "img", "br"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], [], []
        self.feed(page)
        assert self.open == [], "every tag is closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture
def page(house, client, orchard):
    """The page of a sample lot with the given changes."""

    def get(language: str = "en", **given) -> str:
        assert house.post(client, orchard.passport(**given)).status_code == 201
        return client.get(LOT, params={"lang": language}).text

    return get


def test_reading_order(page):
    sections = ["gross", "place", "stages", "removals", "biogenic", "sure", "method", "signature", "machines"]
    outline = Outline(page())
    assert [value for value in outline.values("id") if value in sections] == sections
    assert outline.tags.index("h1") < outline.tags.index("h2")


def test_the_numbers_are_the_signed_ones(page, lychee):
    text = " ".join(" ".join(Outline(page()).text).split())
    claims = lychee()
    assert f"{claims.gross_kg_co2e:.2f} kg CO₂e" in text
    assert "between 0.82 and 1.47" in text
    for stage, amount in claims.gross.by_stage().items():
        assert re.search(rf"\d {stage} {amount:.2f}", text), stage
    assert "0.09 kg CO₂ Not subtracted from the footprint above." in text
    assert "equal to 0.275 kg CO₂" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(page, language):
    outline = Outline(page(language))
    assert not {"script", "style", "iframe", "object", "embed"} & set(outline.tags)
    assert not [name for _, name, _ in outline.attributes if name.startswith("on") or name == "style"]
    assert all(url.startswith(("/", "mailto:")) for url in outline.values("href") + outline.values("src"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_small_enough_for_a_slow_phone(page, language):
    assert len(page(language).encode()) <= 50_000


def test_accessible_landmarks_and_tables(page):
    outline = Outline(page())
    assert ("html", "lang", "en") in outline.attributes
    assert {"header", "nav", "main", "footer"} <= set(outline.tags)
    assert outline.tags.count("table") == outline.tags.count("caption")
    assert all(outline.values("alt"))
    labelled = outline.values("aria-labelledby")
    assert set(labelled) <= set(outline.values("id"))
    pictures = [role for tag, name, role in outline.attributes if (tag, name) == ("svg", "role")]
    assert len(pictures) == len(
        [1 for tag, name, _ in outline.attributes if (tag, name) == ("svg", "aria-label")]
    )


def test_colours_of_the_style_sheet_have_contrast():
    css = (Path(label_service.__file__).parent / "pages/static/page.css").read_text()
    named = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", css))
    for paper in ("#ffffff", named["wash"], "#fdf3ec"):
        for ink in ("ink", "soft", "blue"):
            assert contrast(named[ink], paper) >= 4.5


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(house, client, orchard, lychee, name):
    hostile = lychee(
        {"name": name, "producer": name, "description": name}, functional_unit=name, notes=[name]
    )
    assert house.post(client, orchard.passport(footprint=hostile)).status_code == 201
    plain = Outline(client.get(LOT).text)
    assert sum(name in text for text in plain.text) >= 4
    for path in (LOT, "/", LOT + "?lang=zh"):
        outline = Outline(client.get(path).text)
        assert not {"script", "b"} & set(outline.tags)
        assert not outline.values("onerror")
        assert "49" not in " ".join(text for text in outline.text if "7 * 7" in text)


def test_hostile_lots_that_gs1_allows(house, client, orchard, monkeypatch):
    """The signer refuses markup in lots, other software may not: set 82 has < > & ' " / and %."""
    monkeypatch.setattr("footprint.passport.lots.UNSAFE_IN_LOT", frozenset())
    lot = "<b>\"&'/%2F=?;"
    answer = house.post(client, orchard.passport(lot))
    assert answer.status_code == 201, answer.text
    path = answer.json()["url"].removeprefix(house.settings.public_url)
    assert "<" not in path
    assert path.count("/") == 4
    outline = Outline(client.get(path).text)
    assert lot in outline.text
    assert "b" not in outline.tags
    assert client.get(path + "/label.png").status_code == 200
    assert Outline(client.get("/").text).values("href").count(f"{path}?lang=en") == 1


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("", "fr-FR,fr;q=0.9", "en"),
        ("?lang=zh", "en", "zh-Hans"),
        ("?lang=en", "zh", "en"),
        ("?lang=<script>", "zh-Hans", "en"),
    ],
)
def test_language(house, client, orchard, query, header, language):
    house.post(client, orchard.passport())
    answer = client.get(LOT + query, headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in answer.text
    assert ("碳足迹" in answer.text) == (language == "zh-Hans")


def test_the_language_switch_leads_to_the_other_language(page):
    assert f"{LOT}?lang=zh-Hans" in Outline(page()).values("href")


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_message_is_translated(language):
    package = Path(label_service.__file__).parent
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(package, methods, keywords={"_": None, "N_": None})
    }
    translated = {message.id: message for message in catalogue(language) if message.id}
    assert found == set(translated)
    for message in translated.values():
        assert message.string
        assert not message.fuzzy
        assert sorted(SLOT.findall(message.id)) == sorted(SLOT.findall(message.string))


def test_no_english_is_left_on_the_chinese_page(page, lychee):
    chinese = {"name": "鲜荔枝", "producer": "样例合作社（样例数据）"}
    text = " ".join(Outline(page("zh", footprint=lychee(chinese))).text)
    for phrase in ("Where", "Carbon", "Signed", "Share", "Total", "Producer", "kiln", "cradle", "China"):
        assert phrase not in text


def test_an_expired_passport_says_so_first(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport(days=30))
    with house.at(NOW + timedelta(days=31)).open() as client:
        page = client.get(LOT).text
    assert page.index("Not valid now.") < page.index("<h1>")
    assert "1.09" in page


def test_a_changed_database_shows_no_number(house, client, orchard):
    passport = orchard.passport()
    house.post(client, passport)
    engine = create_engine(house.settings.database_url)
    with engine.begin() as connection:
        connection.execute(update(passports).values(body=passport.json.replace(b"1.09", b"0.09")))
    engine.dispose()
    answer = client.get(LOT)
    assert answer.status_code == 500
    assert "must not be relied upon" in answer.text
    assert "0.09" not in answer.text


def test_an_issuer_no_longer_trusted_shows_no_number(house, orchard):
    with house.open() as client:
        house.post(client, orchard.passport())
    house.settings.trust_list.write_bytes(b'{"issuers": []}')
    with house.open() as client:
        answer = client.get(LOT)
    assert (answer.status_code, "1.09" in answer.text) == (500, False)


def test_no_reference_for_the_category_is_said(page, lychee):
    text = page(footprint=lychee({"category": "moon-cheese"}))
    assert "There is no reference for this category and boundary yet." in text


def test_land_that_was_converted_is_told_beside_the_number(page, lychee):
    cleared = LandUseChange(state="known", kg_co2e=Decimal("0.25"), statement="Forest until 2012 (sample).")
    gross = lychee().gross
    cell = Cell(stage="orchard", substance="co2_luc", kg=Decimal("0.25"), kg_co2e=Decimal("0.25"))
    ledger = gross.model_copy(update={"cells": (*gross.cells, cell)})
    text = page(footprint=lychee(land_use_change=cleared, gross=ledger))
    assert "Of it, 0.25 kg CO₂e come from land that was converted." in text
    assert "Forest until 2012 (sample)." in text


def test_a_temporary_store_does_not_say_that_it_is_still_there(page, lychee):
    (biochar,) = lychee().removals
    soil = biochar.model_copy(
        update={"kind": "soil", "permanence_class": "temporary", "permanent_fraction": Decimal(0),
                "kept_kg_co2": Decimal(0), "gross_kg_co2": Decimal("0.33"), "baseline": "tilled twice a year"}
    )  # fmt: skip
    text = page(footprint=lychee(removals=(soil,)))
    assert "Taken up in the season: soil. It may go back to the air at any time." in text
    assert "0.33" in text
    assert "Compared with: tilled twice a year." in text
    assert "still there after" not in text


def removal_in_parts(lychee, status, part, **changes):
    """Biochar of which a part is somebody's, with all that an auditor wants to see."""
    (biochar,) = lychee().removals
    between = Disagreement(low_kg_co2=Decimal("0.071"), high_kg_co2=Decimal("0.099"), cards=8)
    return biochar.model_copy(
        update={"status": status, "part": Decimal(part), "disagreement": between, "deduction_rule": "vm0042-2",
                "deduction_kg_co2": Decimal("0.011"), "buffer_kg_co2": Decimal("0.004"), **changes}
    )  # fmt: skip


def test_what_is_sold_counts_nothing_and_the_rest_counts(page, lychee):
    sold = removal_in_parts(lychee, "sold", "0.4", owner="Sample Buyer")
    kept = removal_in_parts(lychee, "on_product", "0.6")
    text = " ".join(" ".join(Outline(page(footprint=lychee(removals=(sold, kept)))).text).split())
    assert "0.00 kg CO₂ Not subtracted from the footprint above." in text
    assert "sold as a credit: it may not be claimed here and counts nothing (40 % of the store)" in text
    assert "Owner: Sample Buyer." in text
    assert f"{kept.claimable_kg_co2:.2f} kg CO₂ Not subtracted from the footprint above." in text
    assert "claimed on this product and not sold (60 % of the store)" in text


def test_what_is_taken_off_and_what_other_methods_find_is_said(page, lychee):
    text = page(footprint=lychee(removals=(removal_in_parts(lychee, "on_product", "1"),)))
    assert "Of it, 0.011 kg are taken off for uncertainty and 0.0040 kg set aside against reversal." in text
    assert "By 8 published methods, 0.071 to 0.099 kg are still there." in text


def test_units_of_a_registry_are_named(lychee):
    units = removal_in_parts(lychee, "on_product", "1", units="batch-7:0-500")
    assert stored(units, 2, translator("en")).units == "batch-7:0-500"


def test_what_was_used_up_for_somebody_counts_nothing(page, lychee):
    text = page("zh", footprint=lychee(removals=(removal_in_parts(lychee, "retired", "1"),)))
    assert "已为其所有者注销：不得在此主张，计为零" in text


def test_the_verifier_is_named(page):
    assurance = Assurance(level="reasonable", by="Sample Verifier (sample)", at="2025-06-30")
    assert "Verified by Sample Verifier (sample) (reasonable assurance), 2025-06-30" in page(
        assurance=assurance
    )


def test_the_front_page_leads_to_the_passport(house, client, orchard):
    assert "None yet." in client.get("/").text
    house.post(client, orchard.passport())
    assert f"{LOT}?lang=en" in Outline(client.get("/").text).values("href")
    found = client.get("/lookup", params={"gtin": " 9506000134352 ", "lot": "2025-06-A ", "lang": "zh-Hans"})
    assert (found.status_code, found.url.path, "碳足迹" in found.text) == (200, LOT, True)


def test_the_style_sheet_is_served_and_changes_its_address_with_its_content(client):
    (address,) = [href for href in Outline(client.get("/").text).values("href") if href.startswith("/static")]
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert re.search(r"\?v=[0-9a-f]{12}$", address)
