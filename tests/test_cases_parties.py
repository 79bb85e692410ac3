"""Parties: masked for readers, opened once for a reason, corrected without being opened."""

import logging
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from cases.actions.disputes import PartyWords
from cases.actions.parties import AgentWords, correct_party, enter_agent, enter_party, reveal
from cases.models import Agent, Party, Reveal
from cases.views.parties import parties_section
from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from tests.disputes import account, dispute, moment, reconsideration, unit

TODAY = date(2026, 11, 20)
AT = moment(TODAY)
SECRETS = {
    "name": "张三丰",
    "id_number": "42050319910101001X",
    "phone": "13800005678",
    "address": "湖北省宜昌市伍家岗区伍家乡12号",
    "ethnicity": "土家族",
    "born_on": "1991-01-01",
}
PERSON = PartyWords("natural", **SECRETS, district="湖北省宜昌市伍家岗区")
REASON = "核对送达地址"


@pytest.fixture
def made(city):
    return dispute(city, parties=[PERSON, PartyWords("legal", "试验建材有限公司")])


@pytest.fixture
def person(made) -> Party:
    return made.parties.first()


@pytest.fixture
def officer(city, as_user):
    with time_machine.travel(moment(TODAY, 10), tick=False):
        yield as_user(city.users["gov_officer"])


def trail() -> str:
    return "".join(AuditEntry.objects.values_list("body", flat=True))


def tab(made) -> str:
    return f"{made.get_absolute_url()}?tab=parties"


def test_the_tab_masks_what_identifies_a_person(made, officer):
    page = officer.get(tab(made)).content.decode()

    for shown in ("张某", "4205************1X", "138****5678", "试验建材有限公司"):
        assert shown in page
    for secret in SECRETS.values():
        assert secret not in page


@pytest.mark.parametrize("parties", [1, 3])
def test_the_section_asks_as_often_for_many_parties(city, rf, parties, django_assert_num_queries):
    names = [PartyWords("natural", f"王{n}号") for n in range(parties)]
    many = dispute(city, parties=names)
    request = rf.get("/")
    request.user = city.users["gov_officer"]

    with django_assert_num_queries(8):
        shown = parties_section(request, many)
        assert len(shown["party_lines"]) == parties


def test_what_is_opened_is_shown_once_with_its_reason(city, person, officer):
    address = reverse("cases:reveal", args=[person.public_id])
    assert officer.get(address).status_code == 200

    opened = officer.post(address, {"reason": REASON, "form_token": "once"})
    again = officer.post(address, {"reason": REASON, "form_token": "once"})

    page = opened.content.decode()
    assert all(secret in page for secret in SECRETS.values())
    assert "no-store" in opened["Cache-Control"]
    assert again.status_code == 422
    assert SECRETS["id_number"] not in again.content.decode()
    kept = Reveal.objects.get()
    assert (kept.user, kept.reason) == (city.users["gov_officer"], REASON)
    assert "cases.party.revealed" in trail()
    assert REASON in officer.get(tab(person.dispute)).content.decode()


@pytest.mark.parametrize("reason", ["", "看看", "核对张三丰的住址", "电话13800005678打不通"])
def test_a_reason_is_wanted_that_opens_nothing(city, person, reason):
    with pytest.raises(RuleBroken) as broken:
        reveal(person.pk, actor=city.users["gov_officer"], at=AT, reason=reason)

    assert (broken.value.code, broken.value.field) == ("reveal_reason", "reason")
    assert not Reveal.objects.exists()


@pytest.mark.parametrize(
    ("user", "status"),
    [
        ("gov_officer", 200),
        ("agency_contact", 200),
        ("court_officer", 404),
        ("stranger", 404),
        ("system_admin", 404),
        ("audit_admin", 404),
    ],
)
def test_only_units_in_the_case_open_it(city, person, as_user, user, status):
    unit(city, "parks", "试验市园林局", "市园林局")
    account(city, "stranger", "parks")
    client = as_user(city.users[user])

    response = client.post(reverse("cases:reveal", args=[person.public_id]), {"reason": REASON})

    assert response.status_code == status
    assert (SECRETS["name"] in response.content.decode()) is (status == 200)
    assert Reveal.objects.exists() is (status == 200)


