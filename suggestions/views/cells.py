"""How one addressee stands, in four cells: service, reply, rectification, verification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.templatetags.portal import bare_day, light, short_day
from services.deadlines.models import Deadline
from suggestions.models import Addressee
from suggestions.states import AddresseeState, Attitude

A = AddresseeState
UNSERVED = (A.DRAFT, A.SENT)
CARRYING_OUT = (A.RECTIFYING, A.TO_VERIFY)
ICONS = {"ok": "check-circle-fill", "go": "arrow-right-circle", "late": "check-circle"}
LIGHTS = {"over": "over", "today": "soon", "soon": "soon", "open": "open", "none": "open"}
PILLS = {
    Attitude.ACCEPTED: ("done", "check-circle-fill"),
    Attitude.PARTLY: ("soon", "check-circle"),
    Attitude.NOT_ACCEPTED: ("void", "x-circle"),
    Attitude.OBJECTION: ("open", "exclamation-circle"),
}
"""Reasons given within the law are no fault: nothing here is red."""


@dataclass(frozen=True)
class Cell:
    """`kind` is the class of portal.css; a `limit` shows its light and how it came about."""

    kind: str
    words: str
    small: str = "—"
    limit: Deadline | None = None
    lit: str = ""

    @property
    def icon(self) -> str:
        return self.lit or ICONS.get(self.kind, "circle")


@dataclass(frozen=True)
class Known:
    """What the cells need to know of an addressee beside its own row."""

    limits: dict[str, Deadline]
    on: date
    extended: bool = False
    replied_before: bool = False
    on_behalf: bool = False
    planned: bool = True
    sent_back: bool = False
    proved: bool = False


@dataclass(frozen=True)
class Standing:
    service: Cell
    reply: Cell
    rectification: Cell
    verification: Cell

    def __iter__(self) -> Iterator[tuple[str, Cell]]:
        """The cells with the heads of their columns, for the page."""
        yield _("Service"), self.service
        yield _("Reply"), self.reply
        yield _("Rectification"), self.rectification
        yield _("Verification"), self.verification


def standing_of(addressee: Addressee, known: Known) -> Standing:
    return Standing(
        _service(addressee, known),
        _reply(addressee, known),
        _rectification(addressee, known),
        _verification(addressee, known),
    )


def not_begun(small: str = "—") -> Cell:
    return Cell("no", _("Not begun"), small)


def _service(addressee: Addressee, known: Known) -> Cell:
    if addressee.served_on is None:
        if addressee.state == A.WITHDRAWN:
            return Cell("no", _("Withdrawn"))
        if addressee.state == A.DRAFT:
            return not_begun()
        return Cell("go", _("To be served"), _("To be signed for, or entered with proof"))
    small = addressee.get_service_mode_display()
    if known.proved:
        small = _("%(mode)s, proof attached") % {"mode": small}
    return Cell("ok", bare_day(addressee.served_on), small)


def _reply(addressee: Addressee, known: Known) -> Cell:
    if addressee.state in UNSERVED:
        return not_begun(_("Counted from service"))
    if addressee.state == A.SERVED:
        return _reply_awaited(addressee, known)
    if addressee.replied_on is None:
        return Cell("no", _("Withdrawn"))
    words = {"day": bare_day(addressee.replied_on)}
    said = Attitude(addressee.attitude).label if addressee.attitude else ""
    if known.on_behalf:
        said = _("%(attitude)s, entered for the unit") % {"attitude": said}
    if addressee.reply_late:
        return Cell("late", _("%(day)s, late reply") % words, str(said))
    in_time = _("%(day)s, in time") if addressee.reply_due_on else "%(day)s"
    return Cell("ok", in_time % words, str(said))


def _reply_awaited(addressee: Addressee, known: Known) -> Cell:
    due_on = addressee.reply_due_on
    if due_on is None:
        return Cell("open", _("Reply awaited"), _("No day is set"), lit="hourglass-split")
    shown = light(due_on, None, known.on)
    small = _("by %(day)s")
    day = short_day(due_on)
    if due_on < known.on:
        small, day = _("no reply seen, was due %(day)s"), bare_day(due_on)
    elif known.extended:
        small = _("extended to %(day)s")
    elif known.replied_before:
        small = _("a new reply by %(day)s")
    limit = known.limits.get(addressee.suggestion.reply_rule)
    small %= {"day": day}
    return Cell(LIGHTS[shown["kind"]], shown["words"], small, limit, lit=shown["icon"])


def _rectification(addressee: Addressee, known: Known) -> Cell:
    if addressee.rectified_on is not None:
        due_on = addressee.rectify_due_on
        if due_on and addressee.rectified_on > due_on:
            words = _("%(day)s, late") % {"day": bare_day(addressee.rectified_on)}
            return Cell("late", words, _("was due %(day)s") % {"day": short_day(due_on)})
        return Cell("ok", bare_day(addressee.rectified_on), _("reported as carried out"))
    if addressee.state == A.RECTIFYING:
        return _being_carried_out(addressee, known)
    if addressee.state == A.REFUSED:
        return Cell("no", _("Not adopted"), _("reasons under review"))
    if addressee.state == A.OBJECTED:
        return Cell("no", _("Objection"), _("under review"))
    if addressee.state == A.CLOSED:
        return Cell("no", _("Nothing to carry out"), _("reasons accepted"))
    if addressee.state == A.WITHDRAWN:
        return Cell("no", _("Withdrawn"))
    return not_begun()


def _being_carried_out(addressee: Addressee, known: Known) -> Cell:
    due_on = addressee.rectify_due_on
    if due_on is None:
        return Cell("soon", _("Being carried out"), _("no measure named yet"), lit="clock-history")
    shown = light(due_on, None, known.on)
    names = {"light": shown["words"], "day": short_day(due_on)}
    if due_on < known.on:
        words = _("Rectification overdue")
        return Cell("over", words, _("%(light)s, was due %(day)s") % names, lit=shown["icon"])
    words = _("Sent back for rectification") if known.sent_back else _("Being carried out")
    small = _("%(light)s, %(day)s") if known.planned else _("no measure named yet")
    return Cell("go", words, small % names)


def _verification(addressee: Addressee, known: Known) -> Cell:
    if addressee.state == A.TO_VERIFY:
        limit = known.limits.get("VERIFY")
        issuer = addressee.suggestion.issuer.short_name
        return Cell("go", _("To be verified"), issuer, limit, lit="arrow-right-circle")
    if addressee.state == A.CLOSED and addressee.effect:
        day = bare_day(addressee.verified_on)
        return Cell("ok", _("Verified %(day)s") % {"day": day}, addressee.get_effect_display())
    if addressee.state == A.RECTIFYING and known.sent_back:
        return Cell("soon", _("Not yet in place"), _("sent back"), lit="arrow-return-left")
    if addressee.state in CARRYING_OUT:
        issuer = addressee.suggestion.issuer.short_name
        return Cell("no", _("To be verified"), _("by %(unit)s") % {"unit": issuer})
    return not_begun() if addressee.state not in (A.CLOSED, A.WITHDRAWN) else Cell("no", "—", "")
