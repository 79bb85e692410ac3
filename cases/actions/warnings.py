"""信访和苗头预警: who noticed what, who is responsible, what was done (GL-36, 38, CX-58)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from cases.models import Dispute, EarlyWarning, WarningEntry, WarningState
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization, User
from members.rosters import users_of
from members.states import OrganizationKind, Side


@dataclass(frozen=True)
class WarningWords:
    """What the form asks for; `title` names nobody, `what` may."""

    kind: str
    level: str
    title: str
    what: str
    noticed_on: date
    responsible: Organization
    territory: Organization | None = None
    assignee: User | None = None


@action
def report_warning(
    place_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: WarningWords,
    dispute: Dispute | None = None,
    token: str | None = None,
) -> EarlyWarning:
    """Enter a warning; the responsible unit and the territory are told.

    Raises PermissionDenied; RuleBroken "future" (field noticed_on), "not_government" (field
    responsible or territory), "stranger" (field assignee), "form_used".
    """
    place = Jurisdiction.objects.select_for_update().get(pk=place_id)
    made = EarlyWarning.made_before(token, title=words.title)
    if made is not None:
        return made
    warning = EarlyWarning(
        jurisdiction=place,
        dispute=dispute,
        recorded_by=actor,
        form_token=token,
        **{name: getattr(words, name) for name in WarningWords.__dataclass_fields__},
    )
    policy_for(EarlyWarning).require(actor, "report", warning)
    require_past(words.noticed_on, at, "noticed_on")
    _check_units(warning, at)
    warning.store()
    record(actor, "cases.warning.reported", warning, kind=words.kind, level=words.level)
    _tell(warning, actor=actor, at=at)
    return warning


def _check_units(warning: EarlyWarning, at: datetime) -> None:
    units = {"responsible": warning.responsible, "territory": warning.territory}
    for field, unit in units.items():
        if unit is not None and unit.side != Side.GOVERNMENT:
            message = _("A unit of the government answers for this.")
            raise RuleBroken("not_government", message, field)
    if warning.territory and warning.territory.kind != OrganizationKind.TOWNSHIP:
        message = _("Name a township or subdistrict.")
        raise RuleBroken("not_government", message, "territory")
    assignee = warning.assignee
    if assignee is None:
        return
    today = timezone.localtime(at).date()
    near = [unit for unit in units.values() if unit is not None]
    if not any(assignee in users_of(unit, today) for unit in near):
        message = _("The person belongs neither to the responsible unit nor to the territory.")
        raise RuleBroken("stranger", message, "assignee")


def _tell(warning: EarlyWarning, *, actor: Actor, at: datetime) -> None:
    units = [unit for unit in (warning.responsible, warning.territory) if unit is not None]
    tell_units(
        units,
        warning,
        reason=f"cases.warning.{warning.version}",
        title=gettext_lazy("An early warning was assigned to your unit"),
        text=warning.title,
        actor=actor,
        at=at,
    )


@action
def follow_warning(
    warning_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    text: str,
    advice_of: Organization | None = None,
) -> WarningEntry:
    """What was done; or the opinion of a court or the justice bureau that was heard (GL-36).

    Raises PermissionDenied; RuleBroken "over", "future" (field on), "no_adviser" (field
    advice_of).
    """
    warning = _locked(warning_id)
    policy_for(EarlyWarning).require(actor, "follow", warning)
    _require_open(warning)
    require_past(on, at)
    adviser = advice_of is None or independent(advice_of)
    if not adviser and advice_of.kind != OrganizationKind.JUSTICE_BUREAU:
        message = _("The opinion of a court, a procuratorate or the justice bureau is entered.")
        raise RuleBroken("no_adviser", message, "advice_of")
    entry = WarningEntry(
        warning=warning, on=on, at=at, actor=actor, text=text, advice_of=advice_of
    )
    entry.full_clean(exclude=["warning", "actor", "advice_of"])
    entry.save()
    record(actor, "cases.warning.followed", warning, on=str(on))
    return entry


@action
def assign_warning(
    warning_id: int,
    *,
    actor: Actor,
    at: datetime,
    responsible: Organization,
    level: str,
    territory: Organization | None = None,
    assignee: User | None = None,
    version: int | None = None,
) -> EarlyWarning:
    """The justice bureau names who is responsible, and how serious it is.

    Raises PermissionDenied; RuleBroken "stale", "over", and those of `report_warning`.
    """
    warning = _locked(warning_id)
    policy_for(EarlyWarning).require(actor, "assign", warning)
    warning.require_version(version)
    _require_open(warning)
    warning.responsible, warning.territory = responsible, territory
    warning.assignee, warning.level = assignee, level
    _check_units(warning, at)
    warning.store()
    unit = responsible.short_name
    record(actor, "cases.warning.assigned", warning, unit=unit, level=level)
    _tell(warning, actor=actor, at=at)
    return warning


@action
def close_warning(
    warning_id: int, *, actor: Actor, at: datetime, text: str, version: int | None = None
) -> EarlyWarning:
    """How it ended is its last entry. Raises PermissionDenied; RuleBroken "stale", "over"."""
    warning = _locked(warning_id)
    today = timezone.localtime(at).date()
    warning.require_version(version)
    follow_warning(warning_id, actor=actor, at=at, on=today, text=text)
    warning.state, warning.closed_on = WarningState.CLOSED, today
    warning.store()
    record(actor, "cases.warning.closed", warning)
    return warning


def _require_open(warning: EarlyWarning) -> None:
    if not warning.is_open:
        raise RuleBroken("over", _("This warning is closed."))


def _locked(warning_id: int) -> EarlyWarning:
    rows = EarlyWarning.objects.select_for_update(of=("self",))
    related = ("jurisdiction", "responsible", "territory", "assignee")
    warning: EarlyWarning = rows.select_related(*related).get(pk=warning_id)
    return warning
