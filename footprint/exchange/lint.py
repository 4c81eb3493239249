"""A PACT footprint read strictly: every rule it breaks, with the place and what to do.

Two kinds of rules: what the OpenAPI file says of each field, read by the models of `footprint.passport.pact`, and
what must hold between fields, of `pact_rules` and `reading_rules`. A field that cannot be read hides only the rules
that need it.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import localcontext
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from footprint.errors import MalformedError, Problem
from footprint.exchange.reading_rules import FURTHER
from footprint.passport.pact import (
    EXACT_DIGITS,
    SPEC_VERSION,
    CarbonFootprint,
    DataModelExtension,
    DataQualityIndicators,
    EmissionFactorSource,
    PactModel,
    ProductFootprint,
    ProductOrSectorSpecificRule,
    Verification,
)
from footprint.passport.pact_rules import SIGNED, Level, Rule
from footprint.passport.strict_json import parse_object
from footprint.passport.wording import shown

MOST_FOOTPRINTS = 1000
MAX_BYTES = 4 * 1024 * 1024

RULES: tuple[Rule, ...] = (*SIGNED, *FURTHER)
"""What must hold between fields."""

FIELD_RULES: Mapping[str, str] = {
    "required": "required fields are there, and not null",
    "type": "each field has the type of the OpenAPI file",
    "enum": "a value of the list",
    "pattern": "the pattern of the OpenAPI file",
    "length": "not empty, and not a book",
    "decimal": "amounts are decimals written as strings",
    "sign": "amounts keep to their sign and range",
    "date-time": "dates and times have a time zone",
    "unknown-field": "only fields of the standard",
}
"""What must hold of each field alone."""

_KINDS: Mapping[str, str] = {
    "missing": "required",
    "literal_error": "enum",
    "string_pattern_mismatch": "pattern",
    "string_too_short": "length",
    "string_too_long": "length",
    "too_short": "length",
    **{name: name for name in FIELD_RULES},
}
_FIXES: Mapping[str, str] = {
    "required": "say it",
    "enum": "use a value of the list",
    "decimal": 'write it like "0.412"',
    "sign": "check what the field counts",
    "date-time": "write it like 2025-06-20T08:00:00Z",
    "length": "say it in a few words",
}

_INSIDE: Mapping[str, type[PactModel]] = {
    "pcf": CarbonFootprint,
    "extensions": DataModelExtension,
    "dqi": DataQualityIndicators,
    "verification": Verification,
    "secondaryEmissionFactorSources": EmissionFactorSource,
    "productOrSectorSpecificRules": ProductOrSectorSpecificRule,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that is broken at one place."""

    rule: str
    level: Level
    pointer: str
    """JSON pointer (RFC 6901) into the document."""
    what: str
    why: str
    fix: str

    @property
    def problem(self) -> Problem:
        """The same as every other message of this software."""
        return Problem(f"{self.pointer} [{self.rule}]", self.what, self.why, self.fix)


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found in one document."""

    footprints: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is broken that the standard demands."""
        return not any(finding.level == "must" for finding in self.findings)

    def document(self) -> dict[str, Any]:
        """For machines."""
        names = ("rule", "level", "pointer", "what", "why", "fix")
        listed = [{name: getattr(finding, name) for name in names} for finding in self.findings]
        return {
            "standard": f"PACT {SPEC_VERSION}",
            "footprints": self.footprints,
            "conforms": self.conforms,
            "findings": listed,
        }


def lint(content: bytes) -> Linted:
    """Judge a footprint, an answer of a PACT server with one or many, or a carbon passport that carries one.

    Args:
        content: JSON.

    Raises:
        MalformedError: not one unambiguous JSON object, or no footprint in it.
    """
    found = dict(footprints(content))
    return Linted(len(found), tuple(one for place, said in found.items() for one in _findings(said, place)))


