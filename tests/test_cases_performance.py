"""What is owed after a dispute: promised, performed, reported, confirmed, overdue."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.performance import add_performance, confirm, perform, release, report
from cases.models import Performance, Procedure
from cases.performance import fulfilment, overdue
from foundations.access.errors import RuleBroken
from services.deadlines.models import Deadline
from tests.disputes import (
    accepted,
    agency_part,
    filed,
    keeping,
    limits,
    moment,
    reconsideration,
    stepped,
    suit,
)

DUE = date(2026, 5, 29)


def decided(city, mode: str = "ordered", due: date | None = DUE, of=None) -> Procedure:
    """A reconsideration decided on 20 April 2026."""
    made = accepted(reconsideration(city, of), date(2026, 3, 5))
    routed(made)
    stepped(made, "send", date(2026, 3, 9))
    stepped(made, "answered", date(2026, 3, 16), respondent=agency_part(made))
    stepped(made, "heard", date(2026, 3, 20), method="phone", note="听取了申请人的意见")
    given = {"performance_due": due} if due else {}
    return stepped(made, "decide", date(2026, 4, 20), mode=mode, **given)


def routed(made: Procedure) -> None:
    """The registration is over once the dispute went to an organ."""
    intake = made.dispute.procedures.get(kind="intake")
    if intake.is_open:
        stepped(intake, "close", date(2026, 3, 5), mode="to_reconsideration")


def the_item(procedure: Procedure) -> Performance:
    return procedure.performances.get()


def done(city, item: Performance, on: date, **changes) -> Performance:
    given = {"actor": city.users["agency_contact"], "at": moment(on, 16), "on": on}
    return perform(item.pk, **(given | {"remark": "已作出处理决定"} | changes))


def test_a_decision_that_orders_something_is_owed_until_it_is_performed(city):
    procedure = decided(city)
    item = the_item(procedure)
    assert (item.organization, item.source, item.due_on) == (
        city.organizations["agency"],
        "decision",
        DUE,
    )
    assert limits(item) == {"PERFORMANCE": DUE}
    procedure.dispute.refresh_from_db()
    assert procedure.dispute.standing == "aftermath"
    assert procedure.dispute.holder == city.organizations["agency"]
    assert procedure.dispute.next_due_on == DUE


@pytest.mark.parametrize("mode", ["upheld", "claims_dismissed", "application_dismissed"])
def test_nothing_is_owed_by_an_agency_that_has_won(city, mode):
    assert not decided(city, mode).performances.exists()


def test_until_a_visit_is_arranged_it_is_due_thirty_days_after_the_time_to_perform(city):
    keeping(city)
    assert limits(decided(city))["FY-VISIT-A"] == date(2026, 6, 29)  # June 28 is a Sunday


@pytest.mark.parametrize(
    ("day", "late", "state"),
    [(date(2026, 5, 29), False, "met"), (date(2026, 6, 1), True, "met_late")],
)
def test_it_is_performed_in_time_or_late(city, day, late, state):
    item = done(city, the_item(decided(city)), day)
    assert (item.state, item.was_late) == ("performed", late)
    assert Deadline.objects.about(item).get().state == state


@pytest.mark.parametrize("rules", [(), ("XS-PLAN",)], ids=["silent", "of another matter"])
def test_where_the_text_asks_for_no_report_and_visit_none_is_due(city, rules):
    """YC-14 is one city's: elsewhere nothing runs, though both can be recorded."""
    if rules:
        keeping(city, *rules)
    procedure = decided(city)
    done(city, the_item(procedure), date(2026, 5, 20))
    assert limits(procedure) == {}


