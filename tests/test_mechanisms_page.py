"""The institution's text as a page: who reads it, what stands beside it, the filters."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from mechanisms.models import Mechanism
from mechanisms.page import marked, title_lines
from mechanisms.templatetags.mechanisms_tags import issued_day
from mechanisms.wording import sentence_of
from members.models import RoleBinding, User
from members.states import Role

PATH = Path(__file__).parent.parent / "mechanisms" / "profiles" / "yining.yaml"


@pytest.fixture
def yining(db) -> Mechanism:
    call_command("load_profile", PATH, verbosity=0)
    return Mechanism.objects.get(key="yining")


@pytest.fixture
def reader(yining) -> User:
    """The account of the person who is a member of the government's side."""
    person = yining.jurisdiction.people.get(name="何先玲")
    user = User.objects.create_user(
        "reader",
        "Liaison-2026",
        person=person,
        display_name=person.name,
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    RoleBinding.objects.create(
        user=user,
        role=Role.MEMBER_UNIT,
        jurisdiction=yining.jurisdiction,
        organization=yining.jurisdiction.organizations.get(key="section"),
    )
    return user


def page(client, **chosen) -> str:
    return client.get(reverse("mechanisms:text", args=["yining"]), chosen).content.decode()


def test_every_provision_stands_beside_its_words_with_its_rule(as_user, reader):
    shown = page(as_user(reader))

    for n in range(1, 46):
        assert shown.count(f'id="YN-{n}"') == 1
    assert shown.count('<section class="fy-clause') == 39
    assert "伊宁市人民政府办公室文件" in shown
    assert "伊市政办〔2023〕136号" in shown
    assert "伊宁市人民政府\u3000伊宁市人民法院<br>行政复议与行政诉讼联席会议制度（试行）" in shown
    assert "<u>由市人民政府与市中级人民法院轮流召开和主持，每两个月召开一次</u>" in shown
    assert "每 2 个月一次；各方轮流主办" in shown
    assert "系起草笔误" in shown


@pytest.mark.parametrize(
    ("chosen", "count", "there", "not_there"),
    [
        pytest.param({"rule_kind": "exchange"}, 10, "YN-24", "YN-14", id="rule"),
        pytest.param({"rule_kind": "exchange", "side": "court"}, 5, "YN-24", "YN-29", id="side"),
        pytest.param({"modal": "may"}, 10, "YN-15", "YN-14", id="may"),
        pytest.param({"rule_kind": "rate_target"}, 0, "没有这样的条款", "YN-1", id="none"),
        pytest.param({"rule_kind": "nonsense"}, 45, "YN-1", "没有这样的条款", id="unknown word"),
    ],
)
def test_the_filters(as_user, reader, chosen, count, there, not_there):
    shown = page(as_user(reader), **chosen)

    assert shown.count('class="fy-rule"') == count
    assert f'id="{there}"' in shown or there in shown
    assert f'id="{not_there}"' not in shown


def test_htmx_gets_the_clauses_alone(as_user, reader):
    url = reverse("mechanisms:text", args=["yining"])

    answer = as_user(reader).get(url, headers={"HX-Request": "true"})

    assert answer.content.decode().startswith('<div id="text">')
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    ("who", "status"), [("gov_officer", 200), ("agency_contact", 200), ("system_admin", 404)]
)
def test_another_city_reads_what_was_issued_and_no_more(as_user, yining, city, who, status):
    """From the text its staff get to the roster and to the plan, and so from the list."""
    client = as_user(city.users[who])
    roster, plan = yining.body.get_absolute_url(), reverse("meetings:plan", args=["yining"])

    answer = client.get(reverse("mechanisms:text", args=["yining"]))
    listed = links(client.get(reverse("mechanisms:list")))

    assert answer.status_code == status
    assert links(answer) == ({roster, plan} if status == 200 else {"/"})
    theirs = {yining.get_absolute_url(), roster, plan}
    assert listed & theirs == (theirs if status == 200 else set())


def links(answer) -> set[str]:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return set(re.findall('<a [^>]*href="([^"]+)"', main))


def test_the_list_leads_to_the_text(as_user, reader):
    shown = as_user(reader).get(reverse("mechanisms:list")).content.decode()

    assert 'href="/mechanisms/yining/"' in shown
    assert "伊市政办〔2023〕136号" in shown


