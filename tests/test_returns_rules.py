"""What the records say of the clauses on what units hand in."""

from datetime import date

import pytest

from mechanisms.findings import Clause
from mechanisms.judging import judge
from mechanisms.models import Provision
from mechanisms.states import ComplianceState as S
from returns.actions import checks, deliverables, reports
from tests import handing_in as given
from tests.clauses import clause, provision
from tests.handing_in import TODAY, acting


def of(city, number: str, on: date) -> Clause:
    row = Provision.objects.get(version__mechanism=city.mechanism, number=number)
    city.mechanism.__dict__.pop("_version_rows", None)
    return Clause(city.mechanism, row, on)


def _handed_in(city, n: int, on: date) -> None:
    rows = given.opened(city)
    for row in rows[:n]:
        given.handed_in(city, row, on=on)


@pytest.mark.parametrize(
    ("handed_in", "on", "state", "next_on"),
    [
        pytest.param(0, "2026-03-01", S.NOT_YET_DUE, "2026-04-15", id="the first one runs"),
        pytest.param(0, "2026-04-10", S.DUE_SOON, "2026-04-15", id="a week before"),
        pytest.param(0, "2026-04-16", S.BROKEN, "2026-04-15", id="the day after"),
        pytest.param(1, "2026-04-16", S.KEPT, "2026-07-15", id="handed in"),
        pytest.param(1, "2026-07-16", S.BROKEN, "2026-07-15", id="the second is overdue"),
    ],
)
def test_returns(city, handed_in, on, state, next_on):
    _handed_in(city, handed_in, date(2026, 4, 10))

    found = judge(of(city, "T-28", date.fromisoformat(on)))

    assert (found.state, found.next_on.isoformat()) == (state, next_on)
    assert all(one.record.get_absolute_url() for one in found.evidence)


def test_a_return_counts_from_the_day_on_which_it_was_handed_in(city):
    _handed_in(city, 1, date(2026, 4, 20))

    assert judge(of(city, "T-28", date(2026, 4, 19))).state == S.BROKEN
    assert judge(of(city, "T-28", date(2026, 4, 20))).state == S.KEPT


@pytest.mark.parametrize(
    ("studies", "on", "state"),
    [
        pytest.param((1, 1, 1), "2026-11-23", S.NOT_YET_DUE, id="one is lacking"),
        pytest.param((1, 1, 1), "2026-12-28", S.DUE_SOON, id="in the last week"),
        pytest.param((1, 1, 1), "2027-02-01", S.BROKEN, id="the year ended short"),
        pytest.param((1, 1, 2), "2026-11-23", S.KEPT, id="come to four"),
    ],
)
def test_figures_of_a_year(city, studies, on, state):
    rows = given.opened(city)
    for row, n in zip(rows, studies, strict=False):
        given.handed_in(city, row, studies=n)
    asked = clause(
        city,
        "count_per_period",
        "return",
        date.fromisoformat(on),
        bearers=["departments"],
        times={"count": 4, "per": "year"},
        matter="领导干部学法情况",
        field="会前学法",
    )

    assert judge(asked).state == state


@pytest.mark.parametrize(
    ("due_on", "delivered", "on", "state"),
    [
        pytest.param("2026-12-31", None, "2026-11-23", S.NOT_YET_DUE, id="still to come"),
        pytest.param("2026-12-31", None, "2026-12-28", S.DUE_SOON, id="soon"),
        pytest.param("2023-12-31", None, "2026-11-23", S.BROKEN, id="overdue"),
        pytest.param("2023-12-31", None, "2024-06-01", S.BROKEN, id="overdue on a past day"),
        pytest.param("2023-12-31", "2023-12-20", "2026-11-23", S.KEPT, id="there for years"),
    ],
)
def test_documents(city, due_on, delivered, on, state):
    one = given.deliverable(city, due_on=due_on)
    if delivered:
        made = given.paper(date.fromisoformat(delivered))
        deliverables.deliver(one.pk, **acting(city), paper=made)

    assert judge(of(city, "T-63", date.fromisoformat(on))).state == state


@pytest.mark.parametrize(
    ("names", "state"), [(("欧阳静",), S.BROKEN), (("欧阳静", "司马青"), S.KEPT)]
)
def test_handlers(city, names, state):
    for name in names:
        given.handler(city, name=name)
    asked = clause(
        city, "task", "staff", TODAY, bearers=["agency"], persons={"count": 2, "qualified": True}
    )

    found = judge(asked)

    assert found.state == state
    assert ("市综合执法局" in found.said) is (state == S.BROKEN)


@pytest.mark.parametrize(
    ("filled", "mended", "on", "state"),
    [
        pytest.param(False, False, "2026-11-25", S.NOT_YET_DUE, id="under way"),
        pytest.param(False, False, "2026-12-11", S.BROKEN, id="not filled in"),
        pytest.param(True, False, "2026-11-25", S.KEPT, id="filled in, one day runs"),
        pytest.param(True, False, "2026-12-21", S.BROKEN, id="not put right"),
        pytest.param(True, True, "2026-12-21", S.KEPT, id="put right"),
    ],
)
def test_checks(city, filled, mended, on, state):
    row = given.sheet(city)
    if filled:
        row = checks.fill_sheet(row.pk, **acting(city), found=given.FOUND)
    if mended:
        point = row.points.get(passed=False)
        checks.mend_point(point.pk, **acting(city), on=TODAY, mended="已配备")

    asked = clause(city, "checklist", "facility", date.fromisoformat(on), items=["接待室"])

    assert judge(asked).state == state


@pytest.mark.parametrize(
    ("sent", "on", "state"),
    [
        pytest.param(False, "2026-11-23", S.NOT_YET_DUE, id="the year runs"),
        pytest.param(False, "2027-01-02", S.BROKEN, id="the year is over"),
        pytest.param(True, "2026-11-23", S.KEPT, id="sent"),
    ],
)
def test_yearly_reports(city, sent, on, state):
    provision(
        city,
        "report_deadline",
        "upward_report",
        number="T-3",
        bearers=["justice"],
        every_months=12,
    )
    reports.open_reports(on=date(2026, 11, 2))
    if sent:
        row = city.mechanism.upward_reports.get()
        officer = acting(city, "gov_officer")
        reports.write_report(row.pk, **officer, words=reports.ReportWords(**given.WORDS))
        reports.issue_report(row.pk, **officer, on=TODAY)

    assert judge(of(city, "T-3", date.fromisoformat(on))).state == state


def test_reports_without_a_term_are_never_broken(city):
    asked = clause(city, "report_deadline", "upward_report", TODAY, number="T-4", as_needed=True)

    assert judge(asked).state == S.NOT_YET_DUE
    reports.begin_report(
        city.mechanism.pk,
        **acting(city, "gov_officer"),
        organization=city.organizations["justice"],
        kind="request",
        clause="T-4",
        words=reports.ReportWords(**given.WORDS),
    )
    row = city.mechanism.upward_reports.get()
    reports.issue_report(row.pk, **acting(city, "gov_officer"), on=TODAY)

    assert judge(asked).state == S.KEPT


def test_declarations_are_not_counted_nor_named(city):
    given.declaration(city)
    asked = clause(city, "task", "declaration", TODAY, bearers=["justice"])

    found = judge(asked)

    assert found.state == S.KEPT
    assert "李文静" not in found.said + found.evidence[0].label
    assert judge(Clause(city.mechanism, asked.provision, date(2026, 11, 22))).state != S.KEPT
