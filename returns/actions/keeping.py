"""What a profile says of returns becomes their duties."""

from datetime import datetime, timedelta
from typing import Any

from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import MechanismVersion
from members.models import Organization
from returns.models import ReturnDuty


@action
def keep_duties(version_id: int, rows: list[dict], *, actor: Actor, at: datetime) -> None:
    """Bring the duties up to the section of a version; one that it leaves out ends.

    Returns that were opened keep what they were asked for.
    """
    version = MechanismVersion.objects.select_related("mechanism__jurisdiction").get(pk=version_id)
    mechanism = version.mechanism
    units = {one.key: one for one in mechanism.jurisdiction.organizations.all()}
    kept = {one.key: one for one in mechanism.return_duties.select_for_update()}
    for order, row in enumerate(rows):
        duty = kept.pop(row["key"], None) or ReturnDuty(
            jurisdiction=mechanism.jurisdiction,
            mechanism=mechanism,
            key=row["key"],
            valid_from=version.effective_from,
        )
        given = _columns(row, units) | {"order": order, "valid_to": None}
        if duty.pk is None or any(getattr(duty, name) != given[name] for name in given):
            for name, value in given.items():
                setattr(duty, name, value)
            duty.store()
            record(actor, "returns.duty.kept", duty, name=duty.name)
    _end(kept.values(), version, actor)


def _columns(row: dict, units: dict[str, Organization]) -> dict[str, Any]:
    due = dict(row.get("due", {})) | ({"of": row["of"]} if "of" in row else {})
    return {
        "number": row["provision"],
        "name": row["name"],
        "owed_by": row["from"],
        "to": units[row["to"]],
        "per": row["every"],
        "due": due,
        "fields": row["fields"],
        "evidence": row.get("evidence", False),
        "nil": row.get("nil", False),
    }


def _end(duties: Any, version: MechanismVersion, actor: Actor) -> None:
    last_on = version.effective_from - timedelta(days=1)
    for duty in duties:
        if duty.valid_to is None:
            duty.valid_to = max(last_on, duty.valid_from or last_on)
            duty.store()
            record(actor, "returns.duty.ended", duty, on=str(duty.valid_to))
