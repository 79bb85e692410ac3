"""The counting rows through the life of a dispute: after every action stored as derived, and
what they say of it, counted by hand."""

from collections.abc import Iterator
from datetime import date, time

import pytest

from cases.actions import appearances, attending, hearings
from cases.actions.explanations import give_notice, record_explanation
from cases.actions.lead import add_concerned, answer_lead, propose_lead
from cases.actions.participants import (
    add_agency_to,
    add_third_party,
    remove_participant,
    replace_participant,
)
from cases.actions.performance import confirm, perform, release
from cases.actions.visits import VisitWords, arrange_visit, record_visit
from cases.models import AgencyTally, Dispute, Procedure, Tally
from cases.tallies import differences
from tests.disputes import (
    accepted,
    agency_part,
    dispute,
    filed,
    higher_court,
    moment,
    opened,
    party_part,
    reconsideration,
    stepped,
    suit,
    unit,
    worker,
)
from tests.letters import ceased
from tests.test_cases_outcomes import ANSWERS
from tests.test_cases_performance import decided


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def same() -> bool:
    """Is every row stored as it would be derived now?"""
    return differences(list(Dispute.objects.values_list("pk", flat=True))) == []


def played(story: Iterator[Procedure | None]) -> None:
    """After each action the stored rows are those that are derived."""
    for n, _ in enumerate(story):
        found = differences(list(Dispute.objects.values_list("pk", flat=True)))
        assert found == [], (n, found)


def tally(kind: str) -> Tally:
    return Tally.objects.filter(kind=kind).latest("procedure_id")


def said(row: Tally | AgencyTally, *names: str) -> tuple:
    return tuple(getattr(row, name) for name in names)


# A reconsideration, what it orders, and the suit after it


def reconsidered(city) -> Iterator:
    made = reconsideration(city, reconsidered_first(city))
    yield made
    made = accepted(made, day(3, 5))
    yield made
    yield stepped(made, "suspend", day(3, 10), ground="death", reason="申请人死亡")
    yield stepped(made, "resume", day(3, 20), reason="继承人参加")
    yield stepped(made, "send", day(3, 20))
    yield stepped(made, "answered", day(3, 26), respondent=agency_part(made))
    yield stepped(made, "heard", day(3, 27), method="phone", note="听取意见")
    given = {"mode": "ordered", "performance_due": day(5, 29)}
    yield stepped(made, "decide", day(4, 20), **given)
    yield stepped(made, "serve", day(4, 21), served_party=party_part(made, 0))
    yield stepped(made, "serve", day(4, 22), served_party=party_part(made, 1))
    item = made.performances.get()
    agency = {"actor": city.users["agency_contact"], "remark": "已作出处理决定"}
    yield perform(item.pk, at=moment(day(6, 1), 16), on=day(6, 1), **agency)
    officer = {"actor": city.users["gov_officer"], "remark": "缺少送达回证"}
    at = moment(day(6, 2), 16)
    yield confirm(item.pk, at=at, on=day(6, 2), done=False, **officer)
    yield perform(item.pk, at=moment(day(6, 8), 16), on=day(6, 8), **agency)
    at = moment(day(6, 9), 16)
    yield confirm(item.pk, at=at, on=day(6, 9), done=True, **officer)


def reconsidered_first(city) -> Dispute:
    return dispute(city, reconsideration_first="行政复议法第二十三条")


def test_a_reconsideration_from_its_receipt_to_what_it_ordered(city):
    played(reconsidered(city))
    row = tally("reconsideration")

    assert said(row, "taken_on", "closed_on", "mode") == (day(3, 5), day(4, 20), "ordered")
    assert said(row, "first", "by_law", "after", "counted") == (True, True, False, True)
    assert said(row, "against", "settled", "judged") == (True, False, False)
    # 5 March to 20 April are 46 days, of which the 10th to the 19th of March stood still
    assert row.days == 36
    # served last on 22 April: fifteen days end on 7 May
    assert said(row, "sue_by", "sued_on") == (day(5, 7), None)
    assert said(row, "duty_by", "duty_done_on", "duty_late") == (day(5, 29), day(6, 8), True)
    [own] = row.agencies.all()
    assert said(own, "role", "duty_by", "duty_late") == ("respondent", day(5, 29), True)


