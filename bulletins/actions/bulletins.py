"""The only writers of bulletins (通报、简报): drafted, reviewed, returned, signed, discarded."""

from collections.abc import Collection
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from bulletins.actions.bulletin_steps import (
    locked_bulletin,
    move,
    seconds_of,
    tell,
)
from bulletins.actions.bulletin_words import BulletinWords, put_words, require_complete
from bulletins.actions.report_text import count_for_signing, is_of_the_portal, write_text
from bulletins.models import Bulletin
from bulletins.states import BulletinState
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents.attachments import attach_all
from suggestions.actions.steps import office_language

B = BulletinState


@action
def draft(
    mechanism_id: int,
    *,
    actor: Actor,
    at: datetime,
    issuer_id: int,
    words: BulletinWords,
    token: str | None = None,
) -> Bulletin:
    """Begin a bulletin, which its issuer alone sees; by the same form (`token`), once.

    Raises what `bulletins.actions.bulletin_words.put_words` raises, and "form_used".
    """
    rows = Mechanism.objects.select_for_update(of=("self",), no_key=True)
    mechanism = rows.select_related("jurisdiction").get(pk=mechanism_id)
    bulletin = Bulletin(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        issuer=Organization.objects.get(pk=issuer_id, jurisdiction=mechanism.jurisdiction_id),
        drafted_by=actor,
        form_token=token,
    )
    policy_for(Bulletin).require(actor, "draft", bulletin)
    made = Bulletin.made_before(token, title=words.title.strip())
    if made is not None:
        return made
    put_words(bulletin, words, at)
    record(actor, "bulletins.bulletin.drafted", bulletin)
    return bulletin


@action
def revise(
    bulletin_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: BulletinWords,
    version: int | None = None,
) -> Bulletin:
    """Change a draft, or what was returned. Raises as `draft` does, and "stale"."""
    bulletin = locked_bulletin(bulletin_id)
    _require_writable(bulletin)
    policy_for(Bulletin).require(actor, "edit", bulletin)
    bulletin.require_version(version)
    follows = is_of_the_portal(bulletin, words.body)
    put_words(bulletin, words, at)
    if follows:
        write_text(bulletin)
    record(actor, "bulletins.bulletin.revised", bulletin)
    return bulletin


def _require_writable(bulletin: Bulletin) -> None:
    if not bulletin.is_writable:
        message = _("This bulletin is “%(state)s” and can't be changed now.")
        raise RuleBroken("not_writable", message % {"state": bulletin.get_state_display()})


@action
def add_material(
    bulletin_id: int,
    *,
    actor: Actor,
    at: datetime,
    files: Collection[UploadedFile],
    declared: bool,
) -> Bulletin:
    """Attach files to a draft. Raises what `services.documents.attachments.attach` does."""
    bulletin = locked_bulletin(bulletin_id)
    _require_writable(bulletin)
    policy_for(Bulletin).require(actor, "attach", bulletin)
    attach_all(
        bulletin,
        files,
        actor=actor,
        at=at,
        jurisdiction=bulletin.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=bulletin.issuer,
    )
    return bulletin


@action
def send_for_review(
    bulletin_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """Lay the draft before those who review and sign.

    Raises RuleBroken: "no_matter", "no_recipient", "no_text", "no_second" when the issuer
    has nobody but the drafter.
    """
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "send", bulletin)
    bulletin.require_version(version)
    require_complete(bulletin)
    others = seconds_of(bulletin, at)
    if not others:
        message = _("Nobody of “%(unit)s” but the drafter has an account: who signs?")
        raise RuleBroken("no_second", message % {"unit": bulletin.issuer.short_name})
    bulletin.return_reason = ""
    move(bulletin, B.REVIEWING, actor)
    with office_language():
        title = _("Bulletin to be reviewed: %(title)s") % {"title": bulletin.title}
    tell(others, bulletin, reason=_reason("review", bulletin), title=title, at=at, actor=actor)
    return bulletin


@action
def approve(
    bulletin_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Bulletin:
    """Reviewed by somebody else than the drafter; it waits for the signature."""
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "review", bulletin)
    bulletin.require_version(version)
    bulletin.reviewed_by, bulletin.reviewed_at = actor, at
    move(bulletin, B.APPROVED, actor)
    with office_language():
        title = _("Bulletin to be signed: %(title)s") % {"title": bulletin.title}
    reason = _reason("sign", bulletin)
    tell(seconds_of(bulletin, at), bulletin, reason=reason, title=title, at=at, actor=actor)
    return bulletin


@action
def return_draft(
    bulletin_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Bulletin:
    """Give it back to its drafter with a reason; review and signature begin anew."""
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "return", bulletin)
    bulletin.require_version(version)
    bulletin.return_reason = reason.strip()
    bulletin.reviewed_by, bulletin.reviewed_at = None, None
    bulletin.signed_by, bulletin.signed_at = None, None
    move(bulletin, B.RETURNED, actor, reason=bulletin.return_reason)
    if bulletin.drafted_by:
        with office_language():
            title = _("Bulletin returned: %(title)s") % {"title": bulletin.title}
        reason = _reason("returned", bulletin)
        tell([bulletin.drafted_by], bulletin, reason=reason, title=title, at=at, actor=actor)
    return bulletin


@action
def sign(bulletin_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Bulletin:
    """Sign it: its figures are counted a last time and stay as they are from now on.

    The text of a report that nobody changed follows them; RuleBroken("figures_moved") where
    somebody did, and a figure is another one than when the text was written.
    """
    bulletin = locked_bulletin(bulletin_id)
    policy_for(Bulletin).require(actor, "sign", bulletin)
    bulletin.require_version(version)
    require_complete(bulletin)
    count_for_signing(bulletin, at)
    if bulletin.reviewed_by is None:
        bulletin.reviewed_by, bulletin.reviewed_at = actor, at
    bulletin.signed_by, bulletin.signed_at = actor, at
    move(bulletin, B.SIGNED, actor)
    if bulletin.drafted_by:
        with office_language():
            title = _("Signed, to be circulated: %(title)s") % {"title": bulletin.title}
        reason = _reason("signed", bulletin)
        tell([bulletin.drafted_by], bulletin, reason=reason, title=title, at=at, actor=actor)
    return bulletin


@action
def discard(
    bulletin_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> Bulletin:
    """Give a draft up; it stays in its issuer's register."""
    bulletin = locked_bulletin(bulletin_id)
    _require_writable(bulletin)
    policy_for(Bulletin).require(actor, "discard", bulletin)
    bulletin.require_version(version)
    move(bulletin, B.DISCARDED, actor, reason=reason.strip())
    return bulletin


def _reason(word: str, bulletin: Bulletin) -> str:
    """A bulletin may go round twice: each round is told of."""
    return f"{word}:{bulletin.version}"
