"""The page of a dispute: where it stands, who has to act, its course, its limits."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.acts import Recorder, wanted
from cases.course import Reading
from cases.models import Dispute, Procedure
from cases.policy.circle import may_record
from foundations.access.policy import visible_to
from members.models import User
from tests.disputes import (
    accepted,
    agency_part,
    centre,
    dispute,
    filed,
    mediator,
    opened,
    reconsideration,
    stepped,
    suit,
)

TABS = ("", "parties", "papers", "related", "log")


def decided(city) -> Procedure:
    made = accepted(reconsideration(city), date(2026, 3, 3))
    made = stepped(made, "send", date(2026, 3, 4))
    made = stepped(made, "answered", date(2026, 3, 5), respondent=agency_part(made))
    made = stepped(made, "heard", date(2026, 3, 6), method="phone", note="听取了意见")
    return stepped(made, "decide", date(2026, 3, 10), mode="upheld")


def page_of(client, made: Dispute, tab: str = "") -> str:
    answer = client.get(made.get_absolute_url(), {"tab": tab} if tab else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_has_to_act_and_why(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    made = stepped(made, "send", date(2026, 3, 4))
    page = page_of(as_user(city.users["agency_contact"]), made.dispute)
    ball = page[page.index("现在由谁办理") : page.index("程序全程")]
    assert city.organizations["agency"].short_name in ball
    assert "行政复议法" in ball
    assert "答复" in ball


def test_nobody_has_to_act_when_all_is_over(city, as_user):
    made = dispute(city)
    stepped(made.procedures.get(), "close", date(2026, 3, 3), mode="other", reason="不属本机制")
    made.refresh_from_db()
    page = page_of(as_user(city.users["gov_officer"]), made)
    assert "全部程序已经结束" in page


def test_the_course_is_drawn_and_told(city, as_user):
    made = decided(city)
    page = page_of(as_user(city.users["gov_officer"]), made.dispute)
    assert 'class="b-done"' in page
    assert "程序时间线：行政复议" in page
    assert "维持" in page


def test_rights_stand_apart_from_duties(city, as_user):
    made = decided(city)
    part = made.participants.filter(role="applicant").first()
    stepped(made, "serve", date(2026, 3, 11), served_party=part)
    page = page_of(as_user(city.users["gov_officer"]), made.dispute)
    duties, rights = page.split("<h2>期间</h2>")
    assert "起诉" in rights
    assert "FY-SUE" not in duties


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_masked(city, as_user, tab):
    made = decided(city)
    page = page_of(as_user(city.users["gov_officer"]), made.dispute, tab)
    assert "张三" not in page
    assert "13800005678" not in page
    assert "张某" in page


def test_an_unknown_tab_is_not_found(city, as_user):
    made = dispute(city)
    answer = as_user(city.users["gov_officer"]).get(made.get_absolute_url(), {"tab": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["court_officer", "system_admin", "audit_admin"])
def test_a_stranger_finds_nothing(city, as_user, who):
    made = dispute(city)
    assert as_user(city.users[who]).get(made.get_absolute_url()).status_code == 404


def test_a_late_record_is_marked_in_the_log(city, as_user):
    made = reconsideration(city)
    stepped(made, "examine", date(2026, 3, 3), recorded=date(2026, 4, 20), late="漏登补录")
    page = page_of(as_user(city.users["gov_officer"]), made.dispute, "log")
    assert "补登" in page
    assert "漏登补录" in page


def test_the_step_that_is_waited_for_is_the_button(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    page = page_of(as_user(city.users["gov_officer"]), made.dispute)
    assert f"procedures/{made.public_id}/send/" in page
    head = page[: page.index("fy-tabs")]
    assert 'class="btn btn-primary"' in head
    assert "向被申请人发送申请书副本</a>" in head


def test_an_agency_is_offered_its_answer_alone(city):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    made = stepped(made, "send", date(2026, 3, 4))
    reading = Reading(made.dispute, date(2026, 3, 5))
    acts = Recorder(city.users["agency_contact"], made.dispute, reading.procedures).acts(
        reading.duties
    )
    assert [act.step.key for act in acts] == ["answered"]
    first = wanted(acts)
    assert first is not None
    assert first.meets is not None
    assert first.meets.rule == "FY-ANS"


def seen_by(made: Dispute) -> list[User]:
    users = User.objects.order_by("pk")
    return [one for one in users if visible_to(one, Dispute).filter(pk=made.pk).exists()]


def test_what_is_offered_is_what_the_policy_allows(city):
    """The page asks once for a dispute what the policy asks step by step."""
    made = dispute(city)
    mediator(city)
    opened(city, "mediation", made, centre(city), date(2026, 3, 3), channel="administrative")
    reconsideration(city, made, date(2026, 3, 3))
    filed(suit(city, dispute(city), date(2026, 3, 4)), date(2026, 3, 5))
    checked = 0
    for one in Dispute.objects.all():
        for user in seen_by(one):
            reading = Reading(one, date(2026, 3, 6))
            acts = Recorder(user, one, reading.procedures).acts()
            offered = {(act.procedure.pk, act.step.key) for act in acts}
            allowed = {
                (procedure.pk, step.key)
                for procedure in one.procedures.all()
                for step in procedure.table.possible(procedure.state)
                if may_record(user, procedure, step)
            }
            assert offered == allowed, user
            checked += len(allowed)
    assert checked > 20


MOST_QUERIES = 40
"""Of the tab with the most sections; what matters is that no number of rows moves it."""


@pytest.mark.parametrize("tab", TABS)
def test_a_page_costs_the_same_for_any_length(city, as_user, tab):
    """One procedure beside the registration, then three."""
    short, long, day = dispute(city), dispute(city), date(2026, 3, 3)
    for made in (short, long):
        opened(city, "mediation", made, centre(city), day, channel="administrative")
    reconsideration(city, long, day)
    opened(city, "visit", long, "gov", day, visit_reason="settlement")
    client = as_user(city.users["gov_officer"])
    page_of(client, short, tab)
    costs = [queries_of(client, made, tab) for made in (short, long)]
    assert costs[0] == costs[1] <= MOST_QUERIES


def queries_of(client, made: Dispute, tab: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, made, tab)
    return len(queries)
