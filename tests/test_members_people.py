"""People: names as they are published, numbers kept from view, posts that end."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from members.actions import begin_post, create_person, edit_person, end_post, reveal_phone
from members.models import Person
from members.names import clean_name, initials
from members.standing import standing

DAY = date(2026, 6, 30)
AFTER = DAY + timedelta(days=1)
PHONE = "13800005678"


@pytest.mark.parametrize(
    ("typed", "kept", "letters"),
    [
        pytest.param("热孜艳•买买提明", "热孜艳·买买提明", "rzymmtm", id="bullet"),
        pytest.param("叶尔夏提・吐尔汗", "叶尔夏提·吐尔汗", "yextteh", id="katakana dot"),
        pytest.param("多力坤‧热依木", "多力坤·热依木", "dlkrym", id="hyphenation point"),
        pytest.param("阿依努尔 · 麦麦提江", "阿依努尔·麦麦提江", "aynemmtj", id="spaced dot"),
        pytest.param("王　彬", "王彬", "wb", id="padded as on paper"),
        pytest.param("马刚", "马刚", "mg", id="two characters"),
        pytest.param("喆堃玥珺", "喆堃玥珺", "zkyj", id="rare"),
        pytest.param("䶮㛃彧燚", "䶮㛃彧燚", "yjyy", id="extension A"),
        pytest.param("𠮷𣗋晟", "𠮷𣗋晟", None, id="outside the BMP"),
        pytest.param("John  Smith", "John Smith", None, id="Latin keeps its space"),
    ],
)
def test_names_survive_from_the_form_to_the_export(city, as_user, typed, kept, letters):
    client = as_user(city.users["gov_officer"])

    answer = client.post(reverse("members:person-new"), {"name": typed})
    person = Person.objects.latest("pk")
    page = client.get(person.get_absolute_url()).content.decode()
    export = client.get(reverse("members:people"), {"export": "xlsx", "q": kept.split()[0]})

    assert answer.status_code == 302
    assert person.name == kept
    assert letters in (None, person.initials)
    assert f"<h1>{kept}</h1>" in page
    content = b"".join(export.streaming_content) if export.streaming else export.content
    cells = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert kept in {cell for row in cells for cell in row}


def test_clean_names_stay_as_they_are():
    for name in ("热孜艳·买买提明", "王彬", "𠮷𣗋晟", "试验市人民法院行政审判庭"):
        assert clean_name(clean_name(name)) == name


def test_initials_are_cut_to_their_column():
    assert initials("行" * 80, 30) == "x" * 30


@pytest.fixture
def officer(city):
    person = city.people["gov_officer"]
    edit_person(person.pk, actor=None, name=person.name, phone=PHONE, email=person.email)
    person.refresh_from_db()
    return person


def test_a_number_is_sealed_in_the_database_and_masked_on_pages(city, as_user, officer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM members_person WHERE id = %s", [officer.pk])
        stored = cursor.fetchone()[0]
    client = as_user(city.users["court_officer"])
    pages = [
        client.get(address).content.decode()
        for address in (reverse("members:people"), officer.get_absolute_url())
    ]

    assert PHONE not in stored
    assert officer.phone == PHONE
    assert all(PHONE not in page and "138****5678" in page for page in pages)
    assert PHONE not in "".join(entry.body for entry in history_of(officer))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("gov_officer", 200),
        ("court_officer", 200),
        ("recorder", 200),
        ("agency_contact", 403),
        ("gov_convenor", 403),
        ("system_admin", 403),
        ("audit_admin", 404),
    ],
)
def test_a_look_at_a_number_is_for_few_and_leaves_a_trace(city, as_user, officer, who, status):
    answer = as_user(city.users[who]).post(
        reverse("members:person-reveal", args=[officer.public_id]), {"reason": "会前联系"}
    )

    assert answer.status_code == status
    assert (PHONE in answer.content.decode()) == (status == 200)
    looks = [e.data for e in history_of(officer) if e.action == "members.person.phone_revealed"]
    assert looks == ([{"reason": "会前联系"}] if status == 200 else [])


def test_a_look_needs_a_reason(city, as_user, officer):
    answer = as_user(city.users["gov_officer"]).post(
        reverse("members:person-reveal", args=[officer.public_id]), {"reason": " "}
    )

    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    with pytest.raises(RuleBroken, match="请写明查看事由"):
        reveal_phone(officer.pk, actor=city.users["gov_officer"], reason=" ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 5678", PHONE),
        ("１３８００００５６７８", PHONE),
        ("0999-8123456", "0999-8123456"),
        ("打电话", None),
        ("123", None),
    ],
)
def test_numbers_are_brought_into_one_form(city, as_user, typed, kept):
    answer = as_user(city.users["gov_officer"]).post(
        reverse("members:person-new"), {"name": "何先", "phone": typed}
    )

    if kept:
        assert Person.objects.latest("pk").phone == kept
    else:
        assert "电话应为 6 至 20 位数字" in answer.context["form"].errors["phone"][0]


def test_several_posts_at_once_but_not_one_twice(city):
    person, agency = city.people["agency_contact"], city.organizations["agency"]
    begin_post(person.pk, actor=None, organization=agency, title="副局长（主持工作）", acting=True)

    with pytest.raises(RuleBroken, match="已任该职务") as refused:
        begin_post(person.pk, actor=None, organization=agency, title="法规科科长")

    assert refused.value.code == "overlapping_term"
    assert person.posts.on(DAY).count() == 2


def test_access_ends_the_day_after_the_post(city):
    user, post = city.users["gov_officer"], city.people["gov_officer"].posts.get()

    end_post(post.pk, actor=None, on=DAY, reason="调离")

    assert standing(user, DAY).roles
    assert not standing(user, AFTER).roles


def test_another_post_in_the_organization_keeps_the_access(city):
    user, person = city.users["gov_officer"], city.people["gov_officer"]
    begin_post(person.pk, actor=None, organization=city.organizations["section"], title="副科长")

    end_post(person.posts.order_by("pk")[0].pk, actor=None, on=DAY, reason="晋升")

    assert standing(user, AFTER).roles


@pytest.mark.parametrize(
    ("who", "may"), [("gov_officer", True), ("court_officer", False), ("recorder", False)]
)
def test_posts_are_kept_by_the_side(city, who, may):
    post = city.people["gov_deputy"].posts.get()
    if may:
        end_post(post.pk, actor=city.users[who], on=DAY)
    else:
        with pytest.raises(PermissionDenied):
            end_post(post.pk, actor=city.users[who], on=DAY)


def test_a_post_is_noted_and_ended_by_page(city, as_user):
    client, person = as_user(city.users["court_officer"]), city.people["court_member"]
    begun = client.post(
        reverse("members:post-new", args=[person.public_id]),
        {
            "organization": city.organizations["court"].pk,
            "title": "审判委员会委员",
            "rank": "other",
            "valid_from": "2026-01-01",
        },
    )
    post = person.posts.latest("pk")

    early = client.post(
        reverse("members:post-end", args=[post.public_id]), {"on": "2025-12-31", "reason": "误"}
    )
    ended = client.post(
        reverse("members:post-end", args=[post.public_id]), {"on": "2026-06-30", "reason": "免职"}
    )

    assert (begun.status_code, early.status_code, ended.status_code) == (302, 422, 302)
    assert "截止日早于任职起始日。" in early.context["form"].errors["on"]
    post.refresh_from_db()
    assert post.valid_to == DAY


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_for_any_length(city, as_user, django_assert_num_queries, more):
    for n in range(more):
        person = create_person(city.jurisdiction.pk, actor=None, name=f"增员{n}")
        begin_post(person.pk, actor=None, organization=city.organizations["agency"], title="科员")
    client = as_user(city.users["gov_officer"])

    with django_assert_num_queries(15):
        page = client.get(reverse("members:people"))

    assert page.context["ledger"].count == 10 + more
