"""Papers of a joint activity: 通知, 签到表, 评分表, as plain dictionaries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.models import Activity
from meetings.papers.agenda import SIDE_NAMES, WEEKDAYS, chinese_day, chinese_time
from meetings.states import ActivityKind
from members.names import listed

BLANK_ROWS = 12


@dataclass(frozen=True)
class Paper:
    """`kind` is a kind of `services.documents.kinds`; `name` ends the file's name."""

    kind: str
    name: str
    context: Callable[[Activity, date], dict]


def notice_context(activity: Activity, on: date) -> dict:
    """The notice to units and guests that are asked, as of a day."""
    hosts = "、".join(one.name for one in activity.hosts)
    opening = f"为加强府院联动，{hosts}定于{_when(activity)}举办{activity.title}。"
    items = [
        ("时间", _when(activity)),
        ("地点", activity.place),
        ("主办单位", hosts),
        ("内容", activity.about.replace("\n", "")),
    ]
    wanted = []
    if activity.sign_up_by:
        wanted.append(f"请于{chinese_day(activity.sign_up_by)}前报送参加人员姓名、职务。")
    if activity.report_due_on:
        wanted.append(f"活动报告于{chinese_day(activity.report_due_on)}前完成。")
    return {
        "red_head": activity.host.name,
        "number": "",
        "title": f"关于举办{activity.title}的通知",
        "addressees": [
            one.organization.name if one.organization else f"受邀{one.get_group_display()}"
            for one in activity.invitations.select_related("organization")
        ],
        "paragraphs": [f"{opening}现将有关事项通知如下："],
        "items": [{"label": label, "text": text} for label, text in items if text],
        "requirements": [*wanted, f"请参加人员遵守{_discipline(activity)}，按时参加。"],
        "signer": activity.host.name,
        "date": chinese_day(_told_on(activity, on)),
    }


def _discipline(activity: Activity) -> str:
    if activity.kind == ActivityKind.HEARING_OBSERVATION:
        return "法庭纪律"
    return "听证纪律" if activity.is_observed else "会场纪律"


def _told_on(activity: Activity, on: date) -> date:
    """The notice bears the day on which it went out."""
    told = activity.announced_at
    return timezone.localtime(told).date() if told else on


def attendance_context(activity: Activity, on: date) -> dict:
    """The sheet that is signed at the door: who signed up, then empty lines for others."""
    rows: list[dict] = []
    for invitation in activity.invitations.select_related("organization"):
        unit = invitation.organization
        for one in invitation.attendees.all():
            rows.append(
                {
                    "n": len(rows) + 1,
                    "side": SIDE_NAMES.get(unit.side, "") if unit else "",
                    "name": one.name,
                    "unit_title": f"{invitation.who}{one.post}",
                    "signature": "",
                }
            )
    return {
        "title": f"{activity.title}签到表",
        "time": _when(activity),
        "place": activity.place,
        "rows": rows if activity.took_place else [*rows, *_empty_rows(len(rows))],
    }


def _empty_rows(known: int) -> list[dict]:
    """To be written on at the door."""
    return [{"n": n} for n in range(known + 1, known + 1 + BLANK_ROWS)]


def score_context(activity: Activity, on: date) -> dict:
    """Every file of a review with its score, the best first."""
    files = activity.files.select_related("organization")
    return {
        "title": f"{activity.title}评分表",
        "hosts": "、".join(one.name for one in activity.hosts),
        "day": chinese_day(activity.held_on) if activity.held_on else "",
        "rows": [
            {
                "n": n,
                "file": one.name,
                "unit": one.organization.name,
                "score": f"{one.score.normalize():f}",
                "findings": one.findings,
                "award": one.award,
                "reviewer": one.reviewer,
            }
            for n, one in enumerate(files, start=1)
        ],
        "date": chinese_day(on),
    }


def report_context(activity: Activity, on: date) -> dict:
    """调研报告, upward; empty where no report was handed in yet."""
    report = getattr(activity, "report", None)
    day = chinese_day(report.on if report else on)
    host = activity.host.name
    text = report.text if report else ""
    return {
        "title": _report_title(activity),
        "red_head": f"{host}文件",
        "number": "",
        "own_number": "",
        "signed_by": "",
        "addressees": listed(report.recipients if report else ""),
        "paragraphs": [line.strip() for line in text.splitlines() if line.strip()],
        "tables": [],
        "closing": "特此报告。",
        "signer": host,
        "date": day,
        "contact": "",
        "copy_to": listed(report.copied_to if report else ""),
        "printed_by": host,
        "printed_on": day,
        "mark": "",
    }


def _report_title(activity: Activity) -> str:
    wants_word = activity.is_researched and "调研" not in activity.title
    return f"{activity.title}{'调研' if wants_word else ''}报告"


def _when(activity: Activity) -> str:
    """2026年11月24日（星期二）上午9:30; of several days, from the first to the last."""
    if activity.on is None:
        return f"{activity.month.year}年{activity.month.month}月"
    said = f"{chinese_day(activity.on)}（星期{WEEKDAYS[activity.on.weekday()]}）"
    if activity.until and activity.until != activity.on:
        return f"{chinese_day(activity.on)}至{chinese_day(activity.until)}"
    return f"{said}{chinese_time(activity.starts_at)}" if activity.starts_at else said


PAPERS = {
    "notice": Paper("notice", "通知", notice_context),
    "attendance": Paper("attendance", "签到表", attendance_context),
    "report": Paper("upward_report", "报告", report_context),
    "scores": Paper("score_sheet", "评分表", score_context),
}
