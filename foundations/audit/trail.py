"""The audit trail: `action` marks a writer, `record` writes what it did.

Entries are gathered while the action runs and appended when the outermost action ends,
inside its transaction, so that the chain's head is locked last and only briefly.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from foundations.audit.actor import Actor
from foundations.audit.models import AuditEntry, AuditHead
from foundations.audit.origin import current_origin

P = ParamSpec("P")
R = TypeVar("R")
PORTAL_CHAIN = "portal"
AT_ONCE = 500
WITHHELD = "（内容保密）"


def action(writer: Callable[P, R]) -> Callable[P, R]:
    """Run `writer` in a transaction; the outermost one appends the audit entries."""

    @wraps(writer)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting():
            return writer(*args, **kwargs)

    return wrapped


@contextmanager
def acting() -> Iterator[None]:
    """The block of an action; for the few writers that are not one function."""
    here: Any = connection
    outer = getattr(here, "audit_pending", None)
    pending: list[dict] = [] if outer is None else outer
    kept = len(pending)
    here.audit_pending = pending
    try:
        with transaction.atomic():
            yield
            if outer is None:
                _append(pending)
    except BaseException:
        del pending[kept:]
        raise
    finally:
        here.audit_pending = outer


def record(actor: Actor, verb: str, subject: Model | None, **data: Any) -> None:
    """Note that `actor` (None: the system itself) did `verb` to `subject`.

    `verb` is "room.record.verb"; `data` is JSON-able: what changed, before and after.
    Raises RuntimeError outside an action.
    """
    pending = getattr(connection, "audit_pending", None)
    if pending is None:
        raise RuntimeError("record() belongs inside an action")
    pending.append(
        {
            "chain": getattr(subject, "audit_chain", PORTAL_CHAIN) or PORTAL_CHAIN,
            "at": current_origin().at or timezone.now(),
            "actor": actor,
            "address": current_origin().address,
            "action": verb,
            "subject": subject,
            "data": data,
        }
    )


@action
def record_reading(actor: Actor, subject: Model, **data: Any) -> None:
    """Note that `actor` opened a confidential subject; call it before showing it."""
    meta = subject._meta
    record(actor, f"{meta.app_label}.{meta.model_name}.read", subject, **data)


def history_of(subject: Model) -> QuerySet[AuditEntry]:
    """The entries about `subject`, oldest first."""
    return AuditEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).order_by("pk")


def _append(pending: list[dict]) -> None:
    for chain in sorted({note["chain"] for note in pending}):
        head = _head(chain)
        notes = (note for note in pending if note["chain"] == chain)
        while batch := [_entry(head, note) for note in islice(notes, AT_ONCE)]:
            AuditEntry.objects.bulk_create(batch)
        head.save()


def _head(chain: str) -> AuditHead:
    """Locked; the first entry of a chain makes it."""
    locked = AuditHead.objects.select_for_update().filter(chain=chain)
    head = locked.first()
    if head is None:
        AuditHead.objects.get_or_create(chain=chain)
        head = locked.get()
    return head


def _entry(head: AuditHead, note: dict) -> AuditEntry:
    """The next entry of the chain, not written yet; the head moves on to it."""
    subject, actor = note["subject"], note["actor"]
    content = {
        "chain": head.chain,
        "seq": head.seq + 1,
        "at": note["at"].isoformat(),
        "actor": actor.pk if actor else None,
        "actor_label": str(actor)[:120] if actor else "",
        "address": note["address"],
        "action": note["action"],
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": subject.pk if subject is not None else None,
        "subject_label": label_of(subject)[:200],
        "data": note["data"],
    }
    body = canonical(content)
    head.seq += 1
    head.digest = link(head.digest, body)
    return AuditEntry(
        chain=head.chain,
        seq=head.seq,
        at=note["at"],
        actor=actor,
        actor_label=content["actor_label"],
        address=note["address"],
        action=note["action"],
        subject_type=ContentType.objects.get_for_model(subject) if subject is not None else None,
        subject_id=content["subject_id"],
        subject_label=content["subject_label"],
        data=json.loads(body)["data"],
        body=body,
        digest=head.digest,
    )


def label_of(subject: Model | None) -> str:
    """What the trail calls a record: its own `audit_label` where its name is not for
    everybody who reads the trail (G3), else its name."""
    if subject is None:
        return ""
    return str(getattr(subject, "audit_label", subject))


def words_of(subject: Model, **words: str) -> dict:
    """Free text about `subject`, as `record()` may keep it.

    Where `audit_closed` says that the words about a record are not for everybody who reads
    the trail (G3), it keeps a digest by which they can be proved, not the words.
    """
    if not getattr(subject, "audit_closed", False):
        return words
    withheld = {name: WITHHELD for name, text in words.items() if text}
    digests = {f"{name}_digest": _digest(words[name]) for name in withheld}
    return {**words, **withheld, **digests}


def canonical(content: dict) -> str:
    """The text that is hashed: keys sorted, no spaces, Chinese as it is."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder
    )


def link(previous: str, body: str) -> str:
    """The digest of an entry: SM3 over the digest before it and its own text."""
    return _digest(f"{previous}\n{body}")


def _digest(text: str) -> str:
    return hashlib.new("sm3", text.encode()).hexdigest()
