"""Every page of the room of problems: lists at any length, forms that begin and are sent."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from problems.models import (
    ClassCase,
    Consultation,
    Guidance,
    Interpretation,
    Problem,
    Question,
    Standard,
    Visit,
)
from tests import settled
from tests.disputes import moment

TODAY = date(2026, 3, 6)
MADE = {
    "problems:list": lambda city: settled.measure(city, settled.problem(city)),
    "problems:class-cases": lambda city: settled.class_case(city, told=True),
    "problems:questions": settled.question,
    "problems:standards": settled.standard,
    "problems:interpretations": settled.interpretation,
    "problems:consultations": settled.consultation,
    "problems:guidance": settled.letter_of_guidance,
    "problems:visits": settled.visit,
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(moment(TODAY, 9), tick=False):
        yield


@pytest.mark.parametrize("name", MADE)
def test_a_list_costs_the_same_for_any_length(city, as_user, name):
    client = as_user(city.users["gov_officer"])
    costs = []
    for count in (1, 3):
        while client.get(reverse(name)).context["ledger"].count < count:
            MADE[name](city)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse(name))
        assert len(page.context["ledger"].page.object_list) == count
        costs.append(len(captured))

    assert costs[0] == costs[1] < 32


COMMON = {"title": "试验事项"}
NEW = {
    "problems:new": (
        Problem,
        {"source": "data", "begun_on": "2026-03-05", "text": "问题", "cause": "原因"},
    ),
    "problems:class-case-new": (ClassCase, {"pattern": "共性", "advice": "建议"}),
    "problems:question-new": (Question, {"begun_on": "2026-03-05", "text": "如何适用？"}),
    "problems:standard-new": (Standard, {"text": "一、应当。"}),
    "problems:interpretation-new": (
        Interpretation,
        {"asked": "谁？", "text": "联络员。", "provision": "T-44"},
    ),
    "problems:consultation-new": (Consultation, {"reply_by": "2026-04-01", "units": "court"}),
    "problems:guidance-new": (Guidance, {"addressee": "agency", "text": "请规范。"}),
    "problems:visit-new": (
        Visit,
        {"addressee": "agency", "begun_on": "2026-03-05", "people": "甲", "found": "无"},
    ),
}


def sent(city, name, **changes):
    given = {**COMMON, **NEW[name][1], "organization": "justice", "form_token": "t-1", **changes}
    units = {key: one.public_id for key, one in city.organizations.items()}
    return {key: units.get(value, value) for key, value in given.items()}


@pytest.mark.parametrize("name", NEW)
def test_what_is_written_in_the_browser_has_its_page(city, as_user, name):
    settled.provision(city)
    client = as_user(city.users["gov_officer"])
    page = client.get(reverse(name))
    assert (page.status_code, "missing" in page.content.decode()) == (200, False)

    answers = [client.post(reverse(name), sent(city, name)) for _ in range(2)]

    row = NEW[name][0].objects.get()
    assert [answer.status_code for answer in answers] == [302, 302], answers[0].content.decode()
    assert [answer.url for answer in answers] == [row.get_absolute_url()] * 2
    page = client.get(row.get_absolute_url())
    assert "试验事项" in page.content.decode()
    lists = client.get(page.context["home_url"], headers={"HX-Request": "true"})
    assert "试验事项" in lists.content.decode()


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("who", ["agency_contact", "gov_convenor", "system_admin"])
def test_only_who_works_for_a_side_writes(city, as_user, name, who):
    client = as_user(city.users[who])

    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), sent(city, name)).status_code == 403
    assert not NEW[name][0].objects.exists()


def test_a_fault_is_told_beside_its_field(city, as_user):
    client = as_user(city.users["gov_officer"])
    name = "problems:guidance-new"

    page = client.post(reverse(name), sent(city, name, reply_by="2026-03-01"))

    assert page.status_code == 422
    assert "期限不能早于今天" in page.content.decode()
    assert "请规范。" in page.content.decode()
    assert not Guidance.objects.exists()


def test_a_problem_is_followed_in_the_browser(city, as_user):
    problem = settled.problem(city)
    officer, contact = city.users["gov_officer"], city.users["agency_contact"]
    page = reverse("problems:measure", args=[problem.public_id])
    unit = city.organizations["agency"].public_id

    as_user(officer).post(page, {"what": "修订文书", "unit": unit, "due_on": "2026-03-20"})

    measure = problem.measures.get()
    client = as_user(contact)
    done = reverse("problems:measure-done", args=[measure.public_id])
    assert done in client.get(problem.get_absolute_url()).content.decode()
    client.post(done, {"on": "2026-03-05", "outcome": "已修订", "version": measure.version})
    measure.refresh_from_db()
    assert measure.done_on == date(2026, 3, 5)
    text = as_user(officer).get(problem.get_absolute_url()).content.decode()
    assert "已修订" in text
    assert reverse("problems:solve", args=[problem.public_id]) in text


@pytest.mark.parametrize("page", ["mechanisms:text", "dashboards:compliance"])
def test_an_interpretation_stands_beside_its_clause(city, as_user, page):
    row = settled.interpretation(city, "in_force")
    text = reverse(page, args=[city.mechanism.key])
    with_text(city)

    for who in ("court_officer", "agency_contact"):
        assert row.title in as_user(city.users[who]).get(text).content.decode()


def test_a_draft_stands_beside_no_clause(city, as_user):
    row = settled.interpretation(city, "asked")
    text = reverse("mechanisms:text", args=[city.mechanism.key])
    with_text(city)

    assert row.title not in as_user(city.users["court_officer"]).get(text).content.decode()


def with_text(city):
    version = city.mechanism.versions.get()
    clause = {"clause": "四（五）", "text": "由双方解释。", "provisions": [{"number": "T-44"}]}
    part = {"chapter": "四、附则", "clauses": [clause]}
    version.source = {**version.source, "text": [part]}
    version.save()


def test_joint_owners_and_area_stay_where_only_the_cause_is_written(city, as_user):
    problem = settled.problem(city)
    client = as_user(city.users["gov_officer"])
    page = reverse("problems:analyse", args=[problem.public_id])
    form = client.get(page).context["form"]
    begun = {name: form[name].value() for name in form.fields}

    answer = client.post(page, begun | {"cause": "培训不足", "area": "work_injury"})
    assert answer.status_code == 302, answer.context["form"].errors

    problem.refresh_from_db()
    assert list(problem.units.all()) == [city.organizations["court"]]
    assert (problem.cause, problem.area) == ("培训不足", "work_injury")


def test_a_draft_class_case_is_written_anew_until_it_is_told(city, as_user):
    row = settled.class_case(city)
    client = as_user(city.users["court_officer"])
    page = reverse("problems:class-case-edit", args=[row.public_id])
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields}
    begun = {name: value for name, value in values.items() if value}

    answer = client.post(page, begun | {"title": "工伤认定类案（二）"})
    assert answer.status_code == 302, answer.context["form"].errors

    row.refresh_from_db()
    assert (row.title, row.agency) == ("工伤认定类案（二）", city.organizations["agency"])
    client.post(
        reverse("problems:class-case-tell", args=[row.public_id]), {"version": row.version}
    )
    assert client.get(page).status_code == 403


def test_a_class_case_is_told_by_a_circular_too(city, as_user):
    row = settled.class_case(city, told=True)
    page = reverse("problems:class-case-bulletin", args=[row.public_id])
    assert as_user(city.users["gov_officer"]).post(page).status_code == 403
    client = as_user(city.users["court_officer"])
    assert page in client.get(row.get_absolute_url()).content.decode()

    answer = client.post(page)

    row.refresh_from_db()
    drafted = row.bulletin
    assert answer.url == reverse("bulletins:edit", args=[drafted.public_id])
    assert (drafted.kind, drafted.issuer) == ("class_cases", city.organizations["court"])
    assert "均涉及上下班途中的认定。" in drafted.body
    assert "建议统一证据要求。" in drafted.body
    assert city.organizations["court"] not in {
        one.organization for one in drafted.circulations.all()
    }
    assert drafted.circulations.exists()
    assert page not in client.get(row.get_absolute_url()).content.decode()
    assert client.post(page).status_code == 409
    other = as_user(city.users["gov_officer"]).get(row.get_absolute_url())
    assert drafted.title not in other.content.decode()
