"""Exceptional grants: this one person may see this one row, until a day, for a reason.

Roles and participation decide in the policies; a grant is for the case beside them. The
caller's action has asked its own policy whether the granter may do this.
"""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone
from guardian.shortcuts import assign_perm

from foundations.access.models import Grant
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record


@action
def grant(user: User, row: Model, *, by: Actor, until: date, reason: str) -> Grant:
    """Let `user` see `row` up to and including `until`; given anew, the last one holds."""
    kept = Grant.objects.filter(user=user, permission__isnull=False).about(row).first()
    if kept is None:
        kept = Grant(user=user, subject=row)
        right: Any = assign_perm(f"view_{row._meta.model_name}", user, row)
        kept.permission = right
    kept.granted_by, kept.until, kept.reason = by, until, reason
    kept.save()
    record(by, "access.grant.given", row, user=user.pk, until=until.isoformat(), reason=reason)
    return kept


@action
def revoke(user: User, row: Model, *, by: Actor, reason: str) -> None:
    """Take back what `grant` gave; nothing happens when nothing was given."""
    for kept in Grant.objects.filter(user=user, permission__isnull=False).about(row):
        _take(kept)
        record(by, "access.grant.revoked", row, user=user.pk, reason=reason)


@action
def end_expired(*, on: date) -> int:
    """Remove the rights of grants that ended before `on`; returns how many."""
    ended = list(
        Grant.objects.filter(permission__isnull=False, until__lt=on).select_related("permission")
    )
    for kept in ended:
        _take(kept)
        record(None, "access.grant.ended", kept.subject, user=kept.user_id)
    return len(ended)


def granted_ids(user: User, model: type[Model], on: date | None = None) -> QuerySet[Grant, Any]:
    """The keys of the rows of `model` granted to `user` on a day (default: today)."""
    return (
        Grant.objects.on(on or timezone.localdate())
        .filter(user=user.pk, subject_type=ContentType.objects.get_for_model(model))
        .values("subject_id")
    )


def _take(kept: Grant) -> None:
    right, kept.permission = kept.permission, None
    kept.save(update_fields=["permission"])
    right.delete()
