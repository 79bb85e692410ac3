"""Clauses judged by what was told; the material of a quarter; two counts of one fact."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from bulletins.actions.counts import agree_counts, explain_counts
from bulletins.actions.packages import make_package, paper_of
from bulletins.counts import counts_of
from bulletins.models import Covered, FigureTable, InstalmentState, YearPlan
from bulletins.rules.obligations import judged
from foundations.access.errors import RuleBroken
from mechanisms.findings import Clause
from tests.letters import moment
from tests.owed import clause, instalment, owe, told

TODAY = date(2026, 11, 23)
K = "kept"


def state_of(city, provision, on: date = TODAY) -> tuple[str, date | None]:
    found = judged(Clause(city.mechanism, provision, on))
    return str(found.state), found.next_on


@pytest.mark.parametrize(
    ("due_on", "done_on", "on", "state", "next_on"),
    [
        pytest.param("2026-11-20", None, "2026-11-23", "broken", "2026-11-20", id="overdue"),
        pytest.param("2026-11-20", None, "2026-11-20", "due_soon", "2026-11-20", id="last day"),
        pytest.param("2026-11-20", None, "2026-11-12", "not_yet_due", "2026-11-20", id="far"),
        pytest.param("2026-11-20", "2026-11-18", "2026-11-23", K, None, id="told"),
        pytest.param("2026-11-20", "2026-11-25", "2026-11-23", "broken", "2026-11-20", id="later"),
        pytest.param("2026-11-20", "2026-11-25", "2026-11-25", K, None, id="late but told"),
    ],
)
def test_a_term_is_judged_by_its_instalments(city, due_on, done_on, on, state, next_on):
    provision, row = clause(city), instalment(owe(city), date.fromisoformat(due_on))
    if done_on:
        told(city, row, date.fromisoformat(done_on))

    found = state_of(city, provision, date.fromisoformat(on))

    assert found == (state, date.fromisoformat(next_on) if next_on else None)


def test_a_nil_return_keeps_the_clause(city):
    provision, row = clause(city), instalment(owe(city), date(2026, 11, 20))
    row.state, row.done_on, row.nil_reason = InstalmentState.NIL, date(2026, 11, 19), "无"
    row.store()

    found = judged(Clause(city.mechanism, provision, TODAY))

    assert (str(found.state), found.evidence[0].record) == (K, row)


@pytest.mark.parametrize("cadence", ["as_needed", "event", "planned"])
def test_what_has_no_day_is_never_broken(city, cadence):
    provision = clause(city)
    owed = owe(city, cadence=cadence, terms={})

    found = judged(Clause(city.mechanism, provision, TODAY))
    assert str(found.state) in ("not_yet_due", "not_applicable")

    bulletin = told(city, instalment(owed, date(2026, 11, 20)), date(2026, 11, 18))
    Covered.objects.filter(bulletin=bulletin).update(instalment=None)
    owed.instalments.all().delete()
    assert state_of(city, provision)[0] == K


def test_a_plan_is_kept_or_broken(city):
    provision, owed = clause(city), owe(city, cadence="planned", terms={})
    instalment(owed, date(2026, 11, 20), term="plan-2026-11-20")
    assert state_of(city, provision)[0] == "not_yet_due"

    YearPlan(obligation=owed, year=2026, days=["2026-11-20"], entered_on=TODAY).store()

    assert state_of(city, provision)[0] == "broken"


def test_the_worst_matter_decides(city):
    provision = clause(city)
    told(city, instalment(owe(city), date(2026, 11, 20)), date(2026, 11, 18))
    instalment(owe(city, "more"), date(2026, 11, 19))

    assert state_of(city, provision)[0] == "broken"


def test_the_material_of_a_quarter_is_a_paper_and_a_table(city, as_user, time_machine):
    time_machine.move_to(moment(TODAY))
    clause(city)
    owed = owe(city)
    told(city, instalment(owed, date(2026, 7, 20)), date(2026, 7, 17), "read")
    told(city, instalment(owed, date(2026, 8, 20)), date(2026, 8, 24), restricted=True)
    instalment(owed, date(2026, 9, 21))
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:packages")

    shown = client.get(address)
    made = client.post(address, follow=True)
    again = client.post(address, follow=True)
    sheet = load_workbook(BytesIO(client.get(f"{address}table.xlsx").content)).active

    assert shown.status_code == made.status_code == again.status_code == 200
    assert len(shown.context["lines"]) == 3
    package = made.context["package"]
    words = paper_of(package).context
    assert (words["owed"], words["told"], words["late"], words["open"]) == (3, 2, 1, 1)
    assert words["lines"][1]["paper"] == "（内部件，仅限指定读者）"
    assert again.context["package"] == package
    assert sheet.max_row == 4


def test_no_material_of_a_quarter_to_come_nor_of_others(city):
    owe(city)
    given = {"at": moment(TODAY), "organization_id": city.organizations["court"].pk}

    with pytest.raises(RuleBroken) as broken:
        make_package(
            city.mechanism.pk, actor=city.users["court_officer"], year=2027, quarter=1, **given
        )
    assert broken.value.code == "future_quarter"
    with pytest.raises(PermissionDenied):
        make_package(
            city.mechanism.pk, actor=city.users["gov_officer"], year=2026, quarter=3, **given
        )


@pytest.fixture
def counted(city):
    """The court counted 3 appearances of the housing bureau, the government 2."""
    one = owe(city, "appearances", figures="appearances", reconciles_with="counted", order=1)
    other = owe(
        city,
        "counted",
        debtor="justice",
        office="section",
        to=("court",),
        figures="appearances",
        reconciles_with="appearances",
        order=2,
    )
    rows = [instalment(owed, date(2026, 10, 30), term="2026-quarter-3") for owed in (one, other)]
    for row, number in zip(rows, (3, 2), strict=True):
        FigureTable.objects.create(
            bulletin=told(city, row, date(2026, 10, 28)),
            key="appearances",
            columns=["行政机关", "应出庭", "出庭"],
            rows=[["市住建局", 4, number], ["市公安局", 1, 1]],
        )
    return rows


def test_two_counts_differ_until_explained_and_agreed(city, as_user, counted):
    first, second = counted
    court, gov = city.users["court_officer"], city.users["gov_officer"]
    at = moment(TODAY)
    client = as_user(gov)
    address = reverse("bulletins:counts", args=[second.public_id])

    page = client.get(address)
    assert page.context["counts"].differing == 1
    assert "3 / 2" in page.content.decode()
    with pytest.raises(RuleBroken) as broken:
        agree_counts(first.pk, actor=court, at=at)
    assert broken.value.code == "unexplained"
    assert client.post(address, {"text": ""}).status_code == 422
    explain_counts(second.pk, actor=gov, at=at, text="一件延期至十月开庭，未计入。")
    agree_counts(first.pk, actor=court, at=at)
    assert (
        client.post(reverse("bulletins:counts-agree", args=[second.public_id])).status_code == 302
    )

    assert counts_of(first, None).is_agreed
    FigureTable.objects.filter(bulletin__covered__instalment=second).update(
        rows=[["市住建局", 4, 1]]
    )
    assert not counts_of(first, None).is_agreed


def test_an_agency_neither_sees_nor_agrees(city, as_user, counted):
    client = as_user(city.users["agency_contact"])

    assert client.get(reverse("bulletins:counts", args=[counted[0].public_id])).status_code == 404
    with pytest.raises(PermissionDenied):
        agree_counts(counted[0].pk, actor=city.users["agency_contact"], at=moment(TODAY))
