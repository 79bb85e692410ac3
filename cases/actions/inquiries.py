"""咨询和督办: an agency asks the justice bureau, the bureau orders a unit (WJ-33, 35)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.days import require_past
from cases.actions.steps import locked_dispute
from cases.actions.telling_units import tell_units
from cases.models import Inquiry, InquiryKind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization
from members.states import OrganizationKind
from services.deadlines import actions as deadlines

ANSWER_LIMIT = "INQUIRY-ANSWER"


@dataclass(frozen=True)
class InquiryWords:
    """What the form asks for."""

    kind: str
    asked_by: Organization
    asked_of: Organization
    text: str
    asked_on: date
    due_on: date | None = None


@action
def send_inquiry(
    dispute_id: int, *, actor: Actor, at: datetime, words: InquiryWords, token: str | None = None
) -> Inquiry:
    """Ask, or order; whoever is asked is told, and with `due_on` the answer is a limit.

    Raises PermissionDenied; RuleBroken "not_bureau" (field kind or asked_of), "same_unit"
    (field asked_of), "no_day" (field due_on), "future" (field asked_on), "bad_day" (field
    due_on).
    """
    dispute = locked_dispute(dispute_id)
    made = Inquiry.made_before(token, kind=words.kind)
    if made is not None:
        return made
    given = {name: getattr(words, name) for name in InquiryWords.__dataclass_fields__}
    inquiry = Inquiry(dispute=dispute, form_token=token, **given)
    policy_for(Inquiry).require(actor, "send", inquiry)
    _check(words, at)
    inquiry.store()
    units = {"by": words.asked_by.short_name, "of": words.asked_of.short_name}
    record(actor, "cases.inquiry.sent", inquiry, kind=words.kind, **units)
    _open_limit(inquiry, actor)
    tell_units(
        [words.asked_of],
        inquiry,
        reason="cases.inquiry",
        title=gettext_lazy("Your unit is asked to answer in a dispute"),
        text=dispute.title,
        actor=actor,
        at=at,
    )
    return inquiry


def _check(words: InquiryWords, at: datetime) -> None:
    bureau = OrganizationKind.JUSTICE_BUREAU
    if words.asked_by == words.asked_of:
        raise RuleBroken("same_unit", _("Choose another unit than your own."), "asked_of")
    if words.kind == InquiryKind.ORDER and words.asked_by.kind != bureau:
        raise RuleBroken("not_bureau", _("Only the justice bureau supervises units."), "kind")
    if words.kind == InquiryKind.ADVICE and words.asked_of.kind != bureau:
        raise RuleBroken("not_bureau", _("The justice bureau gives advice."), "asked_of")
    if words.kind == InquiryKind.ORDER and words.due_on is None:
        raise RuleBroken("no_day", _("Say by when the unit has to answer."), "due_on")
    require_past(words.asked_on, at, "asked_on")
    if words.due_on is not None and words.due_on < words.asked_on:
        raise RuleBroken("bad_day", _("It is answered after it was asked."), "due_on")


def _open_limit(inquiry: Inquiry, actor: Actor) -> None:
    if inquiry.due_on is None:
        return
    deadlines.open_deadline(
        inquiry,
        ANSWER_LIMIT,
        actor=actor,
        title=_("Answer in the dispute: %(title)s") % {"title": inquiry.dispute.title},
        jurisdiction=inquiry.dispute.jurisdiction,
        owed_by=inquiry.asked_of,
        trigger_on=inquiry.asked_on,
        due_on=inquiry.due_on,
        mechanism=inquiry.dispute.mechanism,
    )


@action
def answer_inquiry(
    inquiry_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    answer: str,
    version: int | None = None,
) -> Inquiry:
    """The unit that was asked answers, once.

    Raises PermissionDenied; RuleBroken "stale", "answered", "future" and "bad_day" (field on).
    """
    rows = Inquiry.objects.select_for_update(of=("self",))
    inquiry = rows.select_related("dispute__jurisdiction", "asked_by", "asked_of").get(
        pk=inquiry_id
    )
    policy_for(Inquiry).require(actor, "answer", inquiry)
    inquiry.require_version(version)
    if not inquiry.waits:
        raise RuleBroken("answered", _("This was answered already."))
    require_past(on, at)
    if on < inquiry.asked_on:
        raise RuleBroken("bad_day", _("It is answered after it was asked."), "on")
    inquiry.answer, inquiry.answered_on, inquiry.answered_by = answer, on, actor
    inquiry.store()
    deadlines.meet(inquiry, ANSWER_LIMIT, actor=actor, on=on)
    unit = inquiry.asked_of.short_name
    record(actor, "cases.inquiry.answered", inquiry, unit=unit, on=str(on))
    tell_units(
        [inquiry.asked_by],
        inquiry,
        reason="cases.inquiry.answered",
        title=gettext_lazy("What your unit asked in a dispute was answered"),
        text=inquiry.dispute.title,
        actor=actor,
        at=at,
    )
    return inquiry
