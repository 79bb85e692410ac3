"""The limits that procedures open, stop and close, with the days counted by hand.

2026: Spring Festival February 15-23; Qingming April 4-6; Labour Day May 1-5; Dragon Boat
June 19-21; Mid-Autumn September 25-27; National Day October 1-7. Working Saturdays and
Sundays: February 14 and 28, May 9, September 20, October 10.
"""

from datetime import date

import pytest

from cases.actions.silence import open_rights_to_sue
from cases.models import Dispute
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline
from tests.disputes import (
    accepted,
    agency_part,
    centre,
    dispute,
    filed,
    higher_court,
    keeping,
    limits,
    mediator,
    opened,
    party_part,
    procuratorate,
    reconsideration,
    stepped,
    suit,
)


def day(month: int, of_month: int, year: int = 2026) -> date:
    return date(year, month, of_month)


def state_of(rule: str) -> str:
    return Deadline.objects.filter(rule=rule).latest("pk").state


def due(rule: str) -> date:
    return Deadline.objects.filter(rule=rule).latest("pk").due_on


# Reconsideration


def test_reconsideration_in_the_ordinary_procedure(city):
    procedure = reconsideration(city, on=day(3, 2))
    # 5 working days; as long may be asked what is missing
    assert limits(procedure) == {"FY-ACCEPT": day(3, 9), "FY-BZ-NOTE": day(3, 9)}
    accepted(procedure, day(3, 9))
    assert state_of("FY-ACCEPT") == "met"
    # 7 working days; 60 days end on May 8, a Friday
    assert limits(procedure) == {"FY-SEND": day(3, 18), "FY-DEC": day(5, 8)}
    stepped(procedure, "send", day(3, 19))
    assert state_of("FY-SEND") == "met_late"
    # 10 working days without Qingming's Monday
    assert limits(procedure) == {"FY-DEC": day(5, 8), "FY-ANS": day(4, 2)}
    answer = Deadline.objects.get(rule="FY-ANS")
    assert answer.owed_by == city.organizations["agency"]
    stepped(procedure, "answered", day(4, 2), respondent=agency_part(procedure))
    assert state_of("FY-ANS") == "met"
    stepped(procedure, "heard", day(4, 9), method="phone", note="听取了申请人的意见。")
    stepped(procedure, "decide", day(5, 8), mode="upheld")
    assert state_of("FY-DEC") == "met"
    assert limits(procedure) == {}


def test_reconsideration_in_the_simplified_procedure(city):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 9), "simplified")
    # 3 working days; 30 days end on April 8
    assert limits(procedure) == {"FY-SEND-S": day(3, 12), "FY-DEC-S": day(4, 8)}
    stepped(procedure, "send", day(3, 10))
    assert limits(procedure) == {"FY-DEC-S": day(4, 8), "FY-ANS-S": day(3, 17)}


def test_simplified_becomes_ordinary_and_counts_from_the_acceptance(city):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 9), "simplified")
    stepped(procedure, "send", day(3, 10))
    stepped(procedure, "suspend", day(3, 20), ground="mediation", reason="双方同意调解")
    stepped(procedure, "resume", day(3, 25), reason="调解未成")
    procedure = stepped(procedure, "to_ordinary", day(4, 1), reason="案情复杂")
    assert procedure.track == "ordinary"
    assert state_of("FY-DEC-S") == "cancelled"
    # 60 days from March 9 end on May 8; the five days of the pause are not counted
    assert due("FY-DEC") == day(5, 13)


@pytest.mark.parametrize("step", ["accept_first", "deemed_accepted"])
def test_simplified_that_was_accepted_otherwise_counts_from_then(city, step):
    procedure = reconsideration(city, on=day(3, 2))
    given = {"number": "试府复〔2026〕1号", "track": "simplified"}
    if step == "accept_first":
        given |= {"missing_items": ["授权委托书"], "missing_due": day(3, 20)}
    stepped(procedure, step, day(3, 9), **given)
    stepped(procedure, "to_ordinary", day(4, 1), reason="案情复杂")
    assert due("FY-DEC") == day(5, 8)


