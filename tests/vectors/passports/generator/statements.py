"""Signed by the trusted key itself, and false: the arithmetic, the signs, the ledgers, the goods, the form."""

from collections.abc import Iterator

from workshop import CLAIMS, FOOTPRINT, PCF, Change, Document, Vector, drop, put, resigned

MISMATCH, MALFORMED = "MismatchError", "MalformedError"
SUM = "PACT 3.0.3: the parts of pcfExcludingBiogenicUptake and pcfIncludingBiogenicUptake add up"
AGREE = "the PACT part and the claims say the same numbers"
CLOSES = "stages and substances each add up to the gross footprint"
NETTED = "ISO 14067: no removal is subtracted from the gross footprint"
SIGN = "PACT 3.0.3: emissions are not negative, removals and uptakes not positive"
WRITTEN = "PACT 3.0.3: amounts are decimal strings, without exponents"
LEDGERS = "the three ledgers are there, each complete and counting upwards"
GOODS = "GS1 Digital Link: the subject is the lot that gtin, lot and serial say"
FORM = "VC 2.0 and this credential's own schema"


def _claims(document: Document) -> Document:
    return document["credentialSubject"]["productFootprint"]["extensions"][0]["data"]


def _pcf(document: Document) -> Document:
    return document["credentialSubject"]["productFootprint"]["pcf"]


def _all_totals_lowered(document: Document) -> None:
    _claims(document)["gross_kg_co2e"] = "0.5"
    _pcf(document).update(
        pcfExcludingBiogenicUptake="0.5", pcfIncludingBiogenicUptake="0.225", fossilGhgEmissions="0.446"
    )


def _netted(document: Document) -> None:
    _pcf(document).update(pcfExcludingBiogenicUptake="0.970980", pcfIncludingBiogenicUptake="0.695980")


def _netted_the_pact_way(document: Document) -> None:
    _netted(document)
    _pcf(document).update(technologicalCO2Removals="-0.091320", ccsTechnologicalCO2CaptureIncluded=True)


def _credit_in_the_gross_ledger(document: Document) -> None:
    for name in ("stages", "substances"):
        _claims(document)[name].append({"name": "credit", "kg_co2e": "-0.5"})
    _claims(document).update(gross_kg_co2e="0.5623", contributions=[])
    _pcf(document).update(
        pcfExcludingBiogenicUptake="0.5623", pcfIncludingBiogenicUptake="0.2873", fossilGhgEmissions="0.5083"
    )


def _stage_twice(document: Document) -> None:
    orchard = _claims(document)["stages"][0]
    _claims(document)["stages"].append({**orchard, "kg_co2e": "0.003"})
    orchard["kg_co2e"] = "0.6"


def _claims_twice(document: Document) -> None:
    extensions = document["credentialSubject"]["productFootprint"]["extensions"]
    extensions.append(extensions[0])


def _emission_negative_offset(document: Document) -> None:
    _pcf(document).update(fossilGhgEmissions="-1.0083", biogenicNonCO2Emissions="2.0706")


