"""How hostile text is shown in a message: quoted, escaped and short."""

LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """A short, printable form of anything somebody sent us.

    >>> shown("<script>" + "x" * 100)[:20]
    "'<script>xxxxxxxxxxx"
    >>> shown(None)
    'nothing'
    """
    if value is None:
        return "nothing"
    text = ascii(value[: LONGEST_SHOWN + 1] if isinstance(value, str) else value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
