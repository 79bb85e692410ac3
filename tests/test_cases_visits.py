"""Follow-up visits: arranged, made, made again where all is not well; who reads what was said."""

from datetime import date

import pytest

from cases.actions.visits import VisitWords, arrange_visit, record_visit
from cases.models import Visit
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from tests.disputes import accepted, keeping, limits, moment, reconsideration, stepped
from tests.test_cases_performance import decided

DAY = date(2026, 6, 2)


def arranged(city, day: date = date(2026, 5, 30)):
    procedure = decided(city)
    actor = city.users["gov_officer"]
    return arrange_visit(procedure.pk, actor=actor, at=moment(day, 10), on=day)


def visited(city, visit, result="performed", on=DAY, who="gov_officer", **changes) -> Visit:
    given = {"method": "phone", "person": "张三", "said": "已经收到新的决定"} | changes
    words = VisitWords(on=on, result=result, **given)
    return record_visit(visit.pk, actor=city.users[who], at=moment(on, 15), words=words)


def test_a_visit_takes_over_the_limit_of_the_decision(city):
    keeping(city)
    visit = arranged(city)
    earlier = visit.origins.get().earlier
    assert "FY-VISIT-A" not in limits(earlier)
    assert limits(visit) == {"FY-VISIT-A": date(2026, 6, 29)}


def test_a_visit_that_finds_all_performed_ends_the_follow_up(city):
    visit = arranged(city)
    row = visited(city, visit)
    visit.refresh_from_db()
    assert (visit.state, visit.mode, row.next_on) == ("visited", "performed", None)
    assert limits(visit) == {}


def test_what_is_not_in_order_is_visited_again_by_the_named_day(city):
    visit = arranged(city)
    again = {"next_on": date(2026, 6, 16), "measure": "督促被申请人限期履行"}
    visited(city, visit, "unperformed", **again)
    visit.refresh_from_db()
    assert visit.state == "following"
    assert limits(visit) == {"VISIT-AGAIN": date(2026, 6, 16)}
    visited(city, visit, on=date(2026, 6, 15))
    visit.refresh_from_db()
    assert (visit.state, limits(visit), visit.visits.count()) == ("visited", {}, 2)


@pytest.mark.parametrize(
    ("result", "changes", "field"),
    [
        ("unsatisfied", {"measure": "解释说明"}, "next_on"),
        ("unsatisfied", {"measure": "解释说明", "next_on": DAY}, "next_on"),
        ("partly", {"next_on": date(2026, 6, 16)}, "measure"),
        ("performed", {"next_on": date(2026, 6, 16)}, "next_on"),
        ("performed", {"person": " "}, "person"),
    ],
)
def test_a_visit_says_who_and_what_comes_next(city, result, changes, field):
    visit = arranged(city)
    with pytest.raises(RuleBroken) as broken:
        visited(city, visit, result, **changes)
    assert broken.value.field == field
    assert not visit.visits.exists()


def test_a_case_is_visited_once_and_only_after_it_is_closed(city):
    procedure = accepted(reconsideration(city), date(2026, 3, 5))
    given = {"actor": city.users["gov_officer"], "at": moment(DAY, 10), "on": DAY}
    with pytest.raises(RuleBroken) as broken:
        arrange_visit(procedure.pk, **given)
    assert broken.value.code == "not_closed"
    stepped(procedure, "end", date(2026, 3, 9), mode="ended_settled", reason="双方和解")
    visit = arrange_visit(procedure.pk, **given)
    assert visit.fact("visit_reason") == "reconsideration"
    with pytest.raises(RuleBroken) as broken:
        arrange_visit(procedure.pk, **given)
    assert broken.value.code == "visit_open"


def test_what_was_said_is_for_the_organ_and_the_bureau(city):
    visited(city, arranged(city))
    readers = {
        who: visible_to(city.users[who], Visit).count()
        for who in ("gov_officer", "agency_contact", "court_officer", "system_admin")
    }
    assert readers == {
        "gov_officer": 1,
        "agency_contact": 0,
        "court_officer": 0,
        "system_admin": 0,
    }


def test_the_step_leads_to_the_page_that_asks_more(city, as_user):
    visit = arranged(city)
    dispute = visit.dispute
    client = as_user(city.users["gov_officer"])
    answer = client.get(f"/disputes/{dispute.public_id}/procedures/{visit.public_id}/visit/")
    page = client.get(answer.url)
    assert "回访" in page.content.decode()
    sent = {
        "version": visit.version,
        "on": "2026-06-02",
        "method": "phone",
        "person": "张三",
        "result": "performed",
        "late": "补录",
        "form_token": "t1",
    }
    assert client.post(answer.url, sent).status_code == 302
    assert visit.visits.get().person == "张三"
    shown = client.get(f"{dispute.get_absolute_url()}?tab=settling").content.decode()
    assert "已履行" in shown
