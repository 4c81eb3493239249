"""The retailer's page in a real browser: a printed code is read, judged without a network, and told in a word."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx2 as httpx
import pytest
import zxingcpp

from footprint.errors import (
    ExpiredError,
    FootprintError,
    MalformedError,
    MismatchError,
    SignatureError,
    UntrustedError,
)
from footprint.passport import Signer, TrustList, verify
from footprint.passport.offline_code import offline_fragment, verify_offline
from footprint.passport.signed_trust import TrustPin, sign_trust_list
from footprint.passport.signing_key import SoftwareKey
from label_service.labels.raster import grey
from label_service.pages.offline import WORDS
from tests.service.browser import CHROMIUM, Browser
from tests.service.offline_codes import STILL_GENUINE, every_code
from tests.service.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMED = {
    MalformedError: {"no-code", "malformed"},
    SignatureError: {"signature"},
    UntrustedError: {"unknown-key", "key-time"},
    ExpiredError: {"early", "expired"},
    MismatchError: {"other-goods"},
}


@pytest.fixture(scope="module")
def now():
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("offline")) as server:
        yield server


@pytest.fixture(scope="module")
def producer(server, orchard):
    return type(orchard)(Signer.open(server.folder / "sample" / "producer.key"))


@pytest.fixture(scope="module")
def root(server):
    return Signer.open(server.folder / "sample" / "service.key")


@pytest.fixture(scope="module")
def trust(producer):
    return TrustList.of(producer.signer.trusted_as("Sample producer"))


@pytest.fixture(scope="module")
def coded(producer, trust, server, now):
    """Signs a passport and makes its code."""

    def make(lot="A-1", issued_at=now - HOUR, days=30, at=now, **given):
        passport = producer.passport(lot, resolver=server.url, issued_at=issued_at, days=days, **given)
        verified = verify(passport, trust=trust, at=at)
        return SimpleNamespace(
            passport=passport, fragment=offline_fragment(verified, producer.signer), subject=verified.subject
        )

    return make


@pytest.fixture(scope="module")
def code(coded):
    made = coded()
    return f"{made.subject}#{made.fragment}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def dock(browser, server, root):
    """The page on a device that has pinned the root."""
    page = browser.open(f"{server.url}/verify?lang=en")
    page.type("root", root.public_key.did_key)
    page.until("document.getElementById('trust-state').textContent.includes('to be used until')")
    return page


def judged(page, text):
    """What the page says of a code: genuine, or the reason why not."""
    page.run("document.getElementById('verdict').dataset.state = ''")
    page.type("code", text)
    page.until("['genuine', 'refused'].includes(document.getElementById('verdict').dataset.state)")
    said = page.run("({...document.getElementById('verdict').dataset})")
    return said["reason"] or said["state"]


def test_a_label_that_was_printed_is_genuine_at_the_dock(dock, server, coded):
    """Sign, hand in with its code, draw, read the drawn picture, and check what was read."""
    made = coded("PRINTED-1")
    headers = {**server.auth, "Offline-Code": made.fragment}
    answer = httpx.post(server.url + "/v1/passports", content=made.passport.json, headers=headers)
    assert answer.status_code == 201, answer.text
    (read,) = zxingcpp.read_barcodes(grey(httpx.get(made.subject + "/label.png").content))
    assert judged(dock, read.text) == "genuine"
    assert int(dock.run("document.getElementById('verdict').dataset.milliseconds")) < 1000
    for told in ("Genuine", "1.09 kg CO₂e per kg", "90 % range 0.82 – 1.47", "PRINTED-1", "09506000134352"):
        assert told in dock.text
    assert "0.09 kg CO₂, beside the footprint and not subtracted" in dock.text
    assert "whether the passport was revoked or replaced since" in dock.text
    assert "0 days old" in dock.text


def test_a_code_of_another_passport_is_not_printed(server, coded):
    headers = {**server.auth, "Offline-Code": coded("OTHER-2").fragment}
    answer = httpx.post(server.url + "/v1/passports", content=coded("OTHER-1").passport.json, headers=headers)
    assert (answer.status_code, "copied from other goods" in answer.text) == (422, True)


def _by_python(text, trust, now):
    try:
        verify_offline(text.strip(), trust=trust, at=now)
    except FootprintError as error:
        return next(reasons for kind, reasons in NAMED.items() if isinstance(error, kind))
    return {"genuine"}


def test_page_and_python_judge_every_code_alike(dock, code, coded, producer, trust, now):
    texts = list(every_code(code, coded, producer, now))
    expected = [_by_python(text, trust, now) for text in texts]
    assert sum(reasons == {"genuine"} for reasons in expected) >= 8 + len(STILL_GENUINE)
    assert set().union(*NAMED.values()) - set().union(*expected) == set()
    dock.run("document.getElementById('code').required = false")
    differing = {
        text: (said, reasons)
        for text, reasons in zip(texts, expected, strict=True)
        if (said := judged(dock, text)) not in reasons
    }
    assert differing == {}


def test_nothing_genuine_stays_on_the_screen_while_the_next_code_comes_in(dock, code):
    assert judged(dock, code) == "genuine"
    dock.run("document.getElementById('code').focus()")
    dock.call("Input.insertText", text="h")
    assert "Genuine" not in dock.text
    dock.run("document.getElementById('code').value = ''")


def test_the_page_works_when_the_service_is_gone(tmp_path, orchard, now):
    with Server(tmp_path) as server, Browser(tmp_path / "profile") as browser:
        signer = Signer.open(tmp_path / "sample" / "producer.key")
        passport = type(orchard)(signer).passport(resolver=server.url, issued_at=now - HOUR)
        trust = TrustList.of(signer.trusted_as("Sample producer"))
        verified = verify(passport, trust=trust, at=now)
        page = browser.open(f"{server.url}/verify?lang=en")
        page.type("root", Signer.open(tmp_path / "sample" / "service.key").public_key.did_key)
        page.until("document.getElementById('trust-state').textContent.includes('to be used until')")
        page.run("navigator.serviceWorker.ready.then(() => true)")
        server.process.kill()
        server.process.wait()
        for language, word in (("en", "Genuine"), ("zh-Hans", "真实")):
            page.go(f"{server.url}/verify?lang={language}")
            assert judged(page, f"{verified.subject}#{offline_fragment(verified, signer)}") == "genuine"
            assert word in page.text


def test_the_page_as_a_file_with_a_trust_list_as_a_file(browser, server, code, trust, root, tmp_path, now):
    answer = httpx.get(f"{server.url}/verify", params={"lang": "zh", "download": "1"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verify.html"'
    (tmp_path / "verify.html").write_bytes(answer.content)

    def signed(version, start=now - HOUR, signer=root, lasts=30 * DAY, listed=trust):
        path = tmp_path / f"trust-{version}-{len(list(tmp_path.iterdir()))}.json"
        path.write_bytes(
            sign_trust_list(listed, signer, version=version, valid_from=start, valid_until=start + lasts)
        )
        return path

    def offered(path):
        page.run("document.getElementById('trust-problem').textContent = ''")
        page.run("document.getElementById('trust-state').textContent = ''")
        page.choose("list", path)
        page.until("document.getElementById('trust-state').textContent !== ''")
        return page.run("document.getElementById('trust-problem').textContent")

    page = browser.open((tmp_path / "verify.html").as_uri())
    assert judged(page, code) == "no-pin"
    page.type("root", root.public_key.did_key)
    page.until("document.getElementById('root-pinned').textContent !== ''")
    assert judged(page, code) == "no-list"
    other_kind = Signer(SoftwareKey.generate("P-256")).trusted_as("Signs passports, prints no codes")
    assert offered(signed(5, listed=TrustList.of(*trust.issuers, other_kind))) == ""
    assert judged(page, code) == "genuine"
    assert "第 5 版" in offered(signed(4))  # an older one
    assert "两份不同" in offered(signed(5, listed=TrustList.of()))
    assert "不是由此处固定的信任根签名" in offered(signed(6, signer=Signer.generate()))
    assert "已于" in offered(signed(6, start=now - 60 * DAY))
    assert "时钟" in offered(signed(6, start=now + DAY))
    (tmp_path / "broken.json").write_text('{"issuers": []}')
    assert "这不是已签名的信任名单" in offered(tmp_path / "broken.json")
    assert judged(page, code) == "genuine", "none of them pushed out the good one"
    assert offered(signed(7, listed=TrustList.of())) == ""
    assert judged(page, code) == "unknown-key"


def test_a_key_out_of_use_or_of_small_order_opens_nothing(
    browser, server, code, producer, root, tmp_path, now
):
    page = browser.open(f"{server.url}/verify?lang=en")
    page.type("root", "did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP")
    page.until("document.getElementById('trust-problem').textContent !== ''")
    assert "This is no key that can be trusted" in page.text
    retired = TrustList.of(producer.signer.trusted_as("Retired", valid_until=now - 2 * DAY))
    start = now - HOUR
    text = sign_trust_list(retired, root, version=2**40, valid_from=start, valid_until=start + DAY)
    assert TrustPin.on(root.public_key.did_key).open(text, at=now).version == 2**40
    (tmp_path / "trust.json").write_bytes(text)
    page.type("root", root.public_key.did_key)
    page.choose("list", tmp_path / "trust.json")
    page.until("document.getElementById('trust-state').textContent.includes('1099511627776')")
    assert judged(page, code) == "key-time"


def test_only_its_own_script_runs_and_nothing_is_sent(browser, server, dock, code):
    answer = httpx.get(f"{server.url}/verify?lang=en")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert answer.text.count("<script") == 2
    dock.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert dock.run("window.ran") is None
    before = dock.run("performance.getEntriesByType('resource').length")
    assert judged(dock, code) == "genuine"
    assert dock.run("performance.getEntriesByType('resource').length") == before


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_it_fits_a_phone_of_360_pixels_with_the_longest_words(browser, server, coded, language):
    made = coded("W" * 20, serial="M" * 20)
    page = browser.open(f"{server.url}/verify?lang={language}")
    assert page.run("document.documentElement.scrollWidth") <= 360
    judged(page, f"{made.subject}#{made.fragment}")
    assert page.run("document.documentElement.scrollWidth") <= 360


def test_a_camera_that_reads_codes_needs_no_typing(tmp_path, server, code, root):
    """Chromium's own test picture is the camera; Linux has no detector, so one that always sees our code stands in."""
    flags = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    detector = f"""window.BarcodeDetector = class {{
        static async getSupportedFormats() {{ return ["qr_code"]; }}
        async detect(video) {{ return video.videoWidth ? [{{ rawValue: {code!r} }}] : []; }} }};"""
    with Browser(tmp_path / "profile", *flags) as browser:
        page = browser.open(f"{server.url}/verify?lang=en", before=detector)
        page.type("root", root.public_key.did_key)
        page.until("document.getElementById('trust-state').textContent.includes('to be used until')")
        page.run("document.getElementById('camera').click()")
        page.until("document.getElementById('verdict').dataset.state === 'genuine'")
        assert page.run("document.getElementById('video').srcObject.active") is False


def test_every_reason_has_words():
    reasons = {"weak-key", "no-crypto", "no-memory", "no-camera", "failed", *set().union(*NAMED.values())}
    assert reasons <= set(WORDS)
