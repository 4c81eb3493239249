"""Labels are drawn when somebody first asks for one; what was drawn first is what is served for ever."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from label_service import kept_labels
from label_service.store import StoredLabel, StoreError

LABEL = "/01/09506000134352/10/2025-06-A/label.svg"


@pytest.fixture
def stored(house, client, orchard):
    return house.post(client, orchard.passport()).json()


def rows(house) -> int:
    with sqlite3.connect(Path(house.settings.database_url.removeprefix("sqlite:///"))) as connection:
        return connection.execute("SELECT count(*) FROM labels").fetchone()[0]


@pytest.mark.usefixtures("stored")
def test_a_label_is_drawn_when_it_is_first_asked_for_and_then_kept(house, client, monkeypatch):
    assert rows(house) == 0
    first = client.get(LABEL)
    assert (first.status_code, rows(house)) == (200, 1)

    def drawn_again(*args, **kwargs):
        raise AssertionError("it was drawn already")

    monkeypatch.setattr(kept_labels, "draw_label", drawn_again)
    again = client.get(LABEL)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])


def test_two_who_ask_at_once_get_the_one_that_was_kept_first(client, stored):
    shelf, passport_id = client.app.state.service.shelf, stored["id"].removeprefix("urn:uuid:")
    first, second = (StoredLabel("en", "colour", svg, b"png") for svg in (b"<svg>1</svg>", b"<svg>2</svg>"))
    assert shelf.keep_label(passport_id, first) == first
    assert shelf.keep_label(passport_id, second) == first
    assert client.get(LABEL).content == first.svg


@pytest.mark.usefixtures("stored")
def test_a_label_is_served_though_it_cannot_be_kept(house, client, monkeypatch):
    def full(*args):
        raise StoreError.of("database", "is full", "", "")

    monkeypatch.setattr(client.app.state.service.shelf, "keep_label", full)
    assert client.get(LABEL).status_code == 200
    assert rows(house) == 0


@pytest.mark.usefixtures("stored")
def test_no_label_is_drawn_for_a_passport_that_may_not_be_shown(house):
    """The key was taken off the trust list after the passport was stored."""
    house.settings.trust_list.write_text('{"issuers": []}')
    with house.open() as client:
        assert client.get(LABEL).status_code == 404
    assert rows(house) == 0


@pytest.mark.usefixtures("stored")
def test_an_expired_passport_still_has_its_label(house, client):
    with house.at(house.clock() + timedelta(days=400)).open() as later:
        assert later.get(LABEL).status_code == 200


def test_handing_in_again_is_answered_alike_when_the_font_of_the_labels_is_gone(
    house, client, orchard, lychee, monkeypatch
):
    monkeypatch.setattr("label_service.accepting.check_drawable", lambda *_: None)
    thai = orchard.passport(footprint=lychee({"name": "\u0e25\u0e34"}))
    assert house.post(client, thai).status_code == 201
    monkeypatch.undo()
    assert house.post(client, thai).status_code == 200
