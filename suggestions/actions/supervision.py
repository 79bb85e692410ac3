"""The only writers of supervision measures (督办): an addressee is urged, called to a talk,
or ordered to perform by a day; it answers, and whoever urged settles it with the outcome."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.queries import provision
from members.models import Organization
from services.deadlines.actions import cancel, meet, open_deadline
from services.deadlines.actions.rows import change, live
from services.documents import actions as documents
from suggestions import papers
from suggestions.actions.evidence import keep_files
from suggestions.actions.steps import day_of, locked_addressee, office_language, people_of
from suggestions.actions.urging_notices import (
    tell_of,
    tell_sender,
    tell_urged,
    unit_people,
    words_of,
)
from suggestions.actions.urging_rules import (
    check_measure,
    copied_units,
    reason_of,
    require_free,
    require_sender,
)
from suggestions.models import Addressee, Supervision
from suggestions.models.letters import admit
from suggestions.models.supervision import URGE
from suggestions.numbers import clean_number
from suggestions.profile import rules_of
from suggestions.states import AddresseeState, MeasureKind, SupervisionState, UrgingLevel


@action
def urge(
    addressee_id: int,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    level: str,
    due_on: date,
    reason: str = "",
    number: str = "",
    copied_to: Iterable[int] = (),
    starts_at: time | None = None,
    place: str = "",
) -> Supervision:
    """Send an urging letter, a talk notice or an order, with its paper and its limit.

    Where something is late the reason may be left out: it is stated then. An open measure
    of the same kind by the same sender is followed by this one. Raises RuleBroken:
    "not_running"; "nothing_late" (field reason); "level_falls" (level); "urged_already",
    "due_past" (due_on); "ceased", "wrong_unit" (copied_to); "number_taken" and
    what `services.documents.numbers` raises (number).
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "urge", addressee)
    on = day_of(at)
    supervision = Supervision(
        addressee=addressee,
        kind=kind,
        level=level,
        by_organization=require_sender(actor, addressee, on),
        by=actor,
        on=on,
        due_on=due_on,
        reason=reason_of(addressee, reason, on),
        starts_at=starts_at,
        place=place.strip(),
    )
    check_measure(supervision)
    units = copied_units(addressee, copied_to, on)
    _follow(supervision, actor, at)
    supervision.store()
    supervision.copied_to.set(units)
    _issue_paper(supervision, number, actor, at)
    told = {"kind": kind, "level": level, "due_on": due_on.isoformat()}
    record(actor, "suggestions.supervision.urged", supervision, **told, **_named(supervision))
    _open_limit(supervision, actor)
    admit(addressee.suggestion, [supervision.by_organization, *units])
    tell_urged(supervision, units, actor, at)
    return supervision


@action
def answer(
    supervision_id: int,
    *,
    actor: Actor,
    at: datetime,
    text: str,
    files: Collection[UploadedFile] = (),
    declared: bool = False,
    on_behalf: bool = False,
) -> Supervision:
    """The unit answers an urging letter, or reports what it was ordered to perform; for a
    unit without an account who urged enters its answer `on_behalf`.

    Raises RuleBroken: "answered", "settled", "talk" (a talk is recorded by who called it),
    "no_answer" (field text).
    """
    supervision = _locked(supervision_id)
    policy_for(Supervision).require(actor, "settle" if on_behalf else "answer", supervision)
    if supervision.is_talk:
        raise RuleBroken("talk", _("The record of a talk is entered by who called it."))
    _require_open(supervision)
    if not text.strip():
        raise RuleBroken("no_answer", _("Say what was done, or why it is not done yet."), "text")
    verb = "answered_for" if on_behalf else "answered"
    _note_answer(supervision, text, day_of(at), actor, verb)
    unit = supervision.by_organization if on_behalf else supervision.addressee.organization
    _keep(supervision, files, unit, actor=actor, at=at, declared=declared)
    with office_language():
        title = _("%(unit)s answered: %(measure)s") % words_of(supervision)
    sender = people_of(supervision.by_organization, at)
    people = unit_people(supervision, at) if on_behalf else sender
    tell_of(people, supervision, "answered", title, actor, at)
    return supervision


