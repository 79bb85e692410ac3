"""Passwords: what they must be, and when they must change."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from members.actions import change_password
from members.passwords import KEPT, make_password
from tests.city import PASSWORD

NEW = "Rather-New-77"
PAGE = "/account/password/"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    """Hashing is slow on purpose; these tests hash dozens of times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(city):
    return city.users["gov_officer"]


def change(client, current=PASSWORD, new=NEW, again=NEW):
    return client.post(PAGE, {"current": current, "new": new, "again": again})


@pytest.mark.parametrize(
    ("password", "good"),
    [
        pytest.param("Aa1-Aa1-", True, id="four classes"),
        pytest.param("Aa1Aa1Aa", True, id="three without others"),
        pytest.param("aa1-aa1-", True, id="three without capitals"),
        pytest.param("好好学习Aa天天向上", True, id="Chinese counts as other"),
        pytest.param("abcd-efgh", False, id="two classes"),
        pytest.param("abcdefgh", False, id="one class"),
        pytest.param("Aa1-Aa1", False, id="seven characters"),
        pytest.param("P@ssw0rd", False, id="everybody's"),
        pytest.param("Gov_officer1", False, id="like the account"),
    ],
)
def test_what_a_password_must_be(officer, password, good):
    if good:
        validate_password(password, officer)
    else:
        with pytest.raises(ValidationError):
            validate_password(password, officer)


def test_the_last_five_cannot_be_taken_again(officer):
    used = [f"Number-{n}-Word" for n in range(KEPT + 1)]
    for password in used:
        change_password(officer.pk, actor=officer, at=timezone.now(), new=password)
    officer.refresh_from_db()

    for password in used[1:]:
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password(password, officer)
    validate_password(used[0], officer)
    assert officer.old_passwords.count() == KEPT


def test_made_up_passwords_pass_their_own_rules(officer):
    for password in {make_password() for _draw in range(50)}:
        validate_password(password, officer)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"current": "wrong"}, "current", "当前密码不对。"),
        ({"again": "Other-New-88"}, "again", "两次输入的新密码不一致。"),
        ({"new": "abcdefgh", "again": "abcdefgh"}, "new", "四类中的三类"),
        ({"new": PASSWORD, "again": PASSWORD}, "new", "最近 5 次"),
    ],
)
def test_a_refused_change_says_what_to_change(officer, as_user, typed, field, words):
    answer = change(as_user(officer), **typed)

    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_change_keeps_this_session_under_a_new_key_and_ends_the_others(officer, client):
    other = type(client)()
    for one in (other, client):
        one.force_login(officer, backend="members.backends.AccountBackend")
    before = client.session.session_key

    assert change(client).url == reverse("members:account")
    assert client.get("/account/").status_code == 200
    assert client.session.session_key != before
    assert other.get("/account/").status_code == 302


def first_time(user):
    user.must_change_password = True


def too_old(user):
    user.password_changed_at = timezone.now() - timedelta(days=91)


def just_young_enough(user):
    user.password_changed_at = timezone.now() - timedelta(days=89)


@pytest.mark.parametrize(
    ("prepare", "sent_to"),
    [(first_time, PAGE), (too_old, PAGE), (just_young_enough, None)],
    ids=["first sign-in", "91 days", "89 days"],
)
def test_an_overdue_change_comes_before_anything_else(officer, as_user, prepare, sent_to):
    prepare(officer)
    officer.save()
    client = as_user(officer)

    answer = client.get("/people/")

    assert answer.headers.get("Location") == sent_to
    assert client.get(PAGE).status_code == 200
    if sent_to:
        assert change(client).url == reverse("dashboards:workbench")
        assert client.get("/people/").status_code == 200


def test_the_language_of_the_pages_is_chosen_on_the_account_page(city, as_user):
    client = as_user(city.users["gov_officer"])
    account = reverse("members:account")
    page = client.get(account).content.decode()
    heads = []

    for language in ("en", "zh-hans"):
        assert f'name="language" value="{language}"' in page
        assert ">English</button>" in page
        sent = client.post(reverse("set-language"), {"language": language, "next": account})
        assert sent.headers["Location"] == account
        page = client.get(account).content.decode()
        heads.append("My roles" in page)

    assert heads == [True, False]
