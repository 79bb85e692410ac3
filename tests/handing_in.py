"""What units hand in, in a wanted state, for tests; through actions only."""

from datetime import date, datetime
from typing import Any

from mechanisms.states import RuleKind
from members.models import OrganizationGroup
from returns.actions import checks, declarations, deliverables, duties, reports, staff
from returns.actions.keeping import keep_duties
from returns.models import (
    CaseHandler,
    CheckPoint,
    CheckRound,
    CheckSheet,
    Declaration,
    Deliverable,
    Return,
    ReturnDuty,
    UpwardReport,
)
from returns.states import DeclarationKind, Qualification, RoundKind, UpwardKind
from tests.city import City
from tests.clauses import provision
from tests.gatherings import text_file
from tests.letters import moment, unit

OPENED = date(2026, 1, 5)
TODAY = date(2026, 11, 23)
AT = moment(TODAY, 10)
FIELDS = [
    {"key": "studies", "label": "会前学法", "kind": "count", "at_least": 4, "unit": "次"},
    {"key": "review", "label": "法制审核", "kind": "rate", "at_least": 100},
    {"key": "reported", "label": "是否述法", "kind": "yes_no"},
    {"key": "note", "label": "说明", "kind": "text", "optional": True},
]
ROW = {
    "key": "law-study",
    "provision": "T-28",
    "name": "领导干部学法情况",
    "from": ["departments"],
    "to": "justice",
    "every": "quarter",
    "due": {"days_after": 15},
    "fields": FIELDS,
    "nil": True,
}
GOOD = {"studies": 2, "review": [8, 8], "reported": True, "note": ""}
DOCUMENT = {
    "key": "defence-rules",
    "provision": "T-63",
    "name": "行政应诉管理办法",
    "from": ["departments"],
    "due_on": "2026-12-31",
    "form": "办法",
}


def acting(city: City, who: str = "agency_contact", at: datetime = AT) -> dict[str, Any]:
    return {"actor": city.users[who], "at": at}


def group(city: City, *keys: str) -> OrganizationGroup:
    """市政府各部门: the agency, and those named."""
    row, _made = OrganizationGroup.objects.get_or_create(
        jurisdiction=city.jurisdiction, key="departments", defaults={"name": "市政府各部门"}
    )
    row.organizations.set([city.organizations["agency"], *(unit(city, key) for key in keys)])
    return row


def duty(city: City, *keys: str, **changes: Any) -> ReturnDuty:
    """The duty of the group of departments, its clause in the text."""
    group(city, *keys)
    version = city.mechanism.versions.get()
    row = {**ROW, **changes}
    if not version.provisions.filter(number=row["provision"]).exists():
        provision(city, RuleKind.TASK, "return", number=row["provision"], bearers=["departments"])
    keep_duties(version.pk, [row], actor=None, at=AT)
    return ReturnDuty.objects.get(mechanism=city.mechanism, key=row["key"])


def opened(city: City, *keys: str, on: date = OPENED, **changes: Any) -> list[Return]:
    row = duty(city, *keys, **changes)
    duties.open_returns(on=on, at=moment(on))
    return list(row.returns.order_by("organization__order", "n"))


def handed_in(city: City, row: Return, on: date = TODAY, who="agency_contact", **values: Any):
    figures = duties.Figures({**GOOD, **values})
    return duties.send_return(row.pk, actor=city.users[who], at=moment(on), figures=figures)


def deliverable(city: City, on: date = OPENED, **changes: Any) -> Deliverable:
    group(city)
    version = city.mechanism.versions.get()
    if not version.provisions.filter(number="T-63").exists():
        provision(city, RuleKind.TASK, "deliverable", number="T-63", bearers=["departments"])
        version.refresh_from_db()
    version.source = {**version.source, "deliverables": [{**DOCUMENT, **changes}]}
    version.save()
    city.mechanism.__dict__.pop("_version_rows", None)
    deliverables.open_deliverables(on=on)
    return Deliverable.objects.get(mechanism=city.mechanism, key="defence-rules")


def paper(on: date = TODAY, title: str = "行政应诉管理办法", **given: Any) -> deliverables.Paper:
    given = {"files": [text_file("办法.txt")], "declared": True, **given}
    return deliverables.Paper(title=title, on=on, **given)


def handler(city: City, who: str = "agency_contact", key: str = "agency", **words: Any):
    given = {
        "organization": city.organizations[key],
        "name": "欧阳静",
        "qualification": Qualification.LEGAL,
        "certificate": "A20204201990001",
        "valid_from": date(2026, 1, 5),
    }
    made: CaseHandler = staff.enter_handler(
        **acting(city, who), words=staff.HandlerWords(**{**given, **words})
    )
    return made


def check_round(city: City, at: datetime = AT, **words: Any) -> CheckRound:
    given = {
        "kind": RoundKind.FACILITY,
        "organization": city.organizations["justice"],
        "title": "办案场所检查",
        "items": ["接待室", "听证室"],
        "units": [city.organizations["agency"]],
        "due_on": date(2026, 12, 10),
    }
    return checks.call_round(
        city.mechanism.pk,
        actor=city.users["gov_officer"],
        at=at,
        words=checks.RoundWords(**{**given, **words}),
    )


def sheet(city: City, **words: Any) -> CheckSheet:
    return check_round(city, **words).sheets.get()


FOUND = [
    checks.Found("接待室", True),
    checks.Found("听证室", False, "没有录音设备", date(2026, 12, 20)),
]


def filled_sheet(city: City, **words: Any) -> CheckSheet:
    row = sheet(city, **words)
    return checks.fill_sheet(row.pk, **acting(city), found=FOUND)


def wanting(city: City) -> CheckPoint:
    return filled_sheet(city).points.get(passed=False)


WORDS = {
    "title": "关于报送2026年度行政复议工作情况的报告",
    "to": "试验市委\n试验省司法厅",
    "cc": "试验市人大常委会",
    "text": "2026年以来，市司法局依法办理行政复议案件。\n下一步，将继续做好有关工作。",
    "signer": "王彬",
    "contact": "李文静 0999-8000000",
    "number": "试司发〔2026〕12号",
    "figures": "this_year",
}


def report(city: City, kind: str = UpwardKind.REPORT, **words: Any) -> UpwardReport:
    return reports.begin_report(
        city.mechanism.pk,
        **acting(city, "gov_officer"),
        organization=city.organizations["justice"],
        kind=kind,
        words=reports.ReportWords(**{**WORDS, **words}),
    )


def issued(city: City, **words: Any) -> UpwardReport:
    row = report(city, **words)
    return reports.issue_report(row.pk, **acting(city, "gov_officer"), on=TODAY)


def declaration(city: City, who: str = "gov_officer", **words: Any) -> Declaration:
    given = {
        "organization": city.organizations["justice"],
        "kind": DeclarationKind.INTEGRITY,
        "text": "本人一年来遵守办案纪律，没有过问和干预案件。",
        "on": TODAY,
        "year": 2026,
    }
    words = declarations.Statement(**{**given, **words})
    return declarations.declare(**acting(city, who), words=words)
