"""GTINs and GS1 Digital Links: strict in, canonical out."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import MalformedError
from footprint.passport import DigitalLink
from footprint.passport.digital_link import origin
from footprint.passport.gtin import check_digit, gtin14

GTIN = "09506000134352"
CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
values = st.text(CSET_82, min_size=1, max_size=20).filter(lambda text: text not in (".", ".."))


@pytest.mark.parametrize(
    "gtin", ["9506000134352", "09506000134352", "4006381333931", "96385074", "036000291452"]
)
def test_published_gtins_of_every_length(gtin):
    assert gtin14(gtin) == gtin.zfill(14)


@pytest.mark.parametrize(
    ("gtin", "words"),
    [
        ("09506000134353", "wrong check digit"),
        ("09506000314352", "wrong check digit"),
        ("0950600013435", "wrong check digit"),
        ("950600013435", "wrong check digit"),
        ("", "has 8, 12, 13 or 14 digits"),
        ("123", "has 8, 12, 13 or 14 digits"),
        ("０９５０６０００１３４３５２", "has 8, 12, 13 or 14 digits"),
        ("0950600013435²", "has 8, 12, 13 or 14 digits"),
        ("09506000134352\n", "has 8, 12, 13 or 14 digits"),
        ("00000000000000", "all zeros"),
    ],
)
def test_wrong_gtins(gtin, words):
    with pytest.raises(MalformedError, match=words):
        gtin14(gtin)


@given(
    st.text("0123456789", min_size=13, max_size=13).filter(lambda t: t.strip("0")),
    st.integers(0, 12),
    st.integers(1, 9),
)
def test_the_check_digit_catches_every_single_wrong_digit(digits, place, shift):
    """GS1 General Specifications §7.9: the weights 3 and 1 have no factor in common with 10."""
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert check_digit(wrong) != check_digit(digits)


@given(lot=values, serial=st.none() | values)
def test_every_gs1_value_comes_back_from_its_address(lot, serial):
    link = DigitalLink(GTIN, lot, serial)
    url = link.url("https://id.example.org")
    assert DigitalLink.parse(url) == link
    assert len(urlsplit(url).path.split("/")) == (7 if serial else 5)
    assert not set("<>\"&' ") & set(url)


def test_the_parts_of_a_scanned_code():
    link = DigitalLink.parse("HTTPS://ID.Example.ORG:8443/01/9506000134352/10/A%2f1/21/x?linkType=all#c1.123")
    assert link == DigitalLink(GTIN, "A/1", "x")
    assert (link.resolver, link.query, link.fragment) == (
        "https://id.example.org:8443",
        "linkType=all",
        "c1.123",
    )
    assert link.path == "/01/09506000134352/10/A%2F1/21/x"


def test_encoded_once_means_decoded_once():
    assert DigitalLink.parse(f"https://x.example/01/{GTIN}/10/%252F").lot == "%2F"


@pytest.mark.parametrize(
    "url",
    [
        f"http://localhost:8000/01/{GTIN}/10/A",
        f"http://127.0.0.1/01/{GTIN}/10/A",
        f"http://[::1]:8000/01/{GTIN}/10/A",
    ],
)
def test_this_machine_may_do_without_tls(url):
    assert DigitalLink.parse(url).lot == "A"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "not a URL"),
        ("09506000134352", "not a web address"),
        (f"/01/{GTIN}/10/A", "not a web address"),
        (f"ftp://x.example/01/{GTIN}/10/A", "not a web address"),
        (f"javascript://x.example/01/{GTIN}/10/A", "not a web address"),
        (f"http://x.example/01/{GTIN}/10/A", "not https"),
        (f"http://127.0.0.1.evil.example/01/{GTIN}/10/A", "not https"),
        (f"http://localhost.evil.example/01/{GTIN}/10/A", "not https"),
        (f"https://user@x.example/01/{GTIN}/10/A", "no usable host"),
        (f"https://localhost:80@x.example/01/{GTIN}/10/A", "no usable host"),
        (f"https:///01/{GTIN}/10/A", "no usable host"),
        (f"https://-x.example/01/{GTIN}/10/A", "no usable host"),
        (f"https://x.example:/01/{GTIN}/10/A", "no usable host"),
        (f"https://x.example:123456/01/{GTIN}/10/A", "no usable host"),
        (f"https://x.example//01/{GTIN}/10/A", "names no lot"),
        (f"https://x.example//evil/01/{GTIN}/10/A", "names no lot"),
        (f"https://x.example/shop/01/{GTIN}/10/A", "names no lot"),
        (f"https://x.example/01/{GTIN}", "names no lot"),
        (f"https://x.example/01/{GTIN}/21/x/10/A", "names no lot"),
        (f"https://x.example/01/{GTIN}/10/A/", "names no lot"),
        (f"https://x.example/01/{GTIN}/10/A/B", "names no lot"),
        (f"https://x.example/gtin/{GTIN}/lot/A", "names no lot"),
        (f"https://x.example/01/{GTIN}/10/", "0 characters"),
        (f"https://x.example/01/{GTIN}/10/A/21/", "0 characters"),
        (f"https://x.example/01/{GTIN}/10/{'A' * 21}", "21 characters"),
        ("https://x.example/01/09506000134353/10/A", "check digit"),
        (f"https://x.example/01/{GTIN}/10/..", "browsers remove"),
        (f"https://x.example/01/{GTIN}/10/%2E%2E", "browsers remove"),
        (f"https://x.example/01/{GTIN}/10/A%00", "character set 82"),
        (f"https://x.example/01/{GTIN}/10/%E8%8D%94", "character set 82"),
        (f"https://x.example/01/{GTIN}/10/A%20B", "character set 82"),
        (f"https://x.example/01/{GTIN}/10/A%", "not a URL"),
        (f"https://x.example/01/{GTIN}/10/A%zz", "not a URL"),
        (f"https://x.example/01/{GTIN}/10/<b>", "not a URL"),
        (f"https://x.example/01/{GTIN}/10/A\n", "not a URL"),
        (f"https://x.example/\t01/{GTIN}/10/A", "not a URL"),
        (f"https:\\\\x.example/01/{GTIN}/10/A", "not a URL"),
        (f"https://例え.example/01/{GTIN}/10/A", "not a URL"),
        (f"https://x.example/01/{GTIN}/10/A?{'x' * 3000}", "limit is 2000"),
    ],
)
def test_everything_else_is_refused(url, words):
    with pytest.raises(MalformedError, match=words):
        DigitalLink.parse(url)


@given(st.text(max_size=80))
def test_no_text_crashes_the_parser(text):
    try:
        link = DigitalLink.parse(text)
    except MalformedError:
        return
    assert unquote(link.path).startswith("/01/")


@pytest.mark.parametrize(
    "resolver", ["https://x.example/base", "https://x.example/?a", "x.example", "https://"]
)
def test_a_resolver_is_scheme_and_host(resolver):
    with pytest.raises(MalformedError):
        origin(resolver)


def test_all_problems_at_once():
    with pytest.raises(MalformedError) as refused:
        DigitalLink("123", "", "荔")
    assert [problem.where for problem in refused.value.problems] == ["gtin", "lot", "serial"]