@action
def record_talk(
    supervision_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    text: str,
    files: Collection[UploadedFile] = (),
    declared: bool = False,
) -> Supervision:
    """Who called a talk enters its record, with the day on which it was held.

    Raises RuleBroken: "answered", "settled", "not_talk"; "talk_future", "talk_early" (on);
    "no_record" (text).
    """
    supervision = _locked(supervision_id)
    policy_for(Supervision).require(actor, "settle", supervision)
    if not supervision.is_talk:
        raise RuleBroken("not_talk", _("This is no talk: the unit itself answers it."))
    _require_open(supervision)
    if on > day_of(at):
        raise RuleBroken("talk_future", _("Enter the record when the talk was held."), "on")
    if on < supervision.on:
        names = {"day": supervision.on.isoformat()}
        message = _("The talk was called on %(day)s; it was not held before that.")
        raise RuleBroken("talk_early", message % names, "on")
    if not text.strip():
        raise RuleBroken("no_record", _("Enter what was said and promised."), "text")
    _note_answer(supervision, text, on, actor, "talk_recorded")
    unit = supervision.by_organization
    _keep(supervision, files, unit, actor=actor, at=at, declared=declared)
    with office_language():
        title = _("The talk was recorded: %(title)s") % words_of(supervision)
    tell_of(unit_people(supervision, at), supervision, "recorded", title, actor, at)
    return supervision


@action
def settle(supervision_id: int, *, actor: Actor, at: datetime, outcome: str) -> Supervision:
    """Who urged closes the measure, answered or not, and says with what outcome.

    Raises RuleBroken: "settled", "no_outcome" (field outcome).
    """
    supervision = _locked(supervision_id)
    policy_for(Supervision).require(actor, "settle", supervision)
    if not supervision.is_running:
        _require_open(supervision)
    if not outcome.strip():
        raise RuleBroken("no_outcome", _("Say with what outcome it is settled."), "outcome")
    _close(supervision, outcome, day_of(at), actor)
    with office_language():
        title = _("Settled: %(measure)s") % words_of(supervision)
    tell_of(unit_people(supervision, at), supervision, "settled", title, actor, at)
    return supervision


def settle_by_reply(addressee: Addressee, *, actor: Actor, at: datetime) -> None:
    """The unit did what it was urged to: it replied, or reported the rectification.

    Called inside the action that moved the locked `addressee`. An urging letter is settled
    by that; an order is answered, and whoever gave it says with what outcome; a talk stays.
    Of a reply all that were copied are told with it.
    """
    rectified = addressee.state == AddresseeState.TO_VERIFY
    day = (addressee.rectified_on if rectified else addressee.replied_on) or day_of(at)
    with office_language():
        words = (
            _("The unit reported it as carried out on %(day)s.")
            if rectified
            else _("The unit replied on %(day)s.")
        ) % {"day": day.isoformat()}
    for supervision in _running(addressee):
        if supervision.kind == MeasureKind.URGING:
            if supervision.state == SupervisionState.OPEN:
                _meet(supervision, day, actor)
            _close(supervision, words, day_of(at), actor)
        elif supervision.kind == MeasureKind.ORDER and supervision.state == SupervisionState.OPEN:
            _note_answer(supervision, words, day, actor, "answered")
        else:
            continue
        if rectified:
            tell_sender(supervision, words, actor, at)


def settle_by_withdrawal(addressee: Addressee, *, actor: Actor, at: datetime) -> None:
    """The letter was taken back: nothing is urged any longer. Called inside that action."""
    with office_language():
        words = _("The letter was withdrawn.")
    for supervision in _running(addressee):
        _close(supervision, words, day_of(at), actor)


def hand_measures(addressee: Addressee, *, actor: Actor) -> None:
    """The limits of open measures are owed by the addressee's present unit and handler."""
    given = {"owed_by": addressee.organization, "handler": addressee.handler}
    for supervision in _running(addressee):
        for limit in live(supervision, URGE):
            change(limit, actor, given, verb="deadlines.deadline.handed_over")


def _locked(supervision_id: int) -> Supervision:
    """The measure with its addressee and letter, the letter locked first."""
    rows = Supervision.objects.values_list("addressee", flat=True)
    addressee = locked_addressee(rows.get(pk=supervision_id))
    supervision = (
        Supervision.objects.select_for_update(of=("self",))
        .select_related("by_organization")
        .get(pk=supervision_id)
    )
    supervision.addressee = addressee
    return supervision


