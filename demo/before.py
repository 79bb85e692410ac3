"""How a meeting comes about: the day agreed, topics collected, notices sent, receipts."""

from datetime import date, datetime, time, timedelta

from demo.city import City, other
from demo.diary import Deed, Diary
from demo.papers import material
from meetings.actions import agenda, days, invitations, notices, receipts, topics
from meetings.models import Invitation, Meeting, Topic
from meetings.states import InviteeCategory, ReceiptState, TopicState
from members.states import Side
from services.consents.models import Verdict
from services.consents.queries import current

PROPOSED, ANSWERED, INVITED, GIVEN_IN, SETTLED, TOLD, RECEIPTS = 19, 17, 15, 14, 9, 6, 4
"""Working days before a meeting; topics are due ten before it."""
ROOMS = {Side.GOVERNMENT: "市政府三号会议室", Side.COURT: "市人民法院三楼会议室"}
MORNING, AFTERNOON = time(9, 0), time(14, 30)
SUBSTITUTES = ("贺文洲", "苗青", "古丽娜尔·艾山", "季云帆", "申屠宁", "骆一鸣", "江澄")
GUESTS = (
    (InviteeCategory.CONGRESS_DEPUTY, "孟远", "示范市人大代表"),
    (InviteeCategory.CONSULTATIVE_MEMBER, "白桦", "示范市政协委员"),
    (InviteeCategory.LAWYER, "严昭", "示范明理律师事务所律师"),
)


def host_of(meeting: Meeting) -> str:
    meeting.refresh_from_db()
    return meeting.host


def agree_on_day(city: City, diary: Diary, meeting: Meeting, day: date, *, amended: bool) -> None:
    """The host proposes, the other side agrees; `amended`: it asks for the afternoon first."""
    starts_at = AFTERNOON if amended else MORNING

    def propose(at: datetime, clock: time = MORNING) -> None:
        host = host_of(meeting)
        days.propose_day(
            meeting.pk,
            actor=city.officer(host),
            at=at,
            day=day,
            starts_at=clock,
            place=ROOMS[Side(host)],
        )

    def ask_for_afternoon(at: datetime) -> None:
        days.answer_day(
            current(meeting, "day").pk,
            actor=city.officer(other(host_of(meeting))),
            at=at,
            verdict=Verdict.AMEND,
            remark="当日上午有庭审安排，建议改为下午两点半。",
        )

    def agree(at: datetime) -> None:
        days.answer_day(
            current(meeting, "day").pk,
            actor=city.officer(other(host_of(meeting))),
            at=at,
            verdict=Verdict.AGREE,
        )

    diary.enter(city.ahead(day, PROPOSED), "10:05", propose)
    if amended:
        diary.enter(city.ahead(day, PROPOSED - 1), "09:20", ask_for_afternoon)
        diary.enter(city.ahead(day, PROPOSED - 1), "11:10", lambda at: propose(at, starts_at))
    diary.enter(city.ahead(day, ANSWERED), "15:40", agree)


def collect_topics(
    city: City, diary: Diary, meeting: Meeting, planned: list[dict], day: date
) -> None:
    """Units are invited and give in their topics, each with material."""
    diary.enter(
        city.ahead(day, INVITED), "09:15", lambda at: _invite_units(city, meeting, planned, at)
    )
    for place, words in enumerate(planned):
        clock = f"{10 + place}:2{place}"
        diary.enter(city.ahead(day, GIVEN_IN), clock, _submission(city, meeting, words))


def _invite_units(city: City, meeting: Meeting, planned: list[dict], at: datetime) -> None:
    for side in (Side.GOVERNMENT, Side.COURT):
        invitations.prepare_invitations(meeting.pk, actor=city.officer(side), at=at, side=side)
    wanted = {words["by"] for words in planned}
    for words in planned:
        for resolution in words.get("resolutions", ()):
            wanted |= {resolution["lead"], *resolution.get("support", ())}
    for key in sorted(wanted):
        unit = city.units[key]
        person = city.clerk(key).person
        known = meeting.invitations.filter(person=person).exists()
        if unit.side == Side.GOVERNMENT and not known:
            invitations.invite(
                meeting.pk,
                side=Side.GOVERNMENT,
                actor=city.officer(Side.GOVERNMENT),
                at=at,
                category=InviteeCategory.AGENCY,
                person=person,
                organization=unit,
            )


