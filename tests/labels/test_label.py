"""The label of a lot of lychees: what it says, that it scans, and what it must never say."""

import re
import struct
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import InputError
from footprint.passport import Assurance, Signer
from footprint.passport.offline_code import offline_fragment
from label_service.labels import check_drawable, draw_label
from label_service.labels.content import content_of
from label_service.labels.palette import COLOUR, MONO, contrast
from label_service.labels.qr import modules
from label_service.labels.raster import grey
from label_service.translation import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = (
    "eco",
    "green",
    "neutral",
    "net zero",
    "climate friendly",
    "offset",
    "绿色",
    "环保",
    "中和",
    "零碳",
)


def parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def proving_itself(passport) -> str:
    return f"{passport.subject}#{offline_fragment(passport, Signer.from_seed(bytes(range(32))))}"


def scanned(png: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(grey(png))]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("mono", [False, True])
def test_the_printed_code_reads_as_the_digital_link_of_the_lot(verified, language, mono):
    passport = verified()
    label = draw_label(passport, passport.subject, language, mono=mono)
    assert (
        scanned(label.png)
        == [passport.subject]
        == ["https://passports.example.org/01/09506000134352/10/2025-06-A"]
    )


@pytest.mark.parametrize("dpi", [300, 600])
def test_size_in_millimetres_and_pixels_agree(verified, dpi):
    passport = verified()
    label = draw_label(passport, passport.subject, dpi=dpi)
    root = parsed(label.svg)
    width_mm, height_mm = (float(root.get(name).removesuffix("mm")) for name in ("width", "height"))
    width, height = struct.unpack(">II", label.png[16:24])
    assert (round(width_mm / 25.4 * dpi), round(height_mm / 25.4 * dpi)) == (width, height)


@pytest.mark.parametrize("dpi", [300, 600])
def test_every_module_falls_on_whole_dots(verified, dpi):
    """No grey edge inside the code: each pixel of its square is pure black or pure white."""
    passport = verified()
    image = grey(draw_label(passport, passport.subject, dpi=dpi).png)
    scale, side = dpi // 300, len(modules(passport.subject)) * 5
    left, top = (840 - 30 - side) * scale, 34 * scale
    code = image.crop((left, top, left + side * scale, top + side * scale))
    assert set(code.tobytes()) == {0, 255}


def test_front_minimum(verified):
    passport = verified()
    content = content_of(passport, passport.subject, "en")
    assert (content.number, content.unit, content.per) == ("1.09", "kg CO₂e", "per kg")
    assert content.boundary == "cradle to shop"
    assert content.interval_text == "90 % range 0.82 – 1.47"
    assert content.season == "2024-08 – 2025-07"
    assert content.assurance == "Self-declared by the producer"
    assert content.lot == "Lot 2025-06-A, GTIN 09506000134352"


def test_who_verified_is_named(verified):
    passport = verified(assurance=Assurance(level="limited", by="Sample Verifier (sample)", at="2025-06-30"))
    content = content_of(passport, passport.subject, "en")
    assert content.assurance == "Verified by Sample Verifier (sample) (limited assurance)"


def test_removals_stand_in_a_box_of_their_own(verified):
    passport = verified()
    content = content_of(passport, passport.subject, "en")
    assert content.removals == (
        "Carbon stored as biochar: 0.09 kg CO₂ per kg",
        "still stored after 100 years; not subtracted above",
    )
    assert b"stroke-dasharray" in draw_label(passport, passport.subject).svg


@pytest.mark.parametrize("status", ["sold", "retired", "disclosed"])
def test_a_removal_that_is_not_claimed_here_is_absent(verified, status):
    removal = verified().claims.removals[0].model_copy(update={"status": status})
    passport = verified(removals=[removal.model_dump(mode="json")])
    assert content_of(passport, passport.subject, "en").removals is None
    assert b"stroke-dasharray" not in draw_label(passport, passport.subject).svg


def test_the_label_shows_what_may_be_claimed(verified):
    """What is kept, less the deduction and the buffer; a part that is sold is not on it."""
    facts = verified().claims.removals[0].model_dump(mode="json")
    taken_off = {"deduction_kg_co2": "0.020000", "deduction_rule": "vm0042-2", "buffer_kg_co2": "0.010000"}
    passport = verified(removals=[facts | taken_off, facts | {"status": "sold"}])
    shown, _ = content_of(passport, passport.subject, "en").removals
    assert shown == "Carbon stored as biochar: 0.06 kg CO₂ per kg"


def test_carbon_that_may_go_back_tomorrow_is_absent(verified):
    temporary = {
        "permanence_class": "temporary",
        "permanent_fraction": "0",
        "kept_kg_co2": "0",
        "baseline": "bare",
    }
    removal = verified().claims.removals[0].model_dump(mode="json") | {"kind": "soil"} | temporary
    passport = verified(removals=[removal])
    assert content_of(passport, passport.subject, "en").removals is None


def test_text_is_outlined_so_that_no_font_is_needed(verified):
    passport = verified()
    tags = {
        element.tag.removeprefix(SVG) for element in parsed(draw_label(passport, passport.subject).svg).iter()
    }
    assert tags == {"svg", "title", "desc", "rect", "path"}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_green_words_and_no_minus_sign(verified, language):
    passport = verified()
    content = content_of(passport, passport.subject, language)
    said = " ".join(
        (content.heading, content.unit, content.per, content.boundary, *content.removals, content.assurance)
    )
    assert [
        word for word in FORBIDDEN if re.search(rf"\b{word}" if word.isascii() else word, said.lower())
    ] == []
    assert not re.search(r"[-−–]\s*\d", said)


