"""An id in the messenger is believed when the code that was posted to it was typed back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from foundations.audit.models import AuditEntry
from foundations.audit.trail import acting
from foundations.notifications.delivery import deliver_pending
from foundations.notifications.models import Delivery, Notice, Preferences
from foundations.notifications.preferences import stages
from foundations.notifications.send import notify_once

PAGE = reverse("notifications:settings")
CONFIRM = reverse("notifications:messenger-code")
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def choose(city, as_user):
    """choose(id, name) saves the settings of a person with that id in the messenger."""

    def send(name, who="court_officer"):
        client = as_user(city.users[who])
        version = client.get(PAGE).context["form"]["version"].value()
        given = {"mail": "on", "messenger": "on", "messenger_id": name, "version": version}
        return client.post(PAGE, given | {"stages": list(stages)})

    return send


@pytest.fixture
def confirm(city, as_user):
    def send(code, who="court_officer"):
        return as_user(city.users[who]).post(CONFIRM, {"code": code})

    return send


def posted(office):
    """To whom, and what, in the order in which it came."""
    return [(said["to"], said["title"]) for said in (json.loads(got[2]) for got in office.got)]


def code_of(office):
    return posted(office)[-1][1].removeprefix("平台验证码：")


def tell(city, reason="changed"):
    with acting():
        notify_once(
            [city.users["court_officer"]],
            city.organizations["justice"],
            reason=reason,
            title="单位信息已更新",
            at=AT,
        )


def test_nothing_but_the_code_is_posted_before_it_is_typed_back(
    city, office, choose, confirm, as_user
):
    choose("li.si")
    tell(city)
    deliver_pending(at=AT)

    ((to, title),) = posted(office)
    assert (to, title) == ("li.si", f"平台验证码：{code_of(office)}")
    client = as_user(city.users["court_officer"])
    shown = client.get(PAGE).text + client.get(reverse("notifications:list")).text
    assert "确认即时通讯账号" in shown
    assert code_of(office) not in shown

    assert confirm(code_of(office)).status_code == 302
    tell(city, "again")
    deliver_pending(at=LATER)

    assert posted(office)[1:] == [("li.si", "单位信息已更新")]
    assert "确认即时通讯账号" not in client.get(PAGE).text
    assert AuditEntry.objects.filter(action="notifications.messenger.confirmed").count() == 1


def test_the_code_goes_by_no_other_way(city, office, choose):
    choose("li.si")

    assert [letter.channel for letter in Delivery.objects.all()] == ["messenger"]
    assert Preferences.objects.get().messenger_code not in Notice.objects.get().title


def test_a_wrong_code_is_refused_and_the_sixth_try_too(office, choose, confirm):
    choose("li.si")
    deliver_pending(at=AT)
    right = code_of(office)
    wrong = "000000" if right != "000000" else "111111"

    answers = [confirm(wrong) for _try in range(5)]
    last = confirm(right)

    assert {answer.status_code for answer in (*answers, last)} == {422}
    assert "验证码不正确" in last.text
    choose("li.si")
    deliver_pending(at=LATER)
    assert confirm(code_of(office)).status_code == 302


def test_another_id_begins_anew_and_the_same_does_not(office, choose, confirm):
    choose("li.si")
    deliver_pending(at=AT)
    confirm(code_of(office))

    choose("li.si")
    assert Preferences.objects.get().messenger_code == ""
    choose("wang.wu")
    deliver_pending(at=LATER)

    assert [to for to, _title in posted(office)] == ["li.si", "wang.wu"]
    assert Preferences.objects.get().messenger_code == code_of(office)


def test_an_id_that_was_only_typed_is_nobodys_yet(city, office, choose, confirm):
    choose("li.si", "gov_officer")  # who is not li.si, and never sees the code
    assert choose("li.si").status_code == 302
    mine = Preferences.objects.get(user=city.users["court_officer"])
    confirm(mine.messenger_code)

    assert choose("li.si", "gov_officer").status_code == 422
    other = Preferences.objects.get(user=city.users["gov_officer"])
    assert confirm(other.messenger_code, "gov_officer").status_code == 409


def test_there_is_nothing_to_confirm_without_a_code(city, office, confirm):
    assert confirm("123456").status_code == 404
    Preferences.objects.create(user=city.users["court_officer"])
    assert confirm("").status_code == 404
