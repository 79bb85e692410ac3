"""The plan as another city's staff read it: what follows from the published text alone."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings.actions.days import cancel, postpone, swap
from meetings.models import Meeting
from members.models import RoleBinding
from members.states import Role
from tests.city import make_city
from tests.sitting import moment, planned_series

PLAN = "meetings:plan"
TODAY = date(2026, 2, 2)
BY_THE_TEXT = [
    (date(2026, 1, 12), date(2026, 1, 12), "government"),
    (date(2026, 3, 12), date(2026, 3, 12), "court"),
    (date(2026, 5, 12), date(2026, 5, 12), "government"),
    (date(2026, 7, 12), date(2026, 7, 13), "court"),
]


@pytest.fixture
def plan(city):
    """Four regular meetings: one moved, two whose hosts were exchanged, one cancelled."""
    series = planned_series(city, until=date(2026, 7, 31))
    meetings = {one.ordinal: one for one in series.meetings.all()}
    how = {"actor": city.users["gov_officer"], "at": moment(TODAY)}
    with time_machine.travel(moment(TODAY), tick=False):
        postpone(meetings[2].pk, **how, day=date(2026, 3, 19), reason="与全会冲突")
        swap(meetings[2].pk, other_id=meetings[3].pk, **how, reason="院长外出学习")
        cancel(meetings[4].pk, **how, reason="假期")
        yield series


def page(client, status: int = 200):
    answer = client.get(reverse(PLAN, args=["testing"]))
    assert answer.status_code == status
    return answer


def main_of(answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("who", ["gov_officer", "court_convenor", "recorder", "agency_contact"])
def test_staff_elsewhere_read_days_hosts_and_reasons_and_no_more(city, as_user, plan, who):
    answer = page(as_user(make_city("elsewhere").users[who]))

    slots = [row["slot"] for row in answer.context["rows"]]
    assert [(s.nominal_on, s.proposed_on, *s.hosts) for s in slots[:4]] == BY_THE_TEXT
    shown = main_of(answer)
    assert "首次定期会议由市政府主办" in shown
    for kept in ("与全会冲突", "院长外出学习", "假期", "已取消", "职责期限另行计算"):
        assert kept not in shown
    links = set(re.findall('href="([^"]+)"', shown))
    assert links == set(), links


def test_at_home_the_plan_is_as_it_was_kept(city, as_user, plan):
    shown = main_of(page(as_user(city.users["gov_officer"])))

    for kept in ("院长外出学习", "已取消", "职责期限另行计算", "/meetings/"):
        assert kept in shown


def test_the_meetings_of_another_city_are_in_no_list(city, as_user, plan):
    client = as_user(make_city("elsewhere").users["gov_officer"])

    listed = client.get(reverse("meetings:list"), {"year": ""}).content.decode()
    desk = client.get("/").content.decode()

    assert Meeting.objects.filter(mechanism=city.mechanism).count() == 4
    for meeting in plan.meetings.all():
        assert meeting.public_id not in listed + desk


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.GUEST, "elsewhere", 404),
        (Role.SYSTEM_ADMINISTRATOR, "elsewhere", 404),
        (Role.AUDIT_ADMINISTRATOR, "elsewhere", 404),
        (Role.GUEST, "here", 200),
        (Role.SYSTEM_ADMINISTRATOR, "here", 200),
    ],
)
def test_guests_and_administrators_read_that_of_their_own_city(
    city, as_user, plan, role, where, status
):
    """As they do the text; nor are they told more than what follows from it."""
    place = make_city("elsewhere") if where == "elsewhere" else city
    user = place.users["agency_contact"]
    RoleBinding.objects.filter(user=user).update(role=role)

    assert "院长外出学习" not in main_of(page(as_user(user), status))
