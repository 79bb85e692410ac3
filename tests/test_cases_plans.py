"""An agency's plan and what it may agree to: who writes them, and who reads them when."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cases.actions.plans import (
    AuthorityWords,
    PlanWords,
    approve_plan,
    decide_authority,
    draft_plan,
    submit_plan,
)
from cases.models import Authority, Plan
from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from tests.disputes import account, dispute, moment, procuratorate, suit
from tests.letters import agencies
from tests.test_cases_mediation import entrusted as entrusted_to
from tests.test_cases_mediation import mediating, outsider, sees, stepped

DAY = date(2026, 3, 10)
AT = moment(DAY, 16)
WORDS = PlanWords(
    cause="拆除期限过短",
    earlier="街道调解一次，未达成一致",
    next_steps="延长期限并分期拆除",
    evidence=["责令限期拆除决定书", "《城乡规划法》第六十六条"],
    head="王局长",
    handler="法规科 阿依努尔",
)


def planned(city, of=None, actor="agency_contact", **changes) -> Plan:
    of = of or dispute(city)
    given = {"organization": city.organizations["agency"], "words": WORDS, **changes}
    return draft_plan(of.pk, actor=city.users[actor], at=AT, **given)


def approved(city, of=None) -> Plan:
    plan = planned(city, of)
    actor = city.users["agency_contact"]
    return approve_plan(plan.pk, actor=actor, at=AT, on=DAY, approved_by="局长办公会")


def submitted(city, of=None) -> Plan:
    return submit_plan(approved(city, of).pk, actor=None, at=AT, on=DAY)


def readers(city, row) -> list[str]:
    keys = (
        "agency_contact",
        "gov_officer",
        "gov_convenor",
        "court_officer",
        "mediator",
        "centre_clerk",
        "outsider",
        "procurator",
        "stranger",
        "system_admin",
    )
    return [key for key in keys if key in city.users and sees(city.users[key], row)]


def everybody(city):
    """A dispute in mediation and in court, with a mediator from outside and strangers."""
    procedure = mediating(city)
    suit(city, procedure.dispute, DAY)
    procuratorate(city)
    strange = agencies(city, 2)[1]
    account(city, "stranger", strange.key)
    chosen = outsider(city)
    stepped(procedure, "reassign", DAY, mediator=chosen, reason="回避")
    return procedure.dispute


def test_a_draft_is_read_by_its_own_side_alone(city):
    of = everybody(city)
    plan = planned(city, of)
    assert readers(city, plan) == ["agency_contact", "gov_officer"]
    assert readers(city, approved(city, of)) == ["agency_contact", "gov_officer"]


def test_a_submitted_plan_is_read_by_the_court_and_the_mediator(city):
    plan = submitted(city, everybody(city))
    own, court = ["agency_contact", "gov_officer"], ["court_officer"]
    assert readers(city, plan) == [*own, *court, "mediator", "centre_clerk", "outsider"]


def decided(city, of=None, actor="agency_contact", **changes) -> Authority:
    of = of or dispute(city)
    given = {
        "holder": "法规科 阿依努尔",
        "studied_on": DAY,
        "decided_by": "王局长",
        "may_settle": True,
        "cap": Decimal(50000),
        "limits": "不得免除罚款",
    }
    words = AuthorityWords(**{**given, **changes})
    agency = city.organizations["agency"]
    return decide_authority(
        of.pk, actor=city.users[actor], at=AT, organization=agency, words=words
    )


def test_the_cap_is_read_by_no_court_no_centre_and_no_mediator(city):
    authority = decided(city, everybody(city))
    assert readers(city, authority) == ["agency_contact", "gov_officer"]


def test_a_new_authority_replaces_the_last(city):
    first = decided(city)
    second = decided(city, first.dispute, cap=Decimal(80000))
    first.refresh_from_db()
    assert (first.replaced, second.replaced) == (True, False)
    assert (first.amount, second.amount) == (Decimal(50000), Decimal(80000))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"studied_on": date(2026, 3, 11)}, "future", "studied_on"),
        ({"valid_until": date(2026, 3, 9)}, "bad_day", "valid_until"),
        ({"may_settle": False}, "nothing_allowed", "may_settle"),
    ],
)
def test_an_authority_makes_sense(city, changes, code, field):
    with pytest.raises(RuleBroken) as broken:
        decided(city, **changes)
    assert (broken.value.code, broken.value.field) == (code, field)
    assert not Authority.objects.exists()


def test_only_an_agency_of_the_dispute_plans(city):
    strange = agencies(city, 2)[1]
    with pytest.raises(RuleBroken) as broken:
        planned(city, organization=strange)
    assert (broken.value.code, broken.value.field) == ("not_agency", "organization")


@pytest.mark.parametrize("actor", ["court_officer", "mediator", "gov_convenor"])
def test_who_does_not_work_for_the_agency_writes_neither(city, actor):
    of = everybody(city)
    with pytest.raises(PermissionDenied):
        planned(city, of, actor)
    with pytest.raises(PermissionDenied):
        decided(city, of, actor)


def test_the_bureau_helps_with_the_plan_and_never_decides_the_authority(city):
    of = dispute(city)
    assert planned(city, of, "gov_officer").state == "draft"
    with pytest.raises(PermissionDenied):
        decided(city, of, "gov_officer")


def test_a_plan_goes_from_draft_to_the_court(city):
    of = dispute(city)
    draft = planned(city, of)
    with pytest.raises(RuleBroken) as broken:
        submit_plan(draft.pk, actor=None, at=AT, on=DAY)
    assert broken.value.code == "not_approved"
    first = submitted(city, of)
    assert first.pk == draft.pk
    again = submitted(city, of)
    first.refresh_from_db()
    assert (first.state, again.state) == ("replaced", "submitted")


def test_what_was_approved_and_changed_is_approved_anew(city):
    plan = approved(city)
    changed = planned(city, plan.dispute)
    assert (changed.pk, changed.state, changed.approved_on) == (plan.pk, "draft", None)


def test_a_plan_comes_with_its_evidence(city):
    words = PlanWords(**{**WORDS.__dict__, "evidence": []})
    with pytest.raises(RuleBroken) as broken:
        planned(city, words=words)
    assert (broken.value.code, broken.value.field) == ("no_evidence", "evidence")


def test_the_plan_is_written_approved_and_submitted_on_its_pages(city, as_user):
    of = dispute(city)
    client = as_user(city.users["agency_contact"])
    agency = city.organizations["agency"].public_id
    url = reverse("cases:plan-edit", args=[of.public_id, agency])
    words = {**WORDS.__dict__, "evidence": "责令限期拆除决定书\n\n规划图"}
    assert client.post(url, {**words, "evidence": " "}).status_code == 422
    assert client.post(url, words).status_code == 302
    plan = Plan.objects.get()
    assert plan.evidence == ["责令限期拆除决定书", "规划图"]
    here = [of.public_id, plan.public_id]
    given = {"on": "2026-03-10", "approved_by": "局长", "version": plan.version}
    assert client.post(reverse("cases:plan-approve", args=here), given).status_code == 302
    stale = client.post(reverse("cases:plan-approve", args=here), given)
    assert stale.status_code == 422
    plan.refresh_from_db()
    given = {"on": "2026-03-10", "version": plan.version}
    assert client.post(reverse("cases:plan-submit", args=here), given).status_code == 302
    assert "规划图" in client.get(reverse("cases:plan", args=here)).content.decode()


def test_reading_the_authority_is_recorded_and_refused_to_others(city, as_user):
    of = everybody(city)
    authority = decided(city, of)
    url = reverse("cases:authority", args=[of.public_id, city.organizations["agency"].public_id])
    page = as_user(city.users["agency_contact"]).get(url).content.decode()
    assert "不得免除罚款" in page
    assert history_of(authority).last().action == "cases.authority.read"
    for key in ("court_officer", "outsider", "centre_clerk"):
        client = as_user(city.users[key])
        assert client.get(url).status_code == 404
        shown = client.get(of.get_absolute_url(), {"tab": "settling"}).content.decode()
        assert "50000" not in shown
        assert "不得免除罚款" not in shown
        assert url not in shown


def test_the_authority_is_decided_on_its_page(city, as_user):
    of = dispute(city)
    agency = city.organizations["agency"].public_id
    url = reverse("cases:authority-new", args=[of.public_id, agency])
    words = {"holder": "阿依努尔", "decided_by": "局长", "studied_on": "2026-03-10"}
    client = as_user(city.users["agency_contact"])
    refused = client.post(url, {**words, "cap": "100"})
    assert refused.status_code == 422
    assert "may_settle" in refused.context["form"].errors
    sent = {**words, "may_settle": "on", "cap": "100", "form_token": "t3"}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    assert Authority.objects.count() == 1


def test_the_mediator_is_told_of_a_submitted_plan(city):
    procedure = entrusted_to(city, by=outsider(city))
    plan = submitted(city, procedure.dispute)
    told = city.users["outsider"].notices.filter(reason="cases.plan")
    assert told.get().text == plan.dispute.title


@pytest.mark.parametrize(
    ("name", "who", "what"),
    [
        ("plan-edit", "agency_contact", "争议成因"),
        ("authority-new", "agency_contact", "金额上限"),
        ("help-new", "agency_contact", "需要的人员"),
        ("aid-new", "gov_officer", "转介单位"),
        ("professional-new", "gov_officer", "入册日"),
        ("session-new", "mediator", "地点"),
        ("agreement", "mediator", "约定事项 1"),
        ("desk", "mediator", "指派给我的"),
    ],
)
def test_every_form_opens_and_strangers_find_nothing(city, as_user, name, who, what):
    procedure = mediating(city)
    of, agency = procedure.dispute, city.organizations["agency"]
    args = {
        "plan-edit": [of.public_id, agency.public_id],
        "authority-new": [of.public_id, agency.public_id],
        "help-new": [of.public_id],
        "aid-new": [of.public_id],
        "session-new": [of.public_id, procedure.public_id],
        "agreement": [of.public_id, procedure.public_id],
    }.get(name, [])
    url = reverse(f"cases:{name}", args=args)
    page = as_user(city.users[who]).get(url)
    assert page.status_code == 200
    assert what in page.content.decode()
    if args:
        stranger = account(city, "stranger", agencies(city, 2)[1].key)
        assert as_user(stranger).get(url).status_code == 404
