"""Coming in: by account and password, once, and only as long as a role lasts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundations.audit.models import AuditEntry
from tests.city import PASSWORD

FULL_WIDTH = "ｇｏｖ＿ｏｆｆｉｃｅｒ"
GENERIC = "账号或密码不正确。"
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """Hashing is slow on purpose; these tests hash dozens of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sign_in(client, username="gov_officer", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_the_page_says_whose_portal_it_is_and_that_it_holds_no_secrets(city, client):
    page = client.get(SIGN_IN).content.decode()

    assert "试验市人民政府　试验市人民法院" in page
    assert "试验市司法局行政复议与应诉科、试验市人民法院行政审判庭共同维护" in page
    assert "本平台不是涉密系统，严禁存储、处理、传输国家秘密。" in page


@pytest.mark.parametrize(
    "typed",
    ["gov_officer", " GOV_Officer ", FULL_WIDTH],
    ids=["plain", "capitals", "full width"],
)
def test_an_account_has_one_spelling(city, client, typed):
    answer = sign_in(client, typed)

    assert (answer.status_code, answer.url) == (302, reverse("dashboards:workbench"))
    assert actions() == ["members.account.signed_in"]


def today(**shift):
    return timezone.localdate() + timedelta(**shift)


def forget(_user):
    pass


def disable(user):
    user.is_active = False
    user.save()


def expire(user):
    user.expires_on = today(days=-1)
    user.save()


def end_roles(user):
    user.bindings.update(valid_to=today(days=-1))


def begin_tomorrow(user):
    user.bindings.update(valid_from=today(days=1))


@pytest.mark.parametrize(
    ("username", "password", "prepare"),
    [
        pytest.param("gov_officer", "wrong-Pass-1", forget, id="wrong password"),
        pytest.param("nobody", PASSWORD, forget, id="no such account"),
        pytest.param("gov_officer", PASSWORD, disable, id="disabled"),
        pytest.param("gov_officer", PASSWORD, expire, id="expired"),
        pytest.param("gov_officer", PASSWORD, end_roles, id="roles ended"),
        pytest.param("gov_officer", PASSWORD, begin_tomorrow, id="role not begun"),
    ],
)
def test_every_refusal_reads_the_same(city, client, username, password, prepare):
    prepare(city.users["gov_officer"])

    answer = sign_in(client, username, password)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [GENERIC]
    assert actions() == ["members.account.sign_in_refused"]


@pytest.mark.parametrize(
    ("last", "status"), [(0, 302), (-1, 422)], ids=["on the last day", "the day after"]
)
def test_a_role_lasts_through_its_last_day(city, client, last, status):
    city.users["gov_officer"].bindings.update(valid_to=today(days=last))

    assert sign_in(client).status_code == status


def test_a_password_typed_as_an_account_is_not_written_down(city, client):
    sign_in(client, username="my-secret-Word-9", password="x")

    entry = AuditEntry.objects.get()
    assert "my-secret" not in entry.body.lower()
    assert entry.data == {"known": False, "locked": False}


def test_five_failures_lock_the_account_and_no_other(city, client):
    answers = [sign_in(client, password="wrong").status_code for _try in range(5)]
    locked = sign_in(client)

    assert answers == [422, 422, 422, 422, 429]
    assert locked.status_code == 429
    assert "锁定 30 分钟" in locked.content.decode()
    assert sign_in(client, "court_officer").status_code == 302


def test_a_reset_by_the_security_administrator_lifts_the_lock(city, client, as_user):
    for _try in range(5):
        sign_in(Client(), password="wrong")
    reset = as_user(city.users["security_admin"]).post(
        reverse("members:account-reset", args=["gov_officer"])
    )

    newcomer = Client()
    answer = sign_in(newcomer, password=reset.context["password"])

    assert (answer.status_code, newcomer.get("/account/").url) == (302, "/account/password/")


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/people/", "/people/"),
        ("https://elsewhere.test/", "/"),
        ("//elsewhere.test/", "/"),
        ("", "/"),
    ],
)
def test_after_sign_in_only_pages_of_ours_are_reached(city, client, wanted, reached):
    assert sign_in(client, next=wanted).url == reached


@pytest.mark.parametrize(
    ("username", "first_page"),
    [
        ("system_admin", "members:accounts"),
        ("security_admin", "members:accounts"),
        ("audit_admin", "audit:list"),
    ],
)
def test_an_administrator_begins_at_the_own_work(city, client, username, first_page):
    assert sign_in(client, username).url == reverse(first_page)


def test_the_session_gets_a_new_key_at_sign_in(city, client):
    client.get(SIGN_IN)
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_a_second_sign_in_ends_the_first_and_says_so(city):
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    second.post(reverse("members:sign-out"))

    gone = first.get("/account/", follow=True)

    assert gone.redirect_chain == [(SIGN_IN, 302)]
    assert "本账号已在别处登录，此处已退出。" in gone.content.decode()


@pytest.mark.parametrize(
    ("change", "words"), [(expire, "账号已到期"), (end_roles, "账号已没有有效角色")]
)
def test_a_running_session_ends_with_the_right_to_it(city, client, change, words):
    sign_in(client)
    change(city.users["gov_officer"])

    page = client.get("/account/", follow=True)

    assert page.redirect_chain == [(SIGN_IN, 302)]
    assert words in page.content.decode()


def test_htmx_is_sent_to_the_whole_sign_in_page(city, client):
    sign_in(client)
    expire(city.users["gov_officer"])

    answer = client.get("/people/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, SIGN_IN)


def test_signed_in_pages_stay_out_of_caches(city, client):
    sign_in(client)

    assert client.get("/account/").headers["Cache-Control"] == "no-store, private"


def test_signing_out_is_a_post_and_is_noted(city, client):
    sign_in(client)

    assert client.get(reverse("members:sign-out")).status_code == 405
    assert client.post(reverse("members:sign-out")).url == SIGN_IN
    assert client.get("/account/").status_code == 302
    assert actions() == ["members.account.signed_in", "members.account.signed_out"]
