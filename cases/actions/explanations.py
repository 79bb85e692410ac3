"""判后答疑 (WJ-67…70): the notice goes with the judgment, the questions are recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases import tallies
from cases.actions.steps import locked_procedure
from cases.models import Explanation, Participant
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.states import Side
from services.deadlines.models import Deadline

APPEALS = ("XS-APP-J", "XS-APP-R")


@dataclass(frozen=True)
class ExplanationWords:
    """How the questions were answered; who was there is kept encrypted."""

    on: date
    place: str
    attendees: str
    questions: str
    answers: str
    acceptance: str
    intention: str


@action
def give_notice(
    participant_id: int,
    *,
    actor: Actor,
    at: datetime,
    window: str,
    answered_by: str,
    token: str | None = None,
) -> Explanation:
    """The notice was served together with the judgment, on the same day (WJ-68).

    Raises PermissionDenied; RuleBroken "no_court", "not_served", "noticed", "form_used".
    """
    found = Participant.objects.get(pk=participant_id)
    procedure = locked_procedure(found.procedure_id)
    participant = Participant.objects.select_related("party", "organization").get(
        pk=participant_id
    )
    participant.procedure = procedure
    row = Explanation(participant=participant)
    policy_for(Explanation).require(actor, "edit", row)
    made = Explanation.made_before(token, participant=participant)
    if made is not None:
        return made
    if procedure.organ.side != Side.COURT or procedure.outcome is None:
        message = _("Questions are answered on what a court has decided.")
        raise RuleBroken("no_court", message)
    if participant.served_on is None:
        message = _("The notice goes with the judgment: record first that it was served.")
        raise RuleBroken("not_served", message)
    if Explanation.objects.filter(participant=participant).exists():
        raise RuleBroken("noticed", _("This party has the notice already."))
    row.notified_on, row.window, row.answered_by = participant.served_on, window, answered_by
    row.form_token = token
    row.store()
    record(actor, "cases.explanation.noticed", row, on=str(row.notified_on))
    return row


@action
def record_explanation(
    explanation_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ExplanationWords,
    version: int | None = None,
) -> Explanation:
    """The party asked and was answered; nothing of it changes the appeal period.

    Raises PermissionDenied; RuleBroken "stale", "held", "future", "before_notice" (field on),
    "missing" (its field).
    """
    found = Explanation.objects.select_related("participant").get(pk=explanation_id)
    procedure = locked_procedure(found.participant.procedure_id)
    row = Explanation.objects.select_for_update(of=("self",)).get(pk=explanation_id)
    row.participant.procedure = procedure
    policy_for(Explanation).require(actor, "edit", row)
    row.require_version(version)
    _check(row, words, timezone.localtime(at).date())
    row.held_on, row.recorded_by = words.on, actor
    for name in FIELDS:
        setattr(row, name, getattr(words, name))
    row.store()
    tallies.refresh(procedure.dispute)
    record(
        actor,
        "cases.explanation.held",
        row,
        on=str(words.on),
        acceptance=words.acceptance,
    )
    return row


FIELDS = ("place", "attendees", "questions", "answers", "acceptance", "intention")


def _check(row: Explanation, words: ExplanationWords, today: date) -> None:
    if row.held_on is not None:
        raise RuleBroken("held", _("This record is written; it does not change any more."))
    if words.on > today:
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    if words.on < row.notified_on:
        message = _("That was before %(day)s.") % {"day": row.notified_on}
        raise RuleBroken("before_notice", message, "on")
    for name in FIELDS:
        if not getattr(words, name).strip():
            label = getattr(row._meta.get_field(name), "verbose_name", name)
            message = _("“%(field)s” is missing.") % {"field": label}
            raise RuleBroken("missing", message, name)


def last_day_to_appeal(participant: Participant) -> date | None:
    """What the notice prints; None where nothing can be appealed against."""
    rows = Deadline.objects.about(participant).filter(rule__in=APPEALS)
    return rows.order_by("-pk").values_list("due_on", flat=True).first()