def test_what_is_missing_may_come_until_its_day(city):
    procedure = reconsideration(city, on=day(3, 2))
    given = {"number": "试府复〔2026〕1号", "track": "ordinary"}
    given |= {"missing_items": ["授权委托书"], "missing_due": day(3, 20)}
    procedure = stepped(procedure, "accept_first", day(3, 4), **given)
    assert procedure.accepted_on == day(3, 4)
    assert limits(procedure)["MISSING"] == day(3, 20)
    assert Deadline.objects.get(rule="MISSING").window
    stepped(procedure, "missing_supplied", day(3, 18))
    assert state_of("MISSING") == "met"


def test_the_examination_begins_anew_after_the_supplement(city):
    procedure = reconsideration(city, on=day(3, 2))
    stepped(procedure, "ask_supplement", day(3, 2), missing_items=["身份证明"])
    assert state_of("FY-ACCEPT") == "suspended"
    assert due("FY-BZ") == day(3, 16)  # 10 working days, a right of the applicant
    assert Deadline.objects.get(rule="FY-BZ").window
    stepped(procedure, "supplemented", day(3, 12))
    assert state_of("FY-BZ") == "met"
    assert limits(procedure) == {"FY-ACCEPT": day(3, 19)}


def test_deemed_accepted_only_from_the_day_the_time_ended(city):
    procedure = reconsideration(city, on=day(3, 2))
    given = {"number": "试府复〔2026〕1号", "track": "ordinary"}
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "deemed_accepted", day(3, 10), **given)
    assert (broken.value.code, broken.value.field) == ("other_day", "on")
    procedure = stepped(procedure, "deemed_accepted", day(3, 9), **given)
    assert procedure.accepted_on == day(3, 9)


def test_a_suspension_is_not_counted(city):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 9))
    stepped(procedure, "send", day(3, 10))
    stepped(procedure, "suspend", day(3, 16), ground="other_case", reason="等待另案")
    assert {state_of("FY-DEC"), state_of("FY-ANS")} == {"suspended"}
    assert "FY-ZZ" not in limits(procedure)
    procedure = stepped(procedure, "resume", day(3, 30), reason="另案审结")
    assert procedure.state == "answering"
    # 60 days would end on May 8; March 16 to 29 are fourteen days
    assert due("FY-DEC") == day(5, 22)
    # 10 working days would end on March 24; the ten working days of the pause
    assert due("FY-ANS") == day(4, 8)


def test_sixty_days_of_suspension_end_it_on_three_grounds_alone(city):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 9))
    stepped(procedure, "suspend", day(3, 10), ground="death", reason="申请人死亡")
    assert due("FY-ZZ") == day(5, 9)  # a Saturday on which offices work
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "end", day(5, 9), mode="ended_suspended")
    assert (broken.value.code, broken.value.field) == ("not_lapsed", "mode")
    procedure = stepped(procedure, "end", day(5, 11), mode="ended_suspended")
    assert procedure.state == "decided"
    assert state_of("FY-DEC") == "met"


def test_an_extension_goes_on_from_the_nominal_end(city):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 3))
    stepped(procedure, "send", day(3, 4))
    stepped(procedure, "review", day(3, 20), reason="未答复")
    assert due("FY-DEC") == day(5, 6)  # May 2 is in the holidays
    stepped(procedure, "extend", day(4, 20), length_days=30, reason="情况复杂")
    assert due("FY-DEC") == day(6, 1)  # thirty days from May 2, not from May 6
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "extend", day(4, 21), length_days=10, reason="再次")
    assert broken.value.code == "bad_transition"


@pytest.mark.parametrize(
    ("track", "days", "code"),
    [("ordinary", 31, "too_long"), ("simplified", 10, "simplified"), ("ordinary", 0, "missing")],
)
def test_what_cannot_be_extended(city, track, days, code):
    procedure = accepted(reconsideration(city, on=day(3, 2)), day(3, 3), track)
    stepped(procedure, "send", day(3, 4))
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "extend", day(3, 20), length_days=days or None, reason="情况复杂")
    assert broken.value.code == code


