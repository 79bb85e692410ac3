"""By which way a reminder reaches its people, and what it says to whoever may not open the
record that the limit binds."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from foundations.notifications.delivery import deliver_pending
from foundations.notifications.models import Channel, Delivery, Notice, Preferences
from services.deadlines.digests import send_digests
from services.deadlines.models import Deadline, Digest, Reminder
from services.deadlines.reminders import remind_due
from tests.answering import served
from tests.limits import at_nine, by_hand

DUE = date(2026, 11, 24)  # a Tuesday
SECRET = "a-secret-of-the-messenger-of-the-office"


def remind(day):
    return remind_due(on=day, at=at_nine(day))


@pytest.fixture
def officer(city):
    return city.users["court_officer"]


# -- which stages go out, and how


WAYS = [
    ("2026-11-03", "before-15", False),
    ("2026-11-13", "before-7", False),
    ("2026-11-19", "before-3", False),
    ("2026-11-23", "before-1", False),
    ("2026-11-24", "today", True),
    ("2026-11-25", "late-0", True),
]


@pytest.mark.parametrize(("day", "stage", "goes_out"), WAYS)
def test_the_day_and_the_ladder_go_out_at_once_early_stages_by_digest(
    city, officer, day, stage, goes_out
):
    by_hand(city, DUE, handler=officer)
    on = date.fromisoformat(day)

    remind(on)
    deliver_pending(at=at_nine(on))

    assert Reminder.objects.get().stage == stage
    assert [letter.to for letter in mail.outbox] == ([[officer.email]] if goes_out else [])
    if goes_out:
        assert mail.outbox[0].subject == Notice.objects.get().title
    mail.outbox.clear()
    send_digests(on=on, at=at_nine(on))
    deliver_pending(at=at_nine(on))
    assert "报送议题" in mail.outbox[0].body


def test_every_rung_of_the_ladder_gets_its_mail_once(city):
    by_hand(city, DUE, "agency", handler=city.users["agency_contact"])
    for day in (date(2026, 11, 25), date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 15)):
        remind(day)
        deliver_pending(at=at_nine(day))

    addresses = [letter.to[0].partition("@")[0] for letter in mail.outbox]
    # nobody of the agency leads it here, so that its liaison officer hears of that rung too
    assert addresses[:2] == ["agency_contact", "gov_officer"]
    assert sorted(addresses[2:]) == ["gov_convenor", "gov_officer"]


@pytest.mark.parametrize(
    ("wishes", "ways"),
    [
        ({}, {Channel.MAIL}),
        ({"mail": False}, set()),
        ({"messenger": True, "messenger_id": "li.si"}, {Channel.MAIL, Channel.MESSENGER}),
        ({"mail": False, "messenger": True, "messenger_id": "li.si"}, {Channel.MESSENGER}),
    ],
)
def test_it_takes_the_ways_that_the_person_chose(city, officer, settings, wishes, ways):
    settings.MESSENGER_URL, settings.MESSENGER_SECRET = "http://127.0.0.1:9/hook", SECRET
    Preferences.objects.create(user=officer, **wishes)
    by_hand(city, DUE, handler=officer)

    remind(DUE)

    assert Notice.objects.get().recipient == officer
    assert set(Delivery.objects.values_list("channel", flat=True)) == ways


def test_a_second_run_sends_nothing_more(city, officer):
    by_hand(city, DUE, handler=officer)
    remind(DUE)
    Reminder.objects.update(told_at=None)  # as after a worker that died in the middle

    remind(DUE)

    assert Notice.objects.count() == Delivery.objects.count() == 1


# -- what is not open to the reader


LATE = date(2027, 2, 26)  # two rungs above the handler of a reply that was due on 4 January


@pytest.fixture
def kept_from(city):
    """A letter to the agency whose liaison officer was not copied, and its limit, overdue."""
    return served(city, copies=()).suggestion, Deadline.objects.get()


def test_the_officer_hears_who_is_late_and_not_with_what(city, kept_from, as_user):
    letter, limit = kept_from
    officer = city.users["gov_officer"]

    remind(LATE)
    deliver_pending(at=at_nine(LATE))

    told = Notice.objects.filter(recipient=officer, reason__startswith="due:late-1")
    assert letter.title in told.get().title  # kept for the day on which it is open
    page = as_user(officer).get(reverse("notifications:list")).text
    (out,) = [one for one in mail.outbox if one.to == [officer.email]][:1]
    for words in (page, f"{out.subject}\n{out.body}"):
        assert f"{limit.owed_by.name}的一项期限" in words
        assert letter.title not in words
    assert limit.public_id not in out.body


def test_who_may_open_it_reads_the_title(city, kept_from):
    letter, _limit = kept_from
    remind(LATE)
    deliver_pending(at=at_nine(LATE))

    address = city.users["agency_contact"].email
    assert any(letter.title in one.subject for one in mail.outbox if one.to == [address])


def test_the_digest_says_no_more_than_the_notice(city, kept_from):
    letter, limit = kept_from
    officer = city.users["gov_officer"]
    remind(LATE)
    send_digests(on=LATE, at=at_nine(LATE))

    digest = Notice.objects.get(
        reason="digest", recipient=officer, subject_id=Digest.objects.get(recipient=officer).pk
    )
    assert f"{limit.owed_by.name}的一项期限" in digest.text
    assert letter.title not in digest.text


@pytest.mark.parametrize("query", ["", "?when=", "?when=&q=农贸", "?when=&export=csv"])
def test_the_list_its_search_and_its_export_leave_it_out(city, kept_from, as_user, query):
    letter, _limit = kept_from

    answer = as_user(city.users["gov_officer"]).get(reverse("deadlines:list") + query)

    assert letter.title not in answer.content.decode()
    assert "SJ-REPLY" not in answer.content.decode()


def test_a_handler_who_may_not_open_it_any_more_reads_whose_it_is(city, kept_from, as_user):
    letter, limit = kept_from
    handler = city.users["recorder"]
    Deadline.objects.update(handler=handler, owed_by=city.organizations["agency"])
    handler.bindings.update(organization=city.organizations["section"])
    client = as_user(handler)
    made = client.post(reverse("notifications:feed-make")).context["address"]
    send_digests(on=LATE, at=at_nine(LATE))

    calendar = client.get(made.removeprefix("http://127.0.0.1:8000")).content.decode()
    digest = Notice.objects.get(reason="digest", recipient=handler).text

    for words in (calendar, digest):
        assert f"{limit.owed_by.name}的一项期限" in words
        assert letter.title not in words