def footprints(content: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every footprint of a document, with the pointer to it.

    Args:
        content: JSON.

    Raises:
        MalformedError: not one unambiguous JSON object, or no footprint in it.
    """
    document = parse_object(content, max_bytes=MAX_BYTES)
    subject = document.get("credentialSubject")
    held = document.get("data")
    if isinstance(subject, dict) and isinstance(subject.get("productFootprint"), dict):
        yield "/credentialSubject/productFootprint", subject["productFootprint"]
    elif isinstance(held, dict):
        yield "/data", held
    elif isinstance(held, list) and 0 < len(held) <= MOST_FOOTPRINTS:
        for place, one in enumerate(held):
            if not isinstance(one, dict):
                _refuse(f"/data/{place}", f"is {shown(one)}")
            yield f"/data/{place}", one
    elif "pcf" in document or "productIds" in document:
        yield "", document
    else:
        _refuse("document", "holds no PACT footprint")


def _refuse(where: str, what: str) -> None:
    why = f"a ProductFootprint is needed, or up to {MOST_FOOTPRINTS} of them under data"
    raise MalformedError(Problem(where, what, why, "give the JSON a PACT server answers with"))


def _findings(said: Mapping[str, Any], place: str) -> Iterator[Finding]:
    yield from _fields(said, place)
    readable, unread = _readable(said)
    with localcontext(prec=EXACT_DIGITS):
        for rule in RULES:
            if unread.isdisjoint(rule.reads):
                for problem in rule.check(readable):
                    pointer = f"{place}/{problem.where.replace('.', '/')}"
                    yield Finding(rule.id, rule.level, pointer, problem.what, problem.why, problem.fix)


def _fields(said: Mapping[str, Any], place: str) -> Iterator[Finding]:
    try:
        ProductFootprint.model_validate(said, by_alias=True, by_name=False)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            rule = "required" if _is_null(item) else _KINDS.get(item["type"], "type")
            what = "is missing" if rule == "required" else f"is {shown(item['input'])}"
            pointer = place + "".join(f"/{_escaped(step)}" for step in item["loc"])
            yield Finding(rule, "must", pointer, what, item["msg"], _FIXES.get(rule, "see the OpenAPI file"))
    yield from _unknown(said, ProductFootprint, place)


def _is_null(item: Any) -> bool:  # noqa: ANN401 - one of pydantic's findings
    """`null` is as good as nothing said (section *Undefined Properties*)."""
    return item["type"] != "missing" and item["input"] is None


def _unknown(said: object, model: type[PactModel], place: str) -> Iterator[Finding]:
    if not isinstance(said, dict):
        return
    known = {str(field.alias) for field in model.model_fields.values()}
    for name in sorted(said.keys() - known):
        near = difflib.get_close_matches(name[:100], sorted(known), 1)
        fix = f"is {near[0]} meant?" if near else "leave it out, or put it into an extension"
        why = f"PACT {SPEC_VERSION} has no such field, and readers pass over it"
        yield Finding("unknown-field", "should", f"{place}/{_escaped(name)}", "is not a field", why, fix)
    for name in sorted(said.keys() & known & _INSIDE.keys()):
        if isinstance(inner := said[name], list):
            for number, part in enumerate(inner):
                yield from _unknown(part, _INSIDE[name], f"{place}/{name}/{number}")
        else:
            yield from _unknown(inner, _INSIDE[name], f"{place}/{name}")


def _escaped(step: object) -> str:
    """One step of a JSON pointer (RFC 6901, section 3)."""
    return str(step).replace("~", "~0").replace("/", "~1")


def _readable(said: Mapping[str, Any]) -> tuple[ProductFootprint, frozenset[str]]:
    """What can be read of a footprint, and the names of the fields that cannot."""
    values, unread = _values(ProductFootprint, said, skipped="pcf")
    inner = said.get("pcf")
    pcf, hidden = _values(CarbonFootprint, inner if isinstance(inner, dict) else {})
    values["pcf"] = CarbonFootprint.model_construct(None, **pcf)
    names = unread | {f"pcf.{name}" for name in hidden}
    return ProductFootprint.model_construct(None, **values), frozenset(names)


def _values(
    model: type[PactModel], said: Mapping[str, Any], skipped: str = ""
) -> tuple[dict[str, Any], set[str]]:
    values: dict[str, Any] = {}
    unread: set[str] = set()
    for name, reader in _readers(model).items():
        field = model.model_fields[name]
        if name == skipped:
            continue
        if (value := said.get(str(field.alias))) is None:
            if field.is_required():
                unread.add(name)
            continue
        try:
            values[name] = reader.validate_python(value)
        except ValidationError:
            unread.add(name)
    return values, unread


@cache
def _readers(model: type[PactModel]) -> Mapping[str, TypeAdapter[Any]]:
    """How each field of a model is read on its own."""
    return {name: TypeAdapter(_annotated(field)) for name, field in model.model_fields.items()}


def _annotated(field: FieldInfo) -> Any:  # noqa: ANN401 - a type as pydantic takes it
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
