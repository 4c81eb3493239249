"""Bits as Bitstring Status List v1.0 publishes them: GZIP, then multibase base64url (W3C, §3.3 and §3.4).

A few hundred bytes can expand to gigabytes; expansion stops at a bound, before the memory is taken.
"""

import gzip
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from footprint.errors import MalformedError, Problem
from footprint.passport.wording import shown

SMALLEST = 131_072
"""Entries: below this a list says too much about the one who asks for it (§6.1)."""

LARGEST = 8 * 1024 * 1024
"""Entries: 1 MiB of bits."""

_MULTIBASE = re.compile("u[A-Za-z0-9_-]+")
_GZIP = 16 + zlib.MAX_WBITS


def encode_bits(ones: Iterable[int], length: int = SMALLEST) -> str:
    """The list of `length` bits in which only `ones` are set; bit 0 is the left-most of the first byte.

    >>> bit_at(expand(encode_bits([94567])), 94567), bit_at(expand(encode_bits([94567])), 94566)
    (True, False)
    """
    if not SMALLEST <= length <= LARGEST or length % 8:
        raise ValueError(f"a list has {SMALLEST} to {LARGEST} entries, in whole bytes; not {length}")
    bits = bytearray(length // 8)
    for index in ones:
        if not 0 <= index < length:
            raise ValueError(f"entry {index} of a list of {length}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def expand(encoded: str) -> bytes:
    """The bits of an `encodedList`; raises `MalformedError` unless they are one whole, bounded GZIP member."""
    if not _MULTIBASE.fullmatch(encoded):
        raise _refused(f"is {shown(encoded)}", "u and base64url without padding is needed")
    packed = urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)) if len(encoded) % 4 != 2 else b""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        bits = unpacker.decompress(packed, LARGEST // 8 + 1)
    except zlib.error as error:
        raise _refused("is not GZIP", str(error)) from error
    if len(bits) > LARGEST // 8:
        raise _refused("expands without end", f"the limit is {LARGEST} entries")
    if not unpacker.eof or unpacker.unused_data:
        raise _refused("is cut, or something follows it", "one whole GZIP member is needed")
    if len(bits) < SMALLEST // 8:
        raise _refused(
            f"has {len(bits) * 8} entries", f"{SMALLEST} are the fewest that hide one reader's question"
        )
    return bits


def bit_at(bits: bytes, index: int) -> bool:
    """Bit `index`; raises `MalformedError` when the list does not reach that far."""
    if not 0 <= index < len(bits) * 8:
        problem = Problem(
            "statusListIndex", f"is {index}", f"the list ends at {len(bits) * 8 - 1}", "ask the issuer"
        )
        raise MalformedError(problem)
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def _refused(what: str, why: str) -> MalformedError:
    return MalformedError(Problem("encodedList", what, why, "ask the issuer for a new status list"))
