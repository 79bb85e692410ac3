"""Risk: what marks propose, what a person decides, and who may know; decisions assessed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.assessments import (
    AssessmentWords,
    ask_opinions,
    compare,
    conclude,
    finish_duty,
    give_opinion,
    note_decision,
    set_duty,
)
from cases.actions.risk import rate
from cases.actions.warnings import (
    WarningWords,
    assign_warning,
    close_warning,
    follow_warning,
    report_warning,
)
from cases.models import Assessment, EarlyWarning, RiskRating
from cases.rating import propose_level
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from members.states import OrganizationKind
from tests.disputes import account, dispute, limits, moment, suit, unit

DAY = date(2026, 3, 4)
AT = moment(DAY, 16)


@pytest.mark.parametrize(
    ("flags", "persons", "level"),
    [
        ([], 0, "low"),
        (["major", "complex", "unfit"], 0, "low"),
        (["foreign"], 0, "medium"),
        (["enterprise", "livelihood"], 4, "medium"),
        (["enterprise", "livelihood", "project"], 0, "high"),
        (["petition"], 0, "high"),
        ([], 5, "high"),
        (["mass"], 5, "high"),
        (["opinion"], 5, "extreme"),
        (["group", "livelihood", "project"], 0, "extreme"),
    ],
)
def test_what_the_marks_propose(flags, persons, level):
    assert propose_level(flags, persons=persons) == level


def test_where_many_begin_is_the_profiles(city):
    assert propose_level([], persons=9, mass_from=10) == "low"


def rated(city, made, level="medium", actor="gov_officer", **changes) -> RiskRating:
    changes.setdefault("organization", city.organizations["justice"])
    at = changes.pop("at", AT)
    return rate(made.pk, actor=city.users[actor], at=at, level=level, **changes)


def test_a_rating_that_differs_needs_a_reason_and_earlier_ones_stay(city):
    made = dispute(city, flags=["enterprise"])
    first = rated(city, made)
    assert (first.proposed, limits(first)) == ("medium", {"RISK-REVIEW": date(2026, 6, 4)})

    with pytest.raises(RuleBroken) as refused:
        rated(city, made, "extreme")
    assert refused.value.field == "reason"
    second = rated(city, made, "extreme", reason="扬言集体上访")

    first.refresh_from_db()
    assert (first.current, second.current, limits(first)) == (False, True, {})
    assert limits(second) == {"RISK-REVIEW": date(2026, 4, 4)}


def test_who_reads_a_rating(city):
    made = suit(city).dispute
    other = unit(city, "parks", "试验市园林局", "市园林局")
    clerk = account(city, "parks_clerk", "parks")
    made.access.create(principal=f"o{other.pk}", filed_on=made.filed_on, why="party")
    rated(city, made, "low")

    assert not visible_to(clerk, RiskRating).exists()
    for key in ("gov_officer", "agency_contact", "court_officer"):
        assert visible_to(city.users[key], RiskRating).exists()
    with pytest.raises(PermissionDenied):
        rated(city, made, "low", "court_officer")


def warning(city, actor="agency_contact", **changes) -> EarlyWarning:
    given = {
        "kind": "petition",
        "level": "high",
        "title": "临时构筑物拆除引发的信访苗头",
        "what": "张三等人称将赴省上访。",
        "noticed_on": DAY,
        "responsible": city.organizations["agency"],
    }
    words = WarningWords(**{**given, **changes})
    return report_warning(city.jurisdiction.pk, actor=city.users[actor], at=AT, words=words)


def test_a_warning_is_read_by_the_bureau_the_responsible_and_the_assigned(city):
    town = unit(city, "town", "东城街道办事处", "东城街道", kind=OrganizationKind.TOWNSHIP)
    account(city, "town_clerk", "town")
    unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "parks_clerk", "parks")
    made = warning(city, territory=town)

    readers = {key for key, user in city.users.items() if visible_to(user, EarlyWarning).exists()}
    bureau = {"gov_officer", "gov_deputy", "recorder"}
    assert readers == bureau | {"agency_contact", "town_clerk"}
    follow_warning(
        made.pk,
        actor=city.users["agency_contact"],
        at=AT,
        on=DAY,
        text="听取法院意见：依法告知救济途径。",
        advice_of=city.organizations["court"],
    )
    with pytest.raises(PermissionDenied):
        assign_warning(
            made.pk,
            actor=city.users["agency_contact"],
            at=AT,
            responsible=town,
            level="low",
        )
    assign_warning(
        made.pk, actor=city.users["gov_officer"], at=AT, responsible=town, level="extreme"
    )
    closed = close_warning(made.pk, actor=city.users["town_clerk"], at=AT, text="已息诉")
    assert (closed.state, closed.entries.count()) == ("closed", 2)


WARNINGS = {
    "a court answers": ({"responsible": "court"}, "responsible"),
    "no township": ({"territory": "justice"}, "territory"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_who_cannot_answer_for_a_warning(city, name):
    changes, field = WARNINGS[name]

    with pytest.raises(RuleBroken) as refused:
        warning(city, **{key: city.organizations[unit_] for key, unit_ in changes.items()})
    assert refused.value.field == field


def test_a_stranger_is_not_assigned(city):
    with pytest.raises(RuleBroken) as refused:
        warning(city, assignee=city.users["court_officer"])
    assert refused.value.field == "assignee"


def asked(city, actor="agency_contact", **changes) -> Assessment:
    given = {
        "organization": city.organizations["agency"],
        "title": "老城区临时构筑物集中整治",
        "area": "urban_management",
        "matter": "拟对三条街的临时构筑物集中整治。",
        "invited": [city.organizations["court"], city.organizations["justice"]],
        "due_on": date(2026, 3, 12),
    }
    words = AssessmentWords(**{**given, **changes})
    return ask_opinions(city.jurisdiction.pk, actor=city.users[actor], at=AT, words=words)


def test_a_courts_opinion_is_advisory_and_never_late(city):
    made = asked(city)
    court = made.opinions.get(organization__key="court")
    bureau = made.opinions.get(organization__key="justice")

    assert made.in_focus
    assert (court.advisory, limits(court)) == (True, {})
    assert (bureau.advisory, limits(bureau)) == (
        False,
        {"ASSESSMENT-OPINION": date(2026, 3, 12)},
    )


def carried_out(city) -> Assessment:
    """Decided, with a duty of the agency until 2026-03-20."""
    made = asked(city)
    contact = city.users["agency_contact"]
    opinion = made.opinions.get(organization__key="court")
    officer = city.users["court_officer"]
    give_opinion(opinion.pk, actor=officer, at=AT, on=DAY, level="low", text="可行")
    conclude(made.pk, actor=contact, at=AT, on=DAY, level="low", foreseen="少", prevention="告知")
    note_decision(made.pk, actor=contact, at=AT, on=DAY)
    owed = {"what": "逐户告知", "due_on": date(2026, 3, 20)}
    set_duty(made.pk, actor=contact, at=AT, owed_by=city.organizations["agency"], **owed)
    return made


def test_from_opinions_to_the_comparison(city):
    made = asked(city)
    contact, court = city.users["agency_contact"], city.users["court_officer"]
    given = {"level": "high", "foreseen": "强制拆除程序争议", "prevention": "先行告知、分步实施"}
    with pytest.raises(RuleBroken) as refused:
        conclude(made.pk, actor=contact, at=AT, on=DAY, **given)
    assert refused.value.code == "no_opinion"
    opinion = made.opinions.get(organization__key="court")
    with pytest.raises(PermissionDenied):
        give_opinion(opinion.pk, actor=contact, at=AT, on=DAY, level="low", text="无风险")
    give_opinion(opinion.pk, actor=court, at=AT, on=DAY, level="high", text="注意催告程序")
    conclude(made.pk, actor=contact, at=AT, on=DAY, **given)
    note_decision(made.pk, actor=contact, at=AT, on=DAY)
    plain = {"what": "逐户告知", "due_on": date(2026, 3, 20)}
    with pytest.raises(RuleBroken) as refused:
        set_duty(made.pk, actor=contact, at=AT, owed_by=city.organizations["court"], **plain)
    assert refused.value.code == "independent"
    duty = set_duty(made.pk, actor=contact, at=AT, owed_by=city.organizations["agency"], **plain)
    finish_duty(duty.pk, actor=contact, at=AT, on=DAY, outcome="已告知")
    dispute(city, filed_on=date(2026, 3, 3))
    dispute(city, filed_on=date(2026, 3, 5))
    dispute(city, filed_on=date(2026, 3, 6), area="tax")

    done = compare(made.pk, actor=contact, at=moment(date(2026, 6, 1)), lesson="告知要留痕")

    assert (done.state, done.arisen) == ("compared", 1)


def test_who_reads_an_assessment(city):
    asked(city)
    unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "parks_clerk", "parks")

    for key in ("agency_contact", "court_officer", "gov_officer"):
        assert visible_to(city.users[key], Assessment).exists()
    assert not visible_to(city.users["parks_clerk"], Assessment).exists()
    with pytest.raises(PermissionDenied):
        asked(city, "court_officer", organization=city.organizations["court"])
