"""Topics, invitations and notices: who may know, open, change them.

Three widening circles: the *agenda* is known to everyone invited; what lies behind a topic
is opened by the sides and units that take part; a confidential topic only by whoever gave
it in and by named readers who signed the undertaking (YN-21).
"""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register, visible_to
from meetings.models import ConfidentialReader, Invitation, Meeting, SideNotice, Topic
from meetings.models.invitations import GUEST_CATEGORIES
from meetings.policy.circle import acts_for_side, invited, is_officer, is_secretariat
from meetings.states import MeetingState, TopicState
from members.models import Organization, RoleBinding, Seat, User
from members.standing import standing
from members.states import Role

OPEN_TO_TOPICS = (MeetingState.COLLECTING, MeetingState.NOTIFIED)


def takes_part(organization: Organization, meeting: Meeting) -> bool:
    """Is the organization on the roster of the mechanism, or invited to the meeting?"""
    family = Q(organization=organization) | Q(organization__parent=organization)
    if meeting.invitations.filter(family).exists():
        return True
    at_post = Q(post__organization=organization) | Q(post__organization__parent=organization)
    return (
        Seat.objects.on(meeting.planned_on).filter(at_post, body=meeting.mechanism.body).exists()
    )


def submits(user: User, topic: Topic) -> bool:
    """A secretariat for its own side, a member unit for its own organization (YN-19)."""
    if topic.organization is None:
        return False
    if acts_for_side(user, topic.meeting, topic.organization.side):
        return True
    mine = standing(user)
    return (
        mine.has(Role.MEMBER_UNIT)
        and topic.organization_id in mine.organizations
        and takes_part(topic.organization, topic.meeting)
    )


def keeps(user: User, topic: Topic) -> bool:
    """Whoever may give it in may change it; confidential ones only after opening them."""
    return submits(user, topic) and opens(user, topic)


def decides(user: User, topic: Topic) -> bool:
    """Both secretariats put the agenda together (YN-5)."""
    return is_secretariat(user, topic.meeting) and opens(user, topic)


def opens(user: User, topic: Topic) -> bool:
    return not topic.confidential or opens_material(user, topic)


def opens_material(user: User, topic: Topic) -> bool:
    """May the user open what is confidential about the topic?"""
    own = (
        topic.submitted_by_id == user.pk and topic.organization_id in standing(user).organizations
    )
    return own or topic.readers.signed().filter(user=user).exists()


def names_readers(user: User, topic: Topic) -> bool:
    """Whoever gave the topic in, and the liaison officer of that side."""
    if topic.submitted_by_id == user.pk:
        return True
    side = topic.organization.side if topic.organization else topic.meeting.host
    return is_officer(user, topic.meeting, side)


def organizations_for(user: User, meeting: Meeting) -> QuerySet[Organization]:
    """The organizations in whose name the user may give in topics for the meeting."""
    mine = standing(user)
    units = Organization.objects.filter(jurisdiction=meeting.mechanism.jurisdiction_id)
    units = units.on(meeting.planned_on)
    if is_secretariat(user, meeting):
        return units.filter(side__in=mine.sides, parent__isnull=True)
    if not mine.has(Role.MEMBER_UNIT):
        return units.none()
    own = [one.pk for one in units.filter(pk__in=mine.organizations) if takes_part(one, meeting)]
    return units.filter(pk__in=own)


def possible_readers(meeting: Meeting, on: date) -> QuerySet[User]:
    """Accounts of whoever is invited, and of the secretariats."""
    staff = RoleBinding.objects.on(on).filter(
        role__in=(Role.LIAISON_OFFICER, Role.RECORDER),
        jurisdiction=meeting.mechanism.jurisdiction_id,
    )
    asked = Q(person__invitations__meeting=meeting) | Q(pk__in=staff.values("user"))
    return User.objects.filter(asked, is_active=True).distinct().order_by("pk")


def asked_for_topics(user: User) -> QuerySet[Meeting]:
    """The meetings to which the user may send topics, as far as roles decide it."""
    mine = standing(user)
    near = Q(pk__in=visible_to(user, Meeting).values("pk"))
    if mine.has(Role.MEMBER_UNIT):
        units = Q(organization__in=mine.organizations) | Q(
            organization__parent__in=mine.organizations
        )
        bodies = Seat.objects.filter(
            Q(post__organization__in=mine.organizations)
            | Q(post__organization__parent__in=mine.organizations)
        )
        called = Q(pk__in=Invitation.objects.filter(units).values("meeting"))
        called |= Q(mechanism__body__in=bodies.values("body"))
        near |= called & Q(state__in=OPEN_TO_TOPICS)
    return Meeting.objects.filter(near)


