"""The time limits of an addressee: its reply, its rectification, and the issuer's answers."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.audit.actor import Actor
from foundations.calendars.periods import Unit, reckon
from members.models import Organization
from services.deadlines.actions import cancel, open_by_rule, open_deadline
from services.deadlines.actions.rows import LIVE, change
from services.deadlines.models import Deadline
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Case, answer
from suggestions.actions.steps import names_of, office_language
from suggestions.models import Addressee, Suggestion
from suggestions.models.addressees import OBJECTION, RECTIFY, VERIFY
from suggestions.profile import rules_of


def open_reply_limit(addressee: Addressee, actor: Actor, *, trigger_on: date) -> None:
    """The reply period runs from a day; `reply_due_on` is None where nothing names one.

    The caller stores the addressee.
    """
    letter = addressee.suggestion
    with office_language():
        title = _("Reply: %(title)s") % {"title": letter.title}
    found = open_by_rule(
        addressee,
        letter.reply_rule,
        actor=actor,
        title=title,
        jurisdiction=letter.jurisdiction,
        owed_by=addressee.organization,
        trigger_on=trigger_on,
        length=letter.reply_length or None,
        mechanism=letter.mechanism,
        handler=addressee.handler,
    )
    addressee.reply_due_on = found.due_on if found else None


def reply_day(letter: Suggestion, served_on: date) -> date | None:
    """The last day for a reply to what is served on a day; None where nothing names one."""
    key = letter.reply_rule
    case = Case(trigger_on=served_on, length=letter.reply_length or None)
    override = override_of(letter.mechanism, key, served_on)
    found = answer(key, case, calendar=letter.jurisdiction.calendar, override=override)
    return found.reckoning.due_on if found.reckoning else None


def open_rectify_limit(
    addressee: Addressee, actor: Actor, *, trigger_on: date, due_on: date
) -> None:
    """The addressee carries its measures out by a day; the caller stores the addressee."""
    letter = addressee.suggestion
    with office_language():
        title = _("Rectification: %(title)s") % {"title": letter.title}
    open_deadline(
        addressee,
        RECTIFY,
        actor=actor,
        title=title,
        jurisdiction=letter.jurisdiction,
        owed_by=addressee.organization,
        trigger_on=min(trigger_on, due_on),
        due_on=due_on,
        handler=addressee.handler,
        provisional=letter.jurisdiction.calendar.provisional(due_on),
    )
    addressee.rectify_due_on = due_on


def open_verify_limit(addressee: Addressee, actor: Actor, *, trigger_on: date) -> None:
    """The issuer looks at what was carried out."""
    with office_language():
        title = _("Verify: %(unit)s, %(title)s") % names_of(addressee)
    _open_for_issuer(addressee, VERIFY, actor, title=title, trigger_on=trigger_on)


def open_review_limit(addressee: Addressee, actor: Actor, *, trigger_on: date) -> None:
    """The issuer looks at an objection, or at why nothing was adopted."""
    with office_language():
        title = _("Review the reply: %(unit)s, %(title)s") % names_of(addressee)
    _open_for_issuer(addressee, OBJECTION, actor, title=title, trigger_on=trigger_on)


def cancel_limits(addressee: Addressee, actor: Actor, *, on: date) -> None:
    """Nothing of it is owed any longer, by whomever."""
    for rule in running(addressee).values_list("rule", flat=True).distinct():
        cancel(addressee, rule, actor=actor, on=on)


def hand_limits(addressee: Addressee, actor: Actor, *, before: Organization) -> None:
    """What `before` owed is owed by the addressee's present organization and handler."""
    given = {"owed_by": addressee.organization, "handler": addressee.handler}
    for limit in running(addressee).filter(owed_by=before).select_related("jurisdiction"):
        change(limit, actor, given, verb="deadlines.deadline.handed_over")


def hand_issuer_limits(addressee: Addressee, actor: Actor) -> None:
    """What the issuer owes is handled by the letter's present handler."""
    letter = addressee.suggestion
    for limit in running(addressee).filter(owed_by=letter.issuer).select_related("jurisdiction"):
        given = {"handler": letter.handler}
        change(limit, actor, given, verb="deadlines.deadline.handed_over")


def running(addressee: Addressee) -> QuerySet[Deadline]:
    """Its open limits."""
    return Deadline.objects.about(addressee).filter(state__in=LIVE)


def _open_for_issuer(
    addressee: Addressee, rule: str, actor: Actor, *, title: str, trigger_on: date
) -> None:
    letter = addressee.suggestion
    days = rules_of(letter.mechanism, trigger_on).verify_days
    counted = reckon(trigger_on, days, Unit.WORKDAYS, letter.jurisdiction.calendar)
    open_deadline(
        addressee,
        rule,
        actor=actor,
        title=title,
        jurisdiction=letter.jurisdiction,
        owed_by=letter.issuer,
        handler=letter.handler,
        **counted.limits,
    )
