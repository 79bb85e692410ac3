"""Named readers of confidential topics, and the undertaking that they sign (YN-21)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record, record_reading
from foundations.notifications.send import notify_once
from meetings.actions.session import digest
from meetings.actions.steps import office_language
from meetings.models import ConfidentialReader, Topic
from meetings.papers.undertaking import undertaking_text
from members.models import User


@action
def name_readers(
    topic_id: int, *, actor: Actor, at: datetime, users: Iterable[User]
) -> list[ConfidentialReader]:
    """Make exactly `users` the readers: who is new is told, who is left out is struck off.

    Raises RuleBroken("not_confidential") for a topic without anything confidential.
    """
    topic = _locked(topic_id)
    policy_for(Topic).require(actor, "name_readers", topic)
    if not topic.confidential:
        raise RuleBroken("not_confidential", _("This topic is not marked confidential."))
    wanted = {user.pk: user for user in users}
    for reader in topic.readers.named().exclude(user__in=wanted):
        _strike(reader, actor, at)
    known = set(topic.readers.named().values_list("user_id", flat=True))
    named = [_name(topic, user, actor, at) for pk, user in wanted.items() if pk not in known]
    with office_language():
        title = _("A confidential topic is open to you once you sign the undertaking")
    for reader in named:
        notify_once([reader.user], reader, reason=f"named:{at.isoformat()}", title=title, at=at)
    return named


@action
def sign_undertaking(topic_id: int, *, actor: Actor, at: datetime) -> ConfidentialReader:
    """The reader promises secrecy; the text signed and the moment are kept.

    Signing twice changes nothing. Raises PermissionDenied for anybody not named.
    """
    topic = _locked(topic_id)
    reader = topic.readers.named().select_for_update(of=("self",)).filter(user=actor).first()
    if reader is None:
        raise PermissionDenied("sign")
    policy_for(ConfidentialReader).require(actor, "sign", reader)
    if reader.signed_at is None:
        reader.signed_at = at
        reader.undertaking = undertaking_text(topic, actor)
        reader.save()
        record(actor, "meetings.undertaking.signed", reader, digest=digest(reader.undertaking))
    return reader


def note_readings(actor: Actor, topics: Iterable[Topic]) -> None:
    """Record that the words of `topics`, as far as confidential, are shown to the actor."""
    for topic in topics:
        if topic.confidential:
            record_reading(actor, topic)


def _locked(topic_id: int) -> Topic:
    return (
        Topic.objects.select_for_update(of=("self",))
        .select_related("meeting__mechanism__jurisdiction", "organization")
        .get(pk=topic_id)
    )


def _name(topic: Topic, user: User, actor: Actor, at: datetime) -> ConfidentialReader:
    reader, _created = ConfidentialReader.objects.get_or_create(topic=topic, user=user)
    reader.named_by, reader.named_at = actor, at
    reader.signed_at, reader.undertaking, reader.ended_at = None, "", None
    reader.save()
    record(actor, "meetings.reader.named", reader, reader=str(user))
    return reader


def _strike(reader: ConfidentialReader, actor: Actor, at: datetime) -> None:
    reader.ended_at = at
    reader.save()
    record(actor, "meetings.reader.struck", reader, reader=str(reader.user))
