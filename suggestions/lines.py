"""One addressee in a table: served, replied, carried out, verified, each with its light."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.templatetags.portal import light
from services.deadlines.models import Deadline, DeadlineState, Extension
from suggestions.models import Addressee, Suggestion
from suggestions.models.addressees import OBJECTION, RECTIFY, VERIFY
from suggestions.stages import SOON_DAYS
from suggestions.states import AddresseeState, Attitude, Effect, Status

A = AddresseeState
REPLIED = frozenset({A.OBJECTED, A.REFUSED, A.RECTIFYING, A.TO_VERIFY, A.CLOSED})
PILLS: dict[str, tuple[str, str]] = {
    Status.DRAFT: ("draft", "pencil"),
    Status.TO_SERVE: ("open", "send"),
    Status.OVERDUE: ("over", "exclamation-octagon-fill"),
    Status.NO_REPLY: ("open", "hourglass-split"),
    Status.PARTLY_REPLIED: ("open", "arrow-right-circle"),
    Status.UNDER_REVIEW: ("open", "search"),
    Status.RECTIFYING: ("open", "arrow-right-circle"),
    Status.TO_VERIFY: ("open", "clipboard-check"),
    Status.CLOSED: ("done", "check-circle-fill"),
    Status.WITHDRAWN: ("void", "x-circle"),
}


@dataclass(frozen=True)
class Pill:
    kind: str
    icon: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A light or a tick: its kind, icon and words, and the day that belongs to it."""

    kind: str
    icon: str
    words: str
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """None where a step has not been reached."""

    addressee: Addressee
    reply: Mark | None
    rectify: Mark | None
    verify: Mark | None

    @property
    def unit(self) -> str:
        return self.addressee.organization.short_name


def with_clocks(rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
    """Adds what the columns don't hold: `verify_due_on` and `review_due_on`, both the
    issuer's, and `paused` and `extended` of the reply."""
    limits = Deadline.objects.filter(
        subject_type__app_label="suggestions",
        subject_type__model="addressee",
        subject_id=OuterRef("pk"),
    )
    ours = limits.open().order_by("due_on")
    replies = limits.exclude(rule__in=(RECTIFY, VERIFY, OBJECTION))
    extended = Extension.objects.filter(
        deadline__subject_type__app_label="suggestions",
        deadline__subject_type__model="addressee",
        deadline__subject_id=OuterRef("pk"),
        deadline__state=DeadlineState.OPEN,
    )
    return rows.annotate(
        verify_due_on=Subquery(ours.filter(rule=VERIFY).values("due_on")[:1]),
        review_due_on=Subquery(ours.filter(rule=OBJECTION).values("due_on")[:1]),
        paused=Exists(replies.filter(state=DeadlineState.SUSPENDED)),
        extended=Exists(extended.exclude(deadline__rule__in=(RECTIFY, VERIFY, OBJECTION))),
    )


def prefetch_lines() -> Prefetch:
    rows = Addressee.objects.select_related("organization").order_by("order", "pk")
    return Prefetch("addressees", with_clocks(rows))


def line_of(addressee: Addressee, on: date) -> Line:
    """Of an addressee that was read `with_clocks`."""
    return Line(
        addressee,
        reply=_reply(addressee, on),
        rectify=_rectify(addressee, on),
        verify=_verify(addressee, on),
    )


def pill_of(status: str, nearest: date | None, on: date) -> Pill:
    """The status of a letter; its colour warns when a reply is due within a week."""
    kind, icon = PILLS[status]
    if status in (Status.NO_REPLY, Status.PARTLY_REPLIED) and nearest is not None:
        kind = "soon" if (nearest - on).days <= SOON_DAYS else kind
    return Pill(kind, icon, str(Status(status).label))


def nearest_reply(letter: Suggestion) -> date | None:
    """The first day by which somebody who was served still has to reply."""
    days = [
        one.reply_due_on
        for one in letter.addressees.all()
        if one.state == A.SERVED and one.reply_due_on
    ]
    return min(days, default=None)


def _reply(addressee: Addressee, on: date) -> Mark | None:
    if addressee.state in REPLIED and addressee.replied_on:
        return _replied(addressee)
    if addressee.state != A.SERVED:
        return None
    day = addressee.reply_due_on
    if day is None:
        return Mark("none", "dash", _("No period named"))
    if getattr(addressee, "paused", False):
        return Mark("pause", "pause-circle", _("Paused"), day)
    if getattr(addressee, "extended", False) and (day - on).days > SOON_DAYS:
        return Mark("pause", "pause-circle", _("Extended"), day)
    return Mark(**light(day, None, on), day=day)


def _replied(addressee: Addressee) -> Mark:
    """Late or not is what the action kept: the day of posting decides (C7)."""
    day, due = addressee.replied_on, addressee.reply_due_on
    if not addressee.reply_late or due is None or day is None:
        return Mark("met", "check-circle", _("On time"), day)
    late = max((day - due).days, 1)
    words = ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
    return Mark("late", "check-circle", words, day)


def _rectify(addressee: Addressee, on: date) -> Mark | None:
    if addressee.state in (A.OBJECTED, A.REFUSED):
        return Mark("go", "search", addressee.get_state_display())
    if addressee.state == A.WITHDRAWN:
        return Mark("no", "x-circle", addressee.get_state_display())
    if addressee.state == A.RECTIFYING:
        return _under_way(addressee.rectify_due_on, on)
    if addressee.rectified_on:
        due = addressee.rectify_due_on
        kind = "late" if due and addressee.rectified_on > due else "ok"
        return Mark(kind, "check-circle-fill", _("Rectified"), addressee.rectified_on)
    if addressee.state == A.CLOSED:
        said = Attitude(addressee.attitude or Attitude.NOT_ACCEPTED)
        return Mark("no", "dash-circle", str(said.label))
    return None


def _under_way(day: date | None, on: date) -> Mark:
    if day is not None and day < on:
        shown = light(day, None, on)
        return Mark("over", shown["icon"], shown["words"], day)
    return Mark("go", "arrow-right-circle", _("Being carried out"), day)


def _verify(addressee: Addressee, on: date) -> Mark | None:
    if addressee.state == A.RECTIFYING:
        return Mark("no", "circle", str(A.TO_VERIFY.label))
    if addressee.state == A.TO_VERIFY:
        day = getattr(addressee, "verify_due_on", None)
        if day is None:
            return Mark("go", "clipboard-check", addressee.get_state_display())
        shown = light(day, None, on)
        kind = {"today": "soon", "open": "go"}.get(shown["kind"], shown["kind"])
        return Mark(kind, shown["icon"], shown["words"], day)
    if addressee.state == A.CLOSED and addressee.verified_on:
        return _verified(addressee)
    return None


def _verified(addressee: Addressee) -> Mark:
    """Verified is not effective: the rating is what the cell says."""
    if not addressee.effect:
        return Mark("ok", "check-circle-fill", _("Verified"), addressee.verified_on)
    kinds = {Effect.EFFECTIVE: "ok", Effect.PARTLY: "late", Effect.NONE: "no"}
    kind = kinds[Effect(addressee.effect)]
    return Mark(kind, "check-circle-fill", addressee.get_effect_display(), addressee.verified_on)
