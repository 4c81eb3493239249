"""The page that checks a code without a network: one file, and nothing in it comes from elsewhere."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from markupsafe import Markup

from label_service.pages.templates import HERE, render
from label_service.translation import N_, Language, translator

OFFLINE = HERE / "offline"
SCRIPTS = ("bytes", "keys", "cbor", "goods", "figures", "trust", "code", "screen", "start")
"""In the order in which one uses the other; together they are the page's only script."""

WORDS = {
    "no-code": N_(
        "This is no code with an offline proof. Scan it again, or open its address where there is a network."
    ),
    "malformed": N_(
        "The code is damaged or made up. Scan it again; if it stays so, do not accept the goods."
    ),
    "signature": N_("The signature does not fit: the code was changed or forged."),
    "unknown-key": N_("It was signed by a key that is not in your trust list."),
    "key-time": N_("It was signed outside the time in which its key was in use."),
    "other-goods": N_("The code was copied from other goods. It was signed for GTIN {gtin}, lot {lot}."),
    "early": N_("It is valid from {from}. Check the clock of this device."),
    "expired": N_("It was valid until {until}."),
    "no-pin": N_("No root is pinned on this device yet, so there is nobody to believe."),
    "no-list": N_("There is no trust list on this device yet."),
    "list-early": N_("The trust list is valid from {from}. Check the clock of this device."),
    "list-expired": N_("The trust list was valid until {until}. Take in a newer one."),
    "list-forged": N_("The trust list is not signed by the root that is pinned here."),
    "list-old": N_("The trust list is version {version}, but version {seen} was seen here before."),
    "list-twice": N_("There are two different trust lists of version {version}. Use neither; ask the root."),
    "list-malformed": N_("This is no signed trust list."),
    "weak-key": N_("This is no key that can be trusted."),
    "no-crypto": N_("This browser cannot check the signature. Use a newer one."),
    "no-memory": N_("This browser keeps nothing for this page. Leave the private mode."),
    "no-camera": N_("The camera cannot be used. Paste the code instead."),
    "failed": N_("It could not be checked."),
    "list_good": N_("Trust list {version} of {from}, to be used until {until}."),
    "footprint": N_("Carbon footprint"),
    "kg_co2e": N_("kg CO₂e"),
    "per_kg": N_("per kg"),
    "per_mass": N_("per {mass} kg"),
    "per_MJ": N_("per {energy} MJ"),
    "range": N_("90 % range {low} – {high}"),
    "removals": N_("Carbon removed and stored"),
    "removed": N_("{amount} kg CO₂, beside the footprint and not subtracted"),
    "product": N_("Product"),
    "lot": N_("Lot"),
    "signed_by": N_("Signed by"),
    "valid_until": N_("Valid until"),
    "unchecked_status": N_("whether the passport was revoked or replaced since {from}"),
    "unchecked_list": N_(
        "whether its issuer left the trust list since; yours is version {version}, {days} days old"
    ),
}
"""What the script says; `{…}` is filled in by the script."""


def verify_page(language: Language) -> str:
    """The whole page in one language."""
    say = translator(language)
    return render(
        "verify.html",
        language,
        policy=page_policy(),
        style=Markup(_style()),  # noqa: S704 - our own file
        script=Markup(_script()),  # noqa: S704 - our own files
        words={name: say(message) for name, message in WORDS.items()},
    )


@cache
def page_policy() -> str:
    """Only this script and this style run; the one thing fetched is the trust list of the same origin."""
    return (
        f"default-src 'none'; script-src '{_hash(_script())}'; style-src '{_hash(_style())}'; "
        "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
    )


@cache
def worker() -> str:
    """The service worker: keeps the page for when there is no network."""
    return _read("worker.js")


@cache
def _script() -> str:
    whole = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{whole}}})();\n'


@cache
def _style() -> str:
    return _read("page.css")


def _read(name: str) -> str:
    return (OFFLINE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """As browsers compare it (Content Security Policy Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
