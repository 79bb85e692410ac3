"""The schema of a profile, version 1 (JSON Schema 2020-12).

What a schema cannot say (references, order, repeated numbers) is in `checks`.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mechanisms import sections
from mechanisms.loading.hours import HOURS
from mechanisms.states import Modal, RuleKind
from members.states import OrganizationKind, Rank, SeatRole, Side

SCHEMA_VERSION = 1


def shaped(pattern: str, form: str | Promise, length: int = 80) -> dict:
    """A text of a form; `form` says it to a person whose text has another one."""
    return {"type": "string", "pattern": pattern, "description": form, "maxLength": length}


TEXT = {"type": "string", "minLength": 1}
NOTE = {"type": "string"}
DAY = {"type": "string", "format": "date"}
KEY = shaped(
    r"^[a-z][a-z0-9-]*$",
    _("lower-case letters, digits and hyphens, first a letter, as in gov-letter"),
    40,
)
WORD = shaped(
    r"^[a-z][a-z0-9_]*$",
    _("lower-case letters, digits and underscores, first a letter, as in typical_case"),
    40,
)
NUMBER = shaped(
    r"^[A-Z][A-Z0-9]*-[1-9][0-9]*$", _("capital letters, a hyphen and a number, as in YN-14"), 20
)
FIGURE = shaped(
    r"^[A-Z][0-9A-Za-z]*(/[a-z][a-z0-9_]*)?$",
    _("an indicator, and after a stroke how it is counted, as in R6 or R19/enterprise"),
    40,
)
YES_NO = {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 1}
DAYS = {"type": "integer", "minimum": 0, "maximum": 366}
SIDE = {"enum": [Side.GOVERNMENT, Side.COURT, Side.PROCURATORATE, Side.CENTRE]}


def short(length: int) -> dict:
    return {**TEXT, "maxLength": length}


def list_of(items: dict, at_least: int = 0) -> dict:
    return {"type": "array", "items": items, "minItems": at_least}


def table(required: dict, optional: dict | None = None) -> dict:
    """A mapping with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def by_side(values: dict) -> dict:
    return {"type": "object", "propertyNames": SIDE, "additionalProperties": values}


JURISDICTION = table(
    {"key": KEY, "name": short(60)},
    {
        "division_code": shaped(r"^[0-9]{6}([0-9]{6})?$", _("6 or 12 digits, as in 654002")),
        "regional_days": YES_NO,
        "office_hours": shaped(HOURS, _("from and until, as in 9:00-18:00")),
    },
)
MECHANISM = table(
    {
        "key": KEY,
        "version": short(20),
        "title": short(200),
        "short_title": short(60),
        "effective_from": DAY,
        "issuers": list_of(TEXT),
        "body": KEY,
    },
    {
        "meeting_title": short(60),
        "cited_as": short(20),
        "document_number": NOTE,
        "issued_on": DAY,
        "issued_on_precision": {"enum": ["day", "month", "year", "none"]},
        "trial": YES_NO,
        "issued_by": NOTE,
        "addressees": list_of(TEXT),
        "legal_bases": list_of(TEXT),
        "copy_groups": list_of(list_of(TEXT, at_least=1)),
        "note": NOTE,
    },
)
SUCCESSION = table({"heirs": list_of(KEY, at_least=1), "on": DAY}, {"basis": short(200)})
ORGANIZATION = table(
    {
        "key": KEY,
        "name": short(120),
        "short_name": short(60),
        "kind": {"enum": OrganizationKind.values},
        "side": {"enum": Side.values},
    },
    {
        "parent": KEY,
        "acts_for": KEY,
        "aliases": list_of(short(120)),
        "succeeded_by": SUCCESSION,
    },
)
GROUP = table({"key": KEY, "name": short(120)}, {"organizations": list_of(KEY)})
HELD = {"rank": {"enum": Rank.values}, "acting": YES_NO}
POST = table({"organization": KEY, "title": short(60)}, HELD)
SEAT = table(
    {
        "role": {"enum": SeatRole.values},
        "side": SIDE,
        "organization": KEY,
        "title": short(60),
    },
    {
        "name": short(60),
        "ex_officio": {"const": True},
        **HELD,
        "other_posts": list_of(POST),
    },
)
BODY = table({"key": KEY, "name": short(120)}, {"seats": list_of(SEAT)})
PARTY = table({"side": SIDE, "lead": KEY, "acting": KEY, "secretariat": KEY})

