"""议程: the topics in their order, as papers and the sides' consent print them."""

from datetime import date, time

from mechanisms.queries import party
from meetings.models import Meeting, Topic
from meetings.plan import rules_of
from members.states import Side

CLOSED_TITLE = "内部保密议题"
INTERNAL = "内部"
SIDE_NAMES: dict[str, str] = {
    Side.GOVERNMENT: "政府方",
    Side.COURT: "法院方",
    Side.PROCURATORATE: "检察方",
    Side.CENTRE: "中心",
}
WEEKDAYS = "一二三四五六日"


def agenda_text(meeting: Meeting) -> str:
    """The agenda as lines of text: what the sides agree to."""
    return "\n".join(
        f"{line['n']}. {line['title']}（{_said(line)}）" for line in agenda_rows(meeting)
    )


def _said(line: dict) -> str:
    """市司法局，15分钟."""
    return "，".join(part for part in (line["reporter"], f"{line['minutes']}分钟") if part)


def agenda_rows(meeting: Meeting) -> list[dict]:
    """One dictionary a topic; a confidential one has neither title nor reporter (YN-21)."""
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    kinds = {kind.key: kind.label for kind in rules.topic_types}
    topics = meeting.topics.on_agenda().for_listing()
    return [_row(n, topic, kinds) for n, topic in enumerate(topics, start=1)]


def agenda_context(meeting: Meeting, *, on: date) -> dict:
    return {
        "title": f"{meeting.title}议程",
        "meeting": meeting.title,
        "time": when(meeting),
        "place": meeting.place,
        "chair": chair_of(meeting),
        "rows": agenda_rows(meeting),
        "notes": notes_of(meeting),
        "date": chinese_day(on),
    }


def notes_of(meeting: Meeting) -> list[str]:
    """What has to be said of the topics as a whole: independence and secrecy."""
    topics = list(meeting.topics.on_agenda())
    notes = []
    if any(topic.pending_case for topic in topics):
        notes.append("涉及在审案件的议题，不得作出有可能影响人民法院公正审判的行为。")
    if any(topic.confidential for topic in topics):
        notes.append("内部保密议题仅限指定人员阅读、参与，不得擅自对外透露。")
    return notes


def chair_of(meeting: Meeting) -> str:
    """Who takes the chair; before a person is named, the hosting side."""
    if meeting.chair is not None:
        return meeting.chair.paper_name
    return party(meeting.mechanism, meeting.host).lead.name


def when(meeting: Meeting) -> str:
    """2026年11月24日（星期二）上午9:30."""
    day = meeting.planned_on
    return f"{chinese_day(day)}（星期{WEEKDAYS[day.weekday()]}）{chinese_time(meeting.starts_at)}"


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_time(moment: time | None) -> str:
    if moment is None:
        return ""
    half = "上午" if moment.hour < 12 else "下午"
    return f"{half}{moment.hour}:{moment.minute:02d}"


def _row(n: int, topic: Topic, kinds: dict[str, str]) -> dict:
    closed = topic.confidential
    return {
        "n": n,
        "title": CLOSED_TITLE if closed else topic.title,
        "kind": kinds.get(topic.kind, ""),
        "reporter": "" if closed else topic.presenter_label,
        "minutes": topic.minutes_planned,
        "mark": INTERNAL if closed else "",
    }
