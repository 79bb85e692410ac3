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
from foundations.notifications.kick import kick
from foundations.notifications.models import Delivery, Notice
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
) -> None:
    """Tell each recipient once about `subject` for this `reason`, however often it is called.

    `reason` is a key, such as "notice:2" or "postponed:2026-11-24"; put into it what
    makes the same event new. Belongs inside an action. Mail follows to those who have
    an address, after the commit.
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
    _queue_mail([user for user in people.values() if user.email], about, at)


def _queue_mail(people: list[User], about: dict, at: datetime) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    notices = Notice.objects.filter(recipient__in=people, delivery__isnull=True, **about)
    letters = [
        Delivery(notice=notice, due_at=at, message_id=f"<{uuid4().hex}@{host}>")
        for notice in notices
    ]
    if letters:
        Delivery.objects.bulk_create(letters, ignore_conflicts=True)
        kick(deliver_pending)
