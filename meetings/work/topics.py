"""What topics, notices and receipts put on a desk: topics to submit and to decide, the own
side's notice, receipts to return, receipts awaited."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.policy import policy_for, visible_to
from foundations.access.templatetags.portal import short_day
from foundations.ledgers.work import WorkItem
from mechanisms.queries import parties
from meetings.actions.agenda import MATTER
from meetings.actions.receipts import receipt_due_on
from meetings.models import ConfidentialReader, Invitation, Meeting, SideNotice, Topic
from meetings.policy.circle import is_officer, own_side
from meetings.policy.topics import OPEN_TO_TOPICS, asked_for_topics
from meetings.states import MeetingState, ReceiptState, TopicState
from members.standing import standing
from members.states import Role
from services.consents.models import Consent, ConsentState


def items(user, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    found = [*_receipts(user), *_undertakings(user)]
    if mine.has(Role.MEMBER_UNIT):
        found += _wanted_topics(user, mine.organizations, on)
    if mine.is_secretariat:
        found += _undecided(user)
    if mine.has(Role.LIAISON_OFFICER):
        found += [*_own_topics(user, on), *_agendas(user), *_notices(user), *_awaited(user)]
    return found


def _gathering(user):
    """Meetings that the user sees and that have not begun."""
    return (
        visible_to(user, Meeting)
        .filter(state__in=OPEN_TO_TOPICS, started_at__isnull=True)
        .select_related("mechanism__jurisdiction")
        .order_by("planned_on", "pk")
    )


def _receipts(user) -> list[WorkItem]:
    if user.person_id is None:
        return []
    waiting = Invitation.objects.notified().filter(
        person=user.person_id,
        receipt=ReceiptState.NONE,
        meeting__state=MeetingState.NOTIFIED,
        meeting__started_at__isnull=True,
    )
    return [
        WorkItem(
            group="sign",
            title=_("Return the receipt for %(meeting)s") % {"meeting": row.meeting},
            url=reverse("meetings:receipt", args=[row.public_id]),
            verb=_("Return the receipt"),
            day=receipt_due_on(row.meeting),
            meta=(_("meeting on %(day)s") % {"day": short_day(row.meeting.planned_on)},),
            party=_("Our side"),
        )
        for row in waiting.select_related("meeting__mechanism__jurisdiction").order_by("pk")
    ]


def _undertakings(user) -> list[WorkItem]:
    unsigned = ConfidentialReader.objects.named().filter(
        user=user, signed_at__isnull=True, topic__meeting__state__in=OPEN_TO_TOPICS
    )
    return [
        WorkItem(
            group="sign",
            title=_("Sign the undertaking for a confidential topic"),
            url=reverse("meetings:undertaking", args=[reader.topic.public_id]),
            verb=_("Sign"),
            day=reader.topic.meeting.planned_on,
            meta=(str(reader.topic.meeting),),
            party=_("Our side"),
        )
        for reader in unsigned.select_related("topic__meeting").order_by("pk")
    ]


def _wanted_topics(user, organizations, on: date) -> list[WorkItem]:
    """A member unit is asked for topics while they are collected, until it gave one in."""
    own = Topic.objects.filter(meeting=OuterRef("pk"), organization__in=organizations)
    wanted = asked_for_topics(user).filter(
        ~Exists(own), state=MeetingState.COLLECTING, topics_due_on__gte=on
    )
    return [_topic_wanted(meeting) for meeting in wanted.order_by("topics_due_on", "pk")]


def _own_topics(user, on: date) -> list[WorkItem]:
    """So is each secretariat, until its side gave one in."""
    own = Topic.objects.filter(meeting=OuterRef("pk"), organization__side__in=standing(user).sides)
    wanted = _gathering(user).filter(
        ~Exists(own), state=MeetingState.COLLECTING, topics_due_on__gte=on
    )
    return [_topic_wanted(meeting) for meeting in wanted]


def _topic_wanted(meeting: Meeting) -> WorkItem:
    return WorkItem(
        group="todo",
        title=_("Submit topics for %(meeting)s") % {"meeting": meeting.title},
        url=reverse("meetings:topic-new", args=[meeting.public_id]),
        verb=_("Submit a topic"),
        day=meeting.topics_due_on,
        meta=(_("each with a concrete opinion and its material"),),
        party=_("Our side"),
    )


def _undecided(user) -> list[WorkItem]:
    """Topics that may be opened and wait for a place on the agenda."""
    open_now = Q(topics__state=TopicState.SUBMITTED, topics__in=visible_to(user, Topic))
    meetings = _gathering(user).annotate(undecided=Count("topics", filter=open_now))
    return [
        WorkItem(
            group="todo",
            title=_("Decide on the topics of %(meeting)s") % {"meeting": meeting.title},
            url=f"{meeting.get_absolute_url()}#topics",
            verb=_("Decide"),
            day=meeting.planned_on,
            meta=(
                ngettext("%(n)d topic to decide", "%(n)d topics to decide", meeting.undecided)
                % {"n": meeting.undecided},
            ),
            party=_("Both sides"),
        )
        for meeting in meetings.filter(undecided__gt=0)
    ]


def _agendas(user) -> list[WorkItem]:
    """Agendas put to the sides: to answer for those asked, to await for who proposed."""
    meetings = {meeting.pk: meeting for meeting in _gathering(user)}
    waiting = Consent.objects.filter(
        subject_type=ContentType.objects.get_for_model(Meeting),
        subject_id__in=meetings,
        matter=MATTER,
        state=ConsentState.OPEN,
    )
    found = []
    for consent in waiting.prefetch_related("answers").order_by("pk"):
        side = own_side(user, meetings[consent.subject_id])
        answered = {given.side for given in consent.answers.all()}
        if side in consent.sides and side not in answered:
            found.append(_agenda_item(consent, "todo", _("Answer")))
        elif side == consent.proposed_by:
            found.append(_agenda_item(consent, "waiting", _("View")))
    return found


def _agenda_item(consent: Consent, group: str, verb: str) -> WorkItem:
    asked = group == "todo"
    url = (
        reverse("meetings:answer", args=[consent.public_id])
        if asked
        else consent.subject.get_absolute_url()
    )
    return WorkItem(
        group=group,
        title=consent.title,
        url=url,
        verb=verb,
        day=consent.due_on,
        party=_("Our side") if asked else _("The other side"),
        party_note=_("to answer"),
    )


def _notices(user) -> list[WorkItem]:
    """The own side's notice, once the day is agreed and there is a topic to name in it."""
    agenda = Topic.objects.filter(meeting=OuterRef("pk"), state=TopicState.ACCEPTED)
    ready = _gathering(user).filter(Exists(agenda), day_agreed_at__isnull=False)
    return [
        WorkItem(
            group="todo",
            title=_("Issue your side's notice of %(meeting)s") % {"meeting": meeting.title},
            url=reverse("meetings:notice", args=[meeting.public_id]),
            verb=_("Issue the notice"),
            day=receipt_due_on(meeting),
            meta=(_("meeting on %(day)s") % {"day": short_day(meeting.planned_on)},),
            party=_("Our side"),
            party_note=_("to be issued anew after the change") if meeting.sequence else "",
        )
        for meeting in ready
        if _own_notice_missing(user, meeting)
    ]