@pytest.mark.parametrize("institutions", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    as_user, city, django_assert_num_queries, institutions
):
    for n in range(institutions - 1):
        Mechanism.objects.create(
            jurisdiction=city.jurisdiction, key=f"more-{n}", title="制度", short_title="制度"
        )
    client = as_user(city.users["gov_officer"])
    client.get(reverse("mechanisms:list"))

    with django_assert_num_queries(11):
        client.get(reverse("mechanisms:list"))


def test_the_clauses_cost_the_same_for_one_and_for_all(as_user, reader, django_assert_num_queries):
    client = as_user(reader)
    url = reverse("mechanisms:text", args=["yining"])
    client.get(url, headers={"HX-Request": "true"})

    for chosen in ({"rule_kind": "ad_hoc_meeting"}, {}):
        with django_assert_num_queries(15):
            client.get(url, chosen, headers={"HX-Request": "true"})


def test_a_clause_is_cited_with_a_link_to_its_place(yining, django_assert_num_queries):
    text = '{% load mechanisms_tags %}{% cite mechanism "YN-14" %}{% cite mechanism "YN-20" %}'
    text += '{% cite mechanism "YN-99" %}{% cite mechanism "" %}'

    with django_assert_num_queries(2):
        shown = Template(text).render(Context({"mechanism": yining}))

    assert shown == (
        '<a class="fy-cite" href="/mechanisms/yining/#YN-14">制度三（一）</a>'
        '<a class="fy-cite" href="/mechanisms/yining/#YN-20">制度三（三）</a>'
    )


def test_every_page_that_a_clause_names_is_there(yining, as_user, reader):
    """A link in the margin leads somewhere; a room not built yet has no page in the profile."""
    shown = page(as_user(reader))
    named = [
        row.number for row in yining.versions.get().provisions.all() if row.realised_by.get("page")
    ]
    for number in named:
        note = shown.split(f'id="{number}"')[1].split("</div><p")[1].split("</p>")[0]
        assert "<a href=" in note, number


@pytest.mark.parametrize(
    ("operative", "pieces"),
    [
        pytest.param([], (("甲乙丙丁", ""),), id="nothing"),
        pytest.param([("乙丙", "a")], (("甲", ""), ("乙丙", "a"), ("丁", "")), id="one"),
        pytest.param([("", "a")], (("甲乙丙丁", ""),), id="a rule without words"),
        pytest.param(
            [("甲乙", "a"), ("乙丙", "a")], (("甲乙丙", "a"), ("丁", "")), id="overlapping"
        ),
        pytest.param(
            [("甲乙", "a"), ("乙丙", "b")],
            (("甲", "a"), ("乙丙", "b"), ("丁", "")),
            id="overlapping, unlike",
        ),
    ],
)
def test_operative_words_are_marked(operative, pieces):
    assert marked("甲乙丙丁", operative) == pieces


@pytest.mark.parametrize(
    ("title", "issuers", "lines"),
    [
        ("甲府 乙院联席会议制度", ("甲府", "乙院"), ["甲府\u3000乙院", "联席会议制度"]),
        ("联席会议制度", ("甲府", "乙院"), ["联席会议制度"]),
        ("联席会议制度", (), ["联席会议制度"]),
    ],
)
def test_the_head_of_a_document_is_set_in_lines(title, issuers, lines):
    assert title_lines(title, issuers) == lines


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("day", "2023年6月12日"), ("month", "2023年6月"), ("year", "2023年"), ("none", "—")],
)
def test_a_day_is_as_precise_as_the_document(precision, shown):
    assert issued_day(date(2023, 6, 12), precision) == shown


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, ""),
        ({"within": {"amount": 10, "unit": "working_days"}}, "10 个工作日内"),
        (
            {"times": {"count": 4, "per": "year"}, "matter": "庭审观摩"},
            "事项：庭审观摩；每年 4 次",
        ),
        ({"indicator": "loss", "at_most": 8.5}, "指标：loss；不高于 8.5%"),
        ({"counts": {"convenor": 2, "deputy_convenor": 1}}, "召集人 2 名、副召集人 1 名"),
    ],
)
def test_parameters_read_as_a_sentence(parameters, sentence):
    assert sentence_of(parameters) == sentence
