"""Records of task lists, progress and issues and their addresses, for the sweeps."""

from datetime import date

from django.db.models import Model

from tests import task_lists as lists
from tests.city import City
from tests.enforcement_issues import found, rectified
from tests.sitting import moment
from tests.task_sheets import small_import
from workplans.actions.letters import supervise

# Room and record of each address, then its names.
TABLE = """
workplans draft_list: publish
workplans task_list: list-detail close roll
workplans read_list: import import-words import-confirm import-discard
workplans task: task split change-due close-task
workplans task_term: term report urge
workplans task_report: accept return
workplans organization: unit
workplans issue: issue rectify
workplans rectified_issue: verify reopen
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {"workplans:import-row": ("read_list", "3")}


def records(city: City) -> dict[str, Model]:
    task_list = lists.published(city)
    sent = lists.term(task_list, number=1)
    report = lists.reported(city, sent, date(2026, 11, 20))
    awaited = lists.term(task_list, number=2)
    supervise(
        awaited.pk,
        actor=city.users["gov_officer"],
        at=moment(lists.NOW),
        due_on=date(2026, 12, 4),
        reason="年底前须完成",
    )
    read = small_import(city)
    return {
        "task_list": task_list,
        "draft_list": lists.drafted(city, lists.row(1, "长期坚持"), title="2027年任务清单"),
        "read_list": read,
        "task": lists.task(task_list, 2),
        "task_term": awaited,
        "task_report": report,
        "issue": found(city),
        "rectified_issue": rectified(city),
    }
