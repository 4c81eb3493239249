"""Words that arrive inside a passport and that we can say in the reader's language.

A passport's free text is shown as its producer wrote it; the terms below are looked up in the catalogue.
"""

from footprint.passport.claims import Assurance
from label_service.translation import N_, Translate

BOUNDARIES = (
    N_("cradle to shop"),
    N_("cradle to gate"),
    N_("cradle to farm gate"),
    N_("cradle to market"),
    N_("cradle to grave"),
)
STAGES = (
    N_("bought"),
    N_("orchard"),
    N_("establishment"),
    N_("field"),
    N_("farm"),
    N_("paddy"),
    N_("greenhouse"),
    N_("grassland"),
    N_("herd"),
    N_("hives"),
    N_("pond"),
    N_("sea"),
    N_("mushroom house"),
    N_("heat and power"),
    N_("use"),
    N_("kiln"),
    N_("packhouse"),
    N_("processing"),
    N_("packaging"),
    N_("storage"),
    N_("transport"),
    N_("market"),
    N_("shop"),
)
KINDS = (N_("biochar"), N_("geological"), N_("biomass"), N_("land"), N_("soil"), N_("marine"))
METHODS = (N_("mass"), N_("economic"), N_("energy"), N_("exergy"), N_("biophysical"), N_("substitution"))
CATEGORIES = (
    N_("fresh fruit"),
    N_("fresh vegetable"),
    N_("tubers"),
    N_("dried fruit"),
    N_("fruit juice"),
    N_("pulses"),
    N_("nuts"),
    N_("cheese"),
    N_("fresh meat"),
    N_("fresh fish"),
)

KNOWN = frozenset((*BOUNDARIES, *STAGES, *KINDS, *METHODS, *CATEGORIES))

_CHECKED = {
    "second_party": N_("Checked by a business partner: %(by)s"),
    "limited": N_("Verified by %(by)s (limited assurance)"),
    "reasonable": N_("Verified by %(by)s (reasonable assurance)"),
}


def term(word: str, _: Translate) -> str:
    """A known term in the reader's language; any other word as it came."""
    return _(word) if word in KNOWN else word


def assurance(given: Assurance, _: Translate) -> str:
    """Who stands behind the number, in one phrase."""
    if given.level == "self":
        return _("Self-declared by the producer")
    if given.level == "none":
        return _("Not verified")
    return _(_CHECKED[given.level]) % {"by": given.by or _("not named")}
