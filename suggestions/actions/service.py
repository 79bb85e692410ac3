"""A letter reaches an addressee: by the issuer's proof, or signed for in the portal."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from members.models import Organization, User
from members.policy import works_for
from members.rosters import successors
from suggestions.actions.evidence import keep_files
from suggestions.actions.handovers import give_to
from suggestions.actions.limits import hand_limits, open_reply_limit, reply_day
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    move,
    names_of,
    office_language,
    people_of,
    require_state,
    tell,
    tell_issuer,
    tell_unit,
)
from suggestions.actions.steps import note as noted
from suggestions.actions.supervision import hand_measures
from suggestions.models import Addressee
from suggestions.models.letters import admit
from suggestions.states import NEEDS_PROOF, AddresseeState, ServiceMode
from suggestions.units import ceased_words, require_in_force


@action
def serve(
    addressee_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    mode: str,
    note: str = "",
    proofs: Collection[UploadedFile] = (),
    declared: bool = False,
) -> Addressee:
    """The issuer enters how and when the letter was served; the reply period begins.

    What was entered can be put right until the first reply. Raises RuleBroken: "portal_mode"
    (field mode), "service_future", "service_early", "service_late", "ceased" (field on),
    "proof_missing" (field file), "signed", "replied".
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "serve", addressee)
    require_state(addressee, AddresseeState.SENT, AddresseeState.SERVED)
    before = addressee.served_on
    if before == on and addressee.service_mode == mode and addressee.service_note == note.strip():
        return addressee
    if before is not None:
        _require_correctable(addressee)
    _check_mode(mode)
    _check_day(addressee, on, at)
    require_in_force(addressee.organization, on, "on")
    _check_not_late(addressee, on, note)
    if mode in NEEDS_PROOF and not proofs and before is None:
        message = _("Upload the proof of service: the signed receipt or the record.")
        raise RuleBroken("proof_missing", message, "file")
    _note_service(addressee, actor, on=on, mode=mode, note=note)
    keep_files(
        addressee,
        proofs,
        addressee=addressee,
        organization=addressee.suggestion.issuer,
        actor=actor,
        at=at,
        declared=declared,
    )
    _tell_the_addressee(addressee, at, actor)
    return addressee


@action
def sign_for(addressee_id: int, *, actor: Actor, at: datetime) -> Addressee:
    """The addressee signs for the letter in the portal; who signs handles it from then on."""
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "sign", addressee)
    require_state(addressee, AddresseeState.SENT)
    on = day_of(at)
    _check_day(addressee, on, at)
    if addressee.handler is None and isinstance(actor, User):
        addressee.handler = actor
    _note_service(addressee, actor, on=on, mode=ServiceMode.PORTAL, note="")
    with office_language():
        title = _("%(unit)s signed for: %(title)s") % names_of(addressee)
    tell_issuer(addressee, reason="signed", title=title, at=at, actor=actor)
    return addressee


@action
def assign(addressee_id: int, *, actor: Actor, handler_id: int | None) -> Addressee:
    """Who handles the letter in the addressee's unit; None for nobody in particular.

    Raises RuleBroken("not_of_unit") (field handler) for somebody who does not act for it.
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "assign", addressee)
    handler = User.objects.get(pk=handler_id) if handler_id else None
    if handler is not None and not works_for(handler, addressee.organization):
        message = _("%(person)s does not act for “%(unit)s”.")
        names = {"person": handler, "unit": addressee.organization.short_name}
        raise RuleBroken("not_of_unit", message % names, "handler")
    if handler == addressee.handler:
        return addressee
    give_to(addressee, handler, actor)
    return addressee


@action
def readdress(addressee_id: int, *, actor: Actor, at: datetime, organization_id: int) -> Addressee:
    """The unit is no more: its successor stands in its place, with the same limits.

    Raises RuleBroken: "unit_stands", "not_successor", "addressed_before" (field
    organization).
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "serve", addressee)
    if not addressee.is_live:
        require_state(addressee)
    on = day_of(at)
    before = addressee.organization
    after = Organization.objects.get(pk=organization_id)
    _require_successor(addressee, after, on)
    addressee.organization, addressee.handler = after, None
    addressee.store()
    admit(addressee.suggestion, [after])
    noted(actor, "readdressed", addressee, was=before.short_name)
    hand_limits(addressee, actor, before=before)
    hand_measures(addressee, actor=actor)
    with office_language():
        title = _("In the place of %(before)s you now answer: %(title)s") % {
            "before": before.short_name,
            "title": addressee.suggestion.title,
        }
    people = people_of(after, at)
    tell(people, addressee, reason=f"readdressed:{after.pk}", title=title, at=at, actor=actor)
    return addressee


