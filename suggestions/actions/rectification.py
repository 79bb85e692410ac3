"""What was adopted is carried out and proved, then verified by the issuer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from services.deadlines.actions import meet
from suggestions.actions.evidence import without_evidence
from suggestions.actions.limits import open_rectify_limit, open_verify_limit
from suggestions.actions.measures import ADOPTED, positions_of
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    move,
    names_of,
    office_language,
    require_state,
    tell_issuer,
    tell_unit,
)
from suggestions.actions.supervision import settle_by_reply
from suggestions.models import Addressee, Measure, Verification
from suggestions.models.addressees import RECTIFY, VERIFY
from suggestions.states import AddresseeState, Effect, MeasureState, Verdict


@action
def finish(addressee_id: int, *, actor: Actor, at: datetime, on_behalf: bool = False) -> Addressee:
    """Every measure is carried out and proved: the issuer is to verify it.

    Carried out on the day of the last measure. Raises RuleBroken: "problem_open" (an adopted
    problem has no measure), "measure_open", "evidence_missing".
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "register" if on_behalf else "report", addressee)
    require_state(addressee, AddresseeState.RECTIFYING)
    measures = list(addressee.measures.select_related("problem"))
    _require_plan(addressee, measures)
    _require_done(measures)
    _require_evidence(measures)
    addressee.rectified_on = max(measure.done_on for measure in measures)
    told = {"on": addressee.rectified_on.isoformat(), "on_behalf": on_behalf}
    move(addressee, AddresseeState.TO_VERIFY, actor, **told)
    meet(addressee, RECTIFY, actor=actor, on=addressee.rectified_on)
    open_verify_limit(addressee, actor, trigger_on=day_of(at))
    settle_by_reply(addressee, actor=actor, at=at)
    with office_language():
        title = _("%(unit)s has carried it out, please verify: %(title)s") % names_of(addressee)
    reason = f"finished:{addressee.version}"
    tell_issuer(addressee, reason=reason, title=title, at=at, actor=actor)
    return addressee


@action
def verify(
    addressee_id: int,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    verdict: str,
    effect: str = "",
    remark: str = "",
    due_on: date | None = None,
    again: Iterable[int] = (),
) -> Verification:
    """The issuer looks at it: in place, with its effect; or not yet, with a new day.

    `again` are the measures that are to be carried out anew; all of them where none is
    named. Raises RuleBroken: "evidence_missing"; "verified_future", "verified_early"
    (field on); "effect_missing" (effect); "remark_missing" (remark); "due_missing",
    "due_past" (due_on).
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "verify", addressee)
    require_state(addressee, AddresseeState.TO_VERIFY)
    _check_verified_day(addressee, on, day_of(at))
    passed = verdict == Verdict.PASSED
    if passed:
        _require_evidence(addressee.measures.select_related("problem"))
        if not effect:
            raise RuleBroken("effect_missing", _("Rate the effect."), "effect")
    else:
        _check_back(remark, due_on, day_of(at))
    check = Verification(
        addressee=addressee,
        verdict=verdict,
        effect=effect if passed else "",
        on=on,
        remark=remark.strip(),
        by=actor,
    )
    check.store()
    meet(addressee, VERIFY, actor=actor, on=on)
    addressee.verified_on = on
    if passed:
        _close(addressee, actor, check)
    else:
        _send_back(
            addressee, actor, remark=check.remark, due_on=due_on, on=day_of(at), again=again
        )
    _tell_of_check(addressee, check, at, actor)
    return check


@action
def reopen(
    addressee_id: int, *, actor: Actor, at: datetime, reason: str, due_on: date
) -> Addressee:
    """What was closed is to be carried out anew by a day.

    Raises RuleBroken: "remark_missing" (reason), "due_past" (due_on).
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "reopen", addressee)
    require_state(addressee, AddresseeState.CLOSED)
    on = day_of(at)
    _check_back(reason, due_on, on, field="reason")
    addressee.closed_on, addressee.effect = None, ""
    _send_back(addressee, actor, remark=reason.strip(), due_on=due_on, on=on, reopened=True)
    with office_language():
        title = _("Taken up again: %(title)s") % names_of(addressee)
    said = f"reopened:{addressee.version}"
    tell_unit(addressee, reason=said, title=title, text=reason, at=at, actor=actor)
    return addressee


