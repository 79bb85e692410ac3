"""The digest: one mail a person and working day, of what is over, due today, newly told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.audit.trail import action
from foundations.notifications.models import Notice
from foundations.notifications.preferences import wants
from foundations.notifications.send import notify_once
from members.models import Jurisdiction, User
from members.standing import standing
from services.deadlines.explanation import day_words
from services.deadlines.models import Deadline, Digest
from services.deadlines.policy import with_opens
from services.deadlines.reminders import at_work
from services.deadlines.wording import neutral_name

MOST_LINES = 20
EARLIEST = time(8, 30)


def send_digests(*, on: date, at: datetime) -> int:
    """Write the digests of `on` that are not written yet; how many were.

    Not before half past eight. Whoever works where it is no working day or outside office
    hours gets none now.
    """
    working = {place.pk for place in Jurisdiction.objects.all() if at_work(place, on, at)}
    if not working or timezone.localtime(at).time() < EARLIEST:
        return 0
    waiting = User.objects.filter(is_active=True).exclude(digests__on=on).order_by("pk")
    return sum(
        write_digest(pk, working, on=on, at=at)
        for pk in list(waiting.values_list("pk", flat=True))
    )


@action
def write_digest(user_id: int, working: set[int], *, on: date, at: datetime) -> bool:
    """False if there is nothing to tell, the user wants none, or another worker wrote it."""
    user = User.objects.get(pk=user_id)
    if not wants(user, "digest") or not standing(user, on).jurisdictions & working:
        return False
    found = Contents.of(user, on)
    if found.is_empty:
        return False
    digest, new = Digest.objects.get_or_create(recipient=user, on=on)
    if new:
        text = "\n".join(found.lines(on))
        notify_once(
            [user],
            digest,
            reason="digest",
            title=found.title,
            text=text,
            at=at,
            wish="digest",
        )
    return new


@dataclass(frozen=True)
class Contents:
    """No limit stands in it twice: `told` has those that are neither over nor due today."""

    overdue: QuerySet[Deadline]
    today: QuerySet[Deadline]
    told: QuerySet[Notice]

    @classmethod
    def of(cls, user: User, on: date) -> "Contents":
        own = with_opens(user, Deadline.objects.duties().filter(own_limits(user, on)))
        own = own.select_related("owed_by").order_by("due_on", "pk")
        overdue, today = own.filter(due_on__lt=on), own.filter(due_on=on)
        seen = visible_to(user, Deadline).filter(pk=OuterRef("subject_id"))
        told = Notice.objects.filter(
            recipient=user,
            at__gt=_last_told(user, on),
            reason__startswith="due:",
            subject_type=ContentType.objects.get_for_model(Deadline),
            subject_id__in=Deadline.objects.duties().values("pk"),
        ).exclude(subject_id__in=own.filter(due_on__lte=on).order_by().values("pk"))
        return cls(overdue, today, told.annotate(opens=Exists(seen)).order_by("pk"))

    @property
    def is_empty(self) -> bool:
        return not (self.overdue.exists() or self.today.exists() or self.told.exists())

    @property
    def title(self) -> str:
        return _("Time limits today: %(overdue)d overdue, %(today)d due, %(told)d reminders") % {
            "overdue": self.overdue.count(),
            "today": self.today.count(),
            "told": self.told.count(),
        }

    def lines(self, on: date) -> Iterator[str]:
        for deadline in self.overdue[:MOST_LINES]:
            yield _("%(days)d days overdue: %(title)s (last day %(day)s)") % {
                "days": (on - deadline.due_on).days,
                "title": _name(deadline),
                "day": day_words(deadline.due_on),
            }
        for deadline in self.today[:MOST_LINES]:
            yield _("Due today: %(title)s") % {"title": _name(deadline)}
        for notice in self.told[:MOST_LINES]:
            yield _title(notice)
        if left := self._left():
            yield _("and %(n)d more, see the portal") % {"n": left}

    def _left(self) -> int:
        counts = (rows.count() for rows in (self.overdue, self.today, self.told))
        return sum(max(0, count - MOST_LINES) for count in counts)


def _name(deadline: Any) -> str:
    return deadline.title if deadline.opens else neutral_name(deadline)


def _title(notice: Any) -> str:
    return notice.title if notice.opens else notice.neutral_title


def _last_told(user: User, on: date) -> datetime:
    """When the last digest went out: what was told in the portal since then is new in this
    one. Of whoever never had one, the beginning of the day."""
    digests = Notice.objects.filter(
        recipient=user,
        subject_type=ContentType.objects.get_for_model(Digest),
        at__lt=timezone.make_aware(datetime.combine(on, time.min)),
    )
    last = digests.order_by("-at").values_list("at", flat=True).first()
    return last or timezone.make_aware(datetime.combine(on, time.min))


def own_limits(user: User, on: date) -> Q:
    """What the user handles, and what the user's units owe where nobody handles it (any more)."""
    mine = standing(user, on)
    owed = Q(owed_by__in=mine.organizations if mine.is_staff else ())
    unhandled = Q(handler=None) | Q(handler__is_active=False) | Q(handler__expires_on__lt=on)
    return Q(handler=user) | owed & unhandled