def _running(addressee: Addressee) -> list[Supervision]:
    rows = addressee.supervisions.select_for_update(of=("self",)).order_by("pk")
    found = list(rows.exclude(state=SupervisionState.CLOSED).select_related("by_organization"))
    for supervision in found:
        supervision.addressee = addressee
    return found


def _follow(supervision: Supervision, actor: Actor, at: datetime) -> None:
    """An open measure of the same kind and sender ends with the one that follows it."""
    with office_language():
        words = _("Followed by another measure at the level “%(level)s”.") % {
            "level": UrgingLevel(supervision.level).label
        }
    for earlier in _running(supervision.addressee):
        same = earlier.by_organization_id == supervision.by_organization_id
        waits = earlier.state == SupervisionState.OPEN
        if same and waits and earlier.kind == supervision.kind:
            _close(earlier, words, day_of(at), actor)


def series_for(supervision: Supervision) -> str:
    """The number series of the sender's letters; "" where the profile names none."""
    rules = rules_of(supervision.addressee.suggestion.mechanism, supervision.on)
    return rules.letter_series.get(supervision.by_organization.key, "")


def _issue_paper(supervision: Supervision, typed: str, actor: Actor, at: datetime) -> None:
    key = series_for(supervision)
    number, _changed = clean_number(typed)
    if not key:
        require_free(supervision, number)
        supervision.number = number
    paper = documents.draft(
        papers.supervision_kind(supervision),
        supervision,
        actor=actor,
        organization=supervision.by_organization,
        jurisdiction=supervision.jurisdiction,
        title=papers.supervision_title(supervision)[:200],
        context=papers.supervision_context(supervision),
        visibility=supervision.addressee.suggestion.visibility,
        series_key=key,
    )
    issued = documents.issue(paper.pk, actor=actor, on=supervision.on, at=at, number=number)
    supervision.number = issued.number
    supervision.store()


def _open_limit(supervision: Supervision, actor: Actor) -> None:
    addressee = supervision.addressee
    letter = addressee.suggestion
    clause = rules_of(letter.mechanism, supervision.on).urging_provision
    with office_language():
        title = words_of(supervision)["measure"]
    open_deadline(
        supervision,
        URGE,
        actor=actor,
        title=title,
        jurisdiction=letter.jurisdiction,
        owed_by=addressee.organization,
        trigger_on=supervision.on,
        due_on=supervision.due_on,
        provision=provision(letter.mechanism, clause, supervision.on) if clause else None,
        handler=addressee.handler,
        provisional=letter.jurisdiction.calendar.provisional(supervision.due_on),
    )


def _require_open(supervision: Supervision) -> None:
    if supervision.state == SupervisionState.ANSWERED:
        raise RuleBroken("answered", _("This was answered already; it waits to be settled."))
    if supervision.state == SupervisionState.CLOSED:
        raise RuleBroken("settled", _("This is settled already."))


def _note_answer(supervision: Supervision, text: str, on: date, actor: Actor, verb: str) -> None:
    supervision.record, supervision.answered_on = text.strip(), on
    supervision.state = SupervisionState.ANSWERED
    supervision.store()
    record(actor, f"suggestions.supervision.{verb}", supervision, on=on.isoformat())
    _meet(supervision, on, actor)


def _keep(
    supervision: Supervision,
    files: Collection[UploadedFile],
    unit: Organization,
    *,
    actor: Actor,
    at: datetime,
    declared: bool,
) -> None:
    keep_files(
        supervision,
        files,
        addressee=supervision.addressee,
        organization=unit,
        actor=actor,
        at=at,
        declared=declared,
    )


def _meet(supervision: Supervision, on: date, actor: Actor) -> None:
    meet(supervision, URGE, actor=actor, on=on)
    supervision.answered_on = supervision.answered_on or on


def _close(supervision: Supervision, outcome: str, on: date, actor: Actor) -> None:
    supervision.state, supervision.settled_on = SupervisionState.CLOSED, on
    supervision.outcome = outcome.strip()
    supervision.store()
    told = {"outcome": supervision.outcome, **_named(supervision)}
    record(actor, "suggestions.supervision.settled", supervision, **told)
    cancel(supervision, URGE, actor=actor, on=on)


def _named(supervision: Supervision) -> dict[str, str]:
    return {"unit": supervision.addressee.organization.short_name, "number": supervision.number}