def test_mono_uses_black_only(verified):
    passport = verified()
    svg = draw_label(passport, passport.subject, mono=True).svg.decode()
    assert set(re.findall(r"#[0-9a-f]{6}", svg)) == {"#000000", "#ffffff"}


def test_blue_and_orange_differ_in_lightness_from_paper_and_code():
    for ink in COLOUR.inks | MONO.inks:
        assert contrast(ink, COLOUR.paper) >= 4.5


def test_chinese_names_are_drawn(verified):
    passport = verified(name="鲜荔枝（桂味）")
    label = draw_label(passport, passport.subject, "zh-Hans")
    assert "鲜荔枝" in label.svg.decode()  # in title or description, for screen readers
    assert scanned(label.png) == [passport.subject]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"/><image href="http://x/"/>', "A & B ]]>"])
def test_hostile_names_stay_text(verified, name):
    passport = verified(name=name)
    root = parsed(draw_label(passport, passport.subject).svg)
    assert name in root.find(f"{SVG}desc").text
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
    }


def test_a_very_long_name_is_cut_on_the_label_and_whole_in_the_description(verified):
    name = "Extraordinarily long name of hand picked lychees " * 4
    passport = verified(name=name.strip())
    assert name.strip() in draw_label(passport, passport.subject).svg.decode()


def test_the_same_passport_gives_the_same_bytes(verified):
    passport = verified()
    assert draw_label(passport, passport.subject) == draw_label(passport, passport.subject)


def test_a_url_too_long_for_a_front_label_is_refused_with_the_fix(verified):
    with pytest.raises(InputError, match="shorter public_url"):
        draw_label(verified(), "https://passports.example.org/01/09506000134352/10/" + "A" * 400)


@settings(max_examples=12, deadline=None)
@given(lot=st.text("ABCabc0189-._", min_size=1, max_size=20).filter(lambda lot: lot not in (".", "..")))
def test_every_lot_scans(verified, lot):
    passport = verified(lot=lot)
    assert scanned(draw_label(passport, passport.subject).png) == [passport.subject]


def test_heat_is_per_megajoule(verified):
    passport = verified(declared_unit={"amount": "5", "unit": "MJ"})
    assert content_of(passport, passport.subject, "en").per == "per 5 MJ"
    assert content_of(passport, passport.subject, "zh-Hans").per == "每 5 兆焦"


def test_per_another_unit(verified):
    """A crate of ten kilograms says so."""
    passport = verified(declared_unit={"amount": "10", "unit": "kg"})
    assert content_of(passport, passport.subject, "en").per == "per 10 kg"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("dpi", [300, 600])
def test_a_code_that_proves_itself_scans_like_any_other(verified, language, dpi):
    passport = verified()
    url = proving_itself(passport)
    assert scanned(draw_label(passport, url, language, mono=True, dpi=dpi).png) == [url]


@pytest.mark.parametrize("lot", ["2025-06-A", "L" * 20])
def test_its_digits_keep_the_code_at_version_12(verified, lot):
    side = len(modules(proving_itself(verified(lot=lot))))
    assert 57 < side <= 17 + 4 * 12


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("per", ["1", "1000"])
def test_nothing_is_drawn_over_the_largest_code_or_its_quiet_zone(verified, language, per):
    """The widest unit (千克 CO₂e) beside 65 modules: the number gives way, the code does not."""
    passport = verified(lot="L" * 20, declared_unit={"amount": per, "unit": "kg"})
    url = proving_itself(passport)
    dark, image = modules(url), grey(draw_label(passport, url, language).png)
    left = 840 - 30 - len(dark) * 5
    around = [(-4, y) for y in range(-4, len(dark) + 3)] + [(x, len(dark) + 2) for x in range(len(dark))]
    assert all(image.getpixel((left + 5 * x + 2, 34 + 5 * y + 2)) > 250 for x, y in around)
    drawn = [
        [image.getpixel((left + 5 * x + 2, 34 + 5 * y + 2)) < 128 for x in range(len(dark))]
        for y in range(len(dark))
    ]
    assert drawn == [[bool(module) for module in row] for row in dark]


def test_a_number_too_wide_for_the_label_is_refused_never_cut(verified):
    passport = verified(lot="L" * 20)
    huge = passport.claims.model_copy(update={"gross_kg_co2e": Decimal(99999999)})
    with pytest.raises(InputError, match="a number is never cut"):
        draw_label(replace(passport, claims=huge), proving_itself(passport))


def test_whether_it_could_be_drawn_is_told_before_it_is(verified):
    """The service refuses such a passport at the door, and draws its labels later."""
    passport = verified(lot="L" * 20)
    url = proving_itself(passport)
    check_drawable(passport, url)
    huge = passport.claims.model_copy(update={"gross_kg_co2e": Decimal(99999999)})
    refused = [
        ("a number is never cut", replace(passport, claims=huge), url),
        ("U\\+0E25", verified(name="\u0e25"), url),
        ("use a shorter", passport, "https://passports.example.org/" + "x" * 400),
    ]
    for words, wrong, address in refused:
        with pytest.raises(InputError, match=words):
            check_drawable(wrong, address)
        with pytest.raises(InputError, match=words):
            draw_label(wrong, address)


@pytest.mark.parametrize("gross", ["88888", "0.088", "888.8"])
def test_a_number_of_five_characters_fits_beside_the_largest_code(verified, gross):
    passport = verified(lot="L" * 20)
    claims = passport.claims.model_copy(update={"gross_kg_co2e": Decimal(gross)})
    for language in LANGUAGES:
        assert draw_label(replace(passport, claims=claims), proving_itself(passport), language).svg