def test_the_law_before_2024_goes_on_for_what_was_accepted_by_it(city):
    """D-note 1: ten days, not ten working days, though the copy was sent under the new law."""
    of = dispute(city, filed_on=day(12, 25, 2023))
    procedure = reconsideration(city, of, day(12, 25, 2023), actor=None)
    assert limits(procedure) == {"FY-ACCEPT": day(1, 2, 2024)}  # 5 working days
    accepted(procedure, day(12, 28, 2023))
    assert limits(procedure) == {"FY-SEND": day(1, 9, 2024), "FY-DEC": day(2, 26, 2024)}
    stepped(procedure, "send", day(1, 3, 2024))
    # January 13 is a Saturday
    assert limits(procedure) == {"FY-ANS": day(1, 15, 2024), "FY-DEC": day(2, 26, 2024)}
    assert "2017年修正" in Deadline.objects.get(rule="FY-ANS").basis


# After the decision


def decided(city, mode: str = "upheld", of: Dispute | None = None):
    procedure = accepted(reconsideration(city, of, on=day(3, 2)), day(3, 3))
    stepped(procedure, "send", day(3, 4))
    stepped(procedure, "answered", day(3, 10), respondent=agency_part(procedure))
    return stepped(procedure, "decide", day(4, 10), mode=mode, reason="申请人拒绝陈述")


def test_each_applicant_may_sue_from_the_own_service(city):
    procedure = decided(city)
    first, second = party_part(procedure, 0), party_part(procedure, 1)
    stepped(procedure, "serve", day(4, 13), served_party=first)
    stepped(procedure, "serve", day(4, 20), served_party=second)
    stepped(procedure, "serve", day(4, 13), served_party=agency_part(procedure), late="补录")
    assert limits(first) == {"FY-SUE": day(4, 28)}
    assert limits(second) == {"FY-SUE": day(5, 6)}  # May 5 is in the holidays
    assert limits(agency_part(procedure)) == {}
    first.refresh_from_db()
    assert first.served_on == day(4, 13)
    window = Deadline.objects.about(first).get()
    assert window.window
    assert window.owed_by == city.organizations["gov"]


@pytest.mark.parametrize(
    ("first", "rules"), [("", set()), ("未履行法定职责", {"FY-SUE-PRE"})], ids=["free", "first"]
)
def test_dismissed_where_reconsideration_comes_first(city, first, rules):
    procedure = decided(city, "application_dismissed", dispute(city, reconsideration_first=first))
    stepped(procedure, "serve", day(4, 13), served_party=party_part(procedure))
    assert limits(party_part(procedure)).keys() == rules


# First instance


def test_first_instance_in_the_ordinary_procedure(city):
    procedure = suit(city, on=day(3, 2))
    assert limits(procedure) == {"XS-LA": day(3, 9)}  # 7 days
    filed(procedure, day(3, 9))
    # 5 days end on a Saturday; six months
    assert limits(procedure) == {"XS-SEND": day(3, 16), "XS-1": day(9, 9)}
    agency = agency_part(procedure)
    stepped(procedure, "send", day(3, 12), served_party=agency)
    assert limits(procedure) == {"XS-1": day(9, 9), "XS-ANS": day(3, 27)}
    assert limits(agency) == {"XS-JX": day(3, 27)}
    stepped(procedure, "answered", day(3, 27), respondent=agency)
    assert limits(procedure) == {"XS-1": day(9, 9), "XS-ANS2": day(4, 1)}
    stepped(procedure, "answer_sent", day(4, 1))
    assert state_of("XS-ANS2") == "met"


def test_the_corrected_complaint_begins_the_seven_days_anew(city):
    procedure = suit(city, on=day(3, 2))
    stepped(procedure, "corrected", day(3, 6))
    assert limits(procedure) == {"XS-LA": day(3, 13)}


def test_the_copy_reaches_parties_without_a_time_to_answer(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9))
    plaintiff = party_part(procedure)
    stepped(procedure, "send", day(3, 10), served_party=plaintiff)
    assert limits(plaintiff) == {}
    assert limits(procedure) == {"XS-1": day(9, 9)}
    plaintiff.refresh_from_db()
    assert plaintiff.served_on is None


@pytest.mark.parametrize(
    ("track", "days", "last"),
    [
        ("simplified", 8, day(3, 20)),
        ("simplified", None, day(3, 27)),
        ("simplified", 16, "length_range"),
        ("ordinary", 8, "fixed_length"),
    ],
)
def test_the_court_sets_the_days_to_answer_in_the_simplified_procedure(city, track, days, last):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9), track)
    given = {"served_party": agency_part(procedure), "answer_days": days}
    if isinstance(last, date):
        stepped(procedure, "send", day(3, 12), **given)
        assert due("XS-ANS") == last
        return
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "send", day(3, 12), **given)
    assert broken.value.code == last


