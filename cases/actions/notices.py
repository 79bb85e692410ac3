"""抄告: the outcome is told to two addressees, by a letter each or by the list of a period."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.papers import issue_paper
from cases.actions.steps import locked_procedure
from cases.models import NoticeList, NoticeState, OutcomeNotice, Route
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Jurisdiction, Organization

S = NoticeState


@action
def send_notice(
    notice_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    addressee: str,
    number: str = "",
    letter: bool = False,
    version: int | None = None,
) -> OutcomeNotice:
    """A letter of its own was sent; a collected one may be sent like this as well.

    With `letter` the portal issues it (K-15), and its number is the notice's. Raises
    PermissionDenied; RuleBroken "stale", "sent", "no_addressee" (field addressee), "future",
    "too_early" (field on), and what `issue_paper` raises.
    """
    notice = _locked(notice_id)
    policy_for(OutcomeNotice).require(actor, "edit", notice)
    notice.require_version(version)
    _require_state(notice, S.WAITING)
    _require_addressee(addressee)
    _check_day(on, notice.procedure.closed_on, at)
    notice.state, notice.sent_on = S.SENT, on
    notice.addressee, notice.number = addressee.strip(), number.strip()
    notice.store()
    record(actor, "cases.notice.sent", notice, on=str(on), addressee=notice.addressee)
    if letter:
        _bear(notice, _issued("outcome_notice", notice, actor=actor, at=at, on=on))
    return notice


@action
def receive_notice(
    notice_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> OutcomeNotice:
    """The receipt came back. Raises PermissionDenied; RuleBroken "stale", "not_sent",
    "future", "too_early" (field on)."""
    notice = _locked(notice_id)
    policy_for(OutcomeNotice).require(actor, "edit", notice)
    notice.require_version(version)
    _require_state(notice, S.SENT)
    _check_day(on, notice.sent_on, at)
    notice.state, notice.received_on = S.RECEIVED, on
    notice.store()
    record(actor, "cases.notice.received", notice, on=str(on))
    return notice


@action
def omit_notice(
    notice_id: int, *, actor: Actor, at: datetime, remark: str, version: int | None = None
) -> OutcomeNotice:
    """It is not sent: the respondent has no superior department, say.

    Raises PermissionDenied; RuleBroken "stale", "sent", "no_reason" (field remark).
    """
    notice = _locked(notice_id)
    policy_for(OutcomeNotice).require(actor, "edit", notice)
    notice.require_version(version)
    _require_state(notice, S.WAITING)
    if not remark.strip():
        raise RuleBroken("no_reason", _("Say why it is not sent."), "remark")
    notice.state, notice.remark = S.OMITTED, remark.strip()
    notice.store()
    record(actor, "cases.notice.omitted", notice, remark=notice.remark)
    return notice


@action
def send_list(
    organ: Organization,
    *,
    actor: Actor,
    at: datetime,
    jurisdiction: Jurisdiction,
    to: str,
    addressee: str,
    first_on: date,
    last_on: date,
    on: date,
    number: str = "",
    letter: bool = False,
    token: str | None = None,
) -> NoticeList:
    """All collected outcomes of a period go to one addressee in one letter.

    Those whose addressee is not named yet go with it. With `letter` the portal issues it.
    Raises PermissionDenied; RuleBroken "no_addressee" (field addressee), "bad_period" (field
    last_on), "future", "too_early" (field on), "nothing_collected" (field last_on),
    "form_used", and what `issue_paper` raises.
    """
    Organization.objects.select_for_update().get(pk=organ.pk)
    made = NoticeList.made_before(token, addressee=addressee, first_on=first_on)
    if made is not None:
        return made
    row = NoticeList(
        jurisdiction=jurisdiction,
        organ=organ,
        to=to,
        addressee=addressee.strip(),
        first_on=first_on,
        last_on=last_on,
        number=number.strip(),
        sent_on=on,
        form_token=token,
    )
    policy_for(NoticeList).require(actor, "edit", row)
    _require_addressee(addressee)
    if last_on < first_on:
        raise RuleBroken("bad_period", _("The period ends before it begins."), "last_on")
    _check_day(on, last_on, at)
    notices = _listed(row)
    record(actor, "cases.notice.listed", row, n=len(notices), on=str(on))
    if letter:
        given = _issued("outcome_list", row, actor=actor, at=at, on=on)
        _bear(row, given)
        for notice in notices:
            _bear(notice, given)
    return row


def _listed(row: NoticeList) -> list[OutcomeNotice]:
    """What waited for the list, now stored, and goes with it."""
    notices = list(collected(row).select_for_update(of=("self",)))
    if not notices:
        message = _("Nothing of this period waits to be sent to “%(name)s” in a list.")
        raise RuleBroken("nothing_collected", message % {"name": row.addressee}, "last_on")
    row.store()
    for notice in notices:
        notice.state, notice.sent_on, notice.listed = S.SENT, row.sent_on, row
        notice.addressee, notice.number = row.addressee, row.number
        notice.store()
    return notices


def _issued(
    kind: str, row: OutcomeNotice | NoticeList, *, actor: Actor, at: datetime, on: date
) -> str:
    """The number of the letter, now issued: the typed one, or that of its series."""
    return issue_paper(kind, row.pk, actor=actor, at=at, on=on, number=row.number).number


def _bear(row: OutcomeNotice | NoticeList, number: str) -> None:
    if row.number != number:
        row.number = number
        row.store()


def collected(row: NoticeList) -> QuerySet[OutcomeNotice]:
    """What waits for a list like this one, in the order in which it was decided."""
    rows = OutcomeNotice.objects.waiting().filter(
        procedure__organ=row.organ,
        procedure__dispute__jurisdiction=row.jurisdiction,
        procedure__closed_on__range=(row.first_on, row.last_on),
        route=Route.COLLECTED,
        to=row.to,
        addressee__in=("", row.addressee),
    )
    return rows.order_by("procedure__closed_on", "pk")


def _locked(notice_id: int) -> OutcomeNotice:
    found = OutcomeNotice.objects.get(pk=notice_id)
    procedure = locked_procedure(found.procedure_id)
    notice = OutcomeNotice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    notice.procedure = procedure
    return notice


def _require_state(notice: OutcomeNotice, wanted: str) -> None:
    if notice.state != wanted:
        code = "sent" if wanted == S.WAITING else "not_sent"
        message = _("This cannot be done now: %(state)s.")
        raise RuleBroken(code, message % {"state": notice.get_state_display()})


def _require_addressee(name: str) -> None:
    if not name.strip():
        raise RuleBroken("no_addressee", _("Name the addressee."), "addressee")


def _check_day(on: date, first: date | None, at: datetime) -> None:
    if on > timezone.localtime(at).date():
        message = _("This day is still to come; a record tells what has happened.")
        raise RuleBroken("future", message, "on")
    if first is not None and on < first:
        message = _("That was before %(day)s.") % {"day": first}
        raise RuleBroken("too_early", message, "on")
