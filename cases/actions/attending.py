"""The agency's answer to a call: who comes, with what proof, or why nobody can."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.appearances import locked_appearance, refresh_appearances, require_ahead
from cases.actions.telling_hearings import tell_agency, tell_organ
from cases.hearings.attendance import qualifies
from cases.hearings.states import Belongs, Finding, Ground, Identity, Joint
from cases.models import Appearance
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from services.documents.attachments import attach


@dataclass(frozen=True)
class ReplyWords:
    """The reply slip: the head who comes, or that none does; staff as names with posts."""

    coming: bool
    name: str = ""
    post: str = ""
    level: str = ""
    belongs: str = Belongs.OWN
    staff: str = ""


@dataclass(frozen=True)
class ExcuseWords:
    """Why the head cannot come; `sealed`: with the seal, or signed by the principal head
    (法释〔2020〕3号 art. 9)."""

    ground: str
    excuse: str
    sealed: bool
    asks_adjournment: bool = False


@action
def reply(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ReplyWords,
    file: UploadedFile | None = None,
    declared: bool = False,
    version: int | None = None,
) -> Appearance:
    """Send the slip, or another one until the hearing (art. 5(3)); `file` proves identity.

    Raises RuleBroken "hearing_over"; beside a field: "no_name" (name), "not_a_head"
    (level), "no_staff" (staff), and what a file is refused for.
    """
    appearance = locked_appearance(appearance_id)
    _require_speaker(actor, appearance)
    appearance.require_version(version)
    require_ahead(appearance)
    _check_reply(words)
    changed = appearance.coming and (appearance.planned_name, appearance.planned_post) != (
        words.name,
        words.post,
    )
    appearance.replied_at, appearance.coming = at, words.coming
    appearance.planned_name, appearance.planned_post = words.name, words.post
    appearance.planned_level, appearance.planned_staff = words.level, words.staff
    if file is not None:
        appearance.identity = Identity.HANDED
        _keep(appearance, file, actor=actor, at=at, declared=declared)
    elif changed or not words.coming:
        appearance.identity, appearance.identity_note = Identity.NONE, ""
    appearance.store()
    unit = appearance.organization.short_name
    record(actor, "cases.appearance.replied", appearance, unit=unit, coming=words.coming)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("%(unit)s replied to the call to the hearing") % {"unit": unit}
    tell_organ(appearance, f"replied.{appearance.version}", title, at=at)
    return appearance


def _check_reply(words: ReplyWords) -> None:
    if not words.coming:
        if not words.staff.strip():
            message = _(
                "If the head cannot come, staff of the agency must; a lawyer alone is not "
                "enough (行诉解释第一百二十八条)."
            )
            raise RuleBroken("no_staff", message, "staff")
        return
    if not words.name.strip() or not words.post.strip():
        raise RuleBroken("no_name", _("Name the head and the post."), "name")
    if not qualifies(words.level, words.belongs):
        message = _(
            "Only the principal head, a deputy or another head in charge of the matter counts, "
            "and only of the agency itself (法释〔2020〕3号第二条)."
        )
        raise RuleBroken("not_a_head", message, "level")


@action
def check_identity(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    verdict: str,
    note: str = "",
    version: int | None = None,
) -> Appearance:
    """The organ accepts the proof of identity, has it corrected, or finds it not valid.

    Raises RuleBroken "no_verdict" (field verdict), "no_note" (field note) where it says no.
    """
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "record", appearance)
    appearance.require_version(version)
    if verdict not in (Identity.ACCEPTED, Identity.TO_CORRECT, Identity.REJECTED):
        raise RuleBroken("no_verdict", _("Say what was found."), "verdict")
    if verdict != Identity.ACCEPTED and not note.strip():
        raise RuleBroken("no_note", _("Say what is wrong with it."), "note")
    appearance.identity, appearance.identity_note = Identity(verdict), note
    appearance.store()
    refresh_appearances(appearance.hearing.procedure)
    appearance.refresh_from_db(fields=["state", "breach", "version"])
    found = str(appearance.get_identity_display())
    unit = appearance.organization.short_name
    record(actor, "cases.appearance.identity", appearance, unit=unit, found=found)
    if verdict != Identity.ACCEPTED:
        with translation.override(settings.LANGUAGE_CODE):
            title = _("Proof of identity: %(found)s") % {"found": found}
        tell_agency(appearance, f"identity.{appearance.version}", title, at=at, text=note)
    return appearance


@action
def give_excuse(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ExcuseWords,
    file: UploadedFile | None = None,
    declared: bool = False,
    version: int | None = None,
) -> Appearance:
    """The agency says why its head cannot come, with proof; the organ may enter its paper.

    Raises RuleBroken "found_already"; beside a field: "no_excuse" (excuse), "unsealed"
    (sealed), "no_proof" (file), and what a file is refused for.
    """
    appearance = locked_appearance(appearance_id)
    _require_speaker(actor, appearance)
    appearance.require_version(version)
    if appearance.finding != Finding.PENDING:
        raise RuleBroken("found_already", _("The organ has decided on the reasons already."))
    own = policy_for(Appearance).can(actor, "reply", appearance) if actor else False
    _check_excuse(words, needs_file=own and file is None)
    appearance.ground, appearance.excuse = Ground(words.ground), words.excuse
    appearance.asks_adjournment = words.asks_adjournment
    if file is not None:
        _keep(appearance, file, actor=actor, at=at, declared=declared)
    appearance.store()
    refresh_appearances(appearance.hearing.procedure)
    appearance.refresh_from_db(fields=["state", "breach", "version"])
    unit = appearance.organization.short_name
    ground = str(appearance.get_ground_display())
    record(actor, "cases.appearance.excused", appearance, unit=unit, ground=ground)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("%(unit)s says why its head cannot come") % {"unit": unit}
    tell_organ(appearance, f"excuse.{appearance.version}", title, at=at)
    return appearance


def _check_excuse(words: ExcuseWords, *, needs_file: bool) -> None:
    if not words.excuse.strip():
        raise RuleBroken("no_excuse", _("Say why the head cannot come."), "excuse")
    if not words.sealed:
        message = _(
            "The reasons bear the agency's seal or its principal head's signature "
            "(法释〔2020〕3号第九条)."
        )
        raise RuleBroken("unsealed", message, "sealed")
    if needs_file:
        raise RuleBroken("no_proof", _("Attach the proof."), "file")


@action
def decide_excuse(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    accepted: bool,
    note: str = "",
    version: int | None = None,
) -> Appearance:
    """The organ examines the reasons; that they are not good is said with why.

    Raises RuleBroken "no_excuse", "no_note" (field note).
    """
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "record", appearance)
    appearance.require_version(version)
    if not appearance.ground:
        raise RuleBroken("no_excuse", _("The agency has given no reasons."))
    if not accepted and not note.strip():
        raise RuleBroken("no_note", _("Say why the reasons are not good."), "note")
    appearance.finding = Finding.ACCEPTED if accepted else Finding.REJECTED
    appearance.finding_note = note
    appearance.store()
    refresh_appearances(appearance.hearing.procedure)
    appearance.refresh_from_db(fields=["state", "breach", "version"])
    found = str(appearance.get_finding_display())
    unit = appearance.organization.short_name
    record(actor, "cases.appearance.finding", appearance, unit=unit, found=found)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("On the reasons given: %(found)s") % {"found": found}
    tell_agency(appearance, f"finding.{appearance.version}", title, at=at, text=note)
    return appearance


@action
def stand_in(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    for_whom: Appearance,
    version: int | None = None,
) -> Appearance:
    """A co-defendant's head comes for the agency (art. 3): proposed by the agency, agreed
    when the co-defendant proposes the same, or decided by the court.

    `for_whom` is the co-defendant's row at the same hearing, whose head comes. Raises
    RuleBroken "hearing_over", "other_hearing", "stands_in" (field partner).
    """
    appearance = locked_appearance(appearance_id)
    _require_speaker(actor, appearance)
    appearance.require_version(version)
    require_ahead(appearance)
    if for_whom.hearing_id != appearance.hearing_id or for_whom.pk == appearance.pk:
        raise RuleBroken("other_hearing", _("Choose a co-defendant of this hearing."), "partner")
    if for_whom.joint:
        message = _("“%(unit)s” is represented by another defendant itself.")
        raise RuleBroken(
            "stands_in", message % {"unit": for_whom.organization.short_name}, "partner"
        )
    decides = actor is None or policy_for(Appearance).can(actor, "record", appearance)
    appearance.joint = Joint.ORGAN if decides else Joint.PROPOSED
    appearance.joint_with = for_whom
    appearance.store()
    _told_joint(appearance, actor=actor)
    with translation.override(settings.LANGUAGE_CODE):
        unit = appearance.organization.short_name
        title = _("%(unit)s: the co-defendant's head is to come for it") % {"unit": unit}
    tell_agency(for_whom, f"joint.{appearance.public_id}.{appearance.version}", title, at=at)
    return appearance


@action
def agree_to_stand_in(
    appearance_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> Appearance:
    """The co-defendant whose head is to come agrees. `appearance_id` is of who is
    represented. Raises RuleBroken "not_proposed"."""
    appearance = locked_appearance(appearance_id)
    appearance.require_version(version)
    if appearance.joint != Joint.PROPOSED or appearance.joint_with is None:
        raise RuleBroken("not_proposed", _("There is no proposal to agree to."))
    partner = appearance.joint_with
    partner.hearing = appearance.hearing
    policy_for(Appearance).require(actor, "reply", partner)
    require_ahead(appearance)
    appearance.joint = Joint.AGREED
    appearance.store()
    _told_joint(appearance, actor=actor)
    with translation.override(settings.LANGUAGE_CODE):
        unit = partner.organization.short_name
        title = _("%(unit)s agrees: its head comes for both") % {"unit": unit}
    tell_agency(appearance, f"joint.{appearance.version}", title, at=at)
    return appearance


def _told_joint(appearance: Appearance, *, actor: Actor) -> None:
    partner = appearance.joint_with
    record(
        actor,
        "cases.appearance.joint",
        appearance,
        unit=appearance.organization.short_name,
        by=partner.organization.short_name if partner else "",
        how=str(appearance.get_joint_display()),
    )


def _require_speaker(actor: Actor, appearance: Appearance) -> None:
    """The agency itself, or the organ that enters what came on paper."""
    policy = policy_for(Appearance)
    if actor is None or policy.can(actor, "reply", appearance):
        return
    if not policy.can(actor, "record", appearance):
        raise PermissionDenied("reply")


def _keep(
    appearance: Appearance, file: UploadedFile, *, actor: Actor, at: datetime, declared: bool
) -> None:
    """Seen by the agency, the organ and the justice bureau alone."""
    attach(
        appearance,
        file,
        actor=actor,
        at=at,
        jurisdiction=appearance.hearing.procedure.dispute.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        confidential=True,
        organization=appearance.organization,
    )
