"""How a dispute stands, whose a period is, and by which working day something is done, as
its pages say it."""

from datetime import date, time

import pytest
import time_machine

from cases import work
from cases.actions.hearings import HearingWords
from cases.actions.mediation import show_way
from cases.actions.outcomes import duty_name
from cases.pills import pill_of_dispute
from services.deadlines.explanation import explain
from services.deadlines.models import Deadline
from tests.disputes import dispute, moment, reconsideration, stepped
from tests.test_cases_hearings import court_case, sat
from tests.test_cases_mediation import entrusted, mediating, mediation

FAILED = date(2026, 3, 20)
ELSEWHERE = "调解未成，待另行处理"


def failed(procedure):
    return stepped(procedure, "close", FAILED, mode="failed", reason="分歧过大")


def words_of(of) -> str:
    of.refresh_from_db()
    return pill_of_dispute(of)[2]


WAYS = [("none", "已办结"), ("reconsideration", ELSEWHERE)]


@pytest.mark.parametrize(("way", "words"), WAYS)
def test_after_a_failed_mediation_a_dispute_is_over_only_if_nobody_goes_on(city, way, words):
    procedure = failed(mediating(city))
    of = procedure.dispute
    assert words_of(of) == ELSEWHERE
    assert of.closed_on is None
    given = {"actor": city.users["mediator"], "at": moment(FAILED, 17), "on": FAILED}
    show_way(procedure.pk, way=way, reason="已当面告知", **given)
    assert words_of(of).startswith(words)


def test_it_goes_on_with_what_is_opened_next(city):
    of = failed(mediating(city)).dispute
    reconsideration(city, of, date(2026, 3, 23))
    assert words_of(of).startswith("行政复议")


def test_a_mediation_that_failed_within_a_procedure_ends_with_that(city):
    of = dispute(city)
    within = reconsideration(city, of)
    asked = mediation(city, of, within=within.public_id)
    stepped(asked, "close_early", FAILED, mode="refused", reason="不愿调解")
    assert words_of(of).startswith("行政复议")
    stepped(within, "refuse", FAILED, mode="not_accepted", reason="超过申请期限")
    assert words_of(of) == "已办结"


def test_an_organ_whose_worker_mediates_has_the_acknowledgement_once(city):
    entrusted(city)
    of_mediator = work.items(city.users["mediator"], date(2026, 3, 4))
    asked = [one for one in of_mediator if one.verb == "调解员确认接受"]
    assert [(one.group, one.day) for one in asked] == [("sign", date(2026, 3, 6))]


TUESDAY = HearingWords(on=date(2026, 4, 28), starts_at=time(9, 30), place="第三法庭")


def test_parties_are_told_on_the_working_day_before_a_last_day_of_rest(city, as_user):
    """Three days before the Tuesday is Saturday, April 25: it never rolls forward."""
    hearing = sat(city, court_case(city), TUESDAY)
    limit = Deadline.objects.about(hearing).get()
    assert (limit.rule, limit.due_on) == ("XS-CP", date(2026, 4, 25))
    for today, shown in ((24, 24), (25, 25), (26, 25)):
        assert limit.day_on(date(2026, 4, today)) == date(2026, 4, shown)
    page = as_user(city.users["court_officer"]).get(hearing.get_absolute_url()).content.decode()
    assert "<dd>04-24 周五" in page
    assert "至2026年4月25日 星期六止" in page
    assert "应提前至2026年4月24日 星期五（工作日）办理" in page
    assert "第七十一条" in page


def test_a_notice_to_complete_is_explained_as_the_organs_where_it_is_needed(city):
    procedure = reconsideration(city)
    limit = Deadline.objects.about(procedure).get(rule="FY-BZ-NOTE")
    notes = " ".join(explain(limit).notes)
    assert "需要补正时才适用" in notes
    assert "权利" not in notes


def test_a_period_names_whose_right_it_is(city, as_user):
    made = stepped(
        reconsideration(city), "ask_supplement", date(2026, 3, 4), missing_items="身份证明"
    )
    with time_machine.travel(moment(date(2026, 3, 5)), tick=False):
        page = as_user(city.users["gov_officer"]).get(made.dispute.get_absolute_url())
    whose = {one.limit.rule: one.whose for one in page.context["windows"]}
    assert whose["FY-BZ"] == "申请人"
    assert whose.get("FY-BZ-NOTE", "市政府") == "市政府"


def test_a_duty_by_a_numbered_outcome_has_no_brackets_in_brackets(city):
    procedure = court_case(city)
    procedure.mode = "withdrawn_settled"
    assert "（（" not in duty_name(procedure)
    assert procedure.number in duty_name(procedure)
