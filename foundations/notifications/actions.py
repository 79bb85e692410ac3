import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record
from foundations.notifications.models import Feed, Notice, Preferences
from foundations.notifications.preferences import stages
from foundations.notifications.send import post_code

WINDOW = timedelta(hours=1)
MOST_READS = 60
MOST_TRIES = 5


@action
def mark_read(notice_id: int, *, actor: Actor, at: datetime) -> Notice:
    """The recipient has read one notice; a second time changes nothing."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    policy_for(Notice).require(actor, "read", notice)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        record(actor, "notifications.notice.read", notice)
    return notice


@action
def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Everything told to `actor` up to `at` is read; returns how much was not."""
    count = Notice.objects.filter(recipient=actor, read_at=None, at__lte=at).update(read_at=at)
    if count:
        record(actor, "notifications.notices.read", actor, count=count)
    return count


@action
def keep_preferences(
    *,
    actor: User,
    mail: bool,
    digest: bool,
    wanted: Collection[str],
    messenger: bool = False,
    messenger_id: str = "",
    version: int | None = None,
    at: datetime,
) -> Preferences:
    """How `actor` wants to be told; `wanted` has the early stages that it wants to hear of.

    An id that is not confirmed yet is posted a new code, and else nothing. Raises RuleBroken
    `messenger_id_needed`, or `messenger_id_taken` for an id that another account confirmed.
    """
    Preferences.objects.get_or_create(user=actor)
    chosen = Preferences.objects.select_for_update().get(user=actor.pk)
    policy_for(Preferences).require(actor, "keep", chosen)
    chosen.require_version(version)
    _check_messenger(actor, messenger, messenger_id)
    chosen.mail, chosen.digest = mail, digest
    chosen.muted = sorted(set(stages) - set(wanted))
    _choose_messenger(chosen, messenger, messenger_id)
    chosen.store()
    if chosen.messenger and chosen.messenger_code:
        post_code(chosen, at=at)
    record(
        actor,
        "notifications.preferences.kept",
        chosen,
        mail=mail,
        digest=digest,
        muted=chosen.muted,
        messenger=messenger,
    )
    return chosen


def _check_messenger(actor: User, on: bool, name: str) -> None:
    if on and not name:
        raise RuleBroken(
            "messenger_id_needed", _("Enter your id in the messenger."), field="messenger_id"
        )
    confirmed = Preferences.objects.filter(messenger_id=name, messenger_code="")
    if name and confirmed.exclude(user=actor.pk).exists():
        raise RuleBroken(
            "messenger_id_taken",
            _("Another account uses this id. Check it, or ask your administrator."),
            field="messenger_id",
        )


def _choose_messenger(chosen: Preferences, on: bool, name: str) -> None:
    """An id is not believed before its code was typed back."""
    unknown = name and (name != chosen.messenger_id or chosen.messenger_code)
    chosen.messenger, chosen.messenger_id = on, name
    chosen.messenger_code = f"{secrets.randbelow(10**6):06}" if unknown else ""
    chosen.messenger_tries = 0


@action
def confirm_messenger(*, actor: User, code: str) -> bool:
    """The code came to the actor's messenger; False if it is another one, or the sixth try.

    Raises RuleBroken `messenger_id_taken` if another account confirmed the id first.
    """
    chosen = Preferences.objects.select_for_update().get(user=actor.pk)
    policy_for(Preferences).require(actor, "keep", chosen)
    if chosen.messenger_tries >= MOST_TRIES or chosen.messenger_code != code:
        chosen.messenger_tries = min(chosen.messenger_tries + 1, MOST_TRIES)
        chosen.save(update_fields=["messenger_tries"])
        return False
    _check_messenger(actor, chosen.messenger, chosen.messenger_id)
    chosen.messenger_code = ""
    chosen.store()
    record(actor, "notifications.messenger.confirmed", chosen)
    return True


@action
def make_feed(*, actor: User, at: datetime) -> str:
    """A new secret address for the actor's calendar; an earlier one is void from now on.

    Returns the secret, which the portal does not keep.
    """
    secret = secrets.token_urlsafe(32)
    feed, new = Feed.objects.update_or_create(
        user=actor,
        defaults={
            "digest": digest_of(secret),
            "made_at": at,
            "last_used_at": None,
            "window_at": None,
            "window_reads": 0,
        },
    )
    record(actor, "notifications.feed.made", feed, anew=not new)
    return secret


@action
def revoke_feed(*, actor: User) -> None:
    """Void the actor's address; nothing happens without one."""
    feed = Feed.objects.select_for_update().filter(user=actor.pk).first()
    if feed is not None:
        record(actor, "notifications.feed.revoked", feed)
        feed.delete()


def digest_of(secret: str) -> str:
    """Without salt: the secret is as long as its digest and nobody's choice."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def note_reading(feed_id: int, *, at: datetime) -> bool:
    """Note when the feed was last read, and nothing else; False if that is too often.

    MOST_READS in an hour are more than a person's devices need.
    """
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    if feed.window_at is None or at - feed.window_at >= WINDOW:
        feed.window_at, feed.window_reads = at, 0
    elif feed.window_reads >= MOST_READS:
        return False
    feed.window_reads += 1
    feed.last_used_at = at
    feed.save(update_fields=["window_at", "window_reads", "last_used_at"])
    return True