TOPIC_TYPE = table({"key": WORD, "label": short(40)}, {"needs_opinion": YES_NO})
INVITEE = {
    "enum": [
        "member",
        "agency",
        "congress_deputy",
        "consultative_member",
        "lawyer",
        "government_leader",
        "staff",
    ]
}
TEXT_RULE = table(
    {"label": short(40), "readers": {"enum": ["participants", "list", "public"]}},
    {
        "internal": YES_NO,
        "clause": NOTE,
        "provision": NUMBER,
        "series": KEY,
        "confirm": list_of(SIDE),
    },
)
MEETING = table(
    {"topic_types": list_of(TOPIC_TYPE, at_least=1)},
    {
        "cadence_months": {
            "anyOf": [{"type": "null"}, {**COUNT, "maximum": 24}],
            "description": _("a whole number of months from 1 to 24, or null for no interval"),
        },
        "host_policy": {"enum": ["alternate", "fixed", "co_host", "proposer"]},
        "hosts": list_of(SIDE, at_least=1),
        "horizon_months": {**COUNT, "maximum": 36},
        "topics_due_days_before": DAYS,
        "consent_days": DAYS,
        "receipt_days_before": DAYS,
        "minutes_days_after": DAYS,
        "reminder_days_before": list_of(DAYS),
        "cadence_provision": NUMBER,
        "ad_hoc_provision": NUMBER,
        "notice_provision": NUMBER,
        "topic_provision": NUMBER,
        "pending_case_provision": NUMBER,
        "kind_labels": table({}, {"regular": short(40), "ad_hoc": short(40)}),
        "numbered_by": {"enum": ["year", "ordinal"]},
        "proposers": list_of(SIDE),
        "material_required": YES_NO,
        "invitees": table({}, {"regular": list_of(INVITEE), "ad_hoc": list_of(INVITEE)}),
        "texts": table({}, {"opinion": TEXT_RULE, "minutes": TEXT_RULE, "consensus": TEXT_RULE}),
        "notice_series": by_side(KEY),
        "origin": table({"on": DAY, "host": SIDE}),
    },
)

DUE = {
    **table(
        {},
        {
            "day": {**COUNT, "maximum": 31},
            "days_after": {**COUNT, "maximum": 366},
            "on": shaped(
                r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", _("month and day, as in 03-31")
            ),
        },
    ),
    "minProperties": 1,
    "maxProperties": 1,
}
"""The last day for a term, as `foundations.calendars.dues` reads it."""
WORDS = list_of(TEXT, at_least=1)
PARAMETERS: dict[str, dict] = {
    "every_months": {**COUNT, "maximum": 24},
    "hosting": {"enum": ["alternate", "fixed", "co_host", "proposer"]},
    "kinds": WORDS,
    "as_needed": {"const": True},
    "consent": {"const": True},
    "each_side": {"const": True},
    "proposers": WORDS,
    "invitees": WORDS,
    "units": WORDS,
    "hosts": WORDS,
    "counts": {
        "type": "object",
        "propertyNames": {"enum": SeatRole.values},
        "additionalProperties": COUNT,
    },
    "recipients": WORDS,
    "items": WORDS,
    "topic_types": WORDS,
    "flags": WORDS,
    "limits": WORDS,
    "measures": WORDS,
    "matter": TEXT,
    "form": TEXT,
    "evidence": TEXT,
    "within": table(
        {"amount": COUNT, "unit": {"enum": ["calendar_days", "working_days", "months"]}}
    ),
    "times": table({"count": COUNT, "per": {"enum": ["month", "quarter", "half_year", "year"]}}),
    "indicator": short(40),
    "keys": list_of(FIGURE, at_least=1),
    "areas": list_of(WORD, at_least=1),
    "below": FIGURE,
    "field": short(60),
    "persons": table({"count": COUNT}, {"qualified": YES_NO}),
    "at_least": {"type": "number"},
    "at_most": {"type": "number"},
}
REALISED_BY = table(
    {
        "room": shaped(r"^[a-z_]+(\.[a-z_]+)?$", _("the name of a room, as in meetings")),
        "record": WORD,
    },
    {
        "page": shaped(r"^([a-z_]+:[a-z-]+)?$", _("the name of an address, as in meetings:list")),
        "of": {"enum": ["mechanism", "body"]},
        "since": DAY,
    },
)
PROVISION = table(
    {
        "number": NUMBER,
        "duty_bearers": list_of(KEY, at_least=1),
        "modal": {"enum": Modal.values},
        "rule_kind": {"enum": RuleKind.values},
        "subject": WORD,
        "realised_by": REALISED_BY,
    },
    {
        "operative": {"type": "string", "maxLength": 500},
        "beneficiaries": list_of(KEY),
        "parameters": table({}, PARAMETERS),
    },
)
CLAUSE = table({"clause": short(60), "text": TEXT}, {"provisions": list_of(PROVISION)})
PART = table(
    {"chapter": {"type": "string", "maxLength": 60}, "clauses": list_of(CLAUSE, at_least=1)},
    {"section": short(60), "lead": short(200)},
)


def profile_schema() -> dict:
    """The schema of the whole file, with the sections that rooms above have registered."""
    return table(
        {
            "schema": {"const": SCHEMA_VERSION},
            "jurisdiction": JURISDICTION,
            "mechanism": MECHANISM,
            "organizations": list_of(ORGANIZATION, at_least=1),
            "bodies": list_of(BODY, at_least=1),
            "parties": list_of(PARTY, at_least=1),
            "meeting": MEETING,
            "text": list_of(PART, at_least=1),
        },
        {
            "organization_groups": list_of(GROUP),
            **{name: section.schema for name, section in sections.registered().items()},
        },
    )
