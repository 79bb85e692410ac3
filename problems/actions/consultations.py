"""The only writers of consultations: asked, answered, opinions decided, the result told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.steps import day_of
from members.models import Organization
from problems.actions.letters import issue_letter
from problems.actions.steps import enter, locked, move, require_due, required, revise, tell
from problems.models import Asking, Consultation, Opinion
from problems.models.consultations import REPLY_LIMIT
from problems.papers.letters import request_for_opinions
from problems.states import ConsultationState, Verdict
from services.deadlines import actions as deadlines


@dataclass(frozen=True)
class ConsultationWords:
    organization: Organization
    title: str
    reply_by: date
    units: Sequence[Organization]
    draft: str = ""
    explanation: str = ""
    begun_on: date | None = None


@action
def prepare(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ConsultationWords,
    token: str | None = None,
) -> Consultation:
    """A draft of the maker's, to which files are added before it is sent.

    Raises PermissionDenied; RuleBroken "form_used", "past" (field reply_by).
    """
    require_due(words.reply_by, at, "reply_by")
    about: dict[str, Any] = {"actor": actor, "at": at, "token": token}
    verb = "problems.consultation.prepared"
    return enter(Consultation, mechanism_id, words, verb=verb, **about)[0]


@action
def revise_consultation(
    consultation_id: int,
    *,
    actor: Actor,
    at: datetime,
    version: int | None = None,
    **given: object,
) -> Consultation:
    """The words of a draft, by the names of its columns."""
    verb = "problems.consultation.revised"
    return revise(
        Consultation, consultation_id, actor=actor, version=version, verb=verb, given=given
    )


@action
def ask(
    consultation_id: int,
    *,
    actor: Actor,
    at: datetime,
    number: str = "",
    version: int | None = None,
) -> Consultation:
    """Send it with its letter (征求意见函); each unit asked has until its day to reply.

    Raises PermissionDenied; RuleBroken "stale", "nobody_asked", "past" (field reply_by).
    """
    row = required(Consultation, consultation_id, actor, "edit", version)
    units = [unit for unit in row.units.all() if unit.pk != row.organization_id]
    if not units:
        raise RuleBroken("nobody_asked", _("Say first whose opinion is asked for."))
    require_due(row.reply_by, at, "reply_by")
    row.asked_on, row.number = day_of(at), number.strip()
    move(row, ConsultationState.ASKED, actor, "problems.consultation.asked", due=str(row.reply_by))
    for unit in units:
        _ask(row, unit, actor)
    issue_letter(
        "consultation",
        row,
        request_for_opinions(row, units),
        actor=actor,
        at=at,
        number=row.number,
    )
    title = gettext_lazy("Your unit is asked for its opinion on a draft")
    tell(row, units, "asked", title, actor=actor, at=at)
    return row


def _ask(row: Consultation, unit: Organization, actor: Actor) -> None:
    """A court or procuratorate is asked and is never late: what it says is its own (YN-22)."""
    asked_on = row.asked_on or row.begun_on
    asking = Asking(consultation=row, organization=unit, asked_on=asked_on, due_on=row.reply_by)
    asking.store()
    if independent(unit):
        return
    deadlines.open_deadline(
        asking,
        REPLY_LIMIT,
        actor=actor,
        title=_("Opinion on a draft: %(title)s") % {"title": row.title},
        jurisdiction=row.jurisdiction,
        owed_by=unit,
        trigger_on=asked_on,
        due_on=row.reply_by,
    )


@action
def give_opinion(
    asking_id: int,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    clause: str = "",
    token: str | None = None,
) -> Opinion:
    """One opinion on one clause. Raises PermissionDenied; RuleBroken "form_used",
    "replied"."""
    asking = _locked_asking(asking_id)
    made = Opinion.made_before(token, text=text)
    if made is not None:
        return made
    policy_for(Asking).require(actor, "answer", asking)
    _require_unanswered(asking)
    row = Opinion(asking=asking, clause=clause.strip(), text=text, form_token=token)
    row.store()
    unit = asking.organization.short_name
    record(actor, "problems.consultation.opinion", asking.consultation, unit=unit, clause=clause)
    return row


@action
def reply(
    asking_id: int, *, actor: Actor, at: datetime, remark: str = "", version: int | None = None
) -> Asking:
    """The unit's reply is whole: its opinions, or why it has none.

    Raises PermissionDenied; RuleBroken "stale", "replied", "no_opinion" (field remark).
    """
    asking = _locked_asking(asking_id)
    policy_for(Asking).require(actor, "answer", asking)
    asking.require_version(version)
    _require_unanswered(asking)
    opinions = asking.opinions.count()
    if not opinions and not remark.strip():
        message = _("Your unit has entered no opinion. Say why it has none.")
        raise RuleBroken("no_opinion", message, "remark")
    asking.answered_on, asking.remark = day_of(at), remark.strip()
    asking.store()
    deadlines.meet(asking, REPLY_LIMIT, actor=actor, on=day_of(at))
    row, unit = asking.consultation, asking.organization.short_name
    record(actor, "problems.consultation.replied", row, unit=unit, opinions=opinions)
    title = gettext_lazy("A unit replied to a draft")
    tell(row, [row.organization], f"replied.{asking.pk}", title, actor=actor, at=at)
    return asking


@action
def decide(
    opinion_id: int,
    *,
    actor: Actor,
    at: datetime,
    verdict: str,
    reason: str = "",
    version: int | None = None,
) -> Opinion:
    """Whether the maker adopts an opinion; if not wholly, why.

    Raises PermissionDenied; RuleBroken "stale", "told", "reason_needed" (field reason).
    """
    found = Opinion.objects.values_list("asking", flat=True).get(pk=opinion_id)
    asking = _locked_asking(found)
    opinion: Opinion = Opinion.objects.select_for_update().get(pk=opinion_id)
    opinion.asking = asking
    policy_for(Opinion).require(actor, "decide", opinion)
    opinion.require_version(version)
    if asking.consultation.state != ConsultationState.ASKED:
        raise RuleBroken("told", _("The result was told already."))
    if verdict != Verdict.ADOPTED and not reason.strip():
        message = _("Say why the opinion is not adopted, or only in part.")
        raise RuleBroken("reason_needed", message, "reason")
    opinion.verdict, opinion.reason = verdict, reason.strip()
    opinion.decided_on = day_of(at)
    opinion.store()
    facts = {"unit": asking.organization.short_name, "verdict": verdict}
    record(actor, "problems.consultation.decided", asking.consultation, **facts)
    return opinion


@action
def conclude(
    consultation_id: int,
    *,
    actor: Actor,
    at: datetime,
    result: str,
    version: int | None = None,
) -> Consultation:
    """Tell those asked what became of their opinions.

    Raises PermissionDenied; RuleBroken "stale", "undecided", "bad_transition".
    """
    row = required(Consultation, consultation_id, actor, "keep", version)
    if Opinion.objects.filter(asking__consultation=row, verdict="").exists():
        message = _("Say of each opinion first whether it is adopted.")
        raise RuleBroken("undecided", message)
    row.ended_on, row.result = day_of(at), result
    move(row, ConsultationState.CLOSED, actor, "problems.consultation.closed")
    for asking in row.askings.filter(answered_on=None):
        deadlines.cancel(asking, REPLY_LIMIT, actor=actor, on=day_of(at))
    title = gettext_lazy("The result of a consultation was told")
    tell(row, row.units.all(), "closed", title, actor=actor, at=at)
    return row


def _locked_asking(asking_id: int) -> Asking:
    found = Asking.objects.values_list("consultation", flat=True).get(pk=asking_id)
    row = locked(Consultation, found)
    rows = Asking.objects.select_for_update(of=("self",)).select_related("organization")
    asking: Asking = rows.get(pk=asking_id)
    asking.consultation = row
    return asking


def _require_unanswered(asking: Asking) -> None:
    if asking.answered_on is not None or asking.consultation.is_over:
        raise RuleBroken("replied", _("The reply of this unit is whole already."))