def _submission(city: City, meeting: Meeting, words: dict) -> Deed:
    def submit(at: datetime) -> None:
        unit = city.units[words["by"]]
        clerk = city.clerk(words["by"])
        topic = topics.submit(
            meeting.pk,
            actor=clerk,
            at=at,
            organization=unit,
            kind=words["kind"],
            title=words["title"],
            opinion=words["opinion"],
            presenter=city.speaker(words["by"]),
            minutes_planned=20,
            pending_case=words.get("pending_case", False),
            confidential=words.get("confidential", False),
        )
        paper = material(topic.title, unit.name, topic.opinion)
        topics.add_material(topic.pk, actor=clerk, at=at, upload=paper, declared=True)

    return submit


def settle_agenda(
    city: City, diary: Diary, meeting: Meeting, planned: list[dict], day: date
) -> None:
    """What is not for this meeting is put off, the rest goes on the agenda; both agree."""
    put_off = {words["title"]: words["deferred"] for words in planned if "deferred" in words}

    def decide(at: datetime) -> None:
        officer = city.officer(Side.GOVERNMENT)
        for topic in meeting.topics.filter(state=TopicState.SUBMITTED).order_by("order"):
            if topic.title in put_off:
                reason = put_off[topic.title]
                topics.defer(topic.pk, actor=officer, at=at, reason=reason)
            else:
                topics.accept(topic.pk, actor=officer, at=at)

    def propose(at: datetime) -> None:
        host = host_of(meeting)
        agenda.propose_agenda(meeting.pk, side=host, actor=city.officer(host), at=at)

    def agree(at: datetime) -> None:
        side = other(host_of(meeting))
        agenda.answer_agenda(
            current(meeting, "agenda").pk,
            side=side,
            actor=city.officer(side),
            at=at,
            verdict=Verdict.AGREE,
        )

    diary.enter(city.ahead(day, SETTLED), "09:30", decide)
    diary.enter(city.ahead(day, SETTLED), "14:10", propose)
    diary.enter(city.ahead(day, SETTLED - 1), "09:40", agree)


def invite_guests(city: City, meeting: Meeting, at: datetime) -> None:
    host = host_of(meeting)
    for category, name, title in GUESTS:
        invitations.invite(
            meeting.pk,
            side=host,
            actor=city.officer(host),
            at=at,
            category=category,
            name=name,
            unit_and_title=title,
        )


def send_notices(city: City, diary: Diary, meeting: Meeting, day: date) -> None:
    """Each side tells its own people, the host first (YN-4)."""

    def notice(at: datetime, *, by_host: bool) -> None:
        host = host_of(meeting)
        side = host if by_host else other(host)
        notices.issue_notice(meeting.pk, side=side, actor=city.officer(side), on=at.date(), at=at)

    diary.enter(city.ahead(day, TOLD), "10:00", lambda at: notice(at, by_host=True))
    diary.enter(city.ahead(day, TOLD), "16:20", lambda at: notice(at, by_host=False))


def return_receipts(
    city: City, diary: Diary, meeting: Meeting, day: date, *, turn: int, leave_out: int = 0
) -> None:
    """Everybody answers; by `turn` somebody is on leave or sends a substitute.

    The last `leave_out` on the list have not answered yet.
    """

    def answer(at: datetime) -> None:
        asked = list(meeting.invitations.notified().select_related("person__user"))
        waiting = asked[len(asked) - leave_out :] if leave_out else []
        for place, invitation in enumerate(asked):
            if invitation not in waiting:
                later = at + timedelta(minutes=7 * place)
                _return_one(city, invitation, later, turn=turn, place=place)

    diary.enter(city.ahead(day, RECEIPTS), "09:10", answer)


def _return_one(
    city: City, invitation: Invitation, at: datetime, *, turn: int, place: int
) -> None:
    given: dict = {"receipt": ReceiptState.ATTENDING}
    if invitation.category == InviteeCategory.MEMBER and place == 3 and turn % 3 == 1:
        given = {"receipt": ReceiptState.LEAVE, "leave_reason": "参加上级法院业务培训"}
    elif invitation.category == InviteeCategory.AGENCY and place == 8 and turn % 2 == 0:
        given = {
            "receipt": ReceiptState.SUBSTITUTE,
            "substitute_name": SUBSTITUTES[turn % len(SUBSTITUTES)],
            "substitute_title": f"{invitation.organization.short_name}科员",
        }
    own = getattr(invitation.person, "user", None) if invitation.person else None
    actor = own or city.officer(invitation.side)
    receipts.return_receipt(invitation.pk, actor=actor, at=at, **given)


def topic_called(meeting: Meeting, title: str) -> Topic:
    return meeting.topics.get(title=title)
