"""Joint activities before they take place: planned, announced, moved, called off."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.telling_units import tell_units
from cases.models import Hearing
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from meetings.actions.steps import day_of, office_language
from meetings.models import Activity
from meetings.states import (
    ACTIVITY_MOVES,
    ACTIVITY_REPORT,
    COMING,
    ActivityState,
    PublicityContent,
)
from members.models import Organization
from services.deadlines import actions as deadlines

S = ActivityState
FIRST = 1
DAYS = ("on", "until", "starts_at", "place")


@dataclass(frozen=True)
class ActivityWords:
    """What is said of an activity; `month` (any day of it) where it has no day yet."""

    kind: str
    title: str
    host: Organization
    co_hosts: Sequence[Organization] = ()
    month: date | None = None
    on: date | None = None
    until: date | None = None
    starts_at: time | None = None
    place: str = ""
    about: str = ""
    sign_up_by: date | None = None
    report_due_on: date | None = None
    hearing: Hearing | None = None
    visited: Organization | None = None
    members: str = ""
    medium: str = ""
    link: str = ""
    content: str = ""
    masked: bool = False


KEPT = [one.name for one in fields(ActivityWords) if one.name not in ("kind", "month", "co_hosts")]


@action
def plan_activity(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ActivityWords,
    token: str | None = None,
) -> Activity:
    """Put an activity into the plan, with a day or with its month alone.

    Raises PermissionDenied; RuleBroken "no_month" (field month), "days_reversed" (until),
    "sign_up_late" (sign_up_by), "report_early" (report_due_on), "not_masked" (masked),
    "form_used".
    """
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism_id)
    made = Activity.made_before(token, title=words.title)
    if made is not None:
        return made
    activity = Activity(mechanism=mechanism, kind=words.kind, form_token=token)
    _take(activity, words)
    policy_for(Activity).require(actor, "plan", activity)
    activity.store()
    activity.co_hosts.set(words.co_hosts)
    record(actor, "meetings.activity.planned", activity, kind=words.kind)
    return activity


@action
def revise_activity(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ActivityWords,
    version: int | None = None,
) -> Activity:
    """Say it otherwise while it is still to come. Once it is announced its days and place
    are changed by `move_activity`, which tells those who were asked.

    Raises as `plan_activity`, and RuleBroken "activity_over", "announced" (field on).
    """
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "edit", activity)
    activity.require_version(version)
    require_coming(activity)
    if activity.state == S.ANNOUNCED and any(
        getattr(activity, name) != getattr(words, name) for name in DAYS
    ):
        message = _("It is announced: change day and place by moving it, so that all are told.")
        raise RuleBroken("announced", message, "on")
    _take(activity, words)
    policy_for(Activity).require(actor, "edit", activity)
    activity.store()
    activity.co_hosts.set(words.co_hosts)
    if activity.state == S.ANNOUNCED:
        keep_report_limit(activity, actor)
    record(actor, "meetings.activity.revised", activity)
    return activity


@action
def announce(
    activity_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Activity:
    """Tell everyone who is asked; from now on they see it and sign up.

    Raises RuleBroken "no_day", "day_past", "bad_transition".
    """
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "announce", activity)
    activity.require_version(version)
    if activity.on is None:
        raise RuleBroken("no_day", _("Give it a day first."))
    if activity.on < day_of(at):
        raise RuleBroken("day_past", _("Its day is past; record that it took place."))
    activity.announced_at = at
    move(activity, S.ANNOUNCED, actor, day=activity.on.isoformat())
    keep_report_limit(activity, actor)
    ask(activity, actor=actor, at=at)
    return activity


def ask(activity: Activity, *, actor: Actor, at: datetime) -> None:
    """Tell the units that are asked and were not told yet."""
    waiting = activity.invitations.filter(told_at__isnull=True).select_related("organization")
    for invitation in waiting:
        invitation.told_at = at
        invitation.store()
    units = [one.organization for one in waiting if one.organization is not None]
    title = gettext_lazy("You are invited: %(activity)s")
    _tell(activity, units, reason="asked", title=title, actor=actor, at=at)


@action
def move_activity(
    activity_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    place: str,
    reason: str,
    until: date | None = None,
    starts_at: time | None = None,
    version: int | None = None,
) -> Activity:
    """Another day or place for one that is announced; everyone asked is told.

    Raises RuleBroken "not_announced", "day_past" (field on), "days_reversed" (until),
    "reason_missing" (reason).
    """
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "move", activity)
    activity.require_version(version)
    if activity.state != S.ANNOUNCED:
        raise RuleBroken("not_announced", _("Only what is announced is moved."))
    if on < day_of(at):
        raise RuleBroken("day_past", _("This day is past."), "on")
    _require_reason(reason)
    before = activity.on
    activity.on, activity.until, activity.starts_at = on, until, starts_at
    activity.place, activity.month = place, on.replace(day=FIRST)
    activity.sequence += 1
    if activity.sign_up_by and activity.sign_up_by > on:
        activity.sign_up_by = on
    _check(activity)
    activity.store()
    said = {"before": str(before), "day": on.isoformat(), "reason": reason.strip()}
    record(actor, "meetings.activity.moved", activity, **said)
    title = gettext_lazy("Changed: %(activity)s")
    key = f"moved:{activity.sequence}"
    tell_asked(activity, reason=key, title=title, text=reason, actor=actor, at=at)
    return activity


@action
def cancel_activity(
    activity_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Activity:
    """Call it off, for a reason that stays on record; who was asked is told.

    Raises RuleBroken "bad_transition", "reason_missing" (field reason).
    """
    activity = locked_activity(activity_id)
    policy_for(Activity).require(actor, "cancel", activity)
    activity.require_version(version)
    _require_reason(reason)
    activity.reason = reason.strip()
    activity.sequence += 1
    move(activity, S.CANCELLED, actor, reason=activity.reason)
    deadlines.cancel(activity, ACTIVITY_REPORT, actor=actor, on=day_of(at))
    title = gettext_lazy("Called off: %(activity)s")
    tell_asked(activity, reason="cancelled", title=title, text=reason, actor=actor, at=at)
    return activity


def locked_activity(activity_id: int) -> Activity:
    """The activity, locked until the transaction ends."""
    rows = Activity.objects.select_for_update(of=("self",))
    return rows.select_related("mechanism__jurisdiction", "host").get(pk=activity_id)


def move(activity: Activity, to: str, actor: Actor, **data: Any) -> None:
    """Change the state, or raise RuleBroken("bad_transition"); writes the audit entry."""
    before = ActivityState(activity.state)
    if to not in ACTIVITY_MOVES[before]:
        message = _("This cannot be done any more: the activity is “%(state)s”.")
        raise RuleBroken("bad_transition", message % {"state": before.label})
    activity.state = to
    activity.store()
    record(actor, f"meetings.activity.{to}", activity, before=before.value, **data)


def require_coming(activity: Activity) -> None:
    if activity.state not in COMING:
        raise RuleBroken("activity_over", _("This activity is over or was called off."))


def keep_report_limit(activity: Activity, actor: Actor) -> None:
    """The host owes the report by the day that was set, once the activity is announced."""
    if activity.report_due_on is None or hasattr(activity, "report"):
        return
    with office_language():
        title = _("Report on “%(activity)s”") % {"activity": activity}
    deadlines.open_deadline(
        activity,
        ACTIVITY_REPORT,
        actor=actor,
        title=title,
        jurisdiction=activity.jurisdiction,
        owed_by=activity.host,
        trigger_on=activity.held_on or activity.on or activity.month,
        due_on=activity.report_due_on,
        mechanism=activity.mechanism,
    )


def tell_asked(activity: Activity, **given: Any) -> None:
    """Everyone who was told of it, but for who said that they do not come."""
    told = activity.invitations.filter(told_at__isnull=False, organization__isnull=False)
    units = [one.organization for one in told.select_related("organization")]
    _tell(activity, [one for one in units if one is not None], **given)


def _tell(
    activity: Activity,
    units: Sequence[Organization],
    *,
    reason: str,
    title: Any,
    actor: Actor,
    at: datetime,
    text: str = "",
) -> None:
    with office_language():
        named = str(title) % {"activity": activity.title}
        day = date_format(activity.on) if activity.on else "—"
        where = _("%(day)s, %(place)s") % {"day": day, "place": activity.place or "—"}
    said = f"{where} {text}".strip()
    tell_units(units, activity, reason=reason, title=named, text=said, actor=actor, at=at)


def _take(activity: Activity, words: ActivityWords) -> None:
    for name in KEPT:
        setattr(activity, name, getattr(words, name))
    day = words.on or words.month
    if day is None:
        raise RuleBroken("no_month", _("Give the day, or at least the month."), "month")
    activity.month = day.replace(day=FIRST)
    _check(activity)


def _check(activity: Activity) -> None:
    on, until = activity.on, activity.until
    if until and (on is None or until < on):
        raise RuleBroken("days_reversed", _("The last day is not before the first."), "until")
    if activity.sign_up_by and on and activity.sign_up_by > on:
        message = _("Nobody can sign up after the day itself.")
        raise RuleBroken("sign_up_late", message, "sign_up_by")
    if activity.report_due_on and on and activity.report_due_on < on:
        message = _("The report cannot be due before the day itself.")
        raise RuleBroken("report_early", message, "report_due_on")
    if activity.content == PublicityContent.TYPICAL_CASE and not activity.masked:
        message = _("A case is published only with the parties masked; confirm that they are.")
        raise RuleBroken("not_masked", message, "masked")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("reason_missing", _("Give the reason."), "reason")
