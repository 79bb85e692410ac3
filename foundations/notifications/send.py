"""Telling people: the row is part of the change, the mail is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from foundations.audit.actor import User
from foundations.notifications import messenger
from foundations.notifications.kick import kick
from foundations.notifications.models import Channel, Delivery, Notice, Preferences
from foundations.notifications.preferences import Wish, refusers
from foundations.notifications.tasks import deliver_pending


@dataclass(frozen=True)
class Letter:
    """What one person is to be told of one record, once for its reason."""

    recipient: Any
    subject: Model
    reason: str
    title: str
    text: str = ""


def notify_many(letters: Iterable[Letter], *, at: datetime) -> None:
    """Tell many people of many records in one statement; each letter once, ever.

    No mail follows: these notices are read in the portal. Belongs inside an action.
    """
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=letter.recipient,
                subject_type=ContentType.objects.get_for_model(letter.subject),
                subject_id=letter.subject.pk,
                reason=letter.reason,
                title=letter.title[:200],
                text=letter.text,
                at=at,
            )
            for letter in letters
            if letter.recipient.is_active
        ],
        ignore_conflicts=True,
    )


def notify_once(
    recipients: Iterable[User],
    subject: Model,
    *,
    reason: str,
    title: str,
    text: str = "",
    at: datetime,
    wish: Wish = "mail",
) -> None:
    """Tell each recipient once about `subject` for this `reason`, however often it is called.

    `reason` is a key, such as "notice:2" or "postponed:2026-11-24"; put into it what
    makes the same event new. Belongs inside an action. After the commit it goes out by mail
    to those who have an address and have not switched `wish` off, and by the office
    messenger to those who have switched that on.
    """
    people = {user.pk: user for user in recipients if user.is_active}
    about = {
        "subject_type": ContentType.objects.get_for_model(subject),
        "subject_id": subject.pk,
        "reason": reason,
    }
    told = Notice.objects.filter(recipient__in=people, **about).values_list("recipient", flat=True)
    for known in list(told):
        del people[known]
    if not people:
        return
    Notice.objects.bulk_create(
        [
            Notice(recipient=user, title=title[:200], text=text, at=at, **about)
            for user in people.values()
        ],
        ignore_conflicts=True,
    )
    _queue(_receivers(list(people.values()), wish), about, at)


def _receivers(people: list[User], wish: Wish) -> dict[Channel, set[int]]:
    """Who gets it by which way, by id."""
    addressed = {user.pk for user in people if user.email}
    reached = Preferences.objects.filter(user__in=people, messenger=True)
    return {
        Channel.MAIL: addressed - refusers(people, wish) if addressed else set(),
        Channel.MESSENGER: set(reached.values_list("user", flat=True))
        if messenger.is_on()
        else set(),
    }


def _queue(receivers: dict[Channel, set[int]], about: dict, at: datetime) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    everybody = set().union(*receivers.values())
    notices = Notice.objects.filter(recipient__in=everybody, deliveries=None, **about)
    letters = [
        Delivery(
            notice=notice,
            channel=channel,
            due_at=at,
            message_id=f"<{uuid4().hex}@{host}>" if channel == Channel.MAIL else uuid4().hex,
        )
        for notice in (notices if everybody else ())
        for channel, ids in receivers.items()
        if notice.recipient_id in ids
    ]
    if letters:
        Delivery.objects.bulk_create(letters, ignore_conflicts=True)
        kick(deliver_pending)