def test_the_report_is_due_ten_days_after_performing_and_brings_the_visit(city):
    keeping(city)
    procedure = decided(city)
    item = done(city, the_item(procedure), date(2026, 5, 20))
    assert limits(procedure)["FY-PERF-REP"] == date(2026, 6, 1)  # May 30 is a Saturday
    row = report(
        procedure.pk,
        actor=city.users["agency_contact"],
        at=moment(date(2026, 5, 26), 9),
        organization=city.organizations["agency"],
        on=date(2026, 5, 26),
        text="已于5月20日履行完毕",
    )
    assert row.reported_on == date(2026, 5, 26)
    assert "FY-PERF-REP" not in limits(procedure)
    assert "FY-VISIT-A" not in limits(procedure)
    visit = procedure.dispute.procedures.get(kind="visit")
    assert limits(visit) == {"FY-VISIT-A": date(2026, 6, 29), "FY-VISIT-B": date(2026, 6, 1)}
    assert item.procedure == procedure


@pytest.mark.parametrize(
    ("performed", "day", "code"),
    [
        (None, date(2026, 5, 26), "not_reported_here"),
        (date(2026, 5, 20), date(2026, 5, 19), "before_duty"),
        (date(2026, 5, 20), date(2026, 5, 27), "future"),
    ],
)
def test_a_report_follows_the_performance(city, performed, day, code):
    procedure = decided(city)
    if performed:
        done(city, the_item(procedure), performed)
    with pytest.raises(RuleBroken) as broken:
        report(
            procedure.pk,
            actor=city.users["agency_contact"],
            at=moment(date(2026, 5, 26), 9),
            organization=city.organizations["agency"],
            on=day,
            text="已履行",
        )
    assert broken.value.code == code


def test_one_case_has_one_report(city):
    procedure = decided(city)
    done(city, the_item(procedure), date(2026, 5, 20))
    given = {
        "actor": city.users["agency_contact"],
        "at": moment(date(2026, 5, 26), 9),
        "organization": city.organizations["agency"],
        "on": date(2026, 5, 26),
        "text": "已履行",
    }
    report(procedure.pk, **given)
    with pytest.raises(RuleBroken) as broken:
        report(procedure.pk, **given)
    assert broken.value.code == "reported"


def test_what_the_organ_sends_back_is_owed_as_before(city):
    item = done(city, the_item(decided(city)), date(2026, 5, 20))
    given = {"actor": city.users["gov_officer"], "at": moment(date(2026, 5, 22), 9)}
    with pytest.raises(RuleBroken) as broken:
        confirm(item.pk, **given, on=date(2026, 5, 22), done=False)
    assert broken.value.field == "remark"
    item = confirm(item.pk, **given, on=date(2026, 5, 22), done=False, remark="尚缺送达回证")
    assert (item.state, limits(item)) == ("owed", {"PERFORMANCE": DUE})
    item = done(city, item, date(2026, 5, 22))
    assert confirm(item.pk, **given, on=date(2026, 5, 22), done=True).state == "confirmed"


@pytest.mark.parametrize(
    ("who", "verb", "allowed"),
    [
        ("agency_contact", "perform", True),
        ("gov_officer", "perform", False),
        ("court_officer", "perform", False),
        ("agency_contact", "confirm", False),
        ("gov_officer", "confirm", True),
        ("court_officer", "confirm", False),
    ],
)
def test_the_agency_performs_and_the_organ_confirms(city, who, verb, allowed):
    item = the_item(decided(city))
    day = date(2026, 5, 20)
    given = {"actor": city.users[who], "at": moment(day, 9), "on": day}
    if verb == "confirm":
        done(city, item, day)

    def act() -> Performance:
        if verb == "perform":
            return perform(item.pk, remark="已履行", **given)
        return confirm(item.pk, done=True, **given)

    if allowed:
        assert act().state in ("performed", "confirmed")
    else:
        with pytest.raises(PermissionDenied):
            act()


def test_what_fell_away_is_neither_owed_nor_late(city):
    item = the_item(decided(city))
    day = date(2026, 6, 20)
    release(
        item.pk, actor=city.users["gov_officer"], at=moment(day, 9), on=day, remark="双方另行和解"
    )
    item.dispute.refresh_from_db()
    assert not limits(item)
    assert not overdue(day).exists()
    assert fulfilment(Performance.objects.all(), day).due == 0


