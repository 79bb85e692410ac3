import smtplib
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from kombu.exceptions import OperationalError

from foundations.audit.trail import action
from foundations.notifications import mail as letters
from foundations.notifications.delivery import MOST_ATTEMPTS, deliver_pending
from foundations.notifications.kick import kick
from foundations.notifications.models import Delivery, Notice
from foundations.notifications.queries import unread_count
from foundations.notifications.tasks import deliver_pending as task
from members.models import Organization, User
from tests.telling import AT, tell
from tests.workers import together

MINUTE = timedelta(minutes=1)


def test_each_is_told_once_however_often_it_is_said(city):
    tell(city, "gov_officer", "gov_officer")
    tell(city, "gov_officer", "court_officer")

    assert Notice.objects.count() == Delivery.objects.count() == 2
    assert unread_count(city.users["gov_officer"]) == 1


def test_another_reason_is_another_notice(city):
    tell(city, "gov_officer")
    tell(city, "gov_officer", reason="changed:2")

    assert unread_count(city.users["gov_officer"]) == 2


def test_nobody_without_an_address_or_an_account_gets_mail(city):
    for name, changes in (("recorder", {"email": ""}), ("gov_convenor", {"is_active": False})):
        for field, value in changes.items():
            setattr(city.users[name], field, value)

    tell(city, "recorder", "gov_convenor")

    assert Notice.objects.get().recipient == city.users["recorder"]
    assert not Delivery.objects.exists()


def test_a_notice_of_a_failed_change_is_never_told(city):
    @action
    def fail():
        tell(city, "gov_officer")
        raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert not Notice.objects.exists()


def test_the_mail_has_the_words_and_the_way_into_the_portal(city, settings):
    settings.SITE_URL = "https://liaison.example.test/"
    tell(city, "gov_officer")

    assert deliver_pending(at=AT) == 1

    (sent,) = mail.outbox
    assert sent.to == ["gov_officer@example.test"]
    assert sent.subject == "单位信息已更新"
    justice = city.organizations["justice"]
    assert "请核对联系方式。" in sent.body
    assert f"https://liaison.example.test{justice.get_absolute_url()}" in sent.body
    letter = Delivery.objects.get()
    assert (letter.state, letter.sent_at, letter.attempts) == ("sent", AT, 1)


def test_a_sent_mail_is_not_sent_again(city):
    tell(city, "gov_officer")

    assert [deliver_pending(at=AT), deliver_pending(at=AT + 60 * MINUTE)] == [1, 0]


def test_who_may_no_longer_see_it_is_not_told_what_it_is(city):
    User.objects.filter(username="audit_admin").update(email="audit@example.test")
    city.users["audit_admin"].refresh_from_db()
    tell(city, "audit_admin")

    deliver_pending(at=AT)

    (sent,) = mail.outbox
    assert sent.subject == "有一条新通知"
    assert "联系方式" not in sent.body


def test_a_letter_that_cannot_be_made_holds_up_no_other(city):
    User.objects.filter(username="gov_officer").update(email="a@example.test\nBcc: b@c.test")
    for user in city.users.values():
        user.refresh_from_db()
    tell(city, "gov_officer", "court_officer")
    Notice.objects.update(title="第一行\r\nBcc: all@example.test")

    assert deliver_pending(at=AT) == 1

    (sent,) = mail.outbox
    assert sent.to == ["court_officer@example.test"]
    assert sent.subject == "第一行 Bcc: all@example.test"
    assert "BadHeaderError" in Delivery.objects.get(state="waiting").error


@pytest.fixture
def _attached():
    letters.parts[Organization] = lambda subject, recipient: [
        ("invite.ics", "text/calendar", f"{subject.key} {recipient.username}".encode())
    ]
    yield
    del letters.parts[Organization]


@pytest.mark.usefixtures("_attached")
def test_rooms_hang_files_on_the_mail(city):
    tell(city, "gov_officer")
    deliver_pending(at=AT)

    assert mail.outbox[0].attachments[0].filename == "invite.ics"
    assert mail.outbox[0].attachments[0].content == "justice gov_officer"


# -- a mail server that does not take them

REFUSED = smtplib.SMTPRecipientsRefused({"gov_officer@example.test": (550, b"no")})


class Unwilling(locmem.EmailBackend):
    """A server that takes mail for everybody but the government's officer."""

    def send_messages(self, messages):
        if "gov_officer@example.test" in messages[0].to:
            raise REFUSED
        return super().send_messages(messages)


