from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from foundations.access.visibility import Visibility
from meetings.models import Invitation, Meeting, MeetingText, ProgressReport, Resolution, Topic
from meetings.models.invitations import GUEST_CATEGORIES
from meetings.policy.circle import invited, is_officer, is_secretariat, took_part
from meetings.policy.topics import TopicPolicy
from meetings.states import ReportVerdict, ResolutionState, TextClass, TextState
from members.models import User
from members.standing import Standing, standing
from members.states import Role
from services.deadlines.models import Deadline

REPORTERS = (Role.MEMBER_UNIT, Role.LIAISON_OFFICER, Role.RECORDER)


def _meetings_of_side(mine: Standing) -> QuerySet[Meeting, Any]:
    """Meetings of the mechanisms in which the reader's side is a party."""
    return Meeting.objects.filter(
        mechanism__jurisdiction__in=mine.jurisdictions,
        mechanism__parties__side__in=mine.sides,
    ).values("pk")


def _meetings_of(invitations: Q) -> QuerySet[Invitation, Any]:
    """Meetings to which the reader belongs by such invitations, as more than a guest (G6)."""
    own = Invitation.objects.filter(invitations, notified_at__isnull=False)
    return own.exclude(category__in=GUEST_CATEGORIES).values("meeting")


def may_attach(text: MeetingText) -> bool:
    """May the text be attached to a case or quoted in an official document (YN-20, G7)?

    Never while it is internal, and a meeting opinion never at all; anything else once
    it is issued.
    """
    return (
        not text.internal
        and text.text_class != TextClass.OPINION
        and text.state == TextState.ISSUED
    )


@register(MeetingText)
class TextPolicy(Policy):
    """Drafts are the secretariats' own; an issued text has the readers of its class, and
    no grant widens them (YN-20, G6, G7): an opinion those who took part, minutes and
    consensus everyone on the list, on leave or not."""

    rules = {
        "revise": lambda user, text: is_secretariat(user, text.meeting),
        "propose": lambda user, text: is_officer(user, text.meeting),
        "confirm": lambda user, text: is_officer(user, text.meeting),
        "issue": lambda user, text: is_officer(user, text.meeting),
        "readers": lambda user, text: is_secretariat(user, text.meeting),
    }

    def visible(self, user: User, rows: QuerySet[MeetingText]) -> QuerySet[MeetingText]:
        mine = standing(user)
        listed = ~Q(visibility=Visibility.MEETING) & Q(meeting__in=_meetings_of(invited(user)))
        issued = listed | Q(meeting__in=_meetings_of(took_part(user)))
        if mine.has(Role.LEADER):
            issued |= Q(visibility=Visibility.JOINT, meeting__in=_meetings_of_side(mine))
        if mine.is_staff:
            issued |= Q(
                visibility=Visibility.PUBLISHABLE,
                meeting__mechanism__jurisdiction__in=mine.jurisdictions,
            )
        near = Q(state=TextState.ISSUED) & issued
        if mine.is_secretariat:
            near |= Q(meeting__in=_meetings_of_side(mine))
        return rows.filter(near)


def _owes(user: User, resolution: Resolution) -> bool:
    mine = standing(user)
    return mine.has(*REPORTERS) and resolution.lead_id in mine.organizations


def _follows(user: User, resolution: Resolution) -> bool:
    return is_secretariat(user, resolution.meeting)


def _hosts(user: User, resolution: Resolution) -> bool:
    meeting = resolution.meeting
    return any(is_officer(user, meeting, side) for side in meeting.hosts)


def _accepted(user: User, resolution: Resolution) -> bool:
    """Whoever counted it as done; once they are of no secretariat any more, the officers."""
    accepted = resolution.reports.filter(verdict=ReportVerdict.ACCEPTED).first()
    checker = accepted.answered_by if accepted else None
    if checker is not None and is_secretariat(checker, resolution.meeting):
        return user == checker
    return is_officer(user, resolution.meeting)


def _owed_once(mine: Standing) -> QuerySet[Deadline, Any]:
    """Resolutions that the reader's units owe or have owed: their time limits tell."""
    kind = ContentType.objects.get_for_model(Resolution)
    limits = Deadline.objects.filter(subject_type=kind, owed_by__in=mine.organizations)
    return limits.values("subject_id")


@register(Resolution)
class ResolutionPolicy(Policy):
    """Secretariats, leaders and participants see what is not confidential, and so does a
    unit that led it before; a unit sees what it leads or supports. What was decided on a
    confidential topic is seen besides by whoever may open that topic (YN-21), what is only
    noted at the meeting by the secretariats alone."""

    rules = {
        "report": _owes,
        "check": _follows,
        "cancel": _follows,
        "change_due": _follows,
        "change_lead": _hosts,
        "reopen": _accepted,
    }

    def visible(self, user: User, rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
        mine = standing(user)
        around = Q(meeting__in=_meetings_of(invited(user)))
        if mine.has(Role.LEADER):
            around |= Q(meeting__in=_meetings_of_side(mine))
        if mine.is_staff:
            around |= Q(pk__in=_owed_once(mine))
        known = around & ~Q(visibility=Visibility.INVITED)
        if mine.is_staff:
            known |= Q(lead__in=mine.organizations)
            supported = Resolution.support.through.objects.filter(
                organization__in=mine.organizations
            )
            known |= Q(pk__in=supported.values("resolution"))
        near = ~Q(state=ResolutionState.DRAFT) & known
        if mine.is_secretariat:
            opened = TopicPolicy().visible(user, Topic.objects.filter(confidential=True))
            plain = ~Q(visibility=Visibility.INVITED) | Q(topic__in=opened.values("pk"))
            near |= Q(meeting__in=_meetings_of_side(mine)) & plain
        return rows.filter(near)


@register(ProgressReport)
class ProgressPolicy(Policy):
    """Whoever sees the resolution sees what was reported on it."""

    def visible(self, user: User, rows: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
        resolutions = ResolutionPolicy().visible(user, Resolution.objects.all())
        return rows.filter(resolution__in=resolutions.values("pk"))