def test_what_is_open_to_be_done_is_not_done(city):
    made = decided(city, due=day(5, 29))
    assert said(tally("reconsideration"), "duty_by", "duty_done_on") == (day(5, 29), None)

    actor, at = city.users["gov_officer"], moment(day(5, 4), 16)
    release(made.performances.get().pk, actor=actor, at=at, on=day(5, 4), remark="另行和解")

    assert same()
    assert said(tally("reconsideration"), "duty_by", "duty_done_on") == (None, None)


@pytest.mark.parametrize(
    ("mode", "first", "last"),
    [
        # 20 April and fifteen days end on 5 May, the last day of a holiday
        ("upheld", "", day(5, 6)),
        ("application_dismissed", "", None),
        ("application_dismissed", "行政复议法第二十三条", day(5, 6)),
        ("mediated", "", None),
    ],
)
def test_what_was_never_served_is_counted_from_the_closing(city, mode, first, last):
    decided(city, mode, due=None, of=dispute(city, reconsideration_first=first))

    assert same()
    assert tally("reconsideration").sue_by == last


def test_a_suit_after_the_reconsideration_and_one_before(city):
    made = decided(city, "upheld", due=None)
    early = tally("reconsideration")
    assert said(early, "first", "sued_on") == (True, None)

    court = suit(city, made.dispute, day(5, 4), earlier=made, reason="不服复议")
    assert tally("reconsideration").sued_on is None  # the court has not filed it yet
    filed(court, day(5, 8))

    assert same()
    assert tally("reconsideration").sued_on == day(5, 4)
    assert said(tally("first_instance"), "first", "after") == (False, True)
    filed(suit(city), day(3, 4), n=2)
    assert said(tally("first_instance"), "first", "after") == (True, False)


# A suit with two defendants, its hearings, its appeal


def heard(city, procedure: Procedure) -> Iterator:
    """B's head comes for both; called again, nobody of rank comes for A."""
    court, words = {"actor": city.users["court_officer"]}, hearings.HearingWords
    for nth, on in enumerate((day(4, 8), day(4, 22))):
        set_on = moment(day(3, 25))
        hearing = hearings.set_hearing(
            procedure.pk, at=set_on, words=words(on, time(9, 30), "第三法庭"), **court
        )
        yield hearing
        a, b = hearing.appearances.all()
        if nth:
            reasons = {"call": "notice", "reasons": ["general"], "served_on": day(3, 25)}
            yield appearances.call_head(a.pk, at=set_on, **reasons, **court)
        else:
            yield attending.stand_in(a.pk, at=set_on, for_whom=b, **court)
        yield hearings.hold(hearing.pk, at=moment(on, 17), **court)
        at, came = moment(on, 18), {"came": not nth, "staff": "赵六"}
        head = {"head_name": "周八", "head_post": "副市长", "level": "deputy"} if not nth else {}
        said = {**head, "speech": ["answer", "resolution"]} if head else {}
        for row, given in ((b, {**came, **said}), (a, {"came": False, "staff": "钱七"})):
            record = appearances.RecordWords(**given)
            yield appearances.record_appearance(row.pk, at=at, words=record, **court)
        if not nth:
            given = {"at": at, "verdict": "rejected", "note": "无职务证明"}
            yield attending.check_identity(b.pk, **given, **court)
            given = {"at": at, "verdict": "accepted"}
            yield attending.check_identity(b.pk, **given, **court)


def sued(city) -> Iterator:
    units = [city.organizations["agency"], city.organizations["gov"]]
    made = suit(city, agencies=units)
    yield made
    made = filed(made, day(3, 9))
    yield made
    for part in made.participants.agencies():
        yield stepped(made, "send", day(3, 11), served_party=part)
    yield from heard(city, made)
    yield stepped(made, "pronounce", day(5, 11), mode="partly_revoked", performance_due=day(8, 31))
    for part in made.participants.all():
        yield stepped(made, "serve", day(5, 13), served_party=part)


