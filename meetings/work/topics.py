"""What topics, notices and receipts put on a desk: topics to submit and to decide, the own
side's notice, receipts to return, receipts awaited."""

from django.db.models import Count, Exists, OuterRef, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.policy import policy_for
from foundations.access.templatetags.portal import short_day
from foundations.ledgers.work import WorkItem
from mechanisms.queries import parties
from meetings.actions.agenda import MATTER
from meetings.actions.receipts import receipt_due_on
from meetings.models import ConfidentialReader, Invitation, Meeting, SideNotice, Topic
from meetings.policy.circle import is_officer, own_side
from meetings.policy.topics import OPEN_TO_TOPICS, asked_for_topics
from meetings.states import MeetingState, ReceiptState, TopicState
from meetings.work.reading import Reading
from members.desk import Sort, Sorts
from members.models import User
from members.states import Role
from services.consents.models import Consent, ConsentState


def items(reading: Reading) -> list[WorkItem]:
    found = []
    if reading.mine.is_secretariat:
        found += _undecided(reading)
    if reading.mine.has(Role.LIAISON_OFFICER):
        for part in (_own_topics, _agendas, _notices, _awaited):
            found += part(reading)
    return found


def sorts(reading: Reading) -> Sorts:
    invited = Invitation.objects.notified().filter(
        person=reading.user.person_id,
        receipt=ReceiptState.NONE,
        meeting__state=MeetingState.NOTIFIED,
        meeting__started_at__isnull=True,
    )
    if reading.user.person_id is not None:
        yield Sort(invited, _receipts)
    named = ConfidentialReader.objects.named().filter(user=reading.user, signed_at__isnull=True)
    yield Sort(named.filter(topic__meeting__state__in=OPEN_TO_TOPICS), _undertakings)
    if reading.mine.has(Role.MEMBER_UNIT):
        yield Sort(_without_topic(reading), _wanted_topics)


def _receipts(reading: Reading, rows: QuerySet[Invitation]) -> list[WorkItem]:
    waiting = list(rows.select_related("meeting__mechanism__jurisdiction").order_by("pk"))
    reading.share(row.meeting for row in waiting)
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
        for row in waiting
    ]


def _undertakings(_reading: Reading, unsigned: QuerySet[ConfidentialReader]) -> list[WorkItem]:
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


def _without_topic(reading: Reading) -> QuerySet[Meeting]:
    """A member unit is asked for topics while they are collected, until it gave one in."""
    own = Topic.objects.filter(meeting=OuterRef("pk"), organization__in=reading.mine.organizations)
    return asked_for_topics(reading.user).filter(
        ~Exists(own), state=MeetingState.COLLECTING, topics_due_on__gte=reading.on
    )


def _wanted_topics(_reading: Reading, wanted: QuerySet[Meeting]) -> list[WorkItem]:
    return [_topic_wanted(meeting) for meeting in wanted.order_by("topics_due_on", "pk")]


def _own_topics(reading: Reading) -> list[WorkItem]:
    """So is each secretariat, until its side gave one in."""
    return [
        _topic_wanted(meeting)
        for meeting in reading.gathering
        if meeting.state == MeetingState.COLLECTING
        and meeting.topics_due_on
        and meeting.topics_due_on >= reading.on
        and not any(topic.side in reading.mine.sides for topic in reading.topics_of(meeting))
    ]


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


def _undecided(reading: Reading) -> list[WorkItem]:
    """Topics that may be opened and wait for a place on the agenda."""
    waiting = {
        meeting: sum(
            topic.opens and topic.state == TopicState.SUBMITTED
            for topic in reading.topics_of(meeting)
        )
        for meeting in reading.gathering
    }
    return [
        WorkItem(
            group="todo",
            title=_("Decide on the topics of %(meeting)s") % {"meeting": meeting.title},
            url=f"{meeting.get_absolute_url()}#topics",
            verb=_("Decide"),
            day=meeting.planned_on,
            meta=(
                ngettext("%(n)d topic to decide", "%(n)d topics to decide", count) % {"n": count},
            ),
            party=_("Both sides"),
        )
        for meeting, count in waiting.items()
        if count
    ]


def _agendas(reading: Reading) -> list[WorkItem]:
    """Agendas put to the sides: to answer for those asked, to await for who proposed."""
    found = []
    for meeting in reading.gathering:
        consent = reading.consent(meeting, MATTER)
        if consent is None or consent.state != ConsentState.OPEN:
            continue
        side = own_side(reading.user, meeting)
        answered = {given.side for given in consent.answers.all()}
        if side in consent.sides and side not in answered:
            url = reverse("meetings:answer", args=[consent.public_id])
            found.append(_agenda_item(consent, "todo", url, _("Answer"), _("Our side")))
        elif side == consent.proposed_by:
            url = meeting.get_absolute_url()
            found.append(_agenda_item(consent, "waiting", url, _("View"), _("The other side")))
    return found


def _agenda_item(consent: Consent, group: str, url: str, verb: str, party: str) -> WorkItem:
    return WorkItem(
        group=group,
        title=consent.title,
        url=url,
        verb=verb,
        day=consent.due_on,
        party=party,
        party_note=_("to answer"),
    )


def _notices(reading: Reading) -> list[WorkItem]:
    """The own side's notice, once the day is agreed and there is a topic to name in it."""
    ready = [
        meeting
        for meeting in reading.gathering
        if meeting.day_agreed_at is not None
        and any(topic.state == TopicState.ACCEPTED for topic in reading.topics_of(meeting))
    ]
    prefetch_related_objects(ready, "side_notices")
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
        if _own_notice_missing(reading.user, meeting)
    ]


def _own_notice_missing(user: User, meeting: Meeting) -> bool:
    notices = meeting.side_notices.all()
    told = {one.side for one in notices if one.sequence == meeting.sequence}
    policy = policy_for(SideNotice)
    return any(
        policy.can(user, "issue", SideNotice(meeting=meeting, side=party.side))
        for party in parties(meeting.mechanism)
        if party.side not in told
    )


def _awaited(reading: Reading) -> list[WorkItem]:
    """Receipts of the own side's people that have not come back."""
    meetings = [
        meeting
        for meeting in reading.gathering
        if meeting.state == MeetingState.NOTIFIED and is_officer(reading.user, meeting)
    ]
    missing = _receipts_missing(reading, meetings)
    return [
        WorkItem(
            group="waiting",
            title=_("Receipts for %(meeting)s") % {"meeting": meeting.title},
            url=reverse("meetings:invitations", args=[meeting.public_id]),
            verb=_("Remind"),
            day=receipt_due_on(meeting),
            meta=(
                ngettext("%(n)d receipt awaited", "%(n)d receipts awaited", missing[meeting.pk])
                % {"n": missing[meeting.pk]},
            ),
            party=_("Participants of our side"),
        )
        for meeting in meetings
        if meeting.pk in missing
    ]


def _receipts_missing(reading: Reading, meetings: list[Meeting]) -> dict[int, int]:
    """How many of the own side's people have not answered, the user aside, by meeting."""
    rows = Invitation.objects.notified().filter(
        meeting__in=[meeting.pk for meeting in meetings],
        side__in=reading.mine.sides,
        receipt=ReceiptState.NONE,
    )
    others = rows.exclude(person=reading.user.person_id)
    return dict(others.values_list("meeting").annotate(Count("pk")).order_by("meeting"))
