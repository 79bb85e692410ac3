"""How an agency stood at a hearing: called, and what the organ recorded of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import tallies
from cases.actions.hearing_notices import meet_call, open_call
from cases.actions.steps import locked_procedure
from cases.actions.telling_hearings import tell_agency, when
from cases.hearings.attendance import art12, linked, state_of
from cases.hearings.law import in_court
from cases.hearings.reading import LIVE, attendance_of, postponed_for
from cases.hearings.states import (
    AppearanceState,
    Belongs,
    Call,
    Due,
    HearingState,
    Identity,
    Speech,
)
from cases.models import Appearance, Dispute, Hearing, Procedure
from cases.noticing import tell
from cases.states import Flag, Kind
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record

FLAGGED = {
    Flag.MASS: Due.GROUP,
    Flag.GROUP: Due.GROUP,
    Flag.OPINION: Due.ATTENTION,
}


@dataclass(frozen=True)
class RecordWords:
    """What the clerk of the organ writes down of one agency (I12)."""

    came: bool
    head_name: str = ""
    head_post: str = ""
    level: str = ""
    belongs: str = Belongs.OWN
    speech: Sequence[str] = ()
    staff: str = ""
    lawyers: str = ""
    left: bool = False
    refused: bool = False
    note: str = ""


def open_appearances(hearing: Hearing) -> None:
    """A row for every agency in the procedure."""
    parts = hearing.procedure.participants.agencies().select_related("organization")
    reasons = due_reasons(hearing.procedure)
    for part in parts:
        Appearance(
            hearing=hearing,
            participant=part,
            organization=part.organization,
            reasons=reasons,
        ).store()


def due_reasons(procedure: Procedure) -> list[str]:
    """Why a head has to come, as far as the record tells; the court says the rest."""
    if procedure.kind == Kind.RECONSIDERATION:
        return [Due.RECONSIDERATION]
    found: list[str] = [Due.GENERAL]
    dispute: Dispute = procedure.dispute
    found += [reason for flag, reason in FLAGGED.items() if flag in dispute.flags]
    if procedure.fact("suit_kind") == "public_interest":
        found.append(Due.PROSECUTOR)
    return list(dict.fromkeys(found))


@action
def call_head(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    call: str,
    reasons: Sequence[str],
    note: str = "",
    served_on: date | None = None,
    version: int | None = None,
) -> Appearance:
    """The court calls the head of an agency, and says why; served on the day `served_on`.

    Without a day the notice waits to be served, three days before the hearing. Raises
    RuleBroken "not_in_court"; "no_reason" (field reasons), "no_rule" (field note),
    "served_after" (field served_on).
    """
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "record", appearance)
    appearance.require_version(version)
    hearing = appearance.hearing
    if not in_court(hearing.procedure):
        message = _("Only a court calls a head; a hearing in reconsideration is told to all.")
        raise RuleBroken("not_in_court", message)
    if not reasons:
        raise RuleBroken("no_reason", _("Say why the head has to come."), "reasons")
    if {Due.LOCAL, Due.SUPERIOR} & set(reasons) and not note.strip():
        raise RuleBroken("no_rule", _("Name the rule or the document."), "note")
    appearance.reasons = [Due(one) for one in dict.fromkeys(reasons)]
    appearance.reasons_note, appearance.call = note, Call(call)
    appearance.store()
    record(actor, "cases.appearance.called", appearance, call=appearance.call)
    if hearing.is_ahead and hearing.on >= timezone.localtime(at).date():
        open_call(appearance, actor=actor)
    if served_on is not None:
        return _serve(appearance, served_on, actor=actor, at=at)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("The court calls the head to the hearing on %(when)s") % {"when": when(hearing)}
    tell_agency(appearance, f"called.{hearing.sequence}", title, at=at)
    return appearance


@action
def serve_call(
    appearance_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> Appearance:
    """The notice reached the agency on `on`: entered by the court, with its proof."""
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "record", appearance)
    appearance.require_version(version)
    return _serve(appearance, on, actor=actor, at=at)


@action
def sign_call(appearance_id: int, *, actor: Actor, at: datetime) -> Appearance:
    """The agency signs for the notice in the portal."""
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "reply", appearance)
    return _serve(appearance, timezone.localtime(at).date(), actor=actor, at=at)


def _serve(appearance: Appearance, on: date, *, actor: Actor, at: datetime) -> Appearance:
    if not appearance.call:
        raise RuleBroken("not_called", _("The court has not called the head yet."))
    if on > min(timezone.localtime(at).date(), appearance.hearing.on):
        message = _("It was served before the hearing, and is recorded after it was served.")
        raise RuleBroken("served_after", message, "served_on")
    appearance.called_on = on
    appearance.store()
    meet_call(appearance, actor=actor, on=on)
    unit = appearance.organization.short_name
    record(actor, "cases.appearance.served", appearance, unit=unit, on=str(on))
    refresh_appearances(appearance.hearing.procedure)
    appearance.refresh_from_db(fields=["state", "breach", "version"])
    return appearance


@action
def record_appearance(
    appearance_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: RecordWords,
    reason: str = "",
    version: int | None = None,
) -> Appearance:
    """What the organ recorded of an agency at a hearing that was held.

    Recorded once; a correction says why. Raises RuleBroken "not_held"; beside a field:
    "no_name" (head_name), "no_level" (level), "not_proved" (came), "not_came" (speech,
    left or refused), "why_corrected" (reason).
    """
    appearance = locked_appearance(appearance_id)
    policy_for(Appearance).require(actor, "record", appearance)
    appearance.require_version(version)
    if not appearance.hearing.is_held:
        raise RuleBroken("not_held", _("Record first that the hearing was held."))
    _check_record(appearance, words)
    if appearance.recorded and not reason.strip():
        message = _("This was recorded already. Say why it is corrected.")
        raise RuleBroken("why_corrected", message, "reason")
    corrected = appearance.recorded
    for name in RecordWords.__dataclass_fields__:
        value = getattr(words, name)
        setattr(appearance, name, list(value) if name == "speech" else value)
    appearance.recorded_at = at
    appearance.store()
    refresh_appearances(appearance.hearing.procedure)
    appearance.refresh_from_db(fields=["state", "breach", "version"])
    verb = "cases.appearance.corrected" if corrected else "cases.appearance.recorded"
    state = str(appearance.get_state_display())
    unit = appearance.organization.short_name
    record(actor, verb, appearance, unit=unit, state=appearance.state, told=state, reason=reason)
    if appearance.breach:
        tell(appearance, on=timezone.localtime(at).date(), at=at)
    return appearance


def _check_record(appearance: Appearance, words: RecordWords) -> None:
    if not words.came:
        _check_absence(words)
        return
    if not words.head_name.strip() or not words.head_post.strip():
        raise RuleBroken("no_name", _("Name the head and the post."), "head_name")
    if not words.level:
        raise RuleBroken("no_level", _("Say at what level the head stands."), "level")
    if appearance.identity == Identity.REJECTED:
        message = _(
            "The proof of identity was found not valid: the head counts as not appeared "
            "(法释〔2020〕3号第六条)."
        )
        raise RuleBroken("not_proved", message, "came")
    if strange := set(words.speech) - set(Speech.values):
        raise ValueError(f"nobody speaks on {sorted(strange)}")


def _check_absence(words: RecordWords) -> None:
    """Who did not come, has not spoken, left or refused."""
    for name in ("speech", "left", "refused"):
        if getattr(words, name):
            raise RuleBroken("not_came", _("No head came; leave this empty."), name)
    if words.head_name or words.head_post:
        message = _("No head came. Name whoever came as staff.")
        raise RuleBroken("not_came", message, "head_name")


def refresh_appearances(procedure: Procedure) -> None:
    """Derive how each agency stands at each hearing of the procedure, and what is counted."""
    rows = list(
        Appearance.objects.filter(hearing__procedure=procedure)
        .select_related("hearing__procedure", "hearing__earlier", "joint_with")
        .order_by("hearing__on", "pk")
    )
    postponed = postponed_for(rows)
    live = [one for one in rows if one.hearing.state in LIVE]
    found = {
        (one.hearing, one.agency): one
        for one in linked(attendance_of(row, postponed=row.pk in postponed) for row in live)
    }
    for row in rows:
        one = found.get((row.hearing_id, row.organization_id))
        state = state_of(one) if one else AppearanceState.OFF
        breach = (art12(one) or "") if one else ""
        if (row.state, row.breach) != (state, breach):
            row.state, row.breach = state, breach
            row.store()
    tallies.refresh(procedure.dispute)


def locked_appearance(appearance_id: int) -> Appearance:
    """The row with its hearing, all locked, the dispute first.

    Raises RuleBroken "called_off" for a hearing that was adjourned or cancelled.
    """
    known = Appearance.objects.values_list("hearing__procedure", flat=True)
    procedure = locked_procedure(known.get(pk=appearance_id))
    rows = Appearance.objects.select_for_update(of=("self",))
    appearance: Appearance = rows.select_related("hearing", "organization", "joint_with").get(
        pk=appearance_id
    )
    appearance.hearing.procedure = procedure
    if appearance.hearing.state not in LIVE:
        message = _("The hearing fell away; go on with the one that takes its place.")
        raise RuleBroken("called_off", message)
    return appearance


def require_ahead(appearance: Appearance) -> None:
    """Raises RuleBroken "hearing_over" once the hearing was held."""
    if appearance.hearing.state != HearingState.SET:
        raise RuleBroken("hearing_over", _("The hearing was held already."))
