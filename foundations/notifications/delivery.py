"""Sending mail at least once: a row is claimed, sent, and marked; a lost claim runs out."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from foundations.notifications.mail import compose
from foundations.notifications.models import Delivery

log = logging.getLogger(__name__)
BATCH = 50
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 8


def deliver_pending(*, at: datetime) -> int:
    """Send all mail that is due at `at`, batch by batch; returns how many went out."""
    sent = 0
    while batch := _claim(at):
        sent += _send_batch(batch, at)
    return sent


@transaction.atomic
def _claim(at: datetime) -> list[Delivery]:
    """Take rows that are due. A second worker skips them until the claim runs out."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=at)
    due.filter(attempts__gte=MOST_ATTEMPTS).update(state=Delivery.State.FAILED)
    ids = list(
        due.select_for_update(skip_locked=True)
        .order_by("due_at")
        .values_list("pk", flat=True)[:BATCH]
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


def _send_batch(batch: list[Delivery], at: datetime) -> int:
    """Send a claimed batch over one connection; what it did not come to is given back.

    A mail server that cannot be reached is no attempt at any letter.
    """
    left, sent, again_at = list(batch), 0, at
    try:
        with get_connection() as post:
            while left:
                sent += _send(left.pop(0), post, at)
    except (SMTPException, OSError) as error:
        log.warning("The mail server cannot be reached: %s", type(error).__name__)
        again_at = at + CLAIM
    finally:
        _give_back(left, again_at)
    return sent


def _send(letter: Delivery, post: BaseEmailBackend, at: datetime) -> bool:
    try:
        compose(letter, post).send()
    except (SMTPException, OSError, ValueError) as error:
        # ValueError: an address or a header of which no mail can be made.
        _failed(letter, error, at)
        return False
    letter.state, letter.sent_at, letter.error = Delivery.State.SENT, at, ""
    letter.save(update_fields=["state", "sent_at", "error"])
    return True


def _failed(letter: Delivery, error: Exception, at: datetime) -> None:
    """Try again later, each time twice as late; give up after the last attempt."""
    letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.due_at = at + timedelta(minutes=2**letter.attempts)
    if letter.attempts >= MOST_ATTEMPTS:
        letter.state = Delivery.State.FAILED
        log.error("Mail %s was given up after %d attempts.", letter.pk, letter.attempts)
    letter.save(update_fields=["error", "due_at", "state"])


def _give_back(letters: list[Delivery], due_at: datetime) -> None:
    ids = [letter.pk for letter in letters]
    if ids:
        Delivery.objects.filter(pk__in=ids).update(
            attempts=F("attempts") - 1, claimed_at=None, due_at=due_at
        )
