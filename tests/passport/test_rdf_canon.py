"""Canonical graphs, offline: no context is fetched, nothing is dropped in silence, and no graph takes for ever."""

import socket
import sys
from hashlib import sha256
from importlib.resources import files
from itertools import count
from pathlib import Path

import pytest

from footprint.errors import InputError, MalformedError
from footprint.passport import rdf_canon
from footprint.passport.rdf_canon import CONTEXT_FILES, frozen_contexts, rdf_canonical

VC = "https://www.w3.org/ns/credentials/v2"
GRAPH = "https://example.org/graph/v1"
CONTEXTS = {
    **frozen_contexts(),
    GRAPH: {"@context": {"@vocab": "https://example.org/graph#", "id": "@id", "type": "@type"}},
}

PUBLISHED = {
    "credentials-v2.jsonld": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    "data-integrity-v2.jsonld": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
}
"""SHA-256 of the W3C's contexts: VC Data Model 2.0 §B.1, Data Integrity 1.0 §2.4."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_frozen_contexts_are_those_of_the_w3c_byte_for_byte(name):
    content = files("footprint.passport").joinpath("contexts", name).read_bytes()
    assert sha256(content).hexdigest() == PUBLISHED[name]
    assert name in CONTEXT_FILES.values()


def test_the_notice_names_them_with_their_digests():
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
    for name, digest in PUBLISHED.items():
        (line,) = [line for line in notice.splitlines() if line.startswith(f"{name}, ")]
        assert digest in line
        assert any(line.split(", ")[1] == address for address, file in CONTEXT_FILES.items() if file == name)


def test_blank_nodes_are_named_by_what_they_are_and_not_by_where_they_stand():
    one = {"@context": [GRAPH], "parts": [{"name": "a"}, {"name": "b", "of": {"name": "c"}}]}
    other = {"parts": [{"of": {"name": "c"}, "name": "b"}, {"name": "a"}], "@context": [GRAPH]}
    quads = rdf_canonical(one, CONTEXTS)
    assert quads == rdf_canonical(other, CONTEXTS)
    assert quads.count(b"_:c14n") == 9
    assert rdf_canonical({**one, "name": "d"}, CONTEXTS) != quads


REFUSED = {
    "a context nobody froze": ({"@context": ["https://example.org/unknown"]}, "nothing|none is fetched"),
    "an inline context": ({"@context": [VC, {"@vocab": "urn:x:"}]}, "none is fetched"),
    "no context": ({"name": "a"}, "none is fetched"),
    "a context inside": ({"@context": [VC], "name": {"@context": {"a": "urn:a"}}}, "could change"),
    "a keyword inside": ({"@context": [VC], "issuer": {"@reverse": {}}}, "could change"),
    "a keyword at the top": ({"@context": [VC], "@graph": []}, "keyword"),
    "an undefined term": ({"@context": [VC], "name": "a", "colour": "red"}, "no context: 'colour'"),
    "an undefined type": ({"@context": [VC], "type": ["Lychee"]}, "no context: 'Lychee'"),
    "an undefined term deep inside": (
        {
            "@context": [VC],
            "type": ["VerifiableCredential"],
            "credentialSubject": {"id": "urn:x:1", "colour": "red"},
        },
        "no context: 'colour'",
    ),
    "a relative address": ({"@context": [VC], "id": "passports/7", "name": "a"}, "no full address"),
    "an address with a space": ({"@context": [VC], "id": "urn:x:a b", "name": "a"}, "no full address"),
    "a language nobody speaks": (
        {"@context": [VC], "name": {"@value": "a", "@language": "not a language"}},
        "language",
    ),
    "a reference of a number": ({"@context": [VC], "id": 7}, "JSON-LD"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_look_signed_and_is_not(name):
    document, words = REFUSED[name]
    with pytest.raises(MalformedError, match=words):
        rdf_canonical(document)


def ring(size):
    """Nodes without names in a ring, each knowing its neighbours: all alike, so all orders would have to be tried."""
    return [
        {"id": f"_:n{i}", "next": [{"id": f"_:n{(i + step) % size}"} for step in (1, 2, 3)]}
        for i in range(size)
    ]


def clique(size):
    """Everybody knows everybody: the graph on which the naive algorithm takes factorial time."""
    others = [{"id": f"_:n{i}"} for i in range(size)]
    return [{"id": f"_:n{i}", "knows": [o for o in others if o["id"] != f"_:n{i}"]} for i in range(size)]


def star(size):
    """Many equal parts of one whole."""
    return [{"id": "_:whole", "part": [{"kind": "same"} for _ in range(size)]}]


POISON = {
    "clique of 10": clique(10),
    "clique of 40": clique(40),
    "ring of 24": ring(24),
    "ring of 200": ring(200),
    "a long list": [{"id": "_:a", "n": list(range(5000))}],
    "many lists": [{"id": "_:a", f"n{i}": list(range(250))} for i in range(40)],
    "too many nodes": [{"n": [{"kind": f"{i} {j}"} for j in range(100)]} for i in range(3)],
}


MOST_HASHES = 5000
"""The work of telling nodes apart, counted: the same on every machine, however busy it is."""


@pytest.mark.parametrize("name", POISON)
def test_poison_graphs_are_refused_before_they_make_much_work(name, monkeypatch):
    pytest.importorskip("pyld")
    from pyld.canon import URDNA2015

    made, create = count(), URDNA2015.create_hash
    monkeypatch.setattr(URDNA2015, "create_hash", lambda self: (next(made), create(self))[1])
    with pytest.raises(MalformedError, match="made to exhaust"):
        rdf_canonical({"@context": [GRAPH], "holds": POISON[name]}, CONTEXTS)
    assert next(made) < MOST_HASHES


def test_alike_nodes_in_an_honest_number_are_fine():
    assert rdf_canonical({"@context": [GRAPH], "holds": star(200)}, CONTEXTS).count(b"same") == 200
    quads = rdf_canonical({"@context": [GRAPH], "holds": clique(4)}, CONTEXTS)
    assert quads.count(b"\n") == 4 + 12


def test_no_socket_is_opened(monkeypatch):
    def no_network(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_network)
    assert rdf_canonical({"@context": [VC], "id": "urn:x:1", "name": "a"}).startswith(b"<urn:x:1> ")
    with pytest.raises(MalformedError):
        rdf_canonical({"@context": ["https://169.254.169.254/latest"], "name": "a"})


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyld", None)
    monkeypatch.setattr(rdf_canon, "_PROCESSORS", {})
    with pytest.raises(InputError, match=r"agrifood-footprint\[rdfc\]"):
        rdf_canonical({"@context": [VC], "name": "a"})