def test_the_simplified_procedure_and_its_change(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9), "simplified")
    assert limits(procedure)["XS-1S"] == day(4, 23)  # 45 days
    stepped(procedure, "send", day(3, 10), served_party=agency_part(procedure))
    procedure = stepped(procedure, "to_ordinary", day(4, 20), reason="案情复杂")
    assert (procedure.track, state_of("XS-1S")) == ("ordinary", "cancelled")
    assert limits(procedure)["XS-1"] == day(9, 9)  # counted from the filing


def test_it_cannot_change_after_the_45_days(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9), "simplified")
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "to_ordinary", day(4, 24), reason="案情复杂")
    assert broken.value.code == "conversion_late"


PAUSES = (
    ("suspend", "resume"),
    ("appraise", "resume"),
    ("coordinate", "resume"),
    ("announce", "announced"),
)


@pytest.mark.parametrize(("stop", "go_on"), PAUSES, ids=[stop for stop, _go_on in PAUSES])
def test_what_does_not_count_in_a_trial(city, stop, go_on):
    """C8: announcement, appraisal, mediation, suspension."""
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9))
    stepped(procedure, "send", day(3, 10), served_party=agency_part(procedure))
    stepped(procedure, stop, day(4, 1), reason="依法")
    assert state_of("XS-1") == "suspended"
    procedure = stepped(procedure, go_on, day(5, 1), reason="事由消除")
    assert (procedure.state, procedure.before) == ("answering", "")
    assert due("XS-1") == day(10, 9)  # thirty days more than September 9


def test_an_objection_to_jurisdiction_does_not_count(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9))
    agency = agency_part(procedure)
    stepped(procedure, "send", day(3, 10), served_party=agency)
    stepped(procedure, "object", day(3, 20), party=agency, reason="管辖")
    assert state_of("XS-JX") == "met"
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "suspend", day(3, 21), reason="中止")
    assert broken.value.code == "clock_stopped"
    stepped(procedure, "objection_ruled", day(3, 25), served_party=agency, reason="驳回异议")
    assert limits(agency) == {"XS-APP-R": day(4, 7)}  # April 4 to 6 are Qingming
    stepped(procedure, "objection_over", day(4, 9), reason="裁定生效")
    assert due("XS-1") == day(9, 29)  # twenty days more
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "objection_over", day(4, 9), reason="裁定生效")
    assert broken.value.code == "not_begun"


def test_an_interruption_that_began_on_the_day_of_filing(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9))
    stepped(procedure, "suspend", day(3, 9), reason="等待解释")
    stepped(procedure, "resume", day(3, 19), reason="已解释")
    assert due("XS-1") == day(9, 18)  # the day of filing did not count anyhow


def test_a_trial_is_extended_to_the_day_that_was_approved(city):
    procedure = filed(suit(city, on=day(3, 2)), day(3, 9))
    stepped(procedure, "send", day(3, 10), served_party=agency_part(procedure))
    stepped(procedure, "extend", day(9, 1), until=day(12, 9), reason="高级人民法院批准")
    assert due("XS-1") == day(12, 9)


# Appeal, effect, second instance


def pronounced(city, mode: str = "revoked", of: Dispute | None = None):
    procedure = filed(suit(city, of, on=day(3, 2)), day(3, 9))
    stepped(procedure, "send", day(3, 10), served_party=agency_part(procedure))
    return stepped(procedure, "pronounce", day(5, 20), mode=mode)


