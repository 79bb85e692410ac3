"""The hook of the office messenger, against a real server on this machine."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from datetime import timedelta
from functools import partial

import pytest

from foundations.notifications import messenger
from foundations.notifications.delivery import MOST_ATTEMPTS, deliver_pending
from foundations.notifications.models import Delivery, Preferences
from members.models import RoleBinding
from tests.messenger import SECRET
from tests.servers import free_port
from tests.telling import AT, tell
from tests.workers import together

MINUTE = timedelta(minutes=1)


def reach(city, *names):
    """These accounts are told by messenger alone."""
    for name in names:
        Preferences.objects.create(
            user=city.users[name], mail=False, messenger=True, messenger_id=f"id-{name}"
        )


def told(city, *names):
    reach(city, *names)
    tell(city, *names)


def test_one_signed_post_says_what_and_where_and_nothing_else(city, office):
    told(city, "gov_officer")

    assert deliver_pending(at=AT) == 1

    ((path, headers, body),) = office.got
    letter = Delivery.objects.get()
    assert path == "/hook?room=7"
    assert json.loads(body) == {
        "id": letter.message_id,
        "to": "id-gov_officer",
        "title": "单位信息已更新",
        "url": "https://liaison.example.test" + city.organizations["justice"].get_absolute_url(),
        "at": "2026-11-20T09:00:00+08:00",
    }
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["X-Portal-Delivery"] == letter.message_id
    assert headers["X-Portal-Timestamp"] == str(int(AT.timestamp()))
    signed = headers["X-Portal-Timestamp"].encode() + b"." + body
    right = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Portal-Signature"] == f"sha256={right}"
    assert (letter.state, letter.sent_at, letter.attempts) == ("sent", AT, 1)


def test_what_was_taken_is_not_posted_again(city, office):
    told(city, "gov_officer")

    assert [deliver_pending(at=AT), deliver_pending(at=AT + 60 * MINUTE)] == [1, 0]
    assert len(office.got) == 1


def test_who_may_no_longer_see_it_is_not_told_what_it_is(city, office):
    told(city, "audit_admin")

    deliver_pending(at=AT)

    content = json.loads(office.got[0][2])
    assert content["title"] == "有一条新通知"
    assert content["url"] == "https://liaison.example.test/"


def _off(city):
    Preferences.objects.update(messenger=False)


def _disabled(city):
    city.users["gov_officer"].is_active = False
    city.users["gov_officer"].save()


def _without_a_role(city):
    RoleBinding.objects.filter(user=city.users["gov_officer"]).update(
        valid_to=AT.date() - timedelta(days=1)
    )


@pytest.mark.parametrize("end", [_off, _disabled, _without_a_role])
def test_nothing_is_posted_for_who_left_before_it_went_out(city, office, end):
    told(city, "gov_officer", "court_officer")
    end(city)
    if end is _off:
        Preferences.objects.filter(messenger_id="id-court_officer").update(messenger=True)

    assert deliver_pending(at=AT) == 1

    assert [json.loads(body)["to"] for _path, _headers, body in office.got] == ["id-court_officer"]
    assert Delivery.objects.get(state="dropped").sent_at is None


def test_what_waits_when_the_operator_switches_it_off_is_never_posted(city, office, settings):
    told(city, "gov_officer")
    settings.MESSENGER_URL = ""
    deliver_pending(at=AT)
    settings.MESSENGER_URL = office.address

    assert deliver_pending(at=AT + MINUTE) == 0
    assert (office.got, Delivery.objects.get().state) == ([], "dropped")


@pytest.mark.parametrize("status", [302, 307, 400, 401, 500])
def test_a_refusal_is_tried_again_later(city, office, status):
    office.status = status
    told(city, "gov_officer")

    assert deliver_pending(at=AT) == 0

    letter = Delivery.objects.get()
    assert (letter.state, letter.due_at) == ("waiting", AT + 2 * MINUTE)
    assert letter.error == f"Refused: HTTP {status}"


def test_it_keeps_its_id_and_is_given_up_at_last(city, office):
    office.status = 500
    told(city, "gov_officer")
    waits, at = [], AT
    while (letter := Delivery.objects.get()).state == "waiting":
        at = max(at, letter.due_at)
        deliver_pending(at=at)
        waits.append(round((Delivery.objects.get().due_at - at) / MINUTE))

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert (letter.state, letter.attempts) == ("failed", MOST_ATTEMPTS)
    assert {json.loads(body)["id"] for _p, _h, body in office.got} == {letter.message_id}
    assert len({headers["X-Portal-Timestamp"] for _p, headers, _b in office.got}) == MOST_ATTEMPTS


def test_one_refused_does_not_hold_up_the_others(city, office):
    told(city, "gov_officer", "court_officer")
    Delivery.objects.filter(notice__recipient=city.users["gov_officer"]).update(
        message_id="broken\nX-More: header"
    )

    assert deliver_pending(at=AT) == 1
    assert "ValueError" in Delivery.objects.get(state="waiting").error


def test_a_redirect_is_not_followed(city, office, offices):
    elsewhere = offices()
    office.status, office.headers = 307, {"Location": elsewhere.address}
    told(city, "gov_officer")

    deliver_pending(at=AT)

    assert (len(office.got), elsewhere.got) == (1, [])


def test_no_proxy_is_asked(city, office, offices, monkeypatch):
    proxy = offices()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
    told(city, "gov_officer")

    assert deliver_pending(at=AT) == 1
    assert proxy.got == []


def test_one_that_does_not_answer_is_left_after_a_while(city, office, monkeypatch):
    monkeypatch.setattr(messenger, "SECONDS", 0.3)
    office.awake.clear()
    told(city, "gov_officer")

    assert deliver_pending(at=AT) == 0
    assert "TimeoutError" in Delivery.objects.get().error


def test_a_messenger_that_is_away_costs_no_attempt_and_loses_nothing(city, office, settings):
    settings.MESSENGER_URL = f"http://127.0.0.1:{free_port()}/"
    told(city, "gov_officer", "court_officer")
    for hour in range(12):
        assert deliver_pending(at=AT + hour * 60 * MINUTE) == 0
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}

    settings.MESSENGER_URL = office.address
    assert deliver_pending(at=AT + 13 * 60 * MINUTE) == 2


def test_a_messenger_that_is_away_holds_up_no_mail(city, office, settings, mailoutbox):
    settings.MESSENGER_URL = f"http://127.0.0.1:{free_port()}/"
    told(city, "gov_officer")
    tell(city, "court_officer")

    assert deliver_pending(at=AT) == 1
    assert mailoutbox[0].to == ["court_officer@example.test"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_post_each_notice_once(city, office):
    reach(city, "gov_officer")
    for number in range(40):
        tell(city, "gov_officer", reason=f"changed:{number}")
    sent = together(*[partial(deliver_pending, at=AT)] * 2)

    assert sum(sent) == len(office.got) == 40
    assert len({json.loads(body)["id"] for _p, _h, body in office.got}) == 40


# -- what the operator may set; one start of the settings each


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"URL": "ftp://im.example/hook"}, "must be an http(s) address"),
        ({"URL": "https://me:word@im.example/hook"}, "must be an http(s) address"),
        ({"URL": "https://im.example/hook", "SECRET": "short"}, "at least 32 characters"),
        ({"URL": "http://im.example/hook"}, "must be https in production"),
        ({"URL": "http://im.example/hook", "PLAIN": "on"}, ""),
        ({"URL": "http://127.0.0.1:8080/hook"}, ""),
        ({"URL": "https://im.example/hook"}, ""),
        ({"URL": "", "SECRET": ""}, ""),
    ],
)
def test_a_wrong_address_stops_the_start(tmp_path, given, said):
    production = {
        "PORTAL_MODE": "production",
        "PORTAL_VAR_DIR": str(tmp_path),
        "SECRET_KEY": "s" * 40,
        "FIELD_KEYS": "f" * 40,
        "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    chosen = {"SECRET": SECRET} | given
    chosen = {f"PORTAL_MESSENGER_{name}": value for name, value in chosen.items()}

    started = subprocess.run(
        [sys.executable, "-c", "import liaison_portal.settings"],
        env={"PATH": os.environ["PATH"], **production, **chosen},
        capture_output=True,
        text=True,
    )

    assert (started.returncode == 0) == (not said), started.stderr
    assert said in started.stderr
