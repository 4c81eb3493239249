"""The whole path on the sample season, step by step, against a real service on this machine.

Run it with `make demo`. It writes examples/lychee/out/ and leaves nothing running.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import zxingcpp
from PIL import Image

from footprint import Footprint, Passport, Signer, TrustList, assess, load, report, score, verify
from footprint.cli.files import footprint_json
from footprint.errors import FootprintError
from footprint.passport import Assurance, VerifiedPassport, merkle
from label_service.settings import new_api_key
from lca_models.factors import shipped_factors
from lca_models.flows import Emission
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem

HERE = Path(__file__).parent
OUT = HERE / "out"
GTIN, LOT = "09506000134352", "2025-06-A"
STARTED = time.monotonic()


def main() -> int:
    """Walk the path; non-zero when anything along it does not hold."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        system = read_records()
        list_flows(system)
        footprints = compute(system)
        producer, trust = make_keys(Path(folder))
        with service(Path(folder), trust) as (address, api_key):
            passport = sign(footprints["beijing"], producer, address)
            receipt = hand_in(passport, address, api_key)
            link = read_label(receipt)
            genuine = check(link, receipt, trust)
            refuse_tampered(genuine.passport, trust)
            compare_scores(address, api_key, genuine)
    show_table(footprints)
    print(f"\nAll of it took {time.monotonic() - STARTED:.0f} s; see examples/lychee/out/.")
    return 0


def read_records() -> ProductSystem:
    """Records: what the co-op wrote down."""
    step("records", "examples/lychee/lychee.toml, one season of a sample co-operative")
    system = load(HERE / "lychee.toml")
    sold = ", ".join(f"{harvest.season}: {harvest.sold.amount}" for harvest in system.orchard.harvests)
    say(f"{system.orchard.area.amount} of {system.orchard.crop} in {system.product.subdivision}; sold {sold}")
    return system


def list_flows(system: ProductSystem) -> None:
    """Inventory: what happened, in kilograms, before anybody says CO2e."""
    step("inventory", "processes and what they exchange, no CO2e yet")
    numbers = Numbers(shipped_factors())
    for process in system.processes(numbers, system.route("beijing")):
        gases = {flow.substance for flow in process.exchanges if isinstance(flow, Emission)}
        bought = len(process.exchanges) - sum(isinstance(flow, Emission) for flow in process.exchanges)
        product = process.reference
        made = f"{product.kg:>9.2f} kg {product.product:<30}"
        say(f"{process.name:<20} {made} {bought:>2} purchases, gases: {len(gases)}")


def compute(system: ProductSystem) -> dict[str, Footprint]:
    """Footprint, for each place of sale."""
    step("footprint", "gases become CO2e with AR6-100; 4096 draws for the interval")
    footprints = {route.name: assess(system, gwp="AR6-100", route=route.name) for route in system.routes}
    for name, footprint in footprints.items():
        sure = f"90 % interval {footprint.gross.interval.p5:.2f} to {footprint.gross.interval.p95:.2f}"
        say(f"{name:<10} gross {footprint.gross_kg_co2e:.2f} kg CO2e/kg  ({sure})")
    chosen = footprints["beijing"]
    (OUT / "footprint.json").write_bytes(footprint_json(chosen))
    (OUT / "report.html").write_text(report(chosen), encoding="utf-8")
    for cause in chosen.contributions[:3]:
        say(f"largest: {cause.label}, {cause.kg_co2e:.2f} kg CO2e/kg  [{cause.factors[0]}]")
    return footprints


def make_keys(folder: Path) -> tuple[Signer, Path]:
    """The producer's key, and the trust list of whoever believes it."""
    Signer.generate().save(folder / "producer.key", None)
    Signer.generate().save(folder / "service.key", None)
    producer = Signer.open(folder / "producer.key")
    trust = folder / "trust.json"
    trust.write_bytes(TrustList.of(producer.trusted_as("Sample Lychee Co-operative")).to_json())
    return producer, trust


