"""Cold start: a process that verifies a passport, beside one that only imports what it must."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.timing import show, timed
from footprint import Signer, TrustList, assess, load
from footprint.passport import Assurance

LYCHEE = Path(__file__).parents[1] / "examples" / "lychee" / "lychee.toml"
REQUIRED = "import click, cryptography.hazmat.primitives.asymmetric.ed25519, pydantic, rfc8785"


def run() -> None:
    """`footprint verify`, from nothing to the verdict."""
    with tempfile.TemporaryDirectory() as folder:
        signer, now = Signer.generate(), datetime.now(UTC)
        passport = signer.issue(
            assess(load(LYCHEE), gwp="AR6-100", draws=256),
            gtin="09506000134352",
            lot="2025-06-A",
            resolver="https://passport.example.org",
            issued_at=now,
            valid_until=now + timedelta(days=1),
            assurance=Assurance(level="self"),
        )
        Path(folder, "passport.json").write_bytes(passport.json)
        Path(folder, "trust.json").write_bytes(TrustList.of(signer.trusted_as("Sample")).to_json())
        verify = [
            Path(sys.executable).parent / "footprint",
            "verify",
            "passport.json",
            "--trust",
            "trust.json",
        ]
        compiled = _with_bytecode(folder)
        ours = timed(
            lambda: subprocess.run(verify, cwd=folder, env=compiled, check=True, capture_output=True)
        )
        bare = timed(lambda: subprocess.run([sys.executable, "-c", REQUIRED], env=compiled, check=True))
    show("cold `footprint verify`", ours, bare, "importing pydantic, cryptography, rfc8785 and click alone")


def _with_bytecode(folder: str) -> dict[str, str]:
    """An environment in which modules are compiled once, by the run that warms up: as an installed package is."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled"))}