def test_each_party_appeals_in_its_own_time(city):
    procedure = pronounced(city)
    agency, first, second = (
        agency_part(procedure),
        party_part(procedure),
        party_part(procedure, 1),
    )
    stepped(procedure, "serve", day(5, 22), served_party=agency)
    stepped(procedure, "serve", day(5, 25), served_party=first)
    procedure = stepped(procedure, "serve", day(6, 1), served_party=second)
    assert procedure.state == "appealable"
    assert [limits(one)["XS-APP-J"] for one in (agency, first, second)] == [
        day(6, 8),  # June 6 is a Saturday
        day(6, 9),
        day(6, 16),
    ]
    for on, code in ((day(6, 10), "appeal_runs"), (day(6, 16), "appeal_runs")):
        with pytest.raises(RuleBroken) as broken:
            stepped(procedure, "effective", on)
        assert broken.value.code == code
    procedure = stepped(procedure, "effective", day(6, 17), performance_due=day(7, 17))
    assert procedure.effective_on == day(6, 17)
    assert {state_of("XS-APP-J")} == {"lapsed"}
    # six months from the effect; two years from the last day to perform
    assert limits(procedure) == {"XS-RE": day(12, 17), "XS-EXE": day(7, 17, 2028)}
    assert all(row.window for row in Deadline.objects.about(procedure).filter(state="open"))


def test_it_takes_no_effect_before_everybody_was_served(city):
    procedure = pronounced(city)
    stepped(procedure, "serve", day(5, 22), served_party=agency_part(procedure))
    stepped(procedure, "serve", day(5, 22), served_party=party_part(procedure))
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "effective", day(6, 30))
    assert broken.value.code == "not_served"
    assert "试验建材有限公司" in str(broken.value)


@pytest.mark.parametrize(
    ("mode", "windows", "state"),
    [
        ("suit_dismissed", {"XS-APP-R": day(6, 1)}, "appealable"),
        ("claims_dismissed", {"XS-APP-J": day(6, 8)}, "appealable"),
        ("withdrawn_settled", {}, "served"),
        ("deemed_withdrawn", {}, "served"),
        ("ended", {}, "served"),
    ],
)
def test_which_papers_can_be_appealed_against(city, mode, windows, state):
    """R-8: of rulings only those not to file and to dismiss the suit."""
    procedure = pronounced(city, mode)
    part = party_part(procedure)
    procedure = stepped(procedure, "serve", day(5, 22), served_party=part)
    assert (limits(part), procedure.state) == (windows, state)
    if not windows:
        assert stepped(procedure, "effective", day(5, 22)).state == "effective"


def test_a_refusal_to_file_is_appealed_against_by_the_plaintiff(city):
    procedure = suit(city, on=day(3, 2))
    procedure = stepped(procedure, "refuse", day(3, 6))
    assert (procedure.mode, procedure.state) == ("not_filed", "pronounced")
    stepped(procedure, "serve", day(3, 9), served_party=party_part(procedure))
    assert limits(party_part(procedure)) == {"XS-APP-R": day(3, 19)}


def appealed(city):
    procedure = pronounced(city)
    agency, first, second = (
        agency_part(procedure),
        party_part(procedure),
        party_part(procedure, 1),
    )
    for one in (agency, first, second):
        stepped(procedure, "serve", day(5, 22), served_party=one)
    agency.refresh_from_db()
    return stepped(procedure, "appeal", day(6, 8), party=agency), agency


def second_instance(city, first):
    return opened(
        city,
        "second_instance",
        first.dispute,
        higher_court(city),
        day(6, 15),
        earlier=first,
        reason="上诉",
        number="（2026）鄂01行终1号",
    )


def test_an_appeal_and_the_second_instance(city):
    first, agency = appealed(city)
    assert Deadline.objects.about(agency).get(rule="XS-APP-J").state == "met"
    second = second_instance(city, first)
    assert limits(second) == {"XS-2": day(9, 15)}  # three months
    roles = {str(one): one.role for one in second.participants.all()}
    assert roles == {
        "市综合执法局": "appellant",
        "张某": "appellee",
        "试验建材有限公司": "appellee",
    }
    person = second.participants.get(party__shown_name="张某")
    stepped(second, "send", day(6, 18), served_party=person)
    assert limits(person) == {"XS-APP-ANS": day(7, 3)}
    stepped(second, "suspend", day(7, 10), exclusion="mediation", reason="协调")
    stepped(second, "resume", day(7, 20), reason="协调未成")
    assert due("XS-2") == day(9, 28)  # ten days more end on a day of Mid-Autumn
    second = stepped(second, "close", day(9, 1), mode="upheld_judgment")
    second = stepped(second, "serve", day(9, 3), served_party=person)
    assert second.effective_on == day(9, 3)
    assert limits(second)["XS-RE"] == day(3, 3, 2027)
    with pytest.raises(RuleBroken) as broken:
        stepped(first, "effective", day(9, 10))
    assert broken.value.code == "appealed"