def _own_notice_missing(user, meeting: Meeting) -> bool:
    told = set(
        meeting.side_notices.filter(sequence=meeting.sequence).values_list("side", flat=True)
    )
    policy = policy_for(SideNotice)
    return any(
        policy.can(user, "issue", SideNotice(meeting=meeting, side=party.side))
        for party in parties(meeting.mechanism)
        if party.side not in told
    )


def _awaited(user) -> list[WorkItem]:
    """Receipts of the own side's people that have not come back."""
    sides = standing(user).sides
    open_ones = Q(
        invitations__receipt=ReceiptState.NONE,
        invitations__notified_at__isnull=False,
        invitations__side__in=sides,
    ) & ~Q(invitations__person=user.person_id)
    meetings = _gathering(user).filter(state=MeetingState.NOTIFIED)
    meetings = meetings.annotate(awaited=Count("invitations", filter=open_ones))
    return [
        WorkItem(
            group="waiting",
            title=_("Receipts for %(meeting)s") % {"meeting": meeting.title},
            url=reverse("meetings:invitations", args=[meeting.public_id]),
            verb=_("Remind"),
            day=receipt_due_on(meeting),
            meta=(
                ngettext("%(n)d receipt awaited", "%(n)d receipts awaited", meeting.awaited)
                % {"n": meeting.awaited},
            ),
            party=_("Participants of our side"),
        )
        for meeting in meetings.filter(awaited__gt=0)
        if is_officer(user, meeting)
    ]
