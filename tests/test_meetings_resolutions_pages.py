"""The list of resolutions and the page of one."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.actions.reports import return_report
from meetings.actions.resolutions import cancel_resolution
from tests.meeting_after import CHECKED, reported, running
from tests.meeting_day import DUE
from tests.sitting import moment

pytestmark = pytest.mark.django_db
LEDGER_QUERIES = 13


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(CHECKED, tick=False):
        yield


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_any_length(city, as_user, count, django_assert_num_queries):
    running(city, resolutions=count)
    client = as_user(city.users["gov_officer"])
    client.get(reverse("meetings:resolutions"))

    with django_assert_num_queries(LEDGER_QUERIES):
        page = client.get(reverse("meetings:resolutions"))

    assert page.content.decode().count("印发违法建设查处告知程序指引之") == count


def test_the_ledger_opens_on_what_is_in_progress_and_leads_to_all(city, as_user):
    resolution = running(city)
    client = as_user(city.users["gov_officer"])
    page = reverse("meetings:resolutions")

    opened = client.get(page).context["ledger"]
    cancel_resolution(resolution.pk, actor=city.users["gov_officer"], at=CHECKED, reason="并案")
    later = client.get(page).context["ledger"]
    [state] = [chip for chip in later.chips if chip.name == "state"]
    everything = client.get(page + state.without).context["ledger"]

    assert [len(one.page) for one in (opened, later, everything)] == [1, 0, 1]
    assert [tab.label for tab in later.tabs if tab.current] == ["办理中"]
    [current] = [tab for tab in everything.tabs if tab.current]
    assert (current.label, f"?{current.query}") == ("全部", state.without)
    assert all("state=open" in address for _kind, address in later.exports)


@pytest.mark.parametrize(
    ("query", "day", "shown"),
    [
        ("?overdue=true", DUE, 0),
        ("?overdue=true", DUE + timedelta(days=1), 1),
        ("?state=open", DUE, 1),
        ("?state=done", DUE, 0),
        ("?mine=true", DUE, 0),
        ("?q=告知程序", DUE, 1),
    ],
)
def test_the_views_of_the_ledger(city, as_user, query, day, shown):
    running(city)
    with time_machine.travel(moment(day), tick=False):
        page = as_user(city.users["court_officer"]).get(reverse("meetings:resolutions") + query)

    assert page.content.decode().count("指引之1") == shown


def test_the_page_of_a_resolution_tells_its_story(city, as_user):
    resolution = running(city)
    report = reported(city, resolution)
    return_report(report.pk, actor=city.users["gov_officer"], at=CHECKED, reason="缺少培训记录")

    page = as_user(city.users["agency_contact"]).get(resolution.get_absolute_url())

    told = page.content.decode()
    assert "缺少培训记录" in told
    assert "填报进展" in told
    assert "⟪missing" not in told
    stranger = as_user(city.users["system_admin"]).get(resolution.get_absolute_url())
    assert stranger.status_code == 404