def _invited_to(user: User, *, as_guest: bool) -> QuerySet[Invitation, Any]:
    mine = Invitation.objects.notified().filter(invited(user))
    mine = mine if as_guest else mine.exclude(category__in=GUEST_CATEGORIES)
    return mine.values("meeting")


def _near(user: User, *, as_guest: bool) -> Q:
    """Topics of the user's meetings, side or unit, before any confidentiality."""
    mine = standing(user)
    found = Q(meeting__in=_invited_to(user, as_guest=as_guest), state=TopicState.ACCEPTED)
    if mine.has(Role.MEMBER_UNIT):
        found |= Q(organization__in=mine.organizations)
    if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
        found |= Q(meeting__mechanism__jurisdiction__in=mine.jurisdictions)
    return found


@register(Topic)
class TopicPolicy(Policy):
    """`visible` are the topics that the user may open; `known` those whose title they
    may read; of the others on the agenda they see a line without words."""

    rules = {
        "submit": submits,
        "edit": keeps,
        "withdraw": keeps,
        "decide": decides,
        "name_readers": names_readers,
        "open_confidential": opens_material,
    }

    def visible(self, user: User, rows: QuerySet[Topic]) -> QuerySet[Topic]:
        signed = ConfidentialReader.objects.signed().filter(user=user.pk)
        plain = Q(confidential=False) & _near(user, as_guest=False)
        return rows.filter(plain | Q(confidential=True) & self._own(user, signed))

    def known(self, user: User, rows: QuerySet[Topic]) -> QuerySet[Topic]:
        named = ConfidentialReader.objects.named().filter(user=user.pk)
        plain = Q(confidential=False) & _near(user, as_guest=True)
        closed = self._own(user, named)
        mine = standing(user)
        if mine.has(Role.LIAISON_OFFICER):
            closed |= Q(
                organization__side__in=mine.sides,
                meeting__mechanism__jurisdiction__in=mine.jurisdictions,
            )
        return rows.filter(plain | Q(confidential=True) & closed)

    @staticmethod
    def _own(user: User, readers: QuerySet[ConfidentialReader]) -> Q:
        given_in = Q(submitted_by=user.pk, organization__in=standing(user).organizations)
        return given_in | Q(pk__in=readers.values("topic"))


def known_topics(user: User, rows: QuerySet[Topic]) -> QuerySet[Topic]:
    """The topics among `rows` whose title the user may read; `visible_to` says which they
    may open."""
    return TopicPolicy().known(user, rows)


@register(ConfidentialReader)
class ReaderPolicy(Policy):
    rules = {"sign": lambda user, reader: reader.user_id == user.pk and reader.ended_at is None}

    def visible(
        self, user: User, rows: QuerySet[ConfidentialReader]
    ) -> QuerySet[ConfidentialReader]:
        """The own undertakings, and the readers of topics that the user may open."""
        topics = TopicPolicy().visible(user, Topic.objects.all())
        return rows.filter(Q(user=user.pk) | Q(topic__in=topics.values("pk")))


def answers(user: User, invitation: Invitation) -> bool:
    """The invitee, or the liaison officer of the side on the invitee's behalf."""
    own = user.person_id is not None and invitation.person_id == user.person_id
    return own or is_officer(user, invitation.meeting, invitation.side)


@register(Invitation)
class InvitationPolicy(Policy):
    """Whoever takes part sees who else does; a guest only the own invitation (G11)."""

    rules = {
        "edit": lambda user, row: acts_for_side(user, row.meeting, row.side),
        "answer": answers,
        "mark": lambda user, row: is_secretariat(user, row.meeting),
    }

    def visible(self, user: User, rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
        mine = standing(user)
        near = invited(user) & Q(notified_at__isnull=False)
        near |= Q(meeting__in=_invited_to(user, as_guest=False))
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(meeting__mechanism__jurisdiction__in=mine.jurisdictions)
        return rows.filter(near)


@register(SideNotice)
class SideNoticePolicy(Policy):
    rules = {"issue": lambda user, notice: is_officer(user, notice.meeting, notice.side)}

    def visible(self, user: User, rows: QuerySet[SideNotice]) -> QuerySet[SideNotice]:
        return rows.filter(meeting__in=visible_to(user, Meeting).values("pk"))
