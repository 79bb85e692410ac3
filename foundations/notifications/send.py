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
from django.utils.translation import gettext as _

from foundations.audit.actor import User
from foundations.notifications import messenger
from foundations.notifications.kick import kick
from foundations.notifications.models import Channel, Delivery, Notice, Preferences
from foundations.notifications.preferences import Wish, refusers
from foundations.notifications.tasks import deliver_pending


@dataclass(frozen=True)
class Letter:
    """What one person is to be told of one record, once for its reason.

    `neutral_title` is what it says to a recipient who may not see the record. One with
    `goes_out` takes the ways that the person has chosen; others are read in the portal.
    """

    recipient: Any
    subject: Model
    reason: str
    title: str
    text: str = ""
    neutral_title: str = ""
    goes_out: bool = False


def notify_many(letters: Iterable[Letter], *, at: datetime) -> None:
    """Tell many people of many records in a few statements; each letter once, ever.

    Belongs inside an action.
    """
    _tell([letter for letter in letters if letter.recipient.is_active], "mail", at)


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
    about = Notice.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        reason=reason,
    )
    for known in about.filter(recipient__in=people).values_list("recipient", flat=True):
        del people[known]
    letters = [
        Letter(user, subject, reason, title, text, goes_out=True) for user in people.values()
    ]
    _tell(letters, wish, at)


def _tell(letters: list[Letter], wish: Wish, at: datetime) -> None:
    if not letters:
        return
    notices = [_notice_of(letter, at) for letter in letters]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    people = {letter.recipient.pk: letter.recipient for letter in letters if letter.goes_out}
    ways = _ways(list(people.values()), wish)
    out = [
        notice
        for letter, notice in zip(letters, notices, strict=True)
        if letter.goes_out and any(notice.recipient_id in ids for ids in ways.values())
    ]
    if out:
        _queue(out, ways, at)


def _notice_of(letter: Letter, at: datetime) -> Notice:
    return Notice(
        recipient=letter.recipient,
        subject_type=ContentType.objects.get_for_model(letter.subject),
        subject_id=letter.subject.pk,
        reason=letter.reason,
        title=letter.title[:200],
        neutral_title=letter.neutral_title[:200],
        text=letter.text,
        at=at,
    )


def _ways(people: list[User], wish: Wish) -> dict[Channel, set[int]]:
    """Who is reached by which way, by id."""
    addressed = {user.pk for user in people if user.email}
    reached = Preferences.objects.filter(user__in=people, messenger=True, messenger_code="")
    return {
        Channel.MAIL: addressed - refusers(people, wish) if addressed else set(),
        Channel.MESSENGER: set(reached.values_list("user", flat=True))
        if messenger.is_on()
        else set(),
    }


def post_code(chosen: Preferences, *, at: datetime) -> None:
    """Post the code of the person's id to the messenger, and there alone. Inside an action."""
    title = _("A code was sent to your id in the messenger")
    notice = _notice_of(Letter(chosen.user, chosen, messenger.code_reason(chosen), title), at)
    notice.save()
    _queue([notice], {Channel.MESSENGER: {chosen.user_id}}, at)


def _queue(notices: list[Notice], ways: dict[Channel, set[int]], at: datetime) -> None:
    """Of `notices`, those that were not told before have been written just now."""
    host = urlsplit(settings.SITE_URL).hostname
    written = Notice.objects.filter(public_id__in=[notice.public_id for notice in notices])
    letters = [
        Delivery(
            notice_id=pk,
            channel=channel,
            due_at=at,
            message_id=f"<{uuid4().hex}@{host}>" if channel == Channel.MAIL else uuid4().hex,
        )
        for pk, recipient in written.values_list("pk", "recipient")
        for channel, ids in ways.items()
        if recipient in ids
    ]
    if letters:
        Delivery.objects.bulk_create(letters)
        kick(deliver_pending)
