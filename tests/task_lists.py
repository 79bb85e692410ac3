"""Task lists of the test city: read from rows, published, reported on."""

from datetime import date

from foundations.audit.trail import acting
from members.models import OrganizationGroup
from tests.city import City
from tests.sitting import moment
from workplans.actions.lists import Head, Row, write_list
from workplans.actions.progress import report
from workplans.actions.publishing import publish
from workplans.models import ProgressReport, Task, TaskList, TaskTerm

ON = date(2026, 9, 1)
LATE = date(2026, 10, 9)
NOW = date(2026, 11, 23)


def row(number: int, due: str, **more) -> Row:
    given = {
        "main_task": "一、规范行政执法",
        "measure": "全面检查行政执法文书，法制审核率达到100%。",
        "lead_text": "市司法局",
        "responsible_text": "各有关部门",
        "lead": ["unit:justice"],
        "responsible": ["group:departments"],
    }
    return Row(number=number, due_text=due, **{**given, **more})


def group(city: City, *keys: str) -> OrganizationGroup:
    found, _made = OrganizationGroup.objects.get_or_create(
        jurisdiction=city.jurisdiction, key="departments", defaults={"name": "各有关部门"}
    )
    found.organizations.set([city.organizations[key] for key in keys])
    return found


def drafted(city: City, *rows: Row, title: str = "2026年任务清单", **more) -> TaskList:
    head = Head(city.mechanism, city.organizations["justice"], 2026, title, **more)
    with acting():
        return write_list(head, rows, actor=city.users["gov_officer"])


def published(city: City, *rows: Row, title: str = "2026年任务清单", on: date = ON) -> TaskList:
    group(city, "agency", "gov")
    made = drafted(city, *(rows or (row(1, "长期坚持"), row(2, "2026年12月"))), title=title)
    return publish(made.pk, actor=city.users["gov_officer"], at=moment(on), on=on)


def term(task_list: TaskList, key: str = "agency", number: int = 1) -> TaskTerm:
    rows = TaskTerm.objects.filter(unit__task__task_list=task_list, unit__task__number=number)
    return rows.filter(unit__organization__key=key).latest("first_on", "pk")


def task(task_list: TaskList, number: int = 1) -> Task:
    return task_list.tasks.get(number=number, part=0)


def reported(city: City, of: TaskTerm, on: date = date(2026, 9, 28), **more) -> ProgressReport:
    given = {"text": "检查文书20份，均已规范。", "values": [100.0], **more}
    return report(of.pk, actor=city.users["agency_contact"], at=moment(on), **given)
