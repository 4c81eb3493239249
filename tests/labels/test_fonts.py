"""The label's own fonts: what they cover, under which licence, and what happens beyond."""

import pytest
from fontTools.ttLib import TTFont

from footprint.errors import InputError
from label_service.labels.subset_fonts import gb2312
from label_service.labels.typeface import FONTS, X_HEIGHT, faces
from label_service.translation import LANGUAGES, words


def test_all_of_gb2312_and_latin_1_can_be_drawn():
    hanzi = "".join(gb2312(16, 87))
    assert len(hanzi) == 6763
    assert faces().regular.covers(hanzi)
    assert faces().regular.covers("".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bold_face_covers_every_word_of_the_catalogue(language):
    assert faces().bold.covers(words(language))


@pytest.mark.parametrize(
    ("text", "code"), [("ลิ้นจี่", "U+0E25"), ("lychee\n", "U+000A"), ("🍒", "U+1F352"), ("\ue000", "U+E000")]
)
def test_what_cannot_be_drawn_is_named_never_a_box(text, code):
    with pytest.raises(InputError, match=code.replace("+", r"\+")) as error:
        faces().regular.outline(text, "product.name")
    assert all("label_font" in problem.fix for problem in error.value.problems)


def test_every_missing_character_is_named_once():
    with pytest.raises(InputError) as error:
        faces().regular.outline("ก ข ก", "product.name")
    assert len(error.value.problems) == 2


def test_a_setting_adds_a_font(tmp_path):
    assert not faces().regular.covers("\ue000")
    font = TTFont(FONTS / "label-regular-latin.otf")
    for table in font["cmap"].tables:
        table.cmap[0xE000] = table.cmap[ord("A")]
    font.save(tmp_path / "own.otf")
    assert faces(tmp_path / "own.otf").regular.covers("A\ue000")


def test_a_file_that_is_no_font_is_refused(tmp_path):
    (tmp_path / "broken.otf").write_bytes(b"not a font")
    with pytest.raises(InputError, match="cannot be read as a font"):
        faces(tmp_path / "broken.otf")


def test_licence_travels_with_the_fonts_and_no_file_is_large():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()
    assert "Noto Sans CJK" in (FONTS / "NOTICE.md").read_text()
    for path in FONTS.glob("*.otf"):
        assert path.stat().st_size < 1_000_000, path.name


def test_x_height_is_the_one_the_preflight_uses():
    font = TTFont(FONTS / "label-regular-latin.otf")
    assert font["OS/2"].sxHeight / font["head"].unitsPerEm == pytest.approx(X_HEIGHT)


def test_subscript_two_is_drawn_smaller():
    face = faces().regular
    assert face.outline("₂", "unit").width_em < face.outline("2", "unit").width_em