def test_a_party_is_corrected_without_being_opened(city, person, officer):
    address = reverse("cases:party-correct", args=[person.public_id])
    page = officer.get(address).content.decode()
    assert not [secret for secret in SECRETS.values() if secret in page]

    typed = {"version": person.version, "name": "李四光", "take_out": ["phone"]}
    assert officer.post(address, typed).status_code == 302
    stale = officer.post(address, typed)

    assert stale.status_code == 422
    person.refresh_from_db()
    assert (person.name, person.shown_name, person.phone) == ("李四光", "李某", "")
    assert person.id_number == SECRETS["id_number"]
    person.dispute.refresh_from_db()
    assert person.dispute.title.startswith("李某等与")
    assert "李四光" not in trail()


REFUSED = [
    ({}, "unchanged", ""),
    ({"name": ""}, "no_name", "name"),
    ({"id_number": "420503199101010018"}, "bad_code", "id_number"),
]


@pytest.mark.parametrize(("changes", "code", "field"), REFUSED)
def test_a_correction_is_refused_whole(city, person, changes, code, field):
    with pytest.raises(RuleBroken) as broken:
        correct_party(person.pk, actor=city.users["gov_officer"], at=AT, changes=changes)

    assert (broken.value.code, broken.value.field) == (code, field)
    person.refresh_from_db()
    assert person.name == SECRETS["name"]


def test_the_agency_corrects_nothing(city, person, as_user):
    client = as_user(city.users["agency_contact"])

    response = client.get(reverse("cases:party-correct", args=[person.public_id]))

    assert response.status_code == 403


def test_a_third_party_joins_a_procedure(city, made, officer):
    procedure = reconsideration(city, made, date(2026, 11, 18))
    address = reverse("cases:party-enter", args=[made.public_id])
    typed = {
        "procedure": procedure.public_id,
        "third": "on",
        "joined_on": "2026-11-19",
        "kind": "natural",
        "name": "王五行",
        "reason": "相邻权人",
    }

    assert officer.get(address).status_code == 200
    assert officer.post(address, {**typed, "id_number": "123"}).status_code == 422
    assert made.parties.count() == 2
    assert officer.post(address, typed).status_code == 302

    joined = procedure.participants.get(role="third_party")
    assert str(joined) == "王某"


def test_who_speaks_for_a_party_is_entered(city, made, officer):
    part = made.procedures.get().participants.filter(party__isnull=False).first()
    address = reverse("cases:agent", args=[made.public_id])

    assert officer.get(address).status_code == 200
    assert officer.post(address, {"participant": part.public_id, "name": ""}).status_code == 422
    sent = officer.post(
        address,
        {"participant": part.public_id, "name": "赵六合", "profession": "律师", "special": "on"},
    )

    assert sent.status_code == 302
    agent = Agent.objects.get()
    assert (str(agent), agent.name, agent.special) == ("赵某", "赵六合", True)
    assert "赵六合" not in trail()
    assert "赵某" in officer.get(tab(made)).content.decode()


def test_nothing_of_a_person_leaves_by_trail_log_mail_or_error_page(
    city, made, person, officer, caplog
):
    """The whole way of a party, with each refusal on it."""
    caplog.set_level(logging.DEBUG)
    user = city.users["gov_officer"]
    procedure = reconsideration(city, made, date(2026, 11, 18))
    reveal(person.pk, actor=user, at=AT, reason=REASON)
    correct_party(person.pk, actor=user, at=AT, changes={"address": SECRETS["address"] + "3幢"})
    words = PartyWords("natural", "王五行", phone="13911112222")
    part = enter_party(procedure.pk, actor=user, at=AT, on=date(2026, 11, 19), words=words)
    enter_agent(part.pk, actor=user, at=AT, words=AgentWords("赵六合", phone="13733334444"))
    officer.post(reverse("cases:reveal", args=[person.public_id]), {"reason": ""})
    missing = officer.post(reverse("cases:reveal", args=["nobody"]), {"reason": SECRETS["name"]})

    told = trail() + caplog.text + "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    told += missing.content.decode()
    secrets = [*SECRETS.values(), "王五行", "13911112222", "赵六合", "13733334444"]
    assert [secret for secret in secrets if secret in told] == []