def explained(city, first: Procedure) -> Iterator:
    at, court = moment(day(5, 14)), city.users["court_officer"]
    given = {"window": "行政庭", "answered_by": "承办法官"}
    row = give_notice(party_part(first).pk, actor=court, at=at, **given)
    yield row
    words = ANSWERS.__class__(**{**vars(ANSWERS), "on": day(5, 14)})
    yield record_explanation(row.pk, actor=court, at=at, words=words)


def second(city, first: Procedure, mode: str = "changed", **given) -> Iterator:
    yield stepped(first, "appeal", day(5, 25), party=agency_part(first))
    number = "（2026）鄂01行终1号"
    about = {"earlier": first, "reason": "上诉", "number": number}
    court = higher_court(city)
    made = opened(city, "second_instance", first.dispute, court, day(6, 1), **about)
    yield made
    yield stepped(made, "review", day(6, 5))
    yield stepped(made, "close", day(7, 1), mode=mode, **given)
    yield stepped(made, "serve", day(7, 6), served_party=made.participants.first())


def asked_again(city, earlier: Procedure | None, of: Dispute) -> Iterator:
    about = {"earlier": earlier, "number": "（2026）鄂01行申1号"}
    yield opened(city, "retrial_review", of, higher_court(city), day(8, 3), **about)


def the_suit() -> Procedure:
    return Procedure.objects.filter(kind="first_instance").latest("pk")


def test_a_suit_from_its_receipt_to_the_judgment(city):
    played(sued(city))
    played(explained(city, the_suit()))
    row = tally("first_instance")

    assert said(row, "taken_on", "closed_on", "judged", "against") == (
        day(3, 9),
        day(5, 11),
        True,
        True,
    )
    # 23 days of March, 30 of April, 11 of May but one: 63 between the two days
    assert said(row, "days", "explained") == (63, True)
    # served on 13 May: fifteen days to appeal end on 28 May
    assert said(row, "appeal_by", "appealed_on") == (day(5, 28), None)
    assert said(row, "final_on", "final_against", "unrest_on") == (None, None, None)
    # four attendances, of which the head counts in one
    assert said(row, "held_on", "heard_on", "recorded", "unrecorded") == (
        day(4, 8),
        day(4, 8),
        4,
        0,
    )
    assert said(row, "heads", "spoke", "resolved", "called") == (1, 1, 1, True)
    assert said(row, "came", "principal", "excused", "missed_again") == (True, False, False, True)
    a, b = (row.agencies.get(organization=city.organizations[key]) for key in ("agency", "gov"))
    assert said(a, "came", "stood_in", "called", "missed_again") == (False, True, True, True)
    assert said(b, "came", "stood_in", "called", "missed_again") == (True, False, False, False)
    assert said(b, "came_proved", "heads", "role") == (True, 1, "defendant")


def test_a_judgment_that_nobody_appeals_against(city):
    played(sued(city))
    stepped(the_suit(), "effective", day(6, 1))

    assert same()
    row = tally("first_instance")
    assert said(row, "final_on", "final_against", "final_judged") == (day(6, 1), True, True)
    # six months end on 1 December
    assert said(row, "retrial_by", "retrial_on") == (day(12, 1), None)
    played(asked_again(city, None, row.dispute))
    row = tally("first_instance")
    assert said(row, "retrial_on", "unrest_on", "calm_months") == (day(8, 3), day(8, 3), 2)


APPEALS = [
    # how it ended, what was found against the agency, and the result that took effect
    ("changed", {"against_agency": False}, (day(7, 6), False, True)),
    ("changed", {"against_agency": True}, (day(7, 6), True, True)),
    ("upheld_judgment", {}, (day(7, 6), True, True)),
    ("appeal_withdrawn", {}, (day(7, 6), True, True)),
    ("mediated", {}, (day(7, 6), False, False)),
    ("remanded", {}, (None, None, None)),
]