def sign(footprint: Footprint, producer: Signer, address: str) -> Passport:
    """Passport: signed for one lot, only because its arithmetic closes."""
    step("passport", "W3C Verifiable Credential with PACT v3 numbers, eddsa-jcs-2022")
    now = datetime.now(UTC).replace(microsecond=0)
    passport = producer.issue(
        footprint,
        gtin=GTIN,
        lot=LOT,
        resolver=address,
        issued_at=now,
        valid_until=now + timedelta(days=365),
        assurance=Assurance(level="self"),
    )
    (OUT / "passport.json").write_bytes(passport.json)
    say(f"{len(passport.json)} bytes, signed by {producer.issuer[:24]}…")
    return passport


@contextmanager
def service(folder: Path, trust: Path) -> Iterator[tuple[str, str]]:
    """The label service: a real server with a database on disk, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    api_key, digest = new_api_key()
    settings = {
        "FOOTPRINT_PUBLIC_URL": address,
        "FOOTPRINT_DATABASE_URL": f"sqlite:///{folder / 'passports.db'}",
        "FOOTPRINT_TRUST_LIST": str(trust),
        "FOOTPRINT_SIGNING_KEY": str(folder / "service.key"),
        "FOOTPRINT_API_KEY_HASHES": json.dumps({"sample-co-op": digest}),
    }
    command = [Path(sys.executable).parent / "footprint", "serve", "--port", str(port)]
    running = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(address, running)
        yield address, api_key
    finally:
        running.terminate()
        running.wait(timeout=20)


def wait_until_ready(address: str, running: "subprocess.Popen[bytes]") -> None:
    """Give the server half a minute to answer on /ready."""
    for _ in range(150):
        if running.poll() is not None:
            sys.exit(f"the service stopped with exit code {running.returncode}")
        try:
            fetch(f"{address}/ready")
        except URLError:
            time.sleep(0.2)
        else:
            return
    sys.exit("the service did not become ready")


def hand_in(passport: Passport, address: str, api_key: str) -> dict[str, Any]:
    """Service: verified, logged and drawn in one transaction."""
    step("service", f"{address}, SQLite on disk")
    refused = attempt(f"{address}/v1/passports", data=passport.json)
    say(f"without an API key: {refused}")
    headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/vc"}
    receipt: dict[str, Any] = json.loads(
        fetch(f"{address}/v1/passports", data=passport.json, headers=headers)
    )
    log = receipt["log"]
    say(f"stored as leaf {log['leaf_index']} of a log of {log['tree_size']}, root {log['root'][:16]}…")
    return receipt


def read_label(receipt: dict[str, Any]) -> str:
    """Page: what a retailer's scanner reads off the printed label leads to it."""
    step("label and page", "the QR code is read back from the picture")
    svg = receipt["label"]
    (OUT / "label.svg").write_bytes(fetch(svg))
    (OUT / "label.png").write_bytes(fetch(svg.removesuffix(".svg") + ".png"))
    with Image.open(OUT / "label.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    say(f"the label says {code.text}")
    page = fetch(code.text, headers={"Accept": "text/html"})
    (OUT / "page.html").write_text(with_its_style(page.decode(), svg), encoding="utf-8")
    say(f"which is a page of {len(page) / 1000:.0f} kB without a script")
    return str(code.text)


def with_its_style(page: str, address: str) -> str:
    """The page with its stylesheet inside, so that the saved file looks as it did on the service."""
    link = re.search(r'<link rel="stylesheet" href="([^"]+)">', page)
    if link is None:
        raise SystemExit("the page names no stylesheet")
    style = fetch(urljoin(address, link[1])).decode()
    return page.replace(link[0], f"<style>{style}</style>")


def check(link: str, receipt: dict[str, Any], trust: Path) -> VerifiedPassport:
    """Verify: the same code gives machines the passport; believe nothing, check everything."""
    step("verify", "what came over HTTP, against the trust list, for the code that was scanned")
    fetched = fetch(link, headers={"Accept": "application/vc"})
    genuine = verify(fetched, trust=TrustList.load(trust), at=datetime.now(UTC), scanned=link)
    log = receipt["log"]
    merkle.verify_inclusion(
        bytes.fromhex(log["leaf_hash"]),
        log["leaf_index"],
        log["tree_size"],
        [bytes.fromhex(step_) for step_ in log["path"]],
        bytes.fromhex(log["root"]),
    )
    say(f"✓ genuine: signed by {genuine.issuer_name}, lot {genuine.lot}, in the log")
    return genuine


def refuse_tampered(passport: Passport, trust: Path) -> None:
    """A copy that says less than was emitted is refused."""
    claims = verify(passport, trust=TrustList.load(trust), at=datetime.now(UTC)).claims
    gross = str(claims.gross_kg_co2e)
    prettier = passport.json.replace(gross.encode(), ("0" + gross[1:]).encode())
    try:
        verify(prettier, trust=TrustList.load(trust), at=datetime.now(UTC))
    except FootprintError as error:
        say(f"✗ a copy that says {'0' + gross[1:]} instead of {gross}: {error}")
        return
    sys.exit("a tampered passport was accepted")


def compare_scores(address: str, api_key: str, genuine: VerifiedPassport) -> None:
    """Score: the lender pulls it, recomputes it, and compares."""
    step("score", "pulled through the API, recomputed from the passport")
    reply = json.loads(
        fetch(f"{address}/v1/products/{GTIN}/scores", headers={"Authorization": f"Bearer {api_key}"})
    )
    theirs, ours = reply["scores"][0]["score"], score(genuine)
    if theirs != ours.model_dump(mode="json"):
        sys.exit("the service's score is not the one that the passport gives")
    say(f"{ours.total} of 1000, grade {ours.grade}; recomputed to the byte")
    for reason in ours.reasons[:2]:
        say(f"−{reason.points_lost}: {reason.why['en']}")


def show_table(footprints: dict[str, Footprint]) -> None:
    """What a grower wants to see."""
    names = list(footprints)
    print(f"\n{'kg CO2e per kg of lychee':<42}" + "".join(f"{name:>12}" for name in names))
    stages = {stage for footprint in footprints.values() for stage in footprint.stages}
    for stage in [s for s in footprints[names[0]].stages if s in stages]:
        cells = [footprint.gross.by_stage().get(stage) for footprint in footprints.values()]
        print(
            f"  {stage:<40}"
            + "".join(f"{'—' if cell is None else format(cell, '.3f'):>12}" for cell in cells)
        )
    row("gross", [f"{footprint.gross_kg_co2e:.3f}" for footprint in footprints.values()])
    row(
        "  90 % interval",
        [f"{f.gross.interval.p5:.2f}–{f.gross.interval.p95:.2f}" for f in footprints.values()],
    )
    row(
        "removed by biochar, not subtracted above",
        [f"{sum(r.claimable_kg_co2 for r in f.removals):.3f}" for f in footprints.values()],
    )
    row(
        "grown in the fruit itself (biogenic CO2)",
        [f"{f.biogenic.uptake_kg_co2:.3f}" for f in footprints.values()],
    )
    print("\nMeasure next, to be surer:")
    for share in footprints[names[0]].variance_shares[:3]:
        print(f"  {share.narrows:>5.0%} narrower: {share.label}")


def row(title: str, cells: list[str]) -> None:
    """One line of the table; wide characters count twice."""
    pad = 42 - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in title)
    print(title + " " * pad + "".join(f"{cell:>12}" for cell in cells))


def attempt(url: str, data: bytes) -> str:
    """The answer to a request that should be refused, in a few words."""
    try:
        fetch(url, data=data)
    except HTTPError as error:
        with error:
            return f"{error.code} {json.loads(error.read())['title']}"
    return "accepted"


def fetch(url: str, data: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
    """One HTTP request to the service."""
    with urlopen(Request(url, data=data, headers=headers or {}), timeout=20) as reply:
        content: bytes = reply.read()
    return content


def step(name: str, what: str) -> None:
    """The heading of a step."""
    print(f"\n▶ {name}  ({what})", flush=True)


def say(text: str) -> None:
    """A line of a step."""
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
