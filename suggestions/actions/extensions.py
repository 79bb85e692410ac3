"""More time to reply: asked for by the addressee, granted or not by the issuer."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from services.deadlines.actions import extend
from suggestions.actions.limits import running
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    names_of,
    note,
    office_language,
    require_state,
    tell_issuer,
    tell_unit,
)
from suggestions.models import Addressee, ExtensionRequest
from suggestions.states import AddresseeState


@action
def ask_extension(
    addressee_id: int, *, actor: Actor, at: datetime, until_on: date, reason: str
) -> ExtensionRequest:
    """Ask for more time, while there is some left.

    Raises RuleBroken: "no_limit", "request_waits", "limit_over"; "extension_earlier" (field
    until_on), "reason_missing" (reason).
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "ask_extension", addressee)
    require_state(addressee, AddresseeState.SERVED)
    waiting = addressee.extensions.filter(granted=None).first()
    if waiting is not None:
        if (waiting.until_on, waiting.reason) == (until_on, reason.strip()):
            return waiting
        raise RuleBroken("request_waits", _("Your last request waits for an answer."))
    _check_request(addressee, until_on, reason, day_of(at))
    request = ExtensionRequest(addressee=addressee, until_on=until_on, reason=reason.strip())
    request.store()
    told = {"until_on": until_on.isoformat(), "reason": request.reason}
    note(actor, "extension_asked", addressee, **told)
    with office_language():
        names = {**names_of(addressee), "day": until_on.isoformat()}
        title = _("%(unit)s asks for time until %(day)s: %(title)s") % names
    key = f"extension:{request.public_id}"
    tell_issuer(addressee, reason=key, title=title, text=request.reason, at=at, actor=actor)
    return request


@action
def answer_extension(
    request_id: int, *, actor: Actor, at: datetime, granted: bool, answer: str = ""
) -> ExtensionRequest:
    """Grant the time, which moves the limit, or not, with the reason.

    Raises RuleBroken "answered", "answer_missing" (field answer).
    """
    addressee_id = ExtensionRequest.objects.values_list("addressee", flat=True).get(pk=request_id)
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "grant_extension", addressee)
    request = ExtensionRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.granted is not None or addressee.state != AddresseeState.SERVED:
        raise RuleBroken("answered", _("This request does not wait for an answer any more."))
    if not granted and not answer.strip():
        raise RuleBroken("answer_missing", _("Say why no more time is given."), "answer")
    if granted:
        _grant(addressee, request, actor)
    _answered(request, addressee, actor, at=at, granted=granted, answer=answer.strip())
    _tell_of_answer(addressee, request, at, actor)
    return request


def drop_requests(addressee: Addressee, actor: Actor, *, at: datetime) -> None:
    """What waits for an answer needs none any more."""
    with office_language():
        answer = _("The reply came first.")
    for request in addressee.extensions.filter(granted=None):
        _answered(request, addressee, actor, at=at, granted=False, answer=answer)


def _check_request(addressee: Addressee, until_on: date, reason: str, on: date) -> None:
    due_on = addressee.reply_due_on
    if due_on is None:
        message = _("No day is set for this reply; there is nothing to extend.")
        raise RuleBroken("no_limit", message)
    if on > due_on:
        message = _("The time to reply ended on %(day)s; it can no longer be extended.")
        raise RuleBroken("limit_over", message % {"day": due_on.isoformat()})
    if until_on <= due_on:
        message = _("An extension must reach beyond %(day)s.") % {"day": due_on.isoformat()}
        raise RuleBroken("extension_earlier", message, "until_on")
    if not reason.strip():
        raise RuleBroken("reason_missing", _("Say why."), "reason")


def _grant(addressee: Addressee, request: ExtensionRequest, actor: Actor) -> None:
    rule = addressee.suggestion.reply_rule
    with office_language():
        paper = _("Granted by %(unit)s") % {"unit": addressee.suggestion.issuer.short_name}
    extend(addressee, rule, actor=actor, by=request.until_on, reason=request.reason, paper=paper)
    limit = running(addressee).get(rule=rule)
    addressee.reply_due_on = limit.due_on
    addressee.store()


def _answered(
    request: ExtensionRequest,
    addressee: Addressee,
    actor: Actor,
    *,
    at: datetime,
    granted: bool,
    answer: str,
) -> None:
    request.granted, request.answer, request.answered_at = granted, answer, at
    request.store()
    verb = "extension_granted" if granted else "extension_refused"
    told = {"until_on": request.until_on.isoformat(), "answer": answer}
    note(actor, verb, addressee, **told)


def _tell_of_answer(
    addressee: Addressee, request: ExtensionRequest, at: datetime, actor: Actor
) -> None:
    with office_language():
        names = names_of(addressee)
        if request.granted:
            names["day"] = addressee.reply_due_on.isoformat()
            title = _("Time to reply until %(day)s: %(title)s") % names
        else:
            title = _("No more time to reply: %(title)s") % names
    key = f"extension-answer:{request.public_id}"
    tell_unit(addressee, reason=key, title=title, text=request.answer, at=at, actor=actor)
