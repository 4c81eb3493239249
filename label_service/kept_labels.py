"""Labels: drawn when somebody first asks for one, read back, and kept.

Drawing four labels takes the time of a thousand signatures, and most passports are never printed here.
"""

import logging
from pathlib import Path
from typing import Literal

from label_service.labels import draw_label
from label_service.standing import Reading
from label_service.store import Shelf, StoredLabel, StoreError
from label_service.translation import Language

Variant = Literal["colour", "mono"]
logger = logging.getLogger(__name__)


def kept_label(
    shelf: Shelf, reading: Reading, language: Language, variant: Variant, label_font: Path | None
) -> StoredLabel | None:
    """The label as it was first drawn; drawn now if it never was, or `None` when the passport may not be shown.

    Raises:
        InputError: it cannot be drawn, or its code does not read back.
    """
    record, passport = reading.record, reading.verified
    kept = shelf.label(record.id, language, variant)
    if kept is not None or passport is None:
        return kept
    printed = shelf.offline_code(record.id)
    url = passport.subject if printed is None else f"{passport.subject}#{printed}"
    drawn = draw_label(passport, url, language, mono=variant == "mono", label_font=label_font)
    label = StoredLabel(language, variant, drawn.svg, drawn.png)
    try:
        return shelf.keep_label(record.id, label)
    except StoreError as error:  # a full disk stops writing, not reading
        logger.warning("a label was drawn and could not be kept: %s", error)
        return label
