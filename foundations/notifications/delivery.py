"""Sending at least once, by mail and messenger: a row is claimed, sent, and marked; a lost
claim runs out."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Protocol

from django.db import transaction
from django.db.models import F, QuerySet

from foundations.notifications import mail, messenger
from foundations.notifications.models import Channel, Delivery

log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 8


class Post(Protocol):
    """An open way out of the portal."""

    def carry(self, letter: Delivery) -> bool:
        """False if the letter is not to be sent any more."""


@dataclass(frozen=True)
class Way:
    """How the letters of a channel go out; a batch must be done before its claim runs out."""

    channel: Channel
    batch: int
    opens: Callable[[datetime], AbstractContextManager[Post]]
    faults: tuple[type[Exception], ...]


MAIL = Way(Channel.MAIL, 50, lambda at: mail.MailPost(), mail.FAULTS)
MESSENGER = Way(Channel.MESSENGER, 20, messenger.MessengerPost, messenger.FAULTS)


def deliver_pending(*, at: datetime) -> int:
    """Send all that is due at `at`, batch by batch; returns how many went out."""
    if messenger.is_on():
        return _deliver(MAIL, at) + _deliver(MESSENGER, at)
    _waiting(MESSENGER).update(state=Delivery.State.DROPPED)
    return _deliver(MAIL, at)


def _waiting(way: Way) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=way.channel, state=Delivery.State.WAITING)


def _deliver(way: Way, at: datetime) -> int:
    sent = 0
    while batch := _claim(way, at):
        sent += _send_batch(way, batch, at)
    return sent


@transaction.atomic
def _claim(way: Way, at: datetime) -> list[Delivery]:
    """Take rows that are due. A second worker skips them until the claim runs out."""
    due = _waiting(way).filter(due_at__lte=at)
    due.filter(attempts__gte=MOST_ATTEMPTS).update(state=Delivery.State.FAILED)
    ids = list(
        due.select_for_update(skip_locked=True)
        .order_by("due_at")
        .values_list("pk", flat=True)[: way.batch]
    )
    Delivery.objects.filter(pk__in=ids).update(
        attempts=F("attempts") + 1, claimed_at=at, due_at=at + CLAIM
    )
    return list(
        Delivery.objects.filter(pk__in=ids)
        .select_related("notice__recipient")
        .prefetch_related("notice__subject")
        .order_by("pk")
    )


def _send_batch(way: Way, batch: list[Delivery], at: datetime) -> int:
    """Send a claimed batch over one connection; what it did not come to is given back.

    A server that cannot be reached is no attempt at any letter.
    """
    left, sent, again_at = list(batch), 0, at
    try:
        with way.opens(at) as post:
            while left:
                sent += _send(way, left.pop(0), post, at)
    except (SMTPException, OSError) as error:
        log.warning("The %s server cannot be reached: %s", way.channel, type(error).__name__)
        again_at = at + CLAIM
    finally:
        _give_back(left, again_at)
    return sent


def _send(way: Way, letter: Delivery, post: Post, at: datetime) -> bool:
    try:
        wanted = post.carry(letter)
    except way.faults as error:
        _failed(letter, error, at)
        return False
    letter.state = Delivery.State.SENT if wanted else Delivery.State.DROPPED
    letter.sent_at, letter.error = at if wanted else None, ""
    letter.save(update_fields=["state", "sent_at", "error"])
    return wanted


def _failed(letter: Delivery, error: Exception, at: datetime) -> None:
    """Try again later, each time twice as late; give up after the last attempt."""
    letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.due_at = at + timedelta(minutes=2**letter.attempts)
    if letter.attempts >= MOST_ATTEMPTS:
        letter.state = Delivery.State.FAILED
        log.error("Delivery %s was given up after %d attempts.", letter.pk, letter.attempts)
    letter.save(update_fields=["error", "due_at", "state"])


def _give_back(letters: list[Delivery], due_at: datetime) -> None:
    ids = [letter.pk for letter in letters]
    if ids:
        Delivery.objects.filter(pk__in=ids).update(
            attempts=F("attempts") - 1, claimed_at=None, due_at=due_at
        )
