"""Codes of every kind, good, broken, forged and nonsense signed by a trusted key, for whoever judges codes."""

from datetime import timedelta

import cbor2

from footprint.passport import Signer
from footprint.passport.offline_code import key_id

DAY = timedelta(days=1)


def _message(code):
    number = int(code.partition("#c1.")[2])
    return cbor2.loads(number.to_bytes((number.bit_length() + 7) // 8))


def _with(code, message):
    return f"{code.partition('#')[0]}#c1.{int.from_bytes(cbor2.dumps(message, canonical=True))}"


def _resigned(code, signer, change):
    protected, _, payload, _ = _message(code)
    claims = cbor2.loads(payload)
    change(claims)
    data = cbor2.dumps(claims, canonical=True)
    signed = cbor2.dumps(["Signature1", protected, b"", data], canonical=True)
    return _with(code, [protected, {}, data, signer.sign_bytes(signed)])


SIGNED_NONSENSE = {
    "no expiry": lambda claims: claims.pop(4),
    "one claim more": lambda claims: claims.update({1: "did:web:other.example"}),
    "a negative footprint": lambda claims: claims[-65537].__setitem__(5, -1),
    "a negative removal": lambda claims: claims[-65537].__setitem__(8, -1),
    "no amount": lambda claims: claims[-65537].__setitem__(4, 0),
    "an interval upside down": lambda claims: claims[-65537].__setitem__(6, 10**9),
    "a footprint that is true": lambda claims: claims.update(
        {-65537: [*claims[-65537][:5], True, *claims[-65537][6:]]}
    ),
    "a footprint of a fraction": lambda claims: claims[-65537].__setitem__(5, 0.5),
    "a footprint of nothing": lambda claims: claims[-65537].__setitem__(5, None),
    "a wrong check digit": lambda claims: claims[-65537].__setitem__(0, 9506000134353),
    "a lot of no length": lambda claims: claims[-65537].__setitem__(1, ""),
    "a lot GS1 does not know": lambda claims: claims[-65537].__setitem__(1, "荔枝"),
    "a serial that is a number": lambda claims: claims[-65537].__setitem__(2, 7),
    "an unknown unit": lambda claims: claims[-65537].__setitem__(3, 2),
    "a year after 9999": lambda claims: claims.__setitem__(4, 10**15),
    "half a digest": lambda claims: claims.__setitem__(7, bytes(16)),
    "one number more": lambda claims: claims[-65537].append(1),
}
STILL_GENUINE = {
    "a range below nought": lambda claims: claims[-65537].__setitem__(6, -5000),
    "no removals": lambda claims: claims[-65537].__setitem__(8, 0),
    "a crate of ten": lambda claims: claims[-65537].__setitem__(4, 10_000_000),
    "megajoules": lambda claims: claims[-65537].__setitem__(3, 1),
}


def every_code(code, coded, producer, now):
    """Codes of every kind, and whatever else a scanner may read."""
    protected, _, payload, signature = _message(code)
    goods = code.partition("#")[0]
    signer = producer.signer
    yield from (code, f"{goods}/21/0007{code[len(goods) :]}", code.replace("/01/0", "/01/"), f"  {code} ")
    yield from (
        code.replace("A-1#", "A%2D1#"),
        code.replace("#", "?lang=zh#"),
        code.replace("http://", "HTTP://"),
    )
    yield from (code.replace("A-1#", "A-2#"), code.replace("0134352", "0134369"), code.replace("/10/A-1", ""))
    yield from (
        code.replace("http://127.0.0.1", "http://id.example.org"),
        code + " x",
        code + "%",
        goods,
        "",
        "荔枝",
    )
    yield from (
        f"{goods}/21/#{code.partition('#')[2]}",
        code.replace("A-1#", "..#"),
        code.replace("A-1#", "%80#"),
    )
    yield from (
        f"{goods}#c1.{digits}" for digits in ("", "0", "12a4", "0123", "9" * 518, "9" * 519, "１２３")
    )
    yield from (f"{goods}#c1.{int.from_bytes(data)}" for data in (
        b"\xff\xff", b"\x18\x01", b"\x81" * 200 + b"\x00", b"\x5f\x41\x00\xff", b"\x84\x40\xa0\x40\x40", b"\xfb" + bytes(8),
        b"\x9b" + b"\xff" * 8, b"\xc2\x41\x01", b"\x62\xc3\x28", b"\xbb" + b"\xff" * 8, b"\x84\x40\xa0\x40\x58\x40" + bytes(64) + b"\x00"))  # fmt: skip
    ours = key_id(signer.verification_method)
    for header in (
        {1: -19, 4: bytes(8)},
        {1: -7, 4: ours},
        {4: ours},
        {1: -19, 2: [99], 4: ours},
        {1: -19, 4: ours[:7]},
    ):
        yield _with(code, [cbor2.dumps(header, canonical=True), {}, payload, signature])
    yield _with(code, [b"\xa2\x04\x48" + ours + b"\x01\x32", {}, payload, signature])
    yield _with(code, [protected, {1: -7}, payload, signature])
    yield _with(code, [protected, {}, payload, signature[:63]])
    yield _with(code, [protected, {}, payload, bytes(64)])
    yield _with(code, [protected, {}, payload, Signer.from_seed(b"\x07" * 32).sign_bytes(b"")])
    yield from (_resigned(code, signer, change) for change in (SIGNED_NONSENSE | STILL_GENUINE).values())
    digits = len(goods) + len("#c1.")
    for place in range(digits, len(code), 23):
        yield code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    for made in (
        coded("B", issued_at=now - 60 * DAY, days=30, at=now - 50 * DAY),
        coded("C", issued_at=now + DAY, at=now + 2 * DAY),
        coded("D", serial="S-7"),
    ):
        yield f"{made.subject}#{made.fragment}"
        yield f"{made.subject.partition('/21/')[0]}#{made.fragment}"
