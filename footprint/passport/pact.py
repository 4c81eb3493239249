"""The numeric core of a passport: a PACT v3.0.3 `ProductFootprint`, field by field.

Written from the OpenAPI file of the PACT Technical Specifications 3.0.3 (WBCSD data-exchange-protocol, commit
cf4ebed), which wins over the prose. Amounts travel as decimal strings. Fields of later versions are kept. What must
hold between fields is in `pact_rules`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StrictBool,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from footprint.decimal_text import decimal_text
from footprint.passport.timestamps import parse_instant

SPEC_VERSION = "3.0.3"

EXACT_DIGITS = 100
"""Decimal precision while sums are compared, whatever the caller's context; amounts have up to 30 digits."""

LONGEST_DECIMAL = 40
_DECIMAL = r"[+-]?[0-9]+(\.[0-9]+)?"
_NO_NUMBER = 'must be a decimal written as a string, like "0.412"'


class _Number:
    r"""The OpenAPI pattern `^[+-]?\d+(\.\d+)?$`: text, no JSON number and no exponent. Python gives decimals."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text first, by compiled code; what is no text either is a finite decimal already, or refused."""
        text = decimal_text(_DECIMAL, longest=LONGEST_DECIMAL, refusal=_NO_NUMBER)
        given = core_schema.decimal_schema(strict=True, allow_inf_nan=False)
        either = core_schema.union_schema(
            [text, given],
            mode="left_to_right",
            custom_error_type="decimal",
            custom_error_message="{refusal}",
            custom_error_context={"refusal": _NO_NUMBER},
        )
        return core_schema.json_or_python_schema(text, either)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """As text of that pattern."""
        return handler(core_schema.str_schema(pattern=f"^{_DECIMAL}$"))


def _sign(allowed: Callable[[Decimal], bool], rule: str) -> AfterValidator:
    def check(value: Decimal) -> Decimal:
        if not allowed(value):
            raise PydanticCustomError("sign", "must be {rule}", {"rule": rule})
        return value

    return AfterValidator(check)


def _instant(value: str) -> str:
    try:
        parse_instant(value)
    except ValueError as error:
        raise PydanticCustomError("date-time", "{why}", {"why": str(error)}) from error
    return value


Number = Annotated[
    Decimal,
    _Number,
    PlainSerializer(lambda value: f"{value:f}", return_type=str),
]
PositiveNumber = Annotated[Number, _sign(lambda value: value > 0, "above zero")]
NotNegative = Annotated[Number, _sign(lambda value: not value.is_signed(), "zero or more, without a minus")]
NotPositive = Annotated[Number, _sign(lambda value: value <= 0, "zero or less")]
Percentage = Annotated[Number, _sign(lambda value: 0 <= value <= 100, "between 0 and 100")]
Rating = Annotated[Number, _sign(lambda value: 1 <= value <= 5, "between 1 and 5")]

Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Instant = Annotated[str, AfterValidator(_instant)]
Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
Urn = Annotated[str, Field(pattern=r"^[uU][rR][nN]:", max_length=500)]
Uri = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$", max_length=2000)]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+(-\d{8})?$", max_length=30)]
AssessmentReport = Annotated[str, Field(pattern=r"^AR\d+$", max_length=6)]


def pact_name(name: str) -> str:
    """The field name PACT uses.

    >>> pact_name("biogenic_co2_uptake"), pact_name("technological_dqr")
    ('biogenicCO2Uptake', 'technologicalDQR')
    """
    return to_camel(name).replace("Co2", "CO2").replace("Dqr", "DQR")


Region = Literal[
    "Africa",
    "Americas",
    "Asia",
    "Europe",
    "Oceania",
    "Australia and New Zealand",
    "Central Asia",
    "Eastern Asia",
    "Eastern Europe",
    "Latin America and the Caribbean",
    "Melanesia",
    "Micronesia",
    "Northern Africa",
    "Northern America",
    "Northern Europe",
    "Polynesia",
    "South-eastern Asia",
    "Southern Asia",
    "Southern Europe",
    "Sub-Saharan Africa",
    "Western Asia",
    "Western Europe",
]
"""The geographic regions and subregions of the United Nations."""


class PactModel(BaseModel):
    """Frozen; snake_case here, PACT names outside; unknown fields kept."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="allow",
        alias_generator=pact_name,
        validate_by_name=True,
        validate_by_alias=True,
    )

    def document(self) -> dict[str, Any]:
        """The JSON form: PACT names, decimal strings, nothing for what is undefined."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class DataQualityIndicators(PactModel):
    """Data-quality ratings from 1 (best) to 5."""

    technological_dqr: Rating
    geographical_dqr: Rating
    temporal_dqr: Rating


