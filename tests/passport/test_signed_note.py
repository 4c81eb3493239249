"""Signed notes, checkpoints and cosignatures: the specifications' own examples, and everything cut or forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import LogError, SignatureError
from footprint.passport import Signer
from footprint.passport.checkpoint import Checkpoint, KnownLog, open_checkpoint
from footprint.passport.signed_note import WITNESS, Note, NoteKey, cosign

PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
PUBLISHED_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
ORIGIN = "passports.example.org/log"
LOG = Signer.from_seed(b"\x01" * 32)
LOG_KEY = NoteKey(ORIGIN, LOG.public_key)
HEAD = Checkpoint(ORIGIN, 3, b"\x05" * 32)
KNOWN = KnownLog(LOG_KEY)


def head() -> Note:
    return HEAD.signed(LOG_KEY, LOG.sign_bytes)


def witness(number: int) -> tuple[NoteKey, Signer]:
    signer = Signer.from_seed(bytes([number]) * 32)
    return NoteKey(f"witness{number}.example.org", signer.public_key, WITNESS), signer


def test_the_published_note_and_key():
    """C2SP signed-note v1.0.0, "Example"."""
    key = NoteKey.parse(PUBLISHED_KEY)
    note = Note.parse(PUBLISHED_NOTE)
    assert (str(key), str(note)) == (PUBLISHED_KEY, PUBLISHED_NOTE)
    assert note.signed_by(key) == 0
    assert note.text == "This is an example message.\n"


def test_one_changed_letter_is_noticed():
    with pytest.raises(SignatureError):
        Note.parse(PUBLISHED_NOTE.replace("example message", "Example message")).signed_by(
            NoteKey.parse(PUBLISHED_KEY)
        )


def test_a_checkpoint_comes_back():
    assert open_checkpoint(str(head()), [KNOWN]) == HEAD


def test_unknown_signatures_beside_the_logs_are_ignored():
    key, signer = witness(9)
    both = head().and_signatures([cosign(HEAD.text, key, signer.sign_bytes, 1_700_000_000)])
    assert open_checkpoint(str(both), [KNOWN]) == HEAD


@pytest.mark.parametrize("needed", [0, 1, 2, 3])
def test_as_many_witnesses_as_the_reader_wants(needed):
    keys = [witness(number) for number in (2, 3, 4)]
    lines = [cosign(HEAD.text, key, signer.sign_bytes, 1_700_000_000) for key, signer in keys[:2]]
    known = KnownLog(LOG_KEY, tuple(key for key, _ in keys), needed)
    note = head().and_signatures(lines)
    if needed <= 2:
        assert open_checkpoint(note, [known]) == HEAD
    else:
        with pytest.raises(LogError, match="2 of your witnesses, 3 are needed"):
            open_checkpoint(note, [known])


def test_a_cosignature_states_its_time_and_is_bound_to_it():
    key, signer = witness(2)
    line = cosign(HEAD.text, key, signer.sign_bytes, 1_700_000_000)
    note = head().and_signatures([line])
    assert note.signed_by(key) == 1_700_000_000
    later = type(line)(line.name, line.key_id, (1_800_000_000).to_bytes(8, "big") + line.value[8:])
    with pytest.raises(SignatureError):
        head().and_signatures([later]).signed_by(key)


def test_a_witness_cannot_stand_in_for_the_log():
    """The same key under another type is another key."""
    as_witness = NoteKey(ORIGIN, LOG.public_key, WITNESS)
    line = cosign(HEAD.text, as_witness, LOG.sign_bytes, 1)
    with pytest.raises(LogError, match="not signed by a key you know"):
        open_checkpoint(Note(HEAD.text, (line,)), [KNOWN])


def test_another_log_with_the_same_key_is_another_log():
    other = Checkpoint("elsewhere.example.org/log", 3, HEAD.root)
    note = other.signed(NoteKey(other.origin, LOG.public_key), LOG.sign_bytes)
    with pytest.raises(LogError, match="not signed by a key you know"):
        open_checkpoint(note, [KNOWN])


FORGED = {
    "empty": b"",
    "no signature": HEAD.text.encode(),
    "no newline at the end": str(head()).encode()[:-1],
    "CRLF": str(head()).replace("\n", "\r\n").encode(),
    "hyphen for dash": str(head()).replace("— ", "- ").encode(),
    "base64 with a blank": str(head()).replace("=\n\n", " =\n\n").encode(),
    "not UTF-8": str(head()).encode() + b"\xff\n",
    "33 signatures": (
        HEAD.text + "\n" + str(head().signatures[0]) + "\n" + f"{head().signatures[0]}\n" * 32
    ).encode(),
    "too large": b"a" * 70_000,
    "key name with plus": str(head()).replace(f"— {ORIGIN}", f"— {ORIGIN}+x").encode(),
    "signature cut": HEAD.text.encode() + f"\n— {ORIGIN} AAAA\n".encode(),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_no_note(name):
    with pytest.raises(LogError):
        open_checkpoint(FORGED[name], [KNOWN])


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n03\n{HEAD.text.split()[2]}\n",
        f"{ORIGIN}\n-1\n{HEAD.text.split()[2]}\n",
        f"{ORIGIN}\n٣\n{HEAD.text.split()[2]}\n",
        f"{ORIGIN}\n99999999999999999\n{HEAD.text.split()[2]}\n",
        f"{ORIGIN}\n3\nAAAA\n",
        f"{ORIGIN}\n3\n{HEAD.text.split()[2][:-2]}F=\n",
        f"\n3\n{HEAD.text.split()[2]}\n",
        f"{HEAD.text}an extension\n",
        f"{ORIGIN}\n3\n",
    ],
)
def test_what_is_no_checkpoint_even_when_signed(text):
    note = Note(text, (head().signatures[0],))
    with pytest.raises(LogError, match="checkpoint"):
        Checkpoint.parse(note.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        PUBLISHED_KEY.replace("530d903a", "530d903b"),
        PUBLISHED_KEY.replace("+Aek", "+Aok"),
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_what_is_no_verifier_key(text):
    with pytest.raises(LogError):
        NoteKey.parse(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_note_or_refused(data):
    try:
        note = Note.parse(data)
    except LogError:
        return
    assert Note.parse(str(note)) == note
