"""What a clause that is a task of a list comes to, day by day."""

from datetime import date

import pytest

from mechanisms.findings import Clause
from mechanisms.models import Provision
from mechanisms.states import Modal, RuleKind
from tests.enforcement_issues import found, rectified
from tests.sitting import moment
from tests.task_lists import published, reported, row, term
from workplans.actions.progress import accept
from workplans.rules import issue_ledger, task_list


def clause(city, on: date, number: str = "T-90", modal: str = Modal.SHALL) -> Clause:
    version = city.mechanism.versions.get()
    made, _new = Provision.objects.get_or_create(
        version=version,
        number=number,
        defaults={
            "clause": "第九十项",
            "citation": "制度第九十项",
            "text": "条文",
            "modal": modal,
            "rule_kind": RuleKind.TASK,
            "subject": "task_list",
            "order": 90,
        },
    )
    return Clause(city.mechanism, made, on)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 8, 31), "not_yet_due"),  # not published
        (date(2026, 9, 10), "not_yet_due"),  # the term runs
        (date(2026, 9, 25), "due_soon"),
        (date(2026, 9, 30), "due_soon"),
        (date(2026, 10, 1), "broken"),  # one of two units has not reported
        (date(2026, 10, 8), "not_yet_due"),  # both reported, not accepted
        (date(2026, 10, 12), "kept"),
        (date(2027, 2, 1), "kept"),
    ],
)
def test_a_task_of_a_list(city, on, state):
    listed = published(city, row(1, "长期坚持", provision_number="T-90"))
    officer = city.users["gov_officer"]
    accept(reported(city, term(listed, "agency")).pk, actor=officer, at=moment(date(2026, 10, 9)))
    from_gov = report_of_gov(city, listed)
    accept(from_gov.pk, actor=officer, at=moment(date(2026, 10, 12)))

    finding = task_list(clause(city, on))

    assert finding.state == state
    assert bool(finding.evidence) == (on >= date(2026, 9, 1))


def report_of_gov(city, listed):
    from workplans.actions.progress import report  # noqa: PLC0415 - beside its one use

    of = term(listed, "gov")
    return report(
        of.pk, actor=city.users["gov_officer"], at=moment(date(2026, 10, 8)), text="已办"
    )


def test_a_power_without_a_list_is_not_applicable(city):
    assert task_list(clause(city, date(2026, 9, 1), modal=Modal.MAY)).state == "not_applicable"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 10, 11), "not_applicable"),
        (date(2026, 10, 20), "not_yet_due"),
        (date(2026, 11, 21), "kept"),
        (date(2026, 12, 12), "broken"),
    ],
)
def test_the_ledger_of_issues(city, on, state):
    found(city)
    rectified(city)

    assert issue_ledger(clause(city, on)).state == state
