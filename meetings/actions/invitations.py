"""The only writers of who is invited; each side keeps its own list (YN-4)."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import provision
from meetings.actions.steps import locked
from meetings.models import Invitation, Meeting
from meetings.plan import rules_of
from meetings.policy.circle import sides_of
from meetings.states import AHEAD, InviteeCategory, MeetingKind
from members.models import Organization, Person
from members.rosters import RosterLine, roster
from members.states import SeatRole, Side

AFTER_THE_ROSTER = 100
EDITABLE = ("organization", "name", "unit_and_title", "email")


@action
def prepare_invitations(
    meeting_id: int, *, actor: Actor, at: datetime, side: str | None = None
) -> list[Invitation]:
    """Invite the members of the body as its roster stands on the meeting's day.

    The given side's, or every side's; whoever is invited already is left as they are.
    """
    meeting = locked(meeting_id)
    added = []
    for one in [side] if side else sides_of(meeting):
        policy_for(Invitation).require(actor, "edit", Invitation(meeting=meeting, side=one))
    _require_ahead(meeting)
    for invitation in from_roster(meeting, side):
        invitation.store()
        added.append(invitation)
        record(actor, "meetings.invitation.prepared", invitation, role=invitation.seat_role)
    return added


@action
def invite(
    meeting_id: int,
    *,
    side: str,
    actor: Actor,
    at: datetime,
    category: str,
    person: Person | None = None,
    organization: Organization | None = None,
    name: str = "",
    unit_and_title: str = "",
    email: str = "",
) -> Invitation:
    """Invite one more person to a side's list: of the directory, or by name and unit.

    Raises RuleBroken: "category_not_allowed" for a category that the text does not allow
    for this kind of meeting (YN-15, YN-18), "invited_already", "no_name", "meeting_over".
    """
    meeting = locked(meeting_id)
    invitation = Invitation(
        meeting=meeting,
        side=side,
        category=category,
        person=person,
        organization=organization,
        name=person.name if person else name.strip(),
        unit_and_title=unit_and_title.strip(),
        email=email.strip(),
    )
    _take_post(invitation)
    policy_for(Invitation).require(actor, "edit", invitation)
    _require_ahead(meeting)
    _require_category(meeting, category)
    _require_new(invitation)
    last = meeting.invitations.aggregate(last=Max("order"))["last"] or 0
    invitation.order = max(last, AFTER_THE_ROSTER) + 1
    invitation.store()
    record(actor, "meetings.invitation.added", invitation, category=category)
    return invitation


@action
def correct_invitation(
    invitation_id: int, *, actor: Actor, at: datetime, version: int | None = None, **given: Any
) -> Invitation:
    """Put right how an invitee is written; `given` are fields of `EDITABLE`."""
    invitation = _locked(invitation_id)
    policy_for(Invitation).require(actor, "edit", invitation)
    invitation.require_version(version)
    _require_ahead(invitation.meeting)
    for name in EDITABLE:
        if name in given and not (name == "name" and invitation.person):
            setattr(invitation, name, given[name])
    if not invitation.name.strip():
        raise RuleBroken("no_name", _("Give the name of whoever is invited."), field="name")
    invitation.store()
    record(actor, "meetings.invitation.corrected", invitation)
    return invitation


@action
def drop_invitation(invitation_id: int, *, actor: Actor, at: datetime) -> None:
    """Take somebody off the list before the notice; afterwards they can only be excused.

    Raises RuleBroken("already_notified").
    """
    invitation = _locked(invitation_id)
    policy_for(Invitation).require(actor, "edit", invitation)
    _require_ahead(invitation.meeting)
    if invitation.notified_at is not None:
        raise RuleBroken(
            "already_notified",
            _("%(name)s has been notified. Enter a leave of absence instead.")
            % {"name": invitation.name},
        )
    record(actor, "meetings.invitation.dropped", invitation, name=invitation.name)
    invitation.delete()


def from_roster(meeting: Meeting, side: str | None = None) -> list[Invitation]:
    """The invitations that the roster of the meeting's day still asks for, not saved.

    One a person, under the first of the person's seats; in the order of the roster.
    """
    if meeting.mechanism.body is None:
        return []
    known = set(meeting.invitations.values_list("person_id", flat=True))
    found = []
    for place, line in enumerate(roster(meeting.mechanism.body, meeting.planned_on), start=1):
        if line.person.pk in known or (side and line.side != side):
            continue
        known.add(line.person.pk)
        found.append(_of_seat(meeting, line, place))
    return found


def allowed_categories(meeting: Meeting) -> list[str]:
    """Whom the text lets this kind of meeting invite; the secretariats' staff always may."""
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    return [*rules.invitees.get(meeting.kind, ()), InviteeCategory.STAFF]


def _of_seat(meeting: Meeting, line: RosterLine, place: int) -> Invitation:
    unit = line.post.organization if line.post else None
    officer = line.role == SeatRole.LIAISON_OFFICER
    return Invitation(
        meeting=meeting,
        side=line.side if line.side in Side.values else Side.INVITED,
        category=InviteeCategory.STAFF if officer else InviteeCategory.MEMBER,
        person=line.person,
        organization=unit,
        name=line.person.name,
        unit_and_title=f"{unit.name}{line.post.title}" if line.post else "",
        seat_role=line.role,
        order=place,
    )


def _take_post(invitation: Invitation) -> None:
    """A person of the directory comes in the post of the day, unless another is written."""
    if invitation.person is None or invitation.unit_and_title:
        return
    posts = invitation.person.posts.on(invitation.meeting.planned_on)
    post = posts.select_related("organization").order_by("pk").first()
    if post is not None:
        invitation.organization = invitation.organization or post.organization
        invitation.unit_and_title = f"{post.organization.name}{post.title}"


def _locked(invitation_id: int) -> Invitation:
    """The invitation and, before it, its meeting, locked until the transaction ends."""
    meeting = locked(Invitation.objects.values_list("meeting_id", flat=True).get(pk=invitation_id))
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person", "organization")
        .get(pk=invitation_id)
    )
    invitation.meeting = meeting
    return invitation


def _require_ahead(meeting: Meeting) -> None:
    if meeting.state not in AHEAD or meeting.started_at is not None:
        raise RuleBroken("meeting_over", _("The list of invitees closes when the meeting begins."))


def _require_category(meeting: Meeting, category: str) -> None:
    if category in allowed_categories(meeting):
        return
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    regular = meeting.kind == MeetingKind.REGULAR
    number = rules.cadence_provision if regular else rules.ad_hoc_provision
    clause = provision(meeting.mechanism, number, meeting.planned_on) if number else None
    label = dict(InviteeCategory.choices).get(category, category)
    kind = rules.kind_labels.get(meeting.kind, meeting.get_kind_display())
    raise RuleBroken(
        "category_not_allowed",
        _("For “%(kind)s” the text (%(clause)s) does not provide for “%(category)s”.")
        % {"clause": clause.citation if clause else number, "category": label, "kind": kind},
        field="category",
    )


def _require_new(invitation: Invitation) -> None:
    if not invitation.name:
        raise RuleBroken("no_name", _("Give the name of whoever is invited."), field="name")
    same = invitation.meeting.invitations.filter(name=invitation.name)
    same = (
        same.filter(person=invitation.person)
        if invitation.person
        else same.filter(unit_and_title=invitation.unit_and_title)
    )
    if same.exists():
        raise RuleBroken(
            "invited_already",
            _("%(name)s is on the list already.") % {"name": invitation.name},
            field="person" if invitation.person else "name",
        )
