"""The section `number_series` of a profile: which series there are, and who numbers."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.audit.actor import Actor
from foundations.audit.trail import record
from mechanisms.loading.schema import shaped
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Fault, Outcome, Section
from members.models import Organization
from services.documents.models import NumberSeries

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["key", "name", "organization", "pattern"],
        "properties": {
            "key": shaped(
                "^[a-z0-9-]{1,60}$",
                gettext_lazy("lower-case letters, digits and hyphens, as in gov-letter"),
            ),
            "name": {"type": "string", "minLength": 1, "maxLength": 80},
            "organization": {"type": "string"},
            "pattern": {"type": "string", "minLength": 1, "maxLength": 80},
            "mode": {"enum": ["portal", "external"]},
        },
    },
}


def rows_of(source: dict) -> list[dict]:
    """The series of a profile, each with its mode."""
    return [{"mode": NumberSeries.Mode.PORTAL, **row} for row in source.get("number_series", ())]


def check(source: dict) -> Iterable[Fault]:
    known = {row["key"] for row in source.get("organizations", ())}
    seen: set[str] = set()
    for place, row in enumerate(rows_of(source)):
        here = ("number_series", place)
        if row["organization"] not in known:
            message = _("There is no organization “%(key)s” in this file.")
            yield Fault((*here, "organization"), message % {"key": row["organization"]})
        if row["pattern"].count("{year}") != 1 or row["pattern"].count("{n}") != 1:
            message = _("A pattern names {year} and {n} once each, as in 示司函〔{year}〕{n}号.")
            yield Fault((*here, "pattern"), message)
        if row["key"] in seen:
            yield Fault((*here, "key"), _("This key stands here twice."))
        seen.add(row["key"])


def plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    stored = _stored(mechanism)
    return [
        Change(_outcome(row, stored.get(row["key"])), _("number series"), row["name"], row["key"])
        for row in rows_of(source)
    ]


def _stored(mechanism: Mechanism | None) -> dict[str, NumberSeries]:
    if mechanism is None:
        return {}
    series = NumberSeries.objects.filter(jurisdiction=mechanism.jurisdiction_id)
    return {one.key: one for one in series.select_related("organization")}


def _outcome(row: dict, series: NumberSeries | None) -> Outcome:
    if series is None:
        return Outcome.CREATE
    now = (series.name, series.pattern, series.mode, series.organization.key)
    wanted = (row["name"], row["pattern"], row["mode"], row["organization"])
    return Outcome.LEAVE if now == wanted else Outcome.CHANGE


def apply(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    """Write the series; numbers already given stay, a series left out of the file too."""
    mechanism = version.mechanism
    stored = _stored(mechanism)
    for row in rows_of(source):
        outcome = _outcome(row, stored.get(row["key"]))
        if outcome == Outcome.LEAVE:
            continue
        series = stored.get(row["key"]) or NumberSeries(
            jurisdiction=mechanism.jurisdiction, key=row["key"]
        )
        series.name, series.pattern, series.mode = row["name"], row["pattern"], row["mode"]
        series.organization = Organization.objects.get(
            jurisdiction=mechanism.jurisdiction, key=row["organization"]
        )
        series.full_clean(validate_unique=False)
        series.save()
        record(actor, f"documents.series.{outcome}", series, **row)


SECTION = Section(name="number_series", schema=SCHEMA, plan=plan, apply=apply, check=check)
