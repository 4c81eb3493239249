"""The same claims give the same bytes: again, elsewhere, and in another implementation of decimals."""

import decimal
import json
import os
import subprocess
import sys
from pathlib import Path

import rfc8785

from footprint.score import Score, score_claims

SCORE_STDIN = """
import sys
{before}
from footprint.passport.claims import Claims
from footprint.score import score_claims
sys.stdout.buffer.write(score_claims(Claims.model_validate_json(sys.stdin.buffer.read())).canonical())
"""
PURE_PYTHON = "sys.modules['_decimal'] = None"
ODD_CONTEXT = "import decimal; decimal.setcontext(decimal.Context(prec=6, rounding=decimal.ROUND_CEILING))"


def elsewhere(claims, before: str = "", hash_seed: str = "0") -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", SCORE_STDIN.format(before=before)],
        input=claims.model_dump_json().encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        cwd=Path(__file__).parents[2],
    )
    return done.stdout


def test_another_process_gives_the_same_bytes(claims):
    here = score_claims(claims()).canonical()
    assert {elsewhere(claims(), hash_seed=seed) for seed in ("1", "12345")} == {here}


def test_decimals_in_c_and_in_python_give_the_same_bytes(claims):
    assert elsewhere(claims(), before=PURE_PYTHON) == score_claims(claims()).canonical()


def test_the_callers_decimal_context_does_not_matter(claims):
    with decimal.localcontext(decimal.Context(prec=9, rounding=decimal.ROUND_UP)):
        here = score_claims(claims()).canonical()
    assert here == score_claims(claims()).canonical() == elsewhere(claims(), before=ODD_CONTEXT)


def test_canonical_bytes_are_rfc_8785_and_read_back(claims):
    result = score_claims(claims())
    assert rfc8785.dumps(json.loads(result.canonical())) == result.canonical()
    assert Score.model_validate_json(result.canonical()) == result


def test_one_changed_claim_changes_the_input_digest(claims):
    other = claims(notes=("a word more",))
    assert score_claims(other).input_digest != score_claims(claims()).input_digest
    assert score_claims(other).inputs == score_claims(claims()).inputs


def test_it_starts_on_a_phone():
    loaded = "import sys, footprint.score; print(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert not {"numpy", "pandas", "scipy", "pint", "bw2calc", "fastapi", "jinja2"} & set(done.stdout.split())
