"""The public verbs are functions, whoever imported which module before."""

import subprocess
import sys

import pytest

import footprint


@pytest.mark.parametrize(
    "first", ["footprint.assess", "footprint.score", "footprint.explain", "footprint.report"]
)
def test_a_verb_is_never_hidden_by_its_module(first):
    name = first.rpartition(".")[2]
    program = f"import importlib; importlib.import_module({first!r})\nfrom footprint import {name}\nassert callable({name}), {name}"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_everything_promised_is_there_and_nothing_else():
    assert all(getattr(footprint, name) for name in footprint.__all__)
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        _ = footprint.asess
