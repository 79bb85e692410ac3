"""The three administrators: each does the own part, nobody two of them, none the work."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from members.actions import (
    bind_role,
    create_account,
    disable_account,
    enable_account,
    end_role,
    reset_password,
    set_expiry,
)
from members.models import Person, RoleBinding, User
from members.standing import standing
from members.states import Role
from tests.city import make_city

DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("system_admin", {"accounts", "new account", "organizations", "people"}),
        ("security_admin", {"accounts", "organizations", "people"}),
        ("audit_admin", {"audit"}),
        ("gov_officer", {"organizations", "people", "roster"}),
        ("agency_contact", {"organizations", "people", "roster"}),
    ],
)
def test_what_each_may_open(city, as_user, who, seen):
    """Organizations and people open for all, but empty for those who may not read them."""
    client = as_user(city.users[who])
    found = set()
    for name, address in (
        ("accounts", reverse("members:accounts")),
        ("new account", reverse("members:account-new")),
        ("audit", reverse("audit:list")),
        ("roster", city.body.get_absolute_url()),
        ("organizations", city.organizations["agency"].get_absolute_url()),
        ("people", city.people["agency_contact"].get_absolute_url()),
    ):
        if client.get(address).status_code == 200:
            found.add(name)

    assert found == seen


ACTS = {
    "create": lambda city, actor: create_account(
        city.people["gov_member"].pk, actor=actor, at=timezone.now(), username="new-one"
    ),
    "disable": lambda city, actor: disable_account(
        city.users["recorder"].pk, actor=actor, reason="调离"
    ),
    "enable": lambda city, actor: enable_account(city.users["recorder"].pk, actor=actor),
    "expire": lambda city, actor: set_expiry(
        city.users["recorder"].pk, actor=actor, expires_on=DAY
    ),
    "reset": lambda city, actor: reset_password(
        city.users["recorder"].pk, actor=actor, at=timezone.now()
    ),
    "bind": lambda city, actor: bind_role(
        city.users["recorder"].pk,
        actor=actor,
        role=Role.LEADER,
        jurisdiction=city.jurisdiction,
        organization=city.organizations["justice"],
        valid_from=DAY,
    ),
    "end": lambda city, actor: end_role(
        city.users["recorder"].bindings.get().pk, actor=actor, on=DAY, reason="调离"
    ),
}
MAY = {
    "system_admin": {"create", "disable", "enable", "expire"},
    "security_admin": {"reset", "bind", "end"},
    "audit_admin": set(),
    "gov_officer": set(),
    "recorder": set(),
}


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what_to_accounts(city, who, act):
    if act in MAY[who]:
        ACTS[act](city, city.users[who])
    else:
        with pytest.raises(PermissionDenied):
            ACTS[act](city, city.users[who])


@pytest.mark.parametrize(
    ("who", "role", "given", "code"),
    [
        ("system_admin", Role.AUDIT_ADMINISTRATOR, {}, "two_administrators"),
        ("audit_admin", Role.SECURITY_ADMINISTRATOR, {}, "two_administrators"),
        ("gov_officer", Role.SYSTEM_ADMINISTRATOR, {}, "administrator_in_business"),
        ("system_admin", Role.LEADER, {"organization": "gov"}, "administrator_in_business"),
        ("security_admin", Role.LEADER, {"organization": "gov"}, "own_role"),
        ("recorder", Role.LEADER, {}, "organization_needed"),
        ("recorder", Role.RECORDER, {"organization": "section"}, "overlapping_term"),
        (
            "recorder",
            Role.LEADER,
            {"organization": "gov", "valid_to": DAY - timedelta(days=1)},
            "term_backwards",
        ),
    ],
)
def test_bindings_that_are_refused(city, who, role, given, code):
    unit = city.organizations.get(given.pop("organization", ""))

    with pytest.raises(RuleBroken) as refused:
        bind_role(
            city.users[who].pk,
            actor=city.users["security_admin"],
            role=role,
            jurisdiction=city.jurisdiction,
            organization=unit,
            valid_from=DAY,
            **given,
        )

    assert refused.value.code == code
    assert RoleBinding.objects.filter(user=city.users[who]).count() == 1


def test_an_administrator_may_change_office_once_the_old_role_has_ended(city):
    admin = city.users["system_admin"]
    end_role(admin.bindings.get().pk, actor=city.users["security_admin"], on=DAY, reason="轮岗")

    bound = bind_role(
        admin.pk,
        actor=city.users["security_admin"],
        role=Role.AUDIT_ADMINISTRATOR,
        jurisdiction=city.jurisdiction,
        valid_from=DAY + timedelta(days=1),
    )

    assert bound.organization is None


def test_a_new_account_is_opened_by_one_and_empowered_by_another(city, client):
    """Created without a role it cannot be used; with one it must change its password."""
    backend = "members.backends.AccountBackend"
    client.force_login(city.users["system_admin"], backend=backend)
    opened = client.post(
        reverse("members:account-new"),
        {"person": city.people["gov_member"].pk, "username": "hexian"},
    )
    password = opened.context["password"]
    newcomer = Client()

    def sign_in():
        return newcomer.post("/sign-in/", {"username": "hexian", "password": password})

    assert sign_in().status_code == 422
    client.force_login(city.users["security_admin"], backend=backend)
    bound = client.post(
        reverse("members:role-bind", args=["hexian"]),
        {
            "role": Role.MEMBER_UNIT,
            "organization": city.organizations["section"].pk,
            "valid_from": timezone.localdate().isoformat(),
        },
    )
    assert bound.status_code == 302
    assert sign_in().status_code == 302
    assert newcomer.get("/people/").url == reverse("members:password")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"username": "gov_officer"}, "username", "已有同名账号。"),
        ({"username": "GOV_OFFICER"}, "username", "已有同名账号。"),
        ({"username": "不行"}, "username", "3 至 40 位小写字母"),
        ({"person": "gov_officer"}, "person", ""),
    ],
)
def test_an_account_that_is_refused_says_why_and_makes_none(city, as_user, typed, field, words):
    person = city.people[typed.pop("person", "gov_member")]
    accounts = User.objects.count()

    answer = as_user(city.users["system_admin"]).post(
        reverse("members:account-new"), {"person": person.pk, "username": "hexian", **typed}
    )

    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    assert User.objects.count() == accounts


def test_a_person_has_one_account(city):
    with pytest.raises(RuleBroken, match="已有账号") as refused:
        create_account(
            city.people["gov_officer"].pk, actor=None, at=timezone.now(), username="second"
        )

    assert (refused.value.code, refused.value.field) == ("person_has_account", "person")


def test_disabling_ends_the_running_session(city, client):
    client.post("/sign-in/", {"username": "recorder", "password": "Liaison-2026"})
    assert client.get("/account/").status_code == 200

    disable_account(city.users["recorder"].pk, actor=city.users["system_admin"], reason="调离")

    assert client.get("/account/").url.startswith("/sign-in/")


def test_the_list_of_accounts_that_nobody_used_for_90_days(city, as_user):
    now = timezone.now()
    User.objects.update(last_login=now, created_at=now)
    User.objects.filter(username="recorder").update(last_login=now - timedelta(days=91))
    User.objects.filter(username="agency_contact").update(last_login=now - timedelta(days=89))
    User.objects.filter(username="gov_deputy").update(
        last_login=None, created_at=now - timedelta(days=91)
    )

    page = as_user(city.users["system_admin"]).get(reverse("members:accounts"), {"use": "unused"})

    assert {row.username for row in page.context["ledger"].page} == {"recorder", "gov_deputy"}


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_for_any_length(city, as_user, django_assert_num_queries, more):
    for n in range(more):
        person = Person.objects.create(jurisdiction=city.jurisdiction, name=f"增员{n}")
        User.objects.create_user(f"more-{n}", person=person, display_name=person.name)
    client = as_user(city.users["system_admin"])

    with django_assert_num_queries(13):
        page = client.get(reverse("members:accounts"), {"use": "active"})

    assert page.context["ledger"].count == 11 + more


def create(**options) -> str:
    out = StringIO()
    call_command("create_administrator", stdout=out, **options)
    return out.getvalue()


def test_the_first_administrators_come_from_the_command_line(city):
    said = create(role=Role.AUDIT_ADMINISTRATOR, username="Auditor", name="审计员")

    password = said.splitlines()[1].removeprefix("一次性密码：")
    client = Client()
    answer = client.post("/sign-in/", {"username": "auditor", "password": password})
    assert answer.url == reverse("audit:list")
    assert client.get("/audit/").url == reverse("members:password")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"username": "gov_officer"}, "已有同名账号。"),
        ({"username": "fine", "jurisdiction": ["nowhere"]}, "没有地区 nowhere。"),
    ],
)
def test_the_command_refuses_and_makes_nothing(city, options, words):
    accounts = User.objects.count()

    with pytest.raises(CommandError, match=words):
        create(role=Role.AUDIT_ADMINISTRATOR, **options)

    assert User.objects.count() == accounts


def test_an_account_works_in_one_jurisdiction_and_is_a_guest_elsewhere(city):
    elsewhere = make_city("elsewhere")
    given = {
        "actor": None,
        "jurisdiction": elsewhere.jurisdiction,
        "organization": elsewhere.organizations["justice"],
        "valid_from": DAY,
    }
    officer = city.users["gov_officer"]

    with pytest.raises(RuleBroken) as broken:
        bind_role(officer.pk, role=Role.RECORDER, **given)
    bind_role(officer.pk, role=Role.GUEST, **given)

    assert broken.value.code == "second_jurisdiction"
    assert standing(officer, DAY).jurisdictions == {city.jurisdiction.pk}
