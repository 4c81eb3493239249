"""Our units under the codes of UN/ECE Recommendation 20, which UNTP and EPCIS use."""

from collections.abc import Mapping

UNIT_CODES: Mapping[str, str] = {"kg": "KGM", "MJ": "3B"}
"""Of what footprints are per. UN/ECE Recommendation 20, revision 17 (2021), annex I."""