def test_overdue_is_what_an_agency_still_owes_after_its_day(city):
    item = the_item(decided(city))
    assert list(overdue(DUE)) == []
    assert list(overdue(date(2026, 5, 30))) == [item]
    done(city, item, date(2026, 6, 1))
    assert list(overdue(date(2026, 6, 2))) == []
    figures = fulfilment(Performance.objects.all(), date(2026, 6, 2))
    assert (figures.in_time, figures.late, figures.missing, figures.rate) == (0, 1, 0, 100.0)


def test_a_party_owes_the_other_side_and_no_limit_runs_for_it(city):
    procedure = decided(city)
    party = procedure.dispute.parties.first()
    item = add_performance(
        procedure.pk,
        actor=city.users["gov_officer"],
        at=moment(date(2026, 4, 21), 9),
        owed_by=party,
        what="自行拆除临时构筑物",
        due_on=DUE,
        source="agreement",
    )
    assert item.owed_by == "张某"
    assert not limits(item)
    assert list(overdue(date(2026, 7, 1))) == [the_item_of(procedure, city)]


def the_item_of(procedure, city) -> Performance:
    return procedure.performances.get(organization=city.organizations["agency"])


def test_an_effective_judgment_is_owed_from_its_effect(city):
    made = filed(suit(city), date(2026, 3, 4))
    stepped(made, "send", date(2026, 3, 6), served_party=agency_part(made))
    stepped(made, "hear", date(2026, 4, 1))
    day = date(2026, 4, 20)
    stepped(made, "pronounce", day, mode="payment", performance_due=date(2026, 7, 1))
    assert not made.performances.exists()
    for part in made.participants.all():
        stepped(made, "serve", date(2026, 4, 21), served_party=part)
    stepped(made, "effective", date(2026, 5, 15))
    assert made.performances.get().source == "judgment"
    assert limits(made.performances.get()) == {"PERFORMANCE": date(2026, 7, 1)}


def more(city, procedure: Procedure, n: int) -> None:
    for day in range(n):
        add_performance(
            procedure.pk,
            actor=city.users["gov_officer"],
            at=moment(date(2026, 4, 21), 9),
            owed_by=city.organizations["agency"],
            what=f"补充事项{day}",
            due_on=date(2026, 7, 1 + day),
            source="decision",
        )


def asked(client, address: str, log) -> int:
    with log() as kept:
        page = client.get(address)
    assert page.status_code == 200
    return len(kept)


@pytest.mark.parametrize(
    "address", ["/disputes/performance/", "{}?tab=settling", "{}?tab=related"]
)
def test_pages_ask_no_more_for_more_rows(city, as_user, address):
    procedure = decided(city)
    address = address.format(procedure.dispute.get_absolute_url())
    client = as_user(city.users["gov_officer"])
    client.get(address)
    before = asked(client, address, counting)
    more(city, procedure, 2)
    assert asked(client, address, counting) == before


def counting() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def test_the_agency_performs_on_a_page_and_is_told_what_is_missing(city, as_user):
    item = the_item(decided(city))
    client = as_user(city.users["agency_contact"])
    address = f"/disputes/performance/{item.public_id}/performed/"
    sent = {"version": item.version, "on": "2026-05-20", "remark": ""}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"remark": "已退还罚款"}).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.performed_on) == ("performed", date(2026, 5, 20))
    assert "待确认" in client.get("/disputes/performance/?state=performed").content.decode()


def test_whoever_takes_no_part_sees_nothing_of_it(city, as_user):
    item = the_item(decided(city))
    client = as_user(city.users["court_officer"])
    assert client.get(f"/disputes/performance/{item.public_id}/performed/").status_code == 404
    assert item.what not in client.get("/disputes/performance/?state=owed").content.decode()
