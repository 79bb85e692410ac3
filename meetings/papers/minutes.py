"""会议纪要: drafted from the record, and the context of its paper (K-3, F26).

What is printed is Chinese, so its words stand here as they are.
"""

from datetime import date, time

from django.db.models import QuerySet
from django.utils import timezone

from mechanisms.profile import Profile, get_profile
from mechanisms.queries import parties
from meetings.models import Invitation, Meeting, MeetingText, Resolution, Topic
from meetings.models.invitations import GUEST_CATEGORIES
from meetings.states import AttendanceState, ResolutionState, TopicOutcome

PAPER_NAME = "纪要"
INNER_QUOTES = str.maketrans("“”", "‘’")
CAME = (AttendanceState.PRESENT, AttendanceState.SUBSTITUTE)


def draft_body(meeting: Meeting) -> dict:
    """What the record says, as the first draft; confidential topics stay out (YN-21)."""
    topics = list(open_topics(meeting))
    return {
        "opening": opening(meeting),
        "heard": [heard(topic) for topic in of_outcome(topics, TopicOutcome.REPORTED)],
        "held": [
            *(held(topic) for topic in of_outcome(topics, TopicOutcome.OPINION)),
            *carried(of_outcome(topics, TopicOutcome.CARRIED)),
        ],
        "resolved": resolved(meeting),
    }


def context(text: MeetingText, on: date) -> dict:
    """All that the paper needs, to be frozen when it is issued on `on`."""
    meeting, profile = text.meeting, get_profile(text.meeting.mechanism, on)
    rule = profile.meeting.texts[text.text_class]
    return {
        "red_head": f"{profile.meeting_title}{PAPER_NAME}",
        "number": "",
        "issuer": "　".join(party.lead.name for party in parties(meeting.mechanism)),
        "date": long_date(on),
        "mark": mark_of(text),
        "clause": rule.clause if text.internal else "",
        "title": text.title,
        "opening": text.body["opening"],
        "heard": text.body["heard"],
        "held": text.body["held"],
        "resolved": printed_resolutions(text),
        **people(meeting),
        "circulation": circulation(meeting),
        "copy_to": copy_to(profile),
    }


def mark_of(text: MeetingText) -> str:
    return "内部资料" if text.internal else ""


def open_topics(meeting: Meeting) -> QuerySet[Topic]:
    return meeting.topics.on_agenda().filter(confidential=False).select_related("organization")


def quoted(title: str) -> str:
    """In double quotation marks; those within become single ones (GB/T 15834)."""
    return f"“{title.translate(INNER_QUOTES)}”"


def of_outcome(topics: list[Topic], outcome: str) -> list[Topic]:
    return [topic for topic in topics if topic.outcome == outcome]


def opening(meeting: Meeting) -> str:
    """Time, place, host, chair and how many came."""
    invited = list(meeting.invitations.exclude(category__in=GUEST_CATEGORIES))
    came = sum(one.attendance in CAME for one in invited)
    hour = f"{began:%H:%M}" if (began := _began(meeting)) else ""
    place = f"在{meeting.place}" if meeting.place else ""
    chair = f"会议由{meeting.chair.name}主持，" if meeting.chair else "会议"
    return (
        f"{long_date(meeting.held_on)}{hour}，{meeting.title}{place}召开。"
        f"{chair}应到{len(invited)}人，实到{came}人。"
    )


def _began(meeting: Meeting) -> time | None:
    """The agreed hour; of a meeting held on another day, the hour at which it began."""
    if meeting.held_on == meeting.planned_on or meeting.started_at is None:
        return meeting.starts_at
    return timezone.localtime(meeting.started_at).time()


def heard(topic: Topic) -> str:
    """Whose report on what, with what was noted on it; it stands under 会议听取."""
    unit = topic.organization.name if topic.organization else ""
    said = noted(topic)
    return f"{unit}关于{quoted(topic.title)}的情况通报{f'：{said}' if said else ''}。"


def noted(topic: Topic) -> str:
    """What was noted on a topic, as one sentence without its full stop."""
    lines = [line.strip().rstrip("。；") for line in topic.discussion.splitlines()]
    return "；".join(line for line in lines if line)


def held(topic: Topic) -> str:
    """The topic and what was noted on it, as one paragraph."""
    said = noted(topic)
    if not said:
        return f"关于{quoted(topic.title)}，形成一致意见。"
    return f"关于{quoted(topic.title)}：{said}。"


def carried(topics: list[Topic]) -> list[str]:
    if not topics:
        return []
    names = "、".join(f"{quoted(topic.title)}" for topic in topics)
    return [f"{names}转入下次会议继续研究。"]


def resolved(meeting: Meeting) -> list[dict]:
    """The resolutions as they stand, but for confidential ones and those given up."""
    rows = (
        meeting.resolutions.exclude(state=ResolutionState.CANCELLED)
        .exclude(topic__confidential=True)
        .select_related("lead")
        .prefetch_related("support")
    )
    return [resolved_line(row) for row in rows]


def resolved_line(row: Resolution) -> dict:
    return {
        "id": row.public_id,
        "text": row.text,
        "lead": row.lead.name if row.lead else "",
        "support": "、".join(unit.name for unit in row.support.all()),
        "due_on": row.due_on.isoformat() if row.due_on else "",
    }


def printed_resolutions(text: MeetingText) -> list[dict]:
    return [
        {
            "n": n,
            "text": line["text"],
            "lead": line["lead"],
            "support": line["support"],
            "due": long_date(date.fromisoformat(line["due_on"])) if line["due_on"] else "",
        }
        for n, line in enumerate(text.body["resolved"], start=1)
    ]


def people(meeting: Meeting) -> dict:
    """Present, on leave, absent and guests, each with unit and title, in the roster's order."""
    rows = list(meeting.invitations.select_related("person", "substitute"))
    members = [row for row in rows if row.category not in GUEST_CATEGORIES]

    def away(state: str) -> list[dict]:
        return [_as_invited(row) for row in members if row.attendance == state]

    return {
        "present": [_as_came(row) for row in members if row.attendance in CAME],
        "leave": away(AttendanceState.LEAVE),
        "absent": away(AttendanceState.ABSENT),
        "guests": [
            _as_came(row)
            for row in rows
            if row.category in GUEST_CATEGORIES and row.attendance in CAME
        ],
    }


def _as_invited(row: Invitation) -> dict:
    name = row.person.paper_name if row.person else row.name
    return {"name": name, "unit_title": row.unit_and_title}


def _as_came(row: Invitation) -> dict:
    if row.attendance != AttendanceState.SUBSTITUTE:
        return _as_invited(row)
    name = row.substitute.paper_name if row.substitute else row.substitute_name
    return {"name": name, "unit_title": f"{row.substitute_title}（代{row.name}）"}


def circulation(meeting: Meeting) -> list[str]:
    """The units on the list of the minutes: those of the participants, each once."""
    units = meeting.invitations.filter(organization__isnull=False)
    units = units.exclude(category__in=GUEST_CATEGORIES)
    names = [row.organization.lead.name for row in units.select_related("organization__parent")]
    return list(dict.fromkeys(names))


def copy_to(profile: Profile) -> str:
    """The copy groups of the institution's own document, by name."""
    return "；".join("、".join(group) for group in profile.copy_groups)


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
