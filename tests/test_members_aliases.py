"""Other names of a unit: entered and ended with a reason, and what imports read by them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.audit.trail import history_of
from members.models import Organization
from workplans.reading.units import Directory

NEW = reverse("members:alias-new")


def named(city, as_user, name: str, *, who: str = "gov_officer", unit: str = "agency"):
    given = {
        "name": name,
        "organization": city.organizations[unit].public_id,
        "reason": "市政府文件的写法",
    }
    return as_user(city.users[who]).post(NEW, given)


def read_as(city, word: str) -> str:
    directory = Directory(city.jurisdiction, timezone.localdate())
    return directory.read(word, {})[0].ref


def test_a_name_is_entered_with_its_reason_and_imports_read_it(city, as_user):
    unit = city.organizations["agency"]
    assert read_as(city, "执法总队") == ""

    answer = named(city, as_user, "执法总队")

    assert answer.headers["Location"] == unit.get_absolute_url()
    assert read_as(city, "执法总队") == f"unit:{unit.key}"
    page = as_user(city.users["gov_officer"]).get(unit.get_absolute_url()).content.decode()
    assert "登记别名“执法总队”：市政府文件的写法" in page


def test_a_name_is_ended_with_its_reason(city, as_user):
    unit = city.organizations["agency"]
    named(city, as_user, "执法总队")
    ending = reverse("members:alias-end", args=[unit.public_id])
    given = {"name": "执法总队", "reason": "机构改革"}

    assert as_user(city.users["gov_officer"]).post(ending, given).status_code == 302

    assert read_as(city, "执法总队") == ""
    assert history_of(unit).last().data == {"alias": "执法总队", "reason": "机构改革"}
    again = as_user(city.users["gov_officer"]).post(ending, given)
    assert again.status_code == 422


def test_the_word_that_nobody_knew_stands_in_the_form(city, as_user):
    page = as_user(city.users["gov_officer"]).get(NEW, {"name": "执法总队"}).content.decode()

    assert 'value="执法总队"' in page


@pytest.mark.parametrize("taken", ["short_name", "alias"])
def test_a_name_stands_for_one_unit_alone(city, as_user, taken):
    word = city.organizations["justice"].short_name
    if taken == "alias":
        word = "政府法制机构"
        named(city, as_user, word, unit="justice")

    answer = named(city, as_user, word)

    assert answer.status_code == 422
    assert f"“{word}”已指" in answer.content.decode()
    assert Organization.objects.get(pk=city.organizations["agency"].pk).aliases == []


@pytest.mark.parametrize(("who", "status"), [("agency_contact", 403), ("court_officer", 422)])
def test_units_are_named_by_those_who_keep_their_lists(city, as_user, who, status):
    """An officer is offered the units of the own side alone."""
    assert named(city, as_user, "执法总队", who=who).status_code == status
