"""The registers, who is asked from them, legal aid, and the allowances of mediators."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases.actions import registers
from cases.actions.allowances import decide_allowance, pay_allowance, propose_allowance
from cases.models import Allowance, Assignment, LegalAid, Professional
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from tests.disputes import account, centre, dispute, moment, stepped
from tests.test_cases_mediation import agreed, mediating, outsider, sees, signed

AT = moment(date(2026, 3, 21), 10)


def listed(city, profession="lawyer", **changes) -> Professional:
    given = {"name": "周律师", "valid_from": date(2024, 1, 2), "firm": "试验律师事务所"}
    words = registers.ProfessionalWords(profession=profession, **{**given, **changes})
    actor = city.users["gov_officer"]
    return registers.enter_professional(city.jurisdiction, actor=actor, at=AT, words=words)


def asked(city, of=None, **changes) -> Assignment:
    given = {
        "actor": city.users["agency_contact"],
        "profession": "lawyer",
        "need": "参与调解",
        "requested_by": city.organizations["agency"],
    }
    return registers.request_help((of or dispute(city)).pk, at=AT, **{**given, **changes})


def test_the_same_line_stands_in_a_register_once(city):
    listed(city)
    with pytest.raises(RuleBroken) as broken:
        listed(city)
    assert (broken.value.code, broken.value.field) == ("listed", "name")
    listed(city, certificate="A2")
    with pytest.raises(RuleBroken) as broken:
        listed(city, name="李律师", valid_to=date(2023, 1, 1))
    assert (broken.value.code, broken.value.field) == ("term", "valid_to")


@pytest.mark.parametrize("who", ["agency_contact", "court_officer", "gov_convenor"])
def test_only_the_keepers_write_a_register(city, who):
    words = registers.ProfessionalWords("lawyer", "周律师", date(2024, 1, 2))
    with pytest.raises(PermissionDenied):
        registers.enter_professional(city.jurisdiction, actor=city.users[who], at=AT, words=words)


def test_a_lawyer_is_asked_for_assigned_and_answers(city):
    lawyer = outsider(city)
    lawyer.profession = "lawyer"
    lawyer.store()
    request = asked(city)
    found = request.dispute
    assert not sees(lawyer.user, found)
    keeper = city.users["gov_officer"]
    registers.assign_help(request.pk, actor=keeper, at=AT, professional=lawyer)
    assert sees(lawyer.user, found)
    with pytest.raises(RuleBroken) as broken:
        registers.answer_help(request.pk, actor=lawyer.user, at=AT, accepted=False)
    assert (broken.value.code, broken.value.field) == ("no_reason", "reason")
    registers.answer_help(request.pk, actor=lawyer.user, at=AT, accepted=False, reason="利益冲突")
    assert not sees(lawyer.user, found)
    registers.assign_help(request.pk, actor=keeper, at=AT, professional=listed(city))
    request.refresh_from_db()
    assert (request.state, str(request.professional)) == ("assigned", "周律师")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"profession": "expert"}, "other_profession"),
        ({"valid_to": date(2026, 3, 20)}, "not_listed"),
    ],
)
def test_whoever_is_assigned_is_listed_for_it(city, changes, code):
    request = asked(city)
    someone = listed(city, **changes)
    actor = city.users["gov_officer"]
    with pytest.raises(RuleBroken) as broken:
        registers.assign_help(request.pk, actor=actor, at=AT, professional=someone)
    assert (broken.value.code, broken.value.field) == (code, "professional")


def test_a_mediator_comes_with_the_mediation_alone(city):
    with pytest.raises(RuleBroken) as broken:
        asked(city, profession="mediator")
    assert (broken.value.code, broken.value.field) == ("by_mediation", "profession")
    procedure = mediating(city)
    with pytest.raises(RuleBroken) as broken:
        registers.cancel_help(procedure.assignments.get().pk, actor=None, at=AT, reason="不再需要")
    assert broken.value.code == "by_mediation"


def test_who_does_not_see_the_dispute_asks_for_nobody(city):
    clerk = account(city, "centre_clerk", centre(city).key)
    with pytest.raises(PermissionDenied):
        asked(city, actor=clerk, requested_by=city.organizations["centre"])


def referred(city, of=None, **changes) -> LegalAid:
    of = of or dispute(city)
    given = {
        "actor": city.users["gov_officer"],
        "party": of.parties.first(),
        "referred_by": city.organizations["justice"],
        "ground": "低保家庭",
        "on": date(2026, 3, 20),
    }
    return registers.refer_to_legal_aid(of.pk, at=AT, **{**given, **changes})


def test_legal_aid_is_seen_by_few(city):
    aid = referred(city)
    seen = {
        key: visible_to(city.users[key], LegalAid).filter(pk=aid.pk).exists()
        for key in ("gov_officer", "agency_contact", "court_officer")
    }
    assert seen == {"gov_officer": True, "agency_contact": False, "court_officer": False}


def test_legal_aid_is_decided_once(city):
    aid = referred(city)
    with pytest.raises(RuleBroken) as broken:
        referred(city, aid.dispute)
    assert (broken.value.code, broken.value.field) == ("referred", "party")

    def decided(**changes):
        given = {"actor": city.users["gov_officer"], "result": "granted"}
        given["on"] = date(2026, 3, 21)
        return registers.decide_legal_aid(aid.pk, at=AT, **{**given, **changes})

    with pytest.raises(RuleBroken) as broken:
        decided(on=date(2026, 3, 19))
    assert (broken.value.code, broken.value.field) == ("too_early", "on")
    assert decided(lawyer=listed(city)).lawyer.name == "周律师"
    with pytest.raises(RuleBroken) as broken:
        decided()
    assert broken.value.code == "decided"


def resolved(city) -> Assignment:
    procedure = mediating(city)
    signed(agreed(city, procedure))
    return procedure.assignments.get()


def proposed(city, assignment=None, actor="centre_clerk") -> Allowance:
    assignment = assignment or resolved(city)
    user = city.users[actor] if actor else None
    return propose_allowance(
        assignment.pk, actor=user, at=AT, standard="宜伍司发〔2023〕10号", amount=500
    )


def test_an_allowance_is_for_what_was_resolved(city):
    procedure = mediating(city)
    stepped(procedure, "close", date(2026, 3, 20), mode="failed", reason="分歧过大")
    with pytest.raises(RuleBroken) as broken:
        proposed(city, procedure.assignments.get())
    assert broken.value.code == "not_resolved"


def test_an_allowance_is_proposed_decided_and_paid(city):
    allowance = proposed(city)
    with pytest.raises(RuleBroken) as broken:
        proposed(city, allowance.assignment)
    assert broken.value.code == "allowance_exists"
    bureau = city.users["gov_officer"]
    with pytest.raises(RuleBroken) as broken:
        pay_allowance(allowance.pk, actor=bureau, at=AT, on=date(2026, 3, 21))
    assert broken.value.code == "not_approved"
    decide_allowance(allowance.pk, actor=bureau, at=AT, approved=True)
    with pytest.raises(RuleBroken) as broken:
        pay_allowance(allowance.pk, actor=bureau, at=AT, on=date(2026, 3, 22))
    assert (broken.value.code, broken.value.field) == ("bad_day", "on")
    paid = pay_allowance(allowance.pk, actor=bureau, at=AT, on=date(2026, 3, 21))
    assert (paid.state, paid.paid_on) == ("paid", date(2026, 3, 21))


@pytest.mark.parametrize("actor", ["mediator", "agency_contact", "court_officer"])
def test_nobody_proposes_an_allowance_for_themselves(city, actor):
    assignment = resolved(city)
    with pytest.raises(PermissionDenied):
        proposed(city, assignment, actor)


@pytest.mark.parametrize("actor", ["mediator", "centre_clerk", "agency_contact"])
def test_the_justice_bureau_decides_on_allowances(city, actor):
    allowance = proposed(city)
    with pytest.raises(PermissionDenied):
        decide_allowance(allowance.pk, actor=city.users[actor], at=AT, approved=True)


def test_who_sees_an_allowance(city):
    allowance = proposed(city)
    keys = ("gov_officer", "centre_clerk", "mediator", "agency_contact", "court_officer")
    seen = [key for key in keys if sees(city.users[key], allowance)]
    assert seen == ["gov_officer", "centre_clerk", "mediator"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_for_any_length(
    city, as_user, count, django_assert_num_queries
):
    for n in range(count):
        listed(city, name=f"周律师{n}")
    client = as_user(city.users["gov_officer"])
    with django_assert_num_queries(14):
        page = client.get(reverse("cases:registers"), {"profession": "lawyer"})
    assert page.content.decode().count("周律师") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_allowances_cost_the_same_for_any_length(
    city, as_user, count, django_assert_num_queries
):
    first = proposed(city)
    for n in range(count - 1):
        other = Assignment.objects.get(pk=first.assignment_id)
        other.pk, other.public_id, other.procedure = None, f"zz{n}", None
        other.store()
        copy = Allowance.objects.get(pk=first.pk)
        copy.pk, copy.public_id, copy.assignment = None, f"zy{n}", other
        copy.store()
    client = as_user(city.users["gov_officer"])
    with django_assert_num_queries(14):
        page = client.get(reverse("cases:allowances"))
    assert page.content.decode().count("宜伍司发〔2023〕10号") == count


def test_a_line_is_entered_and_changed_on_its_page(city, as_user):
    client = as_user(city.users["gov_officer"])
    words = {"profession": "expert", "name": "陈教授", "valid_from": "2024-01-02"}
    url = reverse("cases:professional-new")
    assert client.post(url, {**words, "form_token": "t1"}).status_code == 302
    assert client.post(url, {**words, "form_token": "t1"}).status_code == 302
    expert = Professional.objects.get(name="陈教授")
    url = reverse("cases:professional", args=[expert.public_id])
    page = client.get(url)
    assert page.context["form"].initial["name"] == "陈教授"
    changed = {**words, "fields_known": "规划", "version": str(expert.version)}
    assert client.post(url, changed).status_code == 302
    stale = client.post(url, {**changed, "fields_known": "土地"})
    assert stale.status_code == 422
    expert.refresh_from_db()
    assert expert.fields == "规划"
    other = as_user(city.users["agency_contact"])
    assert other.get(url).status_code == 403


def test_a_request_goes_through_its_pages(city, as_user):
    found = dispute(city)
    client = as_user(city.users["agency_contact"])
    asks = {
        "profession": "lawyer",
        "requested_by": city.organizations["agency"].public_id,
        "need": "参与调解",
        "form_token": "t2",
    }
    url = reverse("cases:help-new", args=[found.public_id])
    assert client.post(url, asks).status_code == 302
    request = Assignment.objects.get()
    here = [found.public_id, request.public_id]
    assert client.get(reverse("cases:help-assign", args=here)).status_code == 403
    keeper = as_user(city.users["gov_officer"])
    given = {"professional": listed(city).public_id, "version": request.version}
    assert keeper.post(reverse("cases:help-assign", args=here), given).status_code == 302
    request.refresh_from_db()
    answer = {"accepted": "yes", "version": request.version}
    assert keeper.post(reverse("cases:help-answer", args=here), answer).status_code == 302
    request.refresh_from_db()
    assert request.state == "accepted"
    assert request.answered_on == timezone.localdate()
    page = keeper.get(found.get_absolute_url(), {"tab": "settling"}).content.decode()
    assert "周律师" in page
    assert "参与调解" in page
