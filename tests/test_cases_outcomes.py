"""Why a case was lost, and what the parties ask after a judgment."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.explanations import (
    ExplanationWords,
    give_notice,
    last_day_to_appeal,
    record_explanation,
)
from cases.actions.losses import (
    LossWords,
    rectified,
    review_analysis,
    waive_analysis,
    want_analysis,
    write_analysis,
)
from cases.models import Explanation, LossAnalysis
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from tests.disputes import agency_part, filed, limits, moment, party_part, stepped, suit
from tests.test_cases_performance import decided

DAY = date(2026, 4, 27)
WORDS = LossWords(
    cause="procedure",
    analysis="未告知听证权利",
    lesson="处罚前逐项核对程序",
    rectification="修订执法流程并培训",
    rectify_by=date(2026, 7, 31),
)


def judged(city, mode: str = "revoked"):
    """A first judgment of 20 April 2026, served on all the day after."""
    made = filed(suit(city), date(2026, 3, 4))
    stepped(made, "send", date(2026, 3, 6), served_party=agency_part(made))
    stepped(made, "hear", date(2026, 4, 1))
    stepped(made, "pronounce", date(2026, 4, 20), mode=mode, ground_of_loss="procedure")
    for part in made.participants.all():
        stepped(made, "serve", date(2026, 4, 21), served_party=part)
    return made


def acting(city, who: str, day: date = DAY) -> dict:
    return {"actor": city.users[who], "at": moment(day, 10)}


@pytest.mark.parametrize(
    ("mode", "lost"),
    [("revoked", True), ("ordered", True), ("upheld", False), ("mediated", False)],
)
def test_every_loss_is_to_be_analysed(city, mode, lost):
    procedure = decided(city, mode, due=None)
    units = [one.organization for one in procedure.losses.all()]
    assert units == ([city.organizations["agency"]] if lost else [])


def test_a_lost_suit_is_analysed_with_the_cause_that_the_court_gave(city):
    assert judged(city).losses.get().cause == "procedure"


def test_an_analysis_is_wanted_written_reviewed_and_rectified(city):
    loss = decided(city).losses.get()
    want_analysis(loss.pk, **acting(city, "gov_officer"), by=date(2026, 5, 11))
    assert limits(loss) == {"LOSS-ANALYSIS": date(2026, 5, 11)}
    write_analysis(loss.pk, **acting(city, "agency_contact"), words=WORDS)
    given = acting(city, "gov_officer")
    review_analysis(loss.pk, **given, accepted=False, remark="未分析责任环节")
    write_analysis(loss.pk, **acting(city, "agency_contact"), words=WORDS)
    review_analysis(loss.pk, **given, accepted=True)
    assert limits(loss) == {"LOSS-RECTIFY": date(2026, 7, 31)}
    day = date(2026, 7, 20)
    loss = rectified(loss.pk, **acting(city, "gov_officer", day), on=day)
    assert (loss.state, limits(loss)) == ("rectified", {})


@pytest.mark.parametrize("who", ["gov_officer", "court_officer"])
def test_nobody_analyses_for_the_agency(city, who):
    loss = decided(city).losses.get()
    with pytest.raises(PermissionDenied):
        write_analysis(loss.pk, **acting(city, who), words=WORDS)


@pytest.mark.parametrize("who", ["agency_contact", "court_officer"])
def test_the_bureau_alone_reviews(city, who):
    loss = decided(city).losses.get()
    write_analysis(loss.pk, **acting(city, "agency_contact"), words=WORDS)
    with pytest.raises(PermissionDenied):
        review_analysis(loss.pk, **acting(city, who), accepted=True)


def test_the_court_does_not_read_an_analysis(city):
    decided(city)
    seen = {
        who: visible_to(city.users[who], LossAnalysis).count()
        for who in ("gov_officer", "agency_contact", "court_officer", "system_admin")
    }
    assert seen == {"gov_officer": 1, "agency_contact": 1, "court_officer": 0, "system_admin": 0}


def test_an_analysis_falls_away_with_a_reason(city):
    loss = decided(city).losses.get()
    given = acting(city, "gov_officer")
    with pytest.raises(RuleBroken) as broken:
        waive_analysis(loss.pk, **given, remark=" ")
    assert broken.value.field == "remark"
    assert waive_analysis(loss.pk, **given, remark="二审改判").state == "waived"


ANSWERS = ExplanationWords(
    on=DAY,
    place="行政庭接待室",
    attendees="张三及其代理人李律师",
    questions="为何未采信证据三？",
    answers="该证据系事后收集。",
    acceptance="partly",
    intention="undecided",
)


def noticed(city, who: str = "court_officer") -> Explanation:
    part = party_part(judged(city))
    given = acting(city, who)
    return give_notice(part.pk, **given, window="行政庭 0000-1234", answered_by="承办法官")


def test_the_notice_goes_with_the_judgment_and_the_appeal_period_runs_on(city):
    row = noticed(city)
    assert row.notified_on == date(2026, 4, 21)
    last = last_day_to_appeal(row.participant)
    row = record_explanation(row.pk, **acting(city, "court_officer"), words=ANSWERS)
    assert (row.held_on, row.intention) == (DAY, "undecided")
    assert last_day_to_appeal(row.participant) == last == date(2026, 5, 6)


def test_no_notice_before_the_judgment_is_served(city):
    made = filed(suit(city), date(2026, 3, 4))
    stepped(made, "send", date(2026, 3, 6), served_party=agency_part(made))
    stepped(made, "hear", date(2026, 4, 1))
    stepped(made, "pronounce", date(2026, 4, 20), mode="claims_dismissed")
    with pytest.raises(RuleBroken) as broken:
        give_notice(
            party_part(made).pk,
            **acting(city, "court_officer"),
            window="行政庭",
            answered_by="承办法官",
        )
    assert broken.value.code == "not_served"


@pytest.mark.parametrize("who", ["gov_officer", "agency_contact"])
def test_no_government_user_answers_for_the_court(city, who):
    with pytest.raises(PermissionDenied):
        noticed(city, who)


def test_what_was_asked_is_the_courts_own(city):
    noticed(city)
    seen = {
        who: visible_to(city.users[who], Explanation).count()
        for who in ("court_officer", "gov_officer", "agency_contact")
    }
    assert seen == {"court_officer": 1, "gov_officer": 0, "agency_contact": 0}


def test_a_record_is_complete_and_written_once(city):
    row = noticed(city)
    given = acting(city, "court_officer")
    with pytest.raises(RuleBroken) as broken:
        record_explanation(
            row.pk, **given, words=ExplanationWords(**{**vars(ANSWERS), "answers": ""})
        )
    assert broken.value.field == "answers"
    record_explanation(row.pk, **given, words=ANSWERS)
    with pytest.raises(RuleBroken) as broken:
        record_explanation(row.pk, **given, words=ANSWERS)
    assert broken.value.code == "held"


def test_each_side_sees_its_own_part_on_the_page(city, as_user):
    row = noticed(city)
    address = f"{row.procedure.dispute.get_absolute_url()}?tab=related"
    court = as_user(city.users["court_officer"]).get(address).content.decode()
    agency = as_user(city.users["agency_contact"]).get(address).content.decode()
    assert 'id="explanations"' in court
    assert 'id="losses"' not in court
    assert 'id="explanations"' not in agency
    assert 'id="losses"' in agency


def test_forms_answer_to_whom_they_concern(city, as_user):
    loss = decided(city).losses.get()
    address = f"/disputes/losses/{loss.public_id}/write/"
    assert as_user(city.users["agency_contact"]).get(address).status_code == 200
    assert as_user(city.users["gov_officer"]).get(address).status_code == 403
    assert as_user(city.users["court_officer"]).get(address).status_code == 404
    sent = {
        "version": loss.version,
        "cause": "procedure",
        "rectify_by": "2026-07-31",
        "analysis": "未告知听证权利",
        "lesson": "",
        "rectification": "修订执法流程",
    }
    client = as_user(city.users["agency_contact"])
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"lesson": "核对程序"}).status_code == 302
    loss.refresh_from_db()
    assert loss.state == "written"