class Verification(PactModel):
    """Present only when an independent third party verified the footprint."""

    coverage: Literal["PCF calculation model", "PCF program", "product level"] | None = None
    provider_name: str | None = None
    completed_at: Instant | None = None
    standard_name: str | None = None
    comments: str | None = None


class EmissionFactorSource(PactModel):
    """A source of secondary data."""

    name: Text
    version: Text


class ProductOrSectorSpecificRule(PactModel):
    """Product category rules that were applied."""

    operator: Literal["PEF", "EPD International", "Other"]
    rule_names: Annotated[tuple[Text, ...], Field(min_length=1)]
    other_operator_name: Text | None = None


class CarbonFootprint(PactModel):
    """`CarbonFootprint`: kg CO2e (or kg C) per declared unit."""

    declared_unit_of_measurement: Literal[
        "liter",
        "kilogram",
        "cubic meter",
        "kilowatt hour",
        "megajoule",
        "ton kilometer",
        "square meter",
        "piece",
        "hour",
        "megabit second",
    ]
    declared_unit_amount: PositiveNumber
    product_mass_per_declared_unit: Number
    reference_period_start: Instant
    reference_period_end: Instant
    geography_region_or_subregion: Region | None = None
    geography_country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    geography_country_subdivision: Annotated[str, Field(pattern="^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None = None
    boundary_processes_description: str | None = None
    pcf_excluding_biogenic_uptake: Number
    pcf_including_biogenic_uptake: Number
    fossil_carbon_content: NotNegative
    biogenic_carbon_content: NotNegative | None = None
    recycled_carbon_content: NotNegative | None = None
    fossil_ghg_emissions: NotNegative
    land_use_change_ghg_emissions: NotNegative | None = None
    land_carbon_leakage: NotNegative | None = None
    land_management_fossil_ghg_emissions: NotNegative | None = None
    land_management_biogenic_co2_emissions: NotNegative | None = None
    land_management_biogenic_co2_removals: NotPositive | None = None
    biogenic_co2_uptake: NotPositive | None = None
    biogenic_non_co2_emissions: NotNegative | None = None
    land_area_occupation: NotNegative | None = None
    aircraft_ghg_emissions: NotNegative | None = None
    packaging_emissions_included: StrictBool | None = None
    packaging_ghg_emissions: NotNegative | None = None
    packaging_biogenic_carbon_content: NotNegative | None = None
    outbound_logistics_ghg_emissions: NotNegative | None = None
    ccs_technological_co2_capture_included: StrictBool | None = None
    ccs_technological_co2_capture: NotPositive | None = None
    technological_co2_capture_origin: str | None = None
    technological_co2_removals: NotPositive | None = None
    ccu_carbon_content: NotNegative | None = None
    ccu_calculation_approach: Literal["Cut-off", "Credit"] | None = None
    ccu_credit_certification: Uri | None = None
    ipcc_characterization_factors: Annotated[tuple[AssessmentReport, ...], Field(min_length=1)]
    cross_sectoral_standards: Annotated[tuple[str, ...], Field(min_length=1)]
    product_or_sector_specific_rules: tuple[ProductOrSectorSpecificRule, ...] | None = None
    exempted_emissions_percent: Percentage
    exempted_emissions_description: str | None = None
    allocation_rules_description: str | None = None
    secondary_emission_factor_sources: (
        Annotated[tuple[EmissionFactorSource, ...], Field(min_length=1)] | None
    ) = None
    primary_data_share: Percentage | None = None
    dqi: DataQualityIndicators | None = None
    verification: Verification | None = None


class DataModelExtension(PactModel):
    """Data beyond PACT, with the address of its schema."""

    spec_version: Version
    data_schema: Uri
    documentation: Uri | None = None
    data: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """The JSON form; the data are somebody else's and stay as they are."""
        own = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"data"})
        return {**own, "data": self.data}


class ProductFootprint(PactModel):
    """`ProductFootprint`: one product's carbon footprint and whose it is."""

    id: Uuid
    spec_version: Version
    preceding_pf_ids: Annotated[tuple[Uuid, ...], Field(min_length=1)] | None = None
    created: Instant
    status: Literal["Active", "Deprecated"]
    validity_period_start: Instant | None = None
    validity_period_end: Instant | None = None
    company_name: Text
    company_ids: Annotated[tuple[Urn, ...], Field(min_length=1)]
    product_description: str
    product_ids: Annotated[tuple[Urn, ...], Field(min_length=1)]
    product_classifications: Annotated[tuple[Urn, ...], Field(min_length=1)] | None = None
    product_name_company: Text
    comment: str | None = None
    pcf: CarbonFootprint
    extensions: tuple[DataModelExtension, ...] | None = None

    def document(self) -> dict[str, Any]:
        """The JSON form."""
        own = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"extensions"})
        extensions = {"extensions": [extension.document() for extension in self.extensions or ()]}
        return {**own, **(extensions if self.extensions else {})}
