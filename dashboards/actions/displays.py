"""大屏账号: made with a link that is shown once, entered from one address, revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from dashboards.models import Display
from dashboards.policy import may_keep_displays
from dashboards.wall.secrets import LINK_HOLDS, digest_of, drawn, same_address
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism

TOLD_AGAIN = timedelta(hours=1)
"""A screen that calls from elsewhere every minute stands on the trail once in so long."""


@dataclass(frozen=True)
class DisplayWords:
    """Where the screen hangs, and the one address from which it calls."""

    name: str
    address: str


@sensitive_variables("link")
@action
def make_display(
    mechanism_id: int, *, actor: Actor, at: datetime, words: DisplayWords, token: str | None = None
) -> str:
    """The secret of the link by which the screen enters; nothing can show it again.

    A form sent twice makes one display, and the link of the last answer is the one that
    holds. Raises PermissionDenied; RuleBroken "name_taken", "form_used".
    """
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism_id)
    if actor is not None and not may_keep_displays(actor, mechanism):
        raise PermissionDenied("make")
    link = drawn()
    given = {"mechanism_id": mechanism.pk, "name": words.name, "address": words.address}
    made = Display.made_before(token, **given)
    if made is not None:
        _give_another_link(made, link)
        return link
    if Display.objects.filter(mechanism=mechanism, name=words.name, revoked_at=None).exists():
        message = _("A screen of this name is there already; revoke it first.")
        raise RuleBroken("name_taken", message, "name")
    made = Display(
        mechanism=mechanism,
        name=words.name,
        address=words.address,
        made_by=actor,
        made_at=at,
        link_digest=digest_of(link),
        link_until=at + LINK_HOLDS,
        form_token=token,
    )
    made.store()
    record(actor, "dashboards.display.made", made, name=made.name, address=made.address)
    return link


def _give_another_link(made: Display, link: str) -> None:
    if made.entered_at is not None or made.revoked_at is not None:
        message = _("This form was sent before with other words. Send it again to add another.")
        raise RuleBroken("form_used", message)
    made.link_digest = digest_of(link)
    made.store()


@sensitive_variables("link", "secret")
@action
def enter_display(link: str, *, at: datetime, address: str) -> str:
    """What the screen's browser keeps from now on; the link is used up.

    Raises PermissionDenied for a link that is unknown, used or too old, and for an address
    that is not the display's: then nothing is used up.
    """
    waiting = Display.objects.select_for_update().select_related("mechanism__jurisdiction")
    found = waiting.filter(link_digest=digest_of(link), link_until__gt=at).first()
    if found is None or not same_address(found.address, address):
        raise PermissionDenied("enter")
    secret = drawn()
    found.link_digest, found.digest = None, digest_of(secret)
    found.entered_at = found.last_seen_at = at
    found.store()
    record(None, "dashboards.display.entered", found, name=found.name, address=address)
    return secret


@action
def note_seen(display_id: int, *, at: datetime) -> None:
    """When the screen last read its page; no matter for the trail."""
    Display.objects.filter(pk=display_id, revoked_at=None).update(last_seen_at=at)


@action
def note_refusal(display_id: int, *, at: datetime, address: str) -> None:
    """Put on the trail that a display was called from elsewhere, once in TOLD_AGAIN."""
    rows = Display.objects.select_for_update().select_related("mechanism__jurisdiction")
    found = rows.get(pk=display_id)
    if found.refused_at is not None and at - found.refused_at < TOLD_AGAIN:
        return
    found.refused_at = at
    found.save(update_fields=["refused_at"])
    record(None, "dashboards.display.refused", found, name=found.name, address=address)


@action
def revoke_display(display_id: int, *, actor: Actor, at: datetime) -> Display:
    """The screen is out from now on; once revoked it stays so, with who did it first."""
    rows = Display.objects.select_for_update().select_related("mechanism__jurisdiction")
    found = rows.get(pk=display_id)
    policy_for(Display).require(actor, "revoke", found)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by = at, actor
        found.digest = found.link_digest = None
        found.store()
        record(actor, "dashboards.display.revoked", found, name=found.name)
    return found
