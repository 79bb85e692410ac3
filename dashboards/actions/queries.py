"""Keeping, changing and removing saved queries, and their monthly mails."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.models import QueryMail, SavedQuery
from dashboards.policy import judged_for
from dashboards.queries.states import Sharing, Span
from dashboards.queries.wanted import Wanted, called
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.trail import action, record
from foundations.calendars.periods import add_months
from foundations.notifications.readers import may_read
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.standing import bindings_of
from members.states import ADMINISTRATORS, Role

MOST = 100
"""So many queries may one person keep."""


@dataclass(frozen=True)
class QueryWords:
    """Under which name, with whom, and on which day of each month it is mailed, if at all."""

    name: str
    shared_with: str = Sharing.NOBODY
    mail_day: int | None = None


@action
def keep_query(
    mechanism_id: int,
    *,
    actor: User,
    at: datetime,
    wanted: Wanted,
    words: QueryWords,
    token: str | None = None,
) -> SavedQuery:
    """Keep what is wanted for `actor`.

    Raises PermissionDenied; RuleBroken "name_taken", "shared_too_far", "no_indicator",
    "too_many_queries", "form_used".
    """
    User.objects.select_for_update().get(pk=actor.pk)
    if not judged_for(actor).filter(pk=mechanism_id).exists():
        raise PermissionDenied("keep")
    made = SavedQuery.made_before(token, mechanism_id=mechanism_id, owner_id=actor.pk)
    if made is not None:
        return made
    if SavedQuery.objects.filter(owner=actor).count() >= MOST:
        message = _("You keep %(n)d queries already; remove some first.") % {"n": MOST}
        raise RuleBroken("too_many_queries", message)
    query = SavedQuery(mechanism_id=mechanism_id, owner=actor, form_token=token)
    _fill(query, wanted, words, on=timezone.localtime(at).date())
    query.store()
    record(actor, "dashboards.query.kept", query, name=query.name, shared=query.shared_with)
    return query


@action
def change_query(
    query_id: int,
    *,
    actor: User,
    at: datetime,
    wanted: Wanted,
    words: QueryWords,
    version: int | None = None,
) -> SavedQuery:
    """Raises PermissionDenied; RuleBroken "stale" and what `keep_query` raises."""
    User.objects.select_for_update().get(pk=actor.pk)
    query = SavedQuery.objects.select_for_update().get(pk=query_id)
    policy_for(SavedQuery).require(actor, "keep", query)
    query.require_version(version)
    _fill(query, wanted, words, on=timezone.localtime(at).date())
    query.store()
    record(actor, "dashboards.query.changed", query, name=query.name, shared=query.shared_with)
    return query


@action
def remove_query(query_id: int, *, actor: User, at: datetime, version: int | None = None) -> None:
    """It is nothing official and goes for good. Raises PermissionDenied; RuleBroken "stale"."""
    query = SavedQuery.objects.select_for_update().get(pk=query_id)
    policy_for(SavedQuery).require(actor, "remove", query)
    query.require_version(version)
    record(actor, "dashboards.query.removed", query, name=query.name)
    query.delete()


def _fill(query: SavedQuery, wanted: Wanted, words: QueryWords, *, on: date) -> None:
    picks = wanted.defined
    if not picks:
        raise RuleBroken("no_indicator", _("Choose at least one indicator."), "what")
    query.indicators = [str(one) for one in picks]
    query.grouping, query.span = wanted.grouping, wanted.span
    fixed = wanted.span == Span.DAYS
    query.since, query.until = (wanted.since, wanted.until) if fixed else (None, None)
    query.unit, query.area = wanted.unit, wanted.area
    _name(query, words.name)
    _share(query, words.shared_with, on)
    if words.mail_day != query.mail_day:
        query.mail_day = words.mail_day
        query.mails_after = on if words.mail_day else None


def _name(query: SavedQuery, name: str) -> None:
    others = SavedQuery.objects.filter(owner=query.owner_id, mechanism=query.mechanism_id)
    if others.filter(name=name).exclude(pk=query.pk).exists():
        raise RuleBroken("name_taken", _("You have a query of this name."), "name")
    query.name = name


def _share(query: SavedQuery, shared_with: str, on: date) -> None:
    """With whom belongs to the organization of the owner, as it is when it is shared."""
    if shared_with == query.shared_with:
        return
    query.shared_with, query.organization = shared_with, None
    if shared_with == Sharing.ORGANIZATION:
        query.organization = _own_organization(query, on)
    if not policy_for(SavedQuery).can(query.owner, "share", query):
        if shared_with == Sharing.ALL:
            message = _("Liaison officers and leaders share with all; share with your own.")
        else:
            message = _("Your account belongs to no organization with which to share it.")
        raise RuleBroken("shared_too_far", message, "shared_with")


def _own_organization(query: SavedQuery, on: date) -> Organization | None:
    """The unit of the owner's work in the place, that of a division being what it is part of."""
    place = query.mechanism.jurisdiction_id
    for binding in bindings_of(query.owner, on):
        unit = binding.organization
        apart = binding.role in {Role.GUEST, *ADMINISTRATORS}
        if unit is not None and binding.jurisdiction_id == place and not apart:
            return unit.lead
    return None