def _require_correctable(addressee: Addressee) -> None:
    if addressee.service_mode == ServiceMode.PORTAL:
        message = _("The unit signed for it in the portal on %(day)s; this stands.")
        raise RuleBroken("signed", message % {"day": addressee.served_on})
    if addressee.replies.exists() or addressee.extensions.exclude(granted=False).exists():
        raise RuleBroken(
            "replied",
            _("A reply or an extension rests on this service; it can no longer be changed."),
        )


def _check_mode(mode: str) -> None:
    if mode == ServiceMode.PORTAL:
        message = _("Only the unit itself signs in the portal. Choose how you served it.")
        raise RuleBroken("portal_mode", message, "mode")


def _check_day(addressee: Addressee, on: date, at: datetime) -> None:
    letter, today = addressee.suggestion, day_of(at)
    days = {"day": on.isoformat(), "today": today.isoformat()}
    if on > today:
        message = _("%(day)s is later than today (%(today)s). Enter it when it is served.")
        raise RuleBroken("service_future", message % days, "on")
    if letter.issued_on is None or on < letter.issued_on:
        days["issued"] = letter.issued_on.isoformat() if letter.issued_on else "—"
        message = _("%(day)s is before the day on which the letter was issued (%(issued)s).")
        raise RuleBroken("service_early", message % days, "on")


def _check_not_late(addressee: Addressee, on: date, note: str) -> None:
    """A service after the reply was due is a slip of the pen, unless somebody says why."""
    letter = addressee.suggestion
    due_on = addressee.reply_due_on or reply_day(letter, letter.issued_on)
    if due_on is None or on <= due_on or note.strip():
        return
    message = _(
        "%(day)s is later than the last day for the reply (%(due)s, counted from %(from)s). "
        "Check the day; if it was served only then, say why in the note on service."
    )
    days = {
        "day": on.isoformat(),
        "due": due_on.isoformat(),
        "from": (addressee.served_on or letter.issued_on).isoformat(),
    }
    raise RuleBroken("service_late", message % days, "on")


def _note_service(addressee: Addressee, actor: Actor, *, on: date, mode: str, note: str) -> None:
    before = addressee.served_on
    addressee.served_on, addressee.service_mode = on, mode
    addressee.service_note = note.strip()
    open_reply_limit(addressee, actor, trigger_on=on)
    told = {"on": on.isoformat(), "mode": mode}
    if before is None:
        move(addressee, AddresseeState.SERVED, actor, **told)
        return
    told["was"] = before.isoformat()
    addressee.store()
    noted(actor, "service_corrected", addressee, **told)


def _require_successor(addressee: Addressee, after: Organization, on: date) -> None:
    before = addressee.organization
    if before.holds_on(on):
        message = _("“%(unit)s” still exists; the letter stays addressed to it.")
        raise RuleBroken("unit_stands", message % {"unit": before.short_name}, "organization")
    if after.pk not in successors({before.pk}, on) or not after.holds_on(on):
        raise RuleBroken("not_successor", ceased_words(before, on), "organization")
    if addressee.suggestion.addressees.filter(organization=after).exists():
        message = _("“%(unit)s” is an addressee of this letter already.")
        names = {"unit": after.short_name}
        raise RuleBroken("addressed_before", message % names, "organization")


def _tell_the_addressee(addressee: Addressee, at: datetime, actor: Actor) -> None:
    with office_language():
        title = _("Served on %(on)s: %(title)s") % {
            **names_of(addressee),
            "on": addressee.served_on.isoformat(),
        }
        due_on = addressee.reply_due_on
        text = _("Reply by %(day)s.") % {"day": due_on.isoformat()} if due_on else ""
    reason = f"served:{addressee.served_on}"
    tell_unit(addressee, reason=reason, title=title, text=text, at=at, actor=actor)
