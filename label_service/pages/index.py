"""The front page."""

from collections.abc import Sequence

from label_service.figures import written
from label_service.pages.templates import render
from label_service.service import Service
from label_service.store import Record
from label_service.translation import Language


def index_page(service: Service, newest: Sequence[Record], language: Language) -> str:
    """What this is, a look-up form, the newest passports."""
    rows = [(service.path_of(record), record, written(record.gross_kg_co2e)) for record in newest]
    return render("index.html", language, rows=rows, here="/")
