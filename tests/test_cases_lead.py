"""Of several agencies one leads, by the bureau's proposal and the court's consent."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cases.actions.lead import (
    LEAD,
    SeatWords,
    add_concerned,
    answer_lead,
    propose_lead,
    seat,
    withdraw_lead,
)
from cases.models import AgencySeat, Concerned
from cases.profile import CASE_SECTION, rules_in
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from members.models import Person
from members.states import Role
from services.consents.models import Consent
from services.consents.queries import current
from tests.disputes import account, dispute, moment, unit

DAY = date(2026, 3, 4)
AT = moment(DAY)


@pytest.fixture
def natural(city):
    made = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    account(city, "natural_clerk", "natural")
    return made


@pytest.fixture
def shared(city, natural):
    """A dispute of two agencies."""
    made = dispute(city)
    add_concerned(made.pk, actor=city.users["gov_officer"], at=AT, agency=natural)
    return made


def propose(city, made, agency, user="gov_officer", reason="行为由其作出"):
    return propose_lead(made.pk, actor=city.users[user], at=AT, agency=agency, reason=reason)


def test_another_agency_is_concerned_and_sees_it(city, shared, natural):
    assert {str(one) for one in shared.concerned.all()} == {"市综合执法局", "市自然资源局"}
    assert visible_to(city.users["natural_clerk"], type(shared)).filter(pk=shared.pk).exists()


@pytest.mark.parametrize(
    ("agency", "code"),
    [("natural", "concerned_already"), ("court", "no_agency"), ("section", "no_agency")],
)
def test_an_agency_is_refused(city, shared, agency, code):
    with pytest.raises(RuleBroken) as broken:
        add_concerned(
            shared.pk,
            actor=city.users["gov_officer"],
            at=AT,
            agency=city.organizations[agency],
        )

    assert (broken.value.code, broken.value.field) == (code, "agency")


def test_with_the_court_s_consent_it_leads(city, shared, natural):
    consent = propose(city, shared, natural)
    shared.refresh_from_db()
    assert shared.agency == city.organizations["agency"]
    assert visible_to(city.users["court_officer"], type(shared)).filter(pk=shared.pk).exists()

    answer_lead(consent.pk, actor=city.users["court_officer"], at=AT, verdict="agree")

    shared.refresh_from_db()
    assert shared.agency == natural


def test_refused_by_the_court_nothing_changes(city, shared, natural):
    consent = propose(city, shared, natural)

    with pytest.raises(RuleBroken):
        answer_lead(consent.pk, actor=city.users["court_officer"], at=AT, verdict="refuse")
    answer_lead(
        consent.pk, actor=city.users["court_officer"], at=AT, verdict="refuse", remark="另有主管"
    )

    shared.refresh_from_db()
    assert shared.agency == city.organizations["agency"]
    assert propose(city, shared, natural).state == "open"


def test_only_the_bureau_proposes_and_only_the_court_answers(city, shared, natural):
    with pytest.raises(PermissionDenied):
        propose(city, shared, natural, user="agency_contact")
    consent = propose(city, shared, natural)
    for user in ("gov_officer", "agency_contact"):
        with pytest.raises(PermissionDenied):
            answer_lead(consent.pk, actor=city.users[user], at=AT, verdict="agree")
    with pytest.raises(RuleBroken) as broken:
        propose(city, shared, natural)
    assert broken.value.code == "consent_open"


def test_a_proposal_is_withdrawn(city, shared, natural):
    propose(city, shared, natural)

    withdraw_lead(shared.pk, actor=city.users["gov_officer"], at=AT)

    assert current(shared, LEAD) is None


@pytest.mark.parametrize(
    ("several", "agency", "reason", "code"),
    [
        (False, "agency", "试", "one_agency"),
        (True, "justice", "试", "not_concerned"),
        (True, "agency", " ", "no_reason"),
    ],
)
def test_a_proposal_is_refused(city, natural, several, agency, reason, code):
    made = dispute(city)
    if several:
        add_concerned(made.pk, actor=city.users["gov_officer"], at=AT, agency=natural)

    with pytest.raises(RuleBroken) as broken:
        propose(city, made, city.organizations[agency], reason=reason)

    assert broken.value.code == code
    assert not Consent.objects.exists()


# Three slots an agency (WJ-25, 27, 81)


def sit(city, row, user, slot="handler", on=DAY, person="agency_contact", **words):
    given = SeatWords(slot, city.people[person], city.users.get(person), **words)
    return seat(row.pk, actor=city.users[user], at=AT, on=on, words=given)


def test_the_head_names_the_handler(city, shared):
    row = shared.concerned.get(organization=city.organizations["agency"])
    account(city, "agency_head", "agency", Role.LEADER)

    made = sit(city, row, "agency_head")

    assert made.named_by == city.users["agency_head"].display_name
    shared.refresh_from_db()
    assert shared.handler == city.users["agency_contact"]


def test_a_worker_records_whom_the_head_named(city, shared):
    row = shared.concerned.get(organization=city.organizations["agency"])

    with pytest.raises(RuleBroken) as broken:
        sit(city, row, "agency_contact")
    assert broken.value.field == "named_by"
    sit(city, row, "agency_contact", named_by="刘局长")
    sit(city, row, "agency_contact", named_by="刘副局长")

    assert [one.named_by for one in AgencySeat.objects.all()] == ["刘副局长"]


@pytest.mark.parametrize(
    ("user", "person"), [("gov_officer", "agency_contact"), ("natural_clerk", "agency_contact")]
)
def test_nobody_else_names_an_agency_s_people(city, shared, user, person):
    row = shared.concerned.get(organization=city.organizations["agency"])

    with pytest.raises(PermissionDenied):
        sit(city, row, user, person=person, named_by="刘局长")


def test_who_works_elsewhere_takes_no_seat(city, shared):
    row = shared.concerned.get(organization=city.organizations["agency"])

    with pytest.raises(RuleBroken) as broken:
        sit(city, row, "agency_contact", slot="head", person="gov_officer")

    assert broken.value.code == "stranger"


def test_the_pages_do_all_of_it(city, natural, as_user):
    made = dispute(city)
    parks = unit(city, "parks", "试验市园林局", "市园林局")
    with time_machine.travel(AT, tick=False):
        officer = as_user(city.users["gov_officer"])
        add = reverse("cases:agency-enter", args=[made.public_id])
        assert officer.get(add).status_code == 200
        assert officer.post(add, {"agency": parks.pk}).status_code == 302
        lead = reverse("cases:lead", args=[made.public_id])
        assert officer.post(lead, {"agency": natural.pk, "reason": "试"}).status_code == 422
        assert officer.post(lead, {"agency": parks.pk, "reason": "主管绿地"}).status_code == 302
        tab = f"{made.get_absolute_url()}?tab=parties"
        assert "牵头行政机关：市园林局" in officer.get(tab).content.decode()
        court = as_user(city.users["court_officer"])
        answer = reverse("cases:lead-answer", args=[made.public_id])
        assert court.get(answer).status_code == 200
        assert court.post(answer, {"verdict": "agree"}).status_code == 302
        row = made.concerned.get(organization=city.organizations["agency"])
        client = as_user(city.users["agency_contact"])
        seat_page = reverse("cases:agency-seat", args=[row.public_id])
        assert client.get(seat_page).status_code == 200
        typed = {
            "version": row.version,
            "slot": "handler",
            "person": city.people["agency_contact"].public_id,
            "on": DAY.isoformat(),
        }
        assert client.post(seat_page, typed).status_code == 422
        assert client.post(seat_page, {**typed, "named_by": "刘局长"}).status_code == 302
        assert "刘局长指定" in client.get(tab).content.decode()
    made.refresh_from_db()
    assert made.agency == parks
    assert Concerned.objects.count() == 2
    assert Person.objects.exists()


# The profile's section


def test_the_section_says_otherwise_than_the_tables():
    rules = rules_in(
        {"cases": {"mass_from": 10, "notices": {"reconsideration": {"upheld": "single"}}}}
    )

    assert rules.mass_from == 10
    assert rules.route_of("reconsideration", "upheld") == "single"
    assert rules.route_of("reconsideration", "mediated") == "none"
    assert rules.route_of("reconsideration", "claims_dismissed") == "collected"
    assert rules_in({}).is_heavy(["foreign"])
    assert not rules_in({"cases": {"heavy": []}}).is_heavy(["foreign"])


SERIES = [
    {"key": "dispute", "organization": "gov", "name": "登记号", "pattern": "试〔{year}〕{n}号"}
]
UNITS = [{"key": "gov"}, {"key": "court"}, {"key": "law", "parent": "gov"}]
FAULTS = [
    ({}, [], []),
    ({"liaison": {"gov": "law"}}, SERIES, []),
    ({"liaison": {"court": "law"}}, SERIES, [("cases", "liaison", "court")]),
    ({"liaison": {"gov": "gone"}}, SERIES, [("cases", "liaison", "gov")]),
    (
        {"notices": {"reconsideration": {"lost": "none"}}},
        SERIES,
        [("cases", "notices", "reconsideration", "lost")],
    ),
]


@pytest.mark.parametrize(("section", "series", "paths"), FAULTS)
def test_a_section_with_a_fault_is_told_where(section, series, paths):
    source = {"cases": section, "number_series": series, "organizations": UNITS}

    assert [fault.path for fault in CASE_SECTION.check(source)] == paths
