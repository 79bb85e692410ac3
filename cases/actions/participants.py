"""Who takes part in a procedure that goes on: joined, left, succeeded, served."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import tallies
from cases.actions.access import admit, dismiss
from cases.actions.clocks import open_answers
from cases.actions.roles import Entrant, add, roles_of
from cases.actions.steps import check_day, locked_procedure, take
from cases.models import Event, Participant, Party, Procedure
from cases.policy.circle import enters
from cases.standing import refresh
from cases.states import PartyRole
from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization, Succession
from services.deadlines import actions as deadlines
from services.deadlines.models import Deadline, DeadlineState

JOINED = gettext_lazy("%(party)s joins (%(role)s)")
LEFT = gettext_lazy("%(party)s leaves (%(role)s)")
SUCCEEDED = gettext_lazy("%(party)s takes the place of %(before)s (%(role)s)")
LIVE = (DeadlineState.OPEN, DeadlineState.SUSPENDED)
Moment = tuple[datetime, date, str]
"""When it is recorded, when it happened, and why it is recorded only then."""


@action
def add_party_to(
    procedure_id: int, *, actor: Actor, at: datetime, on: date, party: Party, reason: str = ""
) -> Participant:
    """A party of the dispute joins those who brought the matter up.

    This and the following raise PermissionDenied; RuleBroken "closed", "in_already" (field
    party or organization), "other_dispute" (field party), and of days as `take`.
    """
    procedure = _open(procedure_id, actor)
    first = procedure.participants.claimants().first()
    role = first.role if first is not None else roles_of(procedure, None)[0]
    return _join(procedure, party, role, actor, (at, on, reason))


@action
def add_agency_to(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    organization: Organization,
    reason: str = "",
) -> Participant:
    """An agency joins as co-respondent or co-defendant; what the others must answer by now,
    it must answer counted from `on`. Raises "ceased" too (field organization).
    """
    procedure = _open(procedure_id, actor)
    first = procedure.participants.agencies().first()
    role = first.role if first is not None else roles_of(procedure, None)[1]
    part = _join(procedure, organization, role, actor, (at, on, reason))
    open_answers(procedure, organization, actor=actor, on=on)
    refresh(procedure.dispute)
    return part


@action
def add_third_party(
    procedure_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    entrant: Entrant,
    reason: str = "",
) -> Participant:
    """A party or an organization joins as a third party."""
    procedure = _open(procedure_id, actor)
    return _join(procedure, entrant, PartyRole.THIRD_PARTY, actor, (at, on, reason))


@action
def remove_participant(
    participant_id: int, *, actor: Actor, at: datetime, on: date, reason: str
) -> None:
    """Somebody was entered by mistake, or leaves; before anything was served on them.

    Raises "served", "last_one", "no_reason" (field reason).
    """
    part = Participant.objects.select_related("party", "organization").get(pk=participant_id)
    procedure = _open(part.procedure_id, actor)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")
    if part.served_on or Deadline.objects.about(part).exists() or _was_served(procedure, part):
        message = _("“%(party)s” has been served; it cannot be taken out any more.")
        raise RuleBroken("served", message % {"party": part})
    others = procedure.participants.exclude(pk=part.pk)
    if not (others.claimants().exists() and others.agencies().exists()):
        raise RuleBroken("last_one", _("A procedure needs somebody on both sides."))
    _note(procedure, "left", LEFT, part, actor, (at, on, reason))
    unit = part.organization
    part.delete()
    if unit is not None:
        _let_go(procedure, unit, actor=actor, on=on)
    refresh(procedure.dispute)


@action
def replace_participant(
    participant_id: int, *, actor: Actor, at: datetime, on: date, entrant: Entrant, reason: str
) -> Participant:
    """The successor of an organization that ceased, or the heir of a party, takes its place.

    Raises "not_ceased", "no_successor" (field entrant), "no_reason" (field reason).
    """
    part = Participant.objects.select_related("party", "organization").get(pk=participant_id)
    procedure = _open(part.procedure_id, actor)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why."), "reason")
    _check_successor(part, entrant, on)
    _check_entrant(procedure, entrant, part.role, timezone.localtime(at).date())
    before = str(part)
    part.party = entrant if isinstance(entrant, Party) else None
    part.organization = entrant if isinstance(entrant, Organization) else None
    part.store()
    _note(procedure, "succeeded", SUCCEEDED, part, actor, (at, on, reason), before=before)
    if part.organization is not None:
        admit(procedure.dispute, [part.organization], "party")
    tallies.refresh(procedure.dispute)
    return part


@action
def serve_on(
    participant_id: int, *, actor: Actor, at: datetime, on: date, reason: str = ""
) -> Procedure:
    """The paper that closed the procedure was served on somebody; before it is closed, the
    copy of the application. Raises what `cases.actions.steps.take` does.
    """
    part = Participant.objects.select_related("procedure", "organization", "party").get(
        pk=participant_id
    )
    step = "serve" if part.procedure.mode else "send"
    given = {"served_party": part}
    return take(part.procedure_id, step, actor=actor, at=at, on=on, given=given, reason=reason)


def _open(procedure_id: int, actor: Actor) -> Procedure:
    procedure = locked_procedure(procedure_id)
    if not enters(actor, procedure):
        raise PermissionDenied("enter")
    if not procedure.is_open:
        raise RuleBroken("closed", _("The procedure is closed; who took part in it stays."))
    return procedure


def _join(
    procedure: Procedure, entrant: Entrant, role: str, actor: Actor, moment: Moment
) -> Participant:
    _check_entrant(procedure, entrant, role, timezone.localtime(moment[0]).date())
    part = add(procedure, entrant, role, procedure.participants.filter(role=role).count())
    _note(procedure, "joined", JOINED, part, actor, moment)
    if isinstance(entrant, Organization):
        admit(procedure.dispute, [entrant], "party")
    return part


def _check_entrant(procedure: Procedure, entrant: Entrant, role: str, today: date) -> None:
    parts = procedure.participants.filter(role=role)
    if isinstance(entrant, Party):
        if entrant.dispute_id != procedure.dispute_id:
            message = _("Enter “%(party)s” as a party of this dispute first.")
            raise RuleBroken("other_dispute", message % {"party": entrant}, "party")
        field, taken = "party", parts.filter(party=entrant).exists()
    else:
        field, taken = "organization", parts.filter(organization=entrant).exists()
        if not entrant.holds_on(today):
            message = _("“%(unit)s” has ceased; choose its successor.")
            raise RuleBroken("ceased", message % {"unit": entrant.short_name}, field)
    if taken:
        message = _("“%(party)s” takes part in this procedure already.")
        raise RuleBroken("in_already", message % {"party": entrant}, field)


def _check_successor(part: Participant, entrant: Entrant, on: date) -> None:
    old = part.organization
    if old is None or isinstance(entrant, Party):
        if old is None and isinstance(entrant, Party):
            return
        message = _("A party is followed by a party, an organization by an organization.")
        raise RuleBroken("no_successor", message, "entrant")
    if old.holds_on(on):
        message = _("“%(unit)s” has not ceased; only who took its place can follow it.")
        raise RuleBroken("not_ceased", message % {"unit": old.short_name}, "entrant")
    if not Succession.objects.filter(predecessor=old, successor=entrant, on__lte=on).exists():
        message = _("“%(unit)s” did not take the place of “%(old)s”.")
        words = {"unit": entrant.short_name, "old": old.short_name}
        raise RuleBroken("no_successor", message % words, "entrant")


def _was_served(procedure: Procedure, part: Participant) -> bool:
    served = procedure.events.filter(step__in=("send", "serve")).values_list("facts", flat=True)
    return any(fact.get("served_party") == part.public_id for fact in served)


def _let_go(procedure: Procedure, unit: Organization, *, actor: Actor, on: date) -> None:
    """What it had to answer falls away; it sees the dispute only for another part in it."""
    if unit != procedure.organ:
        owed = Deadline.objects.about(procedure).filter(owed_by=unit, state__in=LIVE)
        for rule in list(owed.values_list("rule", flat=True)):
            deadlines.cancel(procedure, rule, actor=actor, on=on, owed_by=unit)
    dismiss(procedure.dispute, unit)


def _note(
    procedure: Procedure,
    step: str,
    words: Promise,
    part: Participant,
    actor: Actor,
    moment: Moment,
    **told: str,
) -> None:
    """An event of the procedure, as every change of who takes part in it is one."""
    at, on, reason = moment
    late = check_day(procedure, on, at, reason)
    with translation.override(settings.LANGUAGE_CODE):
        name = str(words) % {"party": part, "role": part.get_role_display(), **told}
    Event.objects.create(
        procedure=procedure,
        step=step,
        name=name[:60],
        on=on,
        at=at,
        actor=actor,
        before=procedure.state,
        after=procedure.state,
        backdated=late,
        reason=reason[:300],
        facts={"participant": part.public_id, "role": part.role},
    )
    record(actor, f"cases.participant.{step}", procedure, name=name, on=str(on))
