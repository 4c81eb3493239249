"""Bad answers are refused by name, all at once; nothing is filled in silently."""

import json
from pathlib import Path
from typing import Any

import pytest

from footprint.records import load
from lca_models.errors import NetworkError, RecordError
from lca_models.factors import shipped_factors
from lca_models.flows import Link, Output, Process
from lca_models.numbers import Numbers
from lca_models.product_system import ProductSystem, check_links


def _set(answers: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    for part in parents:
        answers = answers[int(part)] if part.isdigit() else answers[part]  # type: ignore[call-overload]
    if value is None:
        del answers[last]
    else:
        answers[int(last) if last.isdigit() else last] = value  # type: ignore[index]


REFUSED = {
    "a bare number": ("orchard.diesel", {"amount": 180, "source": "receipt"}, "orchard.diesel.amount — 180 has no unit"),
    "a number without a unit": ("orchard.diesel.amount", "180", "'180' has no unit"),
    "a decimal comma": ("orchard.limes.0.amount.amount", "1,5 kg", "'1,5 kg' is not one plain number"),
    "an energy for an area": ("orchard.area.amount", "12 kWh", "orchard.area.amount — '12 kWh' is an energy — an area is needed"),
    "an unknown fertiliser": ("orchard.fertilisers.0.product", "miracle", "the fertiliser 'miracle' is not known"),
    "a compound without its bag": ("orchard.fertilisers.0.npk", None, 'like npk = "15-15-15"'),
    "nutrients above 100 %": ("orchard.fertilisers.0.npk", "60-60-60", "npk is '60-60-60'"),
    "a negative mass": ("orchard.manures.0.amount.amount", "-12 t", "'-12 t' is negative"),
    "a loss of everything": ("routes.0.transport.loss.amount", "100 %", "nothing would arrive"),
    "a loss of more than everything": ("routes.0.shop.loss.amount", "140 %", "nothing would arrive"),
    "an answer without a source": ("orchard.area", "120 mu", "every answer names its source"),
    "an unknown source": ("orchard.area.source", "guess", "orchard.area.source"),
    "no amount, and not unknown": ("orchard.area.amount", None, 'there is no amount — the source is \'receipt\''),
    "a missing question": ("packhouse.electricity", None, "packhouse.electricity — is missing"),
    "a question nobody asks": ("orchard.fertilizers", [], "orchard.fertilizers — is not a question of this form — .* did you mean fertilisers"),
    "an area of zero": ("orchard.area.amount", "0 mu", "'0 mu' is zero"),
    "a climate that is not one": ("orchard.climate", "moist", "orchard.climate — Input should be 'wet', 'dry' or 'unknown'"),
    "prunings for a kiln nobody has": ("kiln", None, "no kiln is recorded"),
    "a kiln without prunings": ("orchard.prunings.kiln.amount", "0 t", "no prunings go to it"),
    "two routes of one name": ("routes.1.name", "beijing", "a route is chosen by its name"),
    "a season that ends before it starts": ("product.season_end", "2024-01-01", "is not after season_start"),
    "a country that is not a code": ("product.country", "China", "product.country"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_answer_is_refused_by_name(answers, name):
    path, value, message = REFUSED[name]
    _set(answers, path, value)
    with pytest.raises(RecordError, match=message):
        ProductSystem.of(answers)


def test_a_harvest_of_zero_has_no_footprint_per_kilogram(answers):
    for harvest in answers["orchard"]["harvests"]:
        harvest["sold"]["amount"] = "0 t"
    with pytest.raises(RecordError, match="nothing was sold in any season"):
        ProductSystem.of(answers)


def test_every_problem_is_reported_at_once(answers):
    for name in ("a decimal comma", "an unknown fertiliser", "a loss of everything", "a missing question"):
        path, value, _ = REFUSED[name]
        _set(answers, path, value)
    with pytest.raises(RecordError) as caught:
        ProductSystem.of(answers)
    assert len(caught.value.problems) == 4
    assert all(
        problem.where and problem.what and problem.why and problem.fix for problem in caught.value.problems
    )


def _inventory(answers: dict[str, Any]) -> tuple[Process, ...]:
    system = ProductSystem.of(answers)
    return system.processes(Numbers(shipped_factors()), system.route(None))


def test_more_fruit_cannot_come_out_than_went_in(answers):
    _set(answers, "packhouse.fruit_in.amount", "50 t")
    with pytest.raises(RecordError, match=r"63000 kg of mass came out — only 50000 kg went in"):
        _inventory(answers)


def test_biochar_cannot_hold_more_carbon_than_the_prunings(answers):
    _set(answers, "kiln.biochar_dry.amount", "8 t")
    with pytest.raises(
        RecordError, match=r"kiln\.biochar_dry — 6080 kg of carbon came out — only 4700 kg went in"
    ):
        _inventory(answers)


def test_unknown_answers_without_a_published_default_are_refused_all_at_once(answers):
    _set(answers, "orchard.diesel", {"source": "default"})
    _set(answers, "packhouse.electricity", {"source": "default"})
    with pytest.raises(
        RecordError, match=r"orchard\.diesel — is not known — there is no published default"
    ) as caught:
        ProductSystem.of(answers)
    assert len(caught.value.problems) == 2


def test_toml_json_and_python_give_the_same_records(tmp_path, lychee_answers, lychee):
    file = tmp_path / "lychee.json"
    file.write_text(json.dumps(lychee_answers, default=str, ensure_ascii=False), encoding="utf-8")
    assert load(file).digest == lychee.digest


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("twice.json", b'{"product": 1, "product": 2}', "'product' — is there twice"),
        ("nan.json", b'{"product": NaN}', "NaN"),
        ("deep.json", b"[" * 100 + b"]" * 100, "deep"),
        ("twice.toml", b"product = 1\nproduct = 2\n", r"twice\.toml — is not TOML"),
        ("deep.toml", b"a = " + b"[" * 20_000 + b"]" * 20_000, "nested too deep"),
        ("long.toml", b"a = " + b"1" * 6000, "is not TOML"),
        ("latin.toml", b"name = '\xff'", "is not TOML"),
        ("large.toml", b"#" * 300_000, "is larger than 256 KiB"),
    ],
)
def test_a_file_that_says_two_things_is_refused(tmp_path: Path, name, content, message):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(RecordError, match=message):
        load(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RecordError, match=r"nowhere\.toml — cannot be opened"):
        load(tmp_path / "nowhere.toml")


def test_an_unknown_route_lists_the_known_ones(lychee):
    with pytest.raises(RecordError, match="use one of: beijing, guangzhou"):
        lychee.route("paris")


def test_a_product_nobody_makes_or_two_make_is_named():
    lonely = Process("shop", "shop", (Output("sold", 1.0),), (Link("fruit", 1.0),))
    with pytest.raises(NetworkError, match="shop — needs 'fruit' — no process of the system makes it"):
        check_links((lonely,))
    twin = Process("stall", "shop", (Output("sold", 1.0),))
    with pytest.raises(NetworkError, match="shop makes it too"):
        check_links((lonely, twin))