@pytest.mark.parametrize(("mode", "given", "final"), APPEALS)
def test_the_result_that_took_effect_on_appeal(city, mode, given, final):
    played(sued(city))
    played(second(city, the_suit(), mode, **given))
    row = tally("first_instance")

    assert said(row, "appealed_on", "unrest_on", "calm_months") == (day(5, 25), day(5, 25), 0)
    assert said(row, "final_on", "final_against", "final_judged") == final
    assert tally("second_instance").against is bool(given.get("against_agency"))
    # served on 6 July: six months end on 6 January
    assert row.retrial_by == (day(1, 6, 2027) if final[0] else None)


def test_a_retrial_is_asked_for_of_the_appeal(city):
    played(sued(city))
    played(second(city, the_suit(), "upheld_judgment"))
    played(asked_again(city, None, the_suit().dispute))

    assert tally("first_instance").retrial_on == day(8, 3)
    assert tally("second_instance").retrial_on == day(8, 3)


def test_a_suit_moved_elsewhere_is_not_counted(city):
    made = filed(suit(city), day(3, 9))
    stepped(made, "end", day(3, 20), mode="transferred", reason="移送管辖")

    assert same()
    row = tally("first_instance")
    assert said(row, "counted", "appeal_by", "final_on") == (False, None, day(3, 20))
    filed(suit(city, made.dispute, day(4, 7)), day(4, 8), n=2)
    assert same()
    firsts = Tally.objects.filter(dispute=made.dispute, kind="first_instance")
    assert dict(firsts.values_list("taken_on", "first")) == {day(3, 9): False, day(4, 8): True}


# Who takes part, who leads, how it went on afterwards


def test_agencies_join_leave_and_follow_each_other(city):
    old, new = ceased(city, day(3, 10))
    made = accepted(reconsideration(city, dispute(city, agency=old)), day(3, 3))
    other = unit(city, "water", "试验市水利局", "市水利局")
    actor, on = city.users["gov_officer"], day(3, 20)
    given = {"actor": actor, "at": moment(on, 15), "on": on}
    part = add_agency_to(made.pk, organization=other, **given)
    assert same()
    assert tally("reconsideration").agencies.count() == 2
    add_third_party(made.pk, entrant=city.organizations["agency"], **given)
    assert same()
    remove_participant(part.pk, reason="列错", **given)
    assert same()
    replace_participant(agency_part(made).pk, entrant=new, reason="机构改革", **given)

    assert same()
    [own] = tally("reconsideration").agencies.all()
    assert own.organization == new
    assert AgencyTally.objects.filter(organization=other).count() == 0


def test_the_agency_that_comes_to_lead(city):
    made = dispute(city)
    natural = unit(city, "water", "试验市水利局", "市水利局")
    at, officer = moment(day(3, 4)), city.users["gov_officer"]
    add_concerned(made.pk, actor=officer, at=at, agency=natural)
    consent = propose_lead(made.pk, actor=officer, at=at, agency=natural, reason="行为由其作出")
    answer_lead(consent.pk, actor=city.users["court_officer"], at=at, verdict="agree")

    assert same()
    assert tally("intake").agency == natural


def test_a_visit_that_finds_a_petition_ahead(city):
    made = decided(city)
    officer = {"actor": city.users["gov_officer"]}
    visit = arrange_visit(made.pk, at=moment(day(5, 30)), on=day(5, 30), **officer)
    words = VisitWords(day(7, 20), "phone", "张三", "petition_risk", "", "约谈", day(7, 30))
    record_visit(visit.pk, at=moment(day(7, 20)), words=words, **officer)

    assert same()
    # closed on 20 April: by the day before 20 July two whole months had passed
    row = tally("reconsideration")
    assert said(row, "unrest_on", "calm_months") == (day(7, 20), 2)


def test_a_mediation_in_a_suit_is_within(city):
    made = filed(suit(city), day(3, 9))
    assert tally("first_instance").within is False
    clerk = worker(city, city.organizations["court"])
    given = {"channel": "people", "within": made.public_id}
    given = {"actor": clerk, "earlier": made, **given}
    opened(city, "mediation", made.dispute, "court", day(3, 16), **given)

    assert same()
    assert tally("mediation").within is True