class Unreachable(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError("no server")


def through(settings, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"


def test_one_refused_mail_does_not_hold_up_the_others(city, settings):
    through(settings, "Unwilling")
    tell(city, "gov_officer", "court_officer")

    assert deliver_pending(at=AT) == 1

    letter = Delivery.objects.get(state="waiting")
    assert letter.due_at == AT + 2 * MINUTE
    assert "SMTPRecipientsRefused" in letter.error


def test_it_is_tried_ever_more_rarely_and_then_given_up(city, settings):
    through(settings, "Unwilling")
    tell(city, "gov_officer")
    waits, at = [], AT
    while (letter := Delivery.objects.get()).state == "waiting":
        at = max(at, letter.due_at)
        deliver_pending(at=at)
        waits.append(round((Delivery.objects.get().due_at - at) / MINUTE))

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert letter.state == "failed"
    assert letter.attempts == MOST_ATTEMPTS


def test_a_server_that_is_away_costs_no_attempt_and_loses_nothing(city, settings):
    through(settings, "Unreachable")
    tell(city, "gov_officer", "court_officer")
    ids = set(Delivery.objects.values_list("message_id", flat=True))
    for hour in range(12):
        assert deliver_pending(at=AT + hour * 60 * MINUTE) == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_pending(at=AT + 13 * 60 * MINUTE) == 2
    assert {sent.extra_headers["Message-ID"] for sent in mail.outbox} == ids


def test_a_worker_that_died_is_made_up_for_under_the_same_message_id(city):
    tell(city, "gov_officer")
    letter = Delivery.objects.get()
    letter.attempts, letter.claimed_at, letter.due_at = 1, AT, AT + 5 * MINUTE
    letter.save()

    assert deliver_pending(at=AT + 4 * MINUTE) == 0
    assert deliver_pending(at=AT + 5 * MINUTE) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_a_letter_that_kills_its_workers_is_given_up_at_last(city):
    tell(city, "gov_officer")
    Delivery.objects.update(attempts=MOST_ATTEMPTS)

    assert deliver_pending(at=AT) == 0
    assert Delivery.objects.get().state == "failed"


@pytest.fixture
def _broken_part():
    def broken(subject, recipient):
        if recipient.username == "gov_officer":
            raise KeyError("a fault in a room")
        return []

    letters.parts[Organization] = broken
    yield
    del letters.parts[Organization]


@pytest.mark.usefixtures("_broken_part")
def test_a_fault_in_one_letter_gives_the_rest_back_at_once(city):
    tell(city, "gov_officer")
    tell(city, "court_officer")

    with pytest.raises(KeyError):
        deliver_pending(at=AT)

    assert deliver_pending(at=AT) == 1
    assert mail.outbox[0].to == ["court_officer@example.test"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(city):
    for number in range(40):
        tell(city, "gov_officer", reason=f"changed:{number}")
    sent = together(*[partial(deliver_pending, at=AT)] * 2)

    assert sum(sent) == 40
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == len(mail.outbox) == 40


# -- a broker that is down


def test_the_task_starts_after_the_commit_alone(city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tell(city, "gov_officer")

    assert len(callbacks) == 1
    assert not mail.outbox


@pytest.fixture
def _dead_broker():
    """A broker address at which nobody listens."""
    app = task.app
    kept = app.conf.broker_write_url, app.conf.broker_transport
    for settings in (("redis://127.0.0.1:1/0", None), kept):
        app.conf.broker_write_url, app.conf.broker_transport = settings
        app._pool = app.amqp._producer_pool = None
        if settings != kept:
            yield


@pytest.mark.usefixtures("_dead_broker")
def test_a_dead_broker_fails_no_change_and_the_sweep_sends_the_mail(
    city, django_capture_on_commit_callbacks, caplog
):
    with pytest.raises(OperationalError):
        task.delay()

    with django_capture_on_commit_callbacks(execute=True):
        tell(city, "gov_officer")

    assert "left to the sweep" in caplog.text
    assert Delivery.objects.get().state == "waiting"
    task()  # what beat starts every minute
    assert len(mail.outbox) == 1


def test_an_error_of_ours_is_not_taken_for_the_broker(django_capture_on_commit_callbacks, db):
    with pytest.raises(TypeError), django_capture_on_commit_callbacks(execute=True):
        kick(task, object())