def _require_plan(addressee: Addressee, measures: Sequence[Measure]) -> None:
    planned = {measure.problem_id for measure in measures}
    said = positions_of(addressee)
    for problem in addressee.suggestion.problems.all():
        if said.get(problem.pk) in ADOPTED and problem.pk not in planned:
            message = _("Problem %(n)d was adopted but has no measure yet.")
            raise RuleBroken("problem_open", message % {"n": problem.order})
    if not measures:
        raise RuleBroken("no_measure", _("Enter at least one measure."))


def _require_done(measures: Sequence[Measure]) -> None:
    waiting = [measure.text for measure in measures if measure.state != MeasureState.DONE]
    if waiting:
        message = _("Not carried out yet: %(measures)s")
        raise RuleBroken("measure_open", message % {"measures": "；".join(waiting)})


def _require_evidence(measures: Iterable[Measure]) -> None:
    missing = [measure.text for measure in without_evidence(measures)]
    if missing:
        message = _("There is no evidence for: %(measures)s")
        raise RuleBroken("evidence_missing", message % {"measures": "；".join(missing)})


def _check_verified_day(addressee: Addressee, on: date, today: date) -> None:
    done = addressee.rectified_on
    names = {"day": on.isoformat(), "today": today.isoformat(), "done": done}
    if on > today:
        message = _("%(day)s is later than today (%(today)s).")
        raise RuleBroken("verified_future", message % names, "on")
    if done and on < done:
        message = _("%(day)s is before it was carried out (%(done)s).")
        raise RuleBroken("verified_early", message % names, "on")


def _check_back(remark: str, due_on: date | None, today: date, *, field: str = "remark") -> None:
    if not remark.strip():
        message = _("Say what is still missing.")
        raise RuleBroken("remark_missing", message, field)
    if due_on is None:
        message = _("Set the day by which it is to be carried out.")
        raise RuleBroken("due_missing", message, "due_on")
    if due_on <= today:
        message = _("The new day must be later than today (%(today)s).")
        raise RuleBroken("due_past", message % {"today": today.isoformat()}, "due_on")


def _close(addressee: Addressee, actor: Actor, check: Verification) -> None:
    addressee.effect, addressee.closed_on = check.effect, check.on
    move(
        addressee,
        AddresseeState.CLOSED,
        actor,
        on=check.on.isoformat(),
        effect=Effect(check.effect).value,
    )


def _send_back(
    addressee: Addressee,
    actor: Actor,
    *,
    remark: str,
    due_on: date,
    on: date,
    again: Iterable[int] = (),
    reopened: bool = False,
) -> None:
    """Back to the unit, with a day of the issuer's; the measures are open again."""
    wanted = set(again)
    for measure in addressee.measures.select_for_update(of=("self",)):
        if wanted and measure.pk not in wanted:
            continue
        before = measure.due_on
        measure.state, measure.done_on, measure.due_on = MeasureState.OPEN, None, due_on
        measure.store()
        told = {"text": measure.text, "was": before.isoformat(), "due_on": due_on.isoformat()}
        record(actor, "suggestions.measure.reopened", measure, **told)
    addressee.rectified_on = None
    open_rectify_limit(addressee, actor, trigger_on=on, due_on=due_on)
    move(
        addressee,
        AddresseeState.RECTIFYING,
        actor,
        due_on=due_on.isoformat(),
        remark=remark,
        reopened=reopened,
    )


def _tell_of_check(addressee: Addressee, check: Verification, at: datetime, actor: Actor) -> None:
    with office_language():
        if check.verdict == Verdict.PASSED:
            title = _("Verified: %(title)s") % names_of(addressee)
        else:
            title = _("Not yet in place: %(title)s") % names_of(addressee)
    reason = f"verified:{check.public_id}"
    tell_unit(addressee, reason=reason, title=title, text=check.remark, at=at, actor=actor)