def test_after_a_withdrawn_appeal_the_first_judgment_takes_effect(city):
    first, _agency = appealed(city)
    second = second_instance(city, first)
    stepped(second, "review", day(6, 20))
    stepped(second, "close", day(6, 25), mode="appeal_withdrawn")
    assert stepped(first, "effective", day(6, 25)).effective_on == day(6, 25)


def test_retrial(city):
    first, _agency = appealed(city)
    court = higher_court(city)
    review = opened(
        city,
        "retrial_review",
        first.dispute,
        court,
        day(6, 15),
        earlier=first,
        number="（2026）鄂01行申1号",
    )
    assert limits(review) == {"XS-RE-REV": day(12, 15)}
    stepped(review, "close", day(7, 1), mode="brought_up")
    for instance, rule, last in (
        ("first", "XS-1", day(1, 4, 2027)),
        ("second", "XS-2", day(10, 8)),
    ):
        anew = opened(
            city,
            "retrial",
            first.dispute,
            court,
            day(7, 2),
            earlier=review,
            number=f"（2026）鄂01行再{last.month}号",
            instance=instance,
        )
        assert limits(anew) == {rule: last}


# Enforcement

URGED, ENDED, APPLIED = day(3, 2), day(2, 27), day(3, 20)


def applied(city, urged=URGED, ended=ENDED):
    return opened(
        city,
        "non_litigation",
        dispute(city),
        "court",
        APPLIED,
        urged_on=urged,
        suit_period_ended_on=ended,
    )


NUMBER = "（2026）鄂0199行审1号"


def test_enforcement_without_a_suit(city):
    procedure = applied(city)
    assert limits(procedure) == {"FS-ACC": day(3, 27)}  # 5 working days
    stepped(procedure, "accept", day(3, 26), number=NUMBER)
    assert limits(procedure) == {"FS-DEC": day(4, 7)}  # 7 working days over Qingming
    stepped(procedure, "to_hearing", day(4, 1), reason="明显缺乏事实根据")
    assert limits(procedure) == {"FS-DEC-B": day(4, 27)}  # 30 days end on a Saturday
    stepped(procedure, "close", day(4, 20), mode="denied", ground_of_loss="evidence")
    assert limits(procedure) == {"FS-DEC-C": day(4, 27)}
    agency = procedure.participants.get(role="enforcing")
    assert agency.organization == city.organizations["agency"]
    stepped(procedure, "served", day(4, 24), served_party=agency)
    assert state_of("FS-DEC-C") == "met"
    assert limits(agency) == {"FS-FY": day(5, 9)}  # a working Saturday


def test_a_refusal_can_be_brought_before_the_higher_court(city):
    procedure = applied(city)
    stepped(procedure, "refuse", day(3, 25))
    assert limits(procedure) == {"FS-ACC-B": day(4, 9)}
    assert Deadline.objects.get(rule="FS-ACC-B").owed_by == city.organizations["agency"]


@pytest.mark.parametrize(
    ("urged", "ended", "code"),
    [
        (day(3, 9), day(2, 27), "urged_too_late"),  # ten working days end on March 23
        (day(3, 2), day(12, 1, 2025), "applied_late"),  # three months ended on March 2
        (day(3, 5), day(12, 22, 2025), None),  # they end on March 19 and March 23
    ],
)
def test_applied_too_early_or_too_late(city, urged, ended, code):
    procedure = applied(city, urged, ended)
    if code is None:
        assert stepped(procedure, "accept", day(3, 24), number=NUMBER).state == "accepted"
        return
    with pytest.raises(RuleBroken) as broken:
        stepped(procedure, "accept", day(3, 24), number=NUMBER)
    assert (broken.value.code, broken.value.field) == (code, "reason")
    given = {"number": NUMBER, "reason": "有正当理由"}
    assert stepped(procedure, "accept", day(3, 24), **given).state == "accepted"


# Mediation, confirmation, supervision, visit


def asked(city, of=None, **given):
    on = day(3, 5)
    given |= {"channel": "people", "mediation_role": "first"}
    procedure = opened(city, "mediation", of or dispute(city), centre(city), on, **given)
    for part in procedure.participants.exclude(party=None):
        part.consents.create(agreed=True, on=on, method="phone")
    return stepped(procedure, "consent", on)