FALSE: dict[str, tuple[Change, str, str]] = {
    "excluding_uptake_not_the_sum": (put((*PCF, "pcfExcludingBiogenicUptake"), "0.9"), MISMATCH, SUM),
    "including_uptake_not_the_sum": (put((*PCF, "pcfIncludingBiogenicUptake"), "0.9"), MISMATCH, SUM),
    "sum_wrong_in_the_last_digit": (put((*PCF, "pcfExcludingBiogenicUptake"), "1.062301"), MISMATCH, SUM),
    "stages_not_the_sum": (put((*CLAIMS, "stages", 0, "kg_co2e"), "0.7"), MISMATCH, CLOSES),
    "substances_not_the_sum": (put((*CLAIMS, "substances", 0, "kg_co2e"), "0.7"), MISMATCH, CLOSES),
    "all_totals_lowered": (_all_totals_lowered, MISMATCH, CLOSES),
    "contributions_above_the_total": (put((*CLAIMS, "contributions", 0, "kg_co2e"), "5"), MISMATCH, CLOSES),
    "removal_netted": (_netted, MISMATCH, NETTED),
    "removal_netted_the_pact_way": (_netted_the_pact_way, MISMATCH, NETTED),
    "credit_in_the_gross_ledger": (_credit_in_the_gross_ledger, MISMATCH, NETTED),
    "stage_twice": (_stage_twice, MISMATCH, CLOSES),
    "removal_negative": (put((*CLAIMS, "removals", 0, "gross_kg_co2"), "-0.12"), MISMATCH, LEDGERS),
    "removal_without_its_permanence": (
        put((*CLAIMS, "removals", 0, "kept_kg_co2"), "0.12"),
        MISMATCH,
        LEDGERS,
    ),
    "uptake_above_the_carbon_content": (
        put((*CLAIMS, "biogenic", "uptake_kg_co2"), "0.5"),
        MISMATCH,
        LEDGERS,
    ),
    "ledger_of_removals_missing": (drop(*CLAIMS, "removals"), MALFORMED, LEDGERS),
    "ledger_of_biogenic_carbon_missing": (drop(*CLAIMS, "biogenic"), MALFORMED, LEDGERS),
    "ledger_of_land_use_change_missing": (drop(*CLAIMS, "land_use_change"), MALFORMED, LEDGERS),
    "stages_missing": (drop(*CLAIMS, "stages"), MALFORMED, LEDGERS),
    "interval_missing": (drop(*CLAIMS, "interval"), MALFORMED, FORM),
    "interval_upside_down": (put((*CLAIMS, "interval", "p5"), "2"), MISMATCH, "P5 <= P50 <= P95"),
    "land_use_change_unknown_with_an_amount": (
        put((*CLAIMS, "land_use_change", "state"), "unknown"),
        MISMATCH,
        LEDGERS,
    ),
    "land_use_change_none_with_an_amount": (
        put((*CLAIMS, "land_use_change", "kg_co2e"), "0.1"),
        MISMATCH,
        LEDGERS,
    ),
    "packaging_hidden": (put(path=(*PCF, "packagingEmissionsIncluded"), value=False), MISMATCH, AGREE),
    "packaging_above_the_total": (put((*PCF, "packagingGhgEmissions"), "3"), MISMATCH, AGREE),
    "primary_data_embellished": (put((*PCF, "primaryDataShare"), "99"), MISMATCH, AGREE),
    "quality_embellished": (put((*PCF, "dqi", "technologicalDQR"), "1.0"), MISMATCH, AGREE),
    "older_warming_potentials_hidden": (put((*PCF, "ipccCharacterizationFactors"), ["AR6"]), MISMATCH, AGREE),
    "geography_twice": (put((*PCF, "geographyCountry"), "CN"), MISMATCH, "PACT 3.0.3: one geography"),
    "another_product_in_pact": (put((*FOOTPRINT, "productNameCompany"), "Mango"), MISMATCH, AGREE),
    "another_gtin_in_pact": (put((*FOOTPRINT, "productIds"), ["urn:gtin:1"]), MISMATCH, GOODS),
    "pact_valid_longer": (put((*FOOTPRINT, "validityPeriodEnd"), "2036-01-01T00:00:00Z"), MISMATCH, AGREE),
    "pact_deprecated": (put((*FOOTPRINT, "status"), "Deprecated"), MISMATCH, "PACT 3.0.3: status"),
    "assurance_by_nobody": (
        put((*CLAIMS, "assurance", "level"), "limited"),
        MISMATCH,
        "ISO 14064-3: assurance is somebody's",
    ),
    "emission_below_zero": (put((*PCF, "fossilGhgEmissions"), "-1"), MALFORMED, SIGN),
    "emission_below_zero_offset_elsewhere": (_emission_negative_offset, MALFORMED, SIGN),
    "uptake_above_zero": (put((*PCF, "biogenicCO2Uptake"), "0.275"), MALFORMED, SIGN),
    "removal_above_zero": (put((*PCF, "technologicalCO2Removals"), "0.1"), MALFORMED, SIGN),
    "gross_below_zero": (put((*CLAIMS, "gross_kg_co2e"), "-1.0623"), MALFORMED, SIGN),
    "rating_above_five": (
        put((*PCF, "dqi", "temporalDQR"), "6"),
        MALFORMED,
        "PACT 3.0.3: ratings from 1 to 5",
    ),
    "amount_a_number": (put((*PCF, "fossilGhgEmissions"), 1.0083), MALFORMED, WRITTEN),
    "amount_infinite": (put((*PCF, "fossilGhgEmissions"), "Infinity"), MALFORMED, WRITTEN),
    "amount_endless": (put((*PCF, "fossilGhgEmissions"), "1" * 50), MALFORMED, WRITTEN),
    "amount_with_a_comma": (put((*PCF, "fossilGhgEmissions"), "1,0083"), MALFORMED, WRITTEN),
    "amount_in_arabic_digits": (put((*PCF, "fossilGhgEmissions"), "\u0661.0083"), MALFORMED, WRITTEN),
    "claimed_amount_a_number": (put((*CLAIMS, "gross_kg_co2e"), 1.0623), MALFORMED, WRITTEN),
    "claimed_amount_with_an_exponent": (put((*CLAIMS, "gross_kg_co2e"), "10623e-4"), MALFORMED, WRITTEN),
    "claimed_amount_with_a_blank": (put((*CLAIMS, "interval", "p5"), " 0.821"), MALFORMED, WRITTEN),
    "claimed_amount_full_width": (put((*CLAIMS, "interval", "p5"), "\uff10.821"), MALFORMED, WRITTEN),
    "draws_as_text": (put((*CLAIMS, "sampling", "draws"), "2000"), MALFORMED, FORM),
    "draws_as_true": (put(path=(*CLAIMS, "sampling", "seed"), value=True), MALFORMED, FORM),
    "claim_of_a_net_footprint": (put((*CLAIMS, "net_kg_co2e"), "0.5"), MALFORMED, NETTED),
    "claim_named_with_terminal_codes": (put((*CLAIMS, "\x1b[2J"), "x"), MALFORMED, FORM),
    "claims_missing": (put((*FOOTPRINT, "extensions"), []), MALFORMED, FORM),
    "claims_twice": (_claims_twice, MALFORMED, FORM),
    "claims_of_another_version": (put((*CLAIMS, "schema_version"), "2"), MALFORMED, FORM),
    "period_without_an_end": (put((*CLAIMS, "period_end"), "soon"), MISMATCH, FORM),
    "gtin_of_another_product": (put(("credentialSubject", "gtin"), "09506000134369"), MISMATCH, GOODS),
    "subject_another_lot": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134352/10/B"),
        MISMATCH,
        GOODS,
    ),
    "subject_with_a_query": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134352/10/2025-06-A?x=1"),
        MISMATCH,
        GOODS,
    ),
    "subject_host_in_capitals": (
        put(("credentialSubject", "id"), "https://ID.example.org/01/09506000134352/10/2025-06-A"),
        MISMATCH,
        GOODS,
    ),
    "subject_not_https": (
        put(("credentialSubject", "id"), "http://id.example.org/01/09506000134352/10/2025-06-A"),
        MALFORMED,
        GOODS,
    ),
    "subject_host_confusable": (
        put(("credentialSubject", "id"), "https://id.ex\u0430mple.org/01/09506000134352/10/2025-06-A"),
        MALFORMED,
        GOODS,
    ),
    "subject_with_a_user": (
        put(("credentialSubject", "id"), "https://shop@id.example.org/01/09506000134352/10/2025-06-A"),
        MALFORMED,
        GOODS,
    ),
    "subject_wrong_check_digit": (
        put(("credentialSubject", "id"), "https://id.example.org/01/09506000134353/10/2025-06-A"),
        MALFORMED,
        GOODS,
    ),
    "lot_with_a_zero_width_space": (put(("credentialSubject", "lot"), "2025-06\u200b-A"), MISMATCH, GOODS),
    "subject_script": (put(("credentialSubject", "id"), "javascript:alert(1)"), MALFORMED, GOODS),
    "type_missing": (put(("type",), ["VerifiableCredential"]), MALFORMED, FORM),
    "type_added": (lambda d: d["type"].append("DegreeCredential"), MALFORMED, FORM),
    "context_with_vocab": (
        lambda d: d["@context"].append({"@vocab": "https://x.example/#"}),
        MALFORMED,
        FORM,
    ),
    "context_extra": (lambda d: d["@context"].append("https://x.example"), MALFORMED, FORM),
    "contexts_swapped": (lambda d: d["@context"].reverse(), MALFORMED, FORM),
    "identifier_no_uuid": (put(("id",), "https://x.example/1"), MALFORMED, FORM),
    "issuer_an_object": (put(("issuer",), {"id": "did:web:x.example"}), MALFORMED, FORM),
    "issuer_a_list": (put(("issuer",), []), MALFORMED, FORM),
    "valid_until_missing": (drop("validUntil"), MALFORMED, FORM),
    "valid_from_without_a_zone": (put(("validFrom",), "2025-06-20T08:00:00"), MALFORMED, FORM),
    "ends_before_it_starts": (put(("validUntil",), "2025-01-01T00:00:00Z"), MALFORMED, FORM),
    "terms_of_use_nobody_checks": (put(("termsOfUse",), {"type": "X"}), MALFORMED, FORM),
    "schema_nobody_checks": (
        put(("credentialSchema",), {"id": "https://x.example", "type": "JsonSchema"}),
        MALFORMED,
        FORM,
    ),
}


def vectors() -> Iterator[Vector]:
    """Each is a genuine signature under a false statement."""
    for name, (change, error, rule) in FALSE.items():
        yield Vector(f"false_{name}", resigned(change), error, rule)
