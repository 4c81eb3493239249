"""Watching somebody else's transparency log: that it only grows, and shows everybody the same."""

from footprint.log.sources import Folder, Source, Web, source_of
from footprint.log.watch import Seen, cosigned, watch

__all__ = ["Folder", "Seen", "Source", "Web", "cosigned", "source_of", "watch"]