@pytest.mark.parametrize(
    ("referral", "track", "rules"),
    [
        ("before_filing", None, {"TJ-PRE": day(4, 8)}),  # 30 days
        ("in_trial", "ordinary", {"TJ-IN": day(3, 24)}),  # 15 days
        ("in_trial", "simplified", {"TJ-IN-B": day(3, 16)}),  # 7 days
        ("own", None, {}),
    ],
)
def test_how_long_is_mediated(city, referral, track, rules):
    if track:
        trial = filed(suit(city, on=day(3, 4)), day(3, 5), track)
        procedure = asked(city, trial.dispute, within=trial)
    else:
        procedure = asked(city)
    stepped(procedure, "refer", day(3, 6), referral=referral, mediator=mediator(city))
    assert limits(procedure) == {"TJ-ACK": day(3, 11)}  # 3 working days
    stepped(procedure, "acknowledge", day(3, 9))
    assert limits(procedure) == rules
    if rules:
        stepped(procedure, "extend", day(3, 10), until=day(5, 20), reason="各方同意")
        assert set(limits(procedure).values()) == {day(5, 20)}
    stepped(procedure, "close", day(3, 12), mode="settled")
    assert limits(procedure) == {}


def test_another_mediator_has_three_days_of_her_own(city):
    procedure = asked(city)
    stepped(procedure, "refer", day(3, 6), referral="own", mediator=mediator(city))
    other = mediator(city, "second_mediator")
    stepped(procedure, "reassign", day(3, 10), mediator=other, reason="未确认")
    assert limits(procedure) == {"TJ-ACK": day(3, 13)}


def test_confirmation_is_asked_for_within_thirty_days(city):
    procedure = opened(
        city, "confirmation", dispute(city), "court", day(3, 3), actor=city.users["agency_contact"]
    )
    assert limits(procedure) == {"TJ-SFQR": day(4, 2)}
    assert Deadline.objects.get(rule="TJ-SFQR").window
    stepped(procedure, "apply", day(4, 2))
    assert state_of("TJ-SFQR") == "met"


def test_the_court_examines_advice_to_try_again_within_three_months(city):
    procedure = opened(
        city,
        "supervision",
        dispute(city),
        procuratorate(city),
        day(3, 3),
        actor=None,
        number="试检行监〔2026〕1号",
    )
    stepped(procedure, "close", day(3, 20), mode="retrial_advice")
    stepped(procedure, "advice_received", day(3, 24), court=city.organizations["court"])
    limit = Deadline.objects.get(rule="JC-ZS")
    assert (limit.due_on, limit.owed_by) == (day(6, 24), city.organizations["court"])


def test_a_visit_is_due_thirty_days_after_the_time_to_perform(city):
    keeping(city)
    procedure = opened(
        city,
        "visit",
        dispute(city),
        "gov",
        day(6, 1),
        visit_reason="reconsideration",
        performance_due=day(5, 29),
    )
    assert limits(procedure) == {"FY-VISIT-A": day(6, 29)}  # June 28 is a Sunday
    stepped(procedure, "report_received", day(6, 8))
    assert limits(procedure) == {"FY-VISIT-A": day(6, 29), "FY-VISIT-B": day(6, 15)}
    stepped(procedure, "visit", day(6, 12), mode="performed", method="phone", note="已经履行")
    assert limits(procedure) == {}


@pytest.mark.parametrize(
    ("first", "rule"), [("", "FY-SUE-OD"), ("未履行法定职责", "FY-SUE-PRE")], ids=["free", "first"]
)
def test_who_waits_in_vain_may_sue_within_fifteen_days(city, first, rule):
    of = dispute(city, reconsideration_first=first)
    procedure = accepted(reconsideration(city, of, on=day(3, 2)), day(3, 9))
    assert open_rights_to_sue(on=day(5, 8)) == 0
    assert open_rights_to_sue(on=day(5, 9)) == 1
    assert open_rights_to_sue(on=day(5, 10)) == 0
    assert limits(party_part(procedure)) == {rule: day(5, 25)}  # May 23 is a Saturday
    assert Deadline.objects.filter(rule=rule, window=True).count() == 2
