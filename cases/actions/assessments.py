"""重大行政决策诉讼风险评估 (GL-33…36): opinions, conclusion, duties, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.telling_units import tell_units
from cases.figures.assessed import arisen
from cases.models import Assessment, AssessmentState, Duty, Opinion
from cases.policy.acting import independent
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization
from members.policy import works_for
from services.deadlines import actions as deadlines

OPINION_LIMIT = "ASSESSMENT-OPINION"
DUTY_LIMIT = "ASSESSMENT-DUTY"


@dataclass(frozen=True)
class AssessmentWords:
    """What is to be decided, and whose opinion is asked until `due_on`."""

    organization: Organization
    title: str
    area: str
    matter: str
    invited: Sequence[Organization]
    due_on: date | None = None


@action
def ask_opinions(
    place_id: int, *, actor: Actor, at: datetime, words: AssessmentWords, token: str | None = None
) -> Assessment:
    """Before a major decision: invite bodies to assess what disputes it may give rise to.

    Raises PermissionDenied; RuleBroken "nobody_invited" (field invited), "past" (field
    due_on), "form_used".
    """
    place = Jurisdiction.objects.select_for_update().get(pk=place_id)
    made = Assessment.made_before(token, title=words.title)
    if made is not None:
        return made
    today = timezone.localtime(at).date()
    assessment = Assessment(
        jurisdiction=place,
        organization=words.organization,
        title=words.title,
        area=words.area,
        matter=words.matter,
        asked_on=today,
        form_token=token,
    )
    policy_for(Assessment).require(actor, "edit", assessment)
    if not words.invited:
        message = _("Invite the court or the justice bureau, or both.")
        raise RuleBroken("nobody_invited", message, "invited")
    if words.due_on is not None and words.due_on < today:
        raise RuleBroken("past", _("The last day is over already."), "due_on")
    assessment.store()
    record(actor, "cases.assessment.asked", assessment, area=words.area)
    for unit in words.invited:
        _invite(assessment, unit, words.due_on, actor=actor, at=at)
    return assessment


def _invite(
    assessment: Assessment,
    unit: Organization,
    due_on: date | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """A court or procuratorate is asked, and is never late: what it says is its own (YN-22)."""
    opinion = Opinion(assessment=assessment, organization=unit, due_on=due_on)
    opinion.advisory = independent(unit)
    opinion.store()
    if due_on is not None and not opinion.advisory:
        deadlines.open_deadline(
            opinion,
            OPINION_LIMIT,
            actor=actor,
            title=_("Opinion on the risk: %(title)s") % {"title": assessment.title},
            jurisdiction=assessment.jurisdiction,
            owed_by=unit,
            trigger_on=assessment.asked_on,
            due_on=due_on,
        )
    title = gettext_lazy("Your unit is asked to assess the risk of a decision")
    about: dict[str, Any] = {"text": assessment.title, "actor": actor, "at": at}
    tell_units([unit], assessment, reason="cases.assessment", title=title, **about)


@action
def give_opinion(
    opinion_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    level: str,
    text: str,
    version: int | None = None,
) -> Opinion:
    """A body gives its opinion; a court's binds no later judgment.

    Raises PermissionDenied; RuleBroken "stale", "concluded", "answered", "future" (field on).
    """
    found = Opinion.objects.values_list("assessment", flat=True).get(pk=opinion_id)
    assessment = _locked(found)
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("organization")
    opinion: Opinion = rows.get(pk=opinion_id)
    opinion.assessment = assessment
    policy_for(Opinion).require(actor, "give", opinion)
    opinion.require_version(version)
    if assessment.state != AssessmentState.ASKING:
        raise RuleBroken("concluded", _("The assessment is concluded already."))
    if opinion.given_on is not None:
        raise RuleBroken("answered", _("This unit has answered already."))
    require_past(on, at)
    opinion.given_on, opinion.level, opinion.text = on, level, text
    opinion.store()
    deadlines.meet(opinion, OPINION_LIMIT, actor=actor, on=on)
    unit = opinion.organization.short_name
    record(actor, "cases.assessment.opinion", assessment, unit=unit, level=level)
    return opinion


@action
def conclude(
    assessment_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    level: str,
    foreseen: str,
    prevention: str,
    version: int | None = None,
) -> Assessment:
    """The level and the prevention plan, after at least one opinion.

    Raises PermissionDenied; RuleBroken "stale", "concluded", "no_opinion", "future" (field
    on).
    """
    assessment = _required(assessment_id, actor, version, AssessmentState.ASKING)
    require_past(on, at)
    if not assessment.opinions.filter(given_on__isnull=False).exists():
        message = _("No opinion has come in yet; the assessment rests on them.")
        raise RuleBroken("no_opinion", message)
    assessment.state, assessment.concluded_on = AssessmentState.CONCLUDED, on
    assessment.level, assessment.foreseen = level, foreseen
    assessment.prevention = prevention
    assessment.store()
    for late in assessment.opinions.filter(given_on=None):
        deadlines.cancel(late, OPINION_LIMIT, actor=actor, on=on)
    record(actor, "cases.assessment.concluded", assessment, level=level, on=str(on))
    return assessment


@action
def note_decision(
    assessment_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> Assessment:
    """The decision was taken, and is carried out from now on.

    Raises PermissionDenied; RuleBroken "stale", "concluded", "future", "too_early" (field on).
    """
    assessment = _required(assessment_id, actor, version, AssessmentState.CONCLUDED)
    require_past(on, at)
    if on < assessment.concluded_on:
        message = _("The risk is assessed before the decision: it was concluded on %(day)s.")
        raise RuleBroken("too_early", message % {"day": assessment.concluded_on}, "on")
    assessment.state, assessment.decided_on = AssessmentState.CARRIED_OUT, on
    assessment.store()
    record(actor, "cases.assessment.decided", assessment, on=str(on))
    return assessment


@action
def set_duty(
    assessment_id: int,
    *,
    actor: Actor,
    at: datetime,
    what: str,
    owed_by: Organization,
    due_on: date,
    token: str | None = None,
) -> Duty:
    """What a unit has to do while the decision is carried out (GL-35).

    Raises PermissionDenied; RuleBroken "concluded", "independent" (field owed_by), "past"
    (field due_on), "form_used".
    """
    assessment = _locked(assessment_id)
    made = Duty.made_before(token, what=what)
    if made is not None:
        return made
    policy_for(Assessment).require(actor, "edit", assessment)
    _require_state(assessment, AssessmentState.CARRIED_OUT)
    if independent(owed_by) and (actor is None or not works_for(actor, owed_by)):
        message = _("What “%(unit)s” does, and by when, it enters itself.")
        raise RuleBroken("independent", message % {"unit": owed_by.short_name}, "owed_by")
    today = timezone.localtime(at).date()
    if due_on < today:
        raise RuleBroken("past", _("The last day is over already."), "due_on")
    duty = Duty(assessment=assessment, what=what, owed_by=owed_by, due_on=due_on, form_token=token)
    duty.store()
    _open_limit(duty, actor, today)
    record(actor, "cases.assessment.duty", assessment, what=what, unit=owed_by.short_name)
    return duty


def _open_limit(duty: Duty, actor: Actor, today: date) -> None:
    deadlines.open_deadline(
        duty,
        DUTY_LIMIT,
        actor=actor,
        title=duty.what,
        jurisdiction=duty.assessment.jurisdiction,
        owed_by=duty.owed_by,
        trigger_on=today,
        due_on=duty.due_on,
    )


@action
def finish_duty(
    duty_id: int, *, actor: Actor, at: datetime, on: date, outcome: str, version: int | None = None
) -> Duty:
    """Raises PermissionDenied; RuleBroken "stale", "step_over", "future" (field on)."""
    rows = Duty.objects.select_for_update(of=("self",))
    duty = rows.select_related("assessment__jurisdiction", "owed_by").get(pk=duty_id)
    policy_for(Duty).require(actor, "finish", duty)
    duty.require_version(version)
    if duty.done_on is not None:
        raise RuleBroken("step_over", _("This step is over already."))
    require_past(on, at)
    duty.done_on, duty.outcome = on, outcome
    duty.store()
    deadlines.meet(duty, DUTY_LIMIT, actor=actor, on=on)
    record(actor, "cases.assessment.duty_done", duty.assessment, what=duty.what, on=str(on))
    return duty


@action
def compare(
    assessment_id: int, *, actor: Actor, at: datetime, lesson: str, version: int | None = None
) -> Assessment:
    """Keep how many disputes arose since the decision, and what is learnt from it.

    Raises PermissionDenied; RuleBroken "stale", "concluded".
    """
    assessment = _required(assessment_id, actor, version, AssessmentState.CARRIED_OUT)
    today = timezone.localtime(at).date()
    assessment.state, assessment.compared_on = AssessmentState.COMPARED, today
    assessment.arisen, assessment.lesson = arisen(assessment, today).total, lesson
    assessment.store()
    record(actor, "cases.assessment.compared", assessment, arisen=assessment.arisen)
    return assessment


def _required(
    assessment_id: int, actor: Actor, version: int | None, state: AssessmentState
) -> Assessment:
    assessment = _locked(assessment_id)
    policy_for(Assessment).require(actor, "edit", assessment)
    assessment.require_version(version)
    _require_state(assessment, state)
    return assessment


def _require_state(assessment: Assessment, state: AssessmentState) -> None:
    if assessment.state != state:
        message = _("This is not possible while it is “%(state)s”.")
        raise RuleBroken("concluded", message % {"state": assessment.get_state_display()})


def _locked(assessment_id: int) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",))
    found: Assessment = rows.select_related("jurisdiction", "organization").get(pk=assessment_id)
    return found
