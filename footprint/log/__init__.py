"""Watching somebody else's transparency log: that it only grows, and shows everybody the same."""

from footprint.log.entries import entries
from footprint.log.sources import Folder, Source, Web, send_head, source_of
from footprint.log.watch import Seen, cosigned, watch

__all__ = ["Folder", "Seen", "Source", "Web", "cosigned", "entries", "send_head", "source_of", "watch"]
