"""Base58 with the Bitcoin alphabet, as multibase prefix `z` means it (W3C Controlled Identifiers §2.4)."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST = 140
"""Characters. Signatures take up to 132 and keys 70; the arithmetic is quadratic, so longer input is refused."""

_TEN_DIGITS = 58**10
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    r"""Bytes to base58; each leading zero byte becomes a `1`.

    >>> encode(b"\x00\x00hello")
    '11Cn8eVZg'
    """
    number = int.from_bytes(data, "big")
    digits: list[str] = []
    while number:
        number, ten = divmod(number, _TEN_DIGITS)  # dividing a long number is what takes the time
        for _ in range(10):
            ten, remainder = divmod(ten, 58)
            digits.append(ALPHABET[remainder])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits)).lstrip("1")


def decode(text: str) -> bytes:
    r"""Base58 to bytes; `ValueError` for a foreign character or too long a text.

    >>> decode("11Cn8eVZg")
    b'\x00\x00hello'
    """
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    number = 0
    for character in text:
        if character not in _VALUE:
            raise ValueError(f"holds {character!a}, which is not a base58 character")
        number = number * 58 + _VALUE[character]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
