"""Evidence: all that a verifier needs to compute a passport's claims again, in one file of which every byte counts."""

from footprint.evidence.bundle import Bundle
from footprint.evidence.recomputation import Recomputed, check_footprint, recompute

__all__ = ["Bundle", "Recomputed", "check_footprint", "recompute"]
