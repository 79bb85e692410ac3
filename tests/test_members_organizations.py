"""Organizations: found by initials, kept by their own side, succeeded by date."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from members.actions import create_organization, edit_organization, save_group, succeed
from members.models import Organization, Succession
from members.rosters import users_of
from members.standing import standing
from members.states import OrganizationKind, Side
from tests.city import make_city

DAY = date(2026, 3, 1)


def new_agency(city, actor=None, name="试验市水利局", short="市水利局", **given):
    given = {"kind": OrganizationKind.AGENCY, "side": Side.GOVERNMENT, **given}
    return create_organization(
        city.jurisdiction.pk, actor=actor, name=name, short_name=short, **given
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ssfj", ["市司法局"]),
        ("司法", ["市司法局", "复议与应诉科"]),
        ("试验市 执法", ["市综合执法局"]),
        ("SZHZFJ", ["市综合执法局"]),
        ("水利", []),
    ],
)
def test_the_picker_finds_by_name_short_name_and_initials(city, as_user, words, found):
    answer = as_user(city.users["gov_officer"]).get("/organizations/search/", {"q": words})

    assert [result["short_name"] for result in answer.json()["results"]] == found


def test_the_picker_knows_the_readers_jurisdiction_alone(city, as_user):
    other = make_city("elsewhere")

    answer = as_user(other.users["gov_officer"]).get("/organizations/search/", {"q": "ssfj"})

    justice = other.organizations["justice"]
    assert answer.json() == {
        "results": [
            {
                "id": justice.public_id,
                "name": "试验市司法局",
                "short_name": "市司法局",
                "initials": "ssfj",
                "side": "government",
            }
        ]
    }


def test_a_key_is_made_of_the_initials_and_is_free(city):
    first = new_agency(city)
    second = new_agency(city, name="试验市水利厅驻局组", short="水利局")
    third = new_agency(city, name="试验市司令部联络组", short="市水力局")

    assert (first.key, second.key, third.key) == ("sslj", "slj", "sslj-2")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("gov_officer", True),
        ("court_officer", False),
        ("recorder", False),
        ("system_admin", False),
    ],
)
def test_a_side_keeps_its_own_organizations(city, who, may):
    agency = city.organizations["agency"]
    acts = (
        lambda: new_agency(city, actor=city.users[who]),
        lambda: edit_organization(agency.pk, actor=city.users[who], short_name="执法局"),
        lambda: succeed(
            agency.pk, actor=city.users[who], on=DAY, heirs=[city.organizations["justice"]]
        ),
    )
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_an_edit_is_told_with_before_and_after(city):
    agency = city.organizations["agency"]

    edit_organization(agency.pk, actor=city.users["gov_officer"], short_name="市 执法局")

    agency.refresh_from_db()
    assert (agency.short_name, agency.initials) == ("市执法局", "szfj")
    assert history_of(agency).get().data == {
        "changed": {"short_name": ["市综合执法局", "市执法局"]}
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "试验市司法局"}, "organization_exists"),
        ({"parent": "section"}, "division_of_division"),
        ({"parent": "court"}, "wrong_side"),
        ({"acts_for": "court"}, "wrong_side"),
    ],
)
def test_organizations_that_cannot_be(city, given, code):
    given = {key: city.organizations.get(value, value) for key, value in given.items()}

    with pytest.raises(RuleBroken) as refused:
        new_agency(city, **given)

    assert refused.value.code == code


def test_a_stale_form_writes_nothing(city, as_user):
    agency = city.organizations["agency"]
    edit_organization(agency.pk, actor=None, order=7)

    answer = as_user(city.users["gov_officer"]).post(
        reverse("members:organization-edit", args=[agency.public_id]),
        {
            "name": "别的名字",
            "short_name": "别的",
            "kind": agency.kind,
            "side": agency.side,
            "order": 1,
            "version": 0,
        },
    )

    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == "别的名字"
    agency.refresh_from_db()
    assert agency.name == "试验市综合行政执法局"


@pytest.fixture
def legal_office(city):
    """法制办, which the justice bureau succeeded in 2019."""
    return new_agency(
        city,
        name="试验市人民政府法制办公室",
        short="市法制办",
        kind=OrganizationKind.LEGAL_AFFAIRS_OFFICE,
        valid_from=date(2008, 1, 1),
    )


def test_inboxes_move_to_the_successor_and_the_old_name_stays(city, legal_office):
    justice, officer = city.organizations["justice"], city.users["gov_officer"]
    older = new_agency(city, name="试验市人民政府法制局", short="市法制局")
    succeed(older.pk, actor=None, on=date(2008, 1, 1), heirs=[legal_office])

    succeed(legal_office.pk, actor=officer, on=DAY, heirs=[justice], basis="机构改革方案")

    before, after = DAY - timedelta(days=1), DAY
    assert legal_office.pk not in standing(officer, before).organizations
    assert {legal_office.pk, older.pk} <= standing(officer, after).organizations
    assert users_of(legal_office, before) == []
    assert {user.username for user in users_of(older, after)} == {
        "gov_deputy",
        "gov_officer",
        "recorder",
    }
    legal_office.refresh_from_db()
    assert (legal_office.name, legal_office.valid_to) == ("试验市人民政府法制办公室", before)


def test_a_split_names_its_heirs(city, legal_office):
    heirs = [city.organizations["justice"], city.organizations["agency"]]

    succeed(legal_office.pk, actor=None, on=DAY, heirs=heirs)

    assert [row.successor for row in Succession.objects.order_by("pk")] == heirs
    assert city.users["agency_contact"] in users_of(legal_office, DAY)


@pytest.mark.parametrize(
    ("heirs", "on", "code"),
    [
        ([], DAY, "no_heir"),
        (["self"], DAY, "no_heir"),
        (["justice"], date(2008, 1, 1), "term_backwards"),
        (["late"], DAY, "heir_not_in_term"),
    ],
)
def test_successions_that_cannot_be(city, legal_office, heirs, on, code):
    units = {
        **city.organizations,
        "self": legal_office,
        "late": new_agency(city, valid_from=DAY + timedelta(days=1)),
    }

    with pytest.raises(RuleBroken) as refused:
        succeed(legal_office.pk, actor=None, on=on, heirs=[units[heir] for heir in heirs])

    assert refused.value.code == code
    assert not Succession.objects.exists()


def test_the_page_of_an_ended_organization_names_its_successor(city, as_user, legal_office):
    succeed(legal_office.pk, actor=None, on=DAY, heirs=[city.organizations["justice"]])
    client = as_user(city.users["gov_officer"])

    page = client.get(legal_office.get_absolute_url()).content.decode()
    now = client.get("/organizations/").content.decode()
    all_of_them = client.get("/organizations/?ended=1").content.decode()

    assert "2026-02-28 终止" in page
    assert "承继单位" in page
    assert "市法制办" not in now
    assert "市法制办" in all_of_them


def test_strangers_find_nothing(city, as_user):
    other = make_city("elsewhere")

    answer = as_user(other.users["gov_officer"]).get(
        city.organizations["agency"].get_absolute_url()
    )

    assert answer.status_code == 404


def test_a_group_is_saved_whole(city, as_user):
    group = save_group(
        city.jurisdiction.pk,
        actor=None,
        key="departments",
        name="市政府各有关部门",
        organizations=[city.organizations["agency"]],
    )

    answer = as_user(city.users["gov_officer"]).post(
        reverse("members:group", args=[city.jurisdiction.key, group.key]),
        {
            "name": "市政府各部门",
            "organizations": [
                city.organizations["agency"].pk,
                city.organizations["justice"].pk,
            ],
        },
    )

    assert answer.status_code == 302
    group.refresh_from_db()
    names = [unit.short_name for unit in group.organizations.order_by("order")]
    assert (group.name, names) == ("市政府各部门", ["市司法局", "市综合执法局"])
    assert [entry.chain for entry in history_of(group)] == [city.jurisdiction.key] * 2


@pytest.mark.parametrize("more", [0, 3])
def test_pages_cost_the_same_for_any_length(city, as_user, django_assert_num_queries, more):
    justice = city.organizations["justice"]
    for n in range(more):
        new_agency(
            city,
            name=f"试验市司法局{n}科",
            short=f"{n}科",
            kind=OrganizationKind.DIVISION,
            parent=justice,
        )
    client = as_user(city.users["gov_officer"])
    client.get(justice.get_absolute_url())

    with django_assert_num_queries(11):
        client.get("/organizations/")
    with django_assert_num_queries(17):
        client.get(justice.get_absolute_url())

    on_page = Organization.objects.on(timezone.localdate()).count()
    assert on_page == 6 + more