def mail_queries(*, on: date, at: datetime) -> int:
    """Tell the owners of all queries whose day has come by `on`; how many were told.

    What was missed is told once, and late: the mail of the last month that was due.
    """
    this = on.replace(day=1)
    before = add_months(this, -1)
    told = QueryMail.objects.filter(month__in=(this, before)).values("month", "query")
    done = {(row["query"], row["month"]) for row in told}
    waiting = SavedQuery.objects.filter(
        Q(mail_day__lte=on.day, mails_after__lt=on) | Q(mail_day__gt=on.day, mails_after__lt=this)
    )
    months = [
        (pk, this if day <= on.day else before)
        for pk, day in waiting.order_by("pk").values_list("pk", "mail_day")
    ]
    return sum(mail_query(pk, on=on, at=at) for pk, month in months if (pk, month) not in done)


@action
def mail_query(query_id: int, *, on: date, at: datetime) -> bool:
    """Tell the owner of one query; False if it is not due, was told of this month already, or
    the account may not read it (any more)."""
    query = SavedQuery.objects.select_for_update().filter(pk=query_id).first()
    due_on = query.due_by(on) if query else None
    if query is None or due_on is None or not _is_open(query, on):
        return False
    given = {"owner": query.owner, "due_on": due_on, "on": on, "version": 1}
    month = due_on.replace(day=1)
    sent, new = QueryMail.objects.get_or_create(query=query, month=month, defaults=given)
    if new:
        title, text = _words(query, due_on, on)
        notify_once([query.owner], sent, reason="query", title=title, text=text, at=at)
    return new


def _is_open(query: SavedQuery, on: date) -> bool:
    own = judged_for(query.owner)
    return may_read(query.owner, on) and own.filter(pk=query.mechanism_id).exists()


def _words(query: SavedQuery, due_on: date, on: date) -> tuple[str, str]:
    """Title and text of the mail; why there are no figures, where there are none."""
    try:
        asked = Wanted.of(query).asked(query.mechanism, query.owner, on=on, said_on=due_on)
    except RuleBroken as broken:
        message = _("The query could not be counted: %(reason)s")
        title = _("Monthly figures: %(name)s") % {"name": query.name}
        return title, message % {"reason": broken.message}
    names = {"name": query.name, "period": called(asked), "day": on.isoformat()}
    text = _(
        "The figures of %(period)s are enclosed as a PDF. They are counted of the records "
        "that are open to the recipient, as known on %(day)s."
    )
    return _("Monthly figures: %(name)s (%(period)s)") % names, text % names
