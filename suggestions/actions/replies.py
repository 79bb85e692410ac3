"""What an addressee answers: adopted or not, with reasons; or an objection."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from foundations.calendars.periods import in_time
from members.models import User
from members.rosters import users_of
from services.deadlines.actions import cancel, meet
from suggestions.actions.evidence import keep_files
from suggestions.actions.extensions import drop_requests
from suggestions.actions.limits import open_review_limit
from suggestions.actions.measures import MeasureWords, add_measures
from suggestions.actions.steps import (
    day_of,
    locked_addressee,
    move,
    note,
    office_language,
    people_of,
    require_state,
    tell,
)
from suggestions.actions.supervision import settle_by_reply
from suggestions.models import Addressee, Position, Reply
from suggestions.models.addressees import OBJECTION
from suggestions.numbers import clean_number
from suggestions.states import NEEDS_REASON, AddresseeState, Attitude

LEADS_TO = {
    Attitude.ACCEPTED: AddresseeState.RECTIFYING,
    Attitude.PARTLY: AddresseeState.RECTIFYING,
    Attitude.NOT_ACCEPTED: AddresseeState.REFUSED,
    Attitude.OBJECTION: AddresseeState.OBJECTED,
}
UNDER_REVIEW = (AddresseeState.REFUSED, AddresseeState.OBJECTED)


@dataclass(frozen=True)
class PositionWords:
    """What is said of the problem with number `problem` in the letter."""

    problem: int
    attitude: str
    reason: str = ""


@dataclass(frozen=True)
class ReplyWords:
    """A reply; `received_on` and `posted_on` are of a paper one, entered by the issuer.

    `measures` may follow later, with `plan_measures`.
    """

    positions: tuple[PositionWords, ...]
    text: str = ""
    reason: str = ""
    number: str = ""
    received_on: date | None = None
    posted_on: date | None = None
    measures: tuple[MeasureWords, ...] = ()
    files: tuple[UploadedFile, ...] = ()
    declared: bool = False

    @property
    def decides_on(self) -> date | None:
        """The day that says whether it is in time: posted, else received (民诉法 art. 85)."""
        return self.posted_on or self.received_on


def attitude_of(positions: Iterable[PositionWords]) -> str:
    """Of the whole: an objection to anything is one; partly where the problems differ."""
    said = {position.attitude for position in positions}
    if Attitude.OBJECTION in said:
        return Attitude.OBJECTION
    return Attitude(said.pop()) if len(said) == 1 else Attitude.PARTLY


@action
def reply(
    addressee_id: int,
    *,
    actor: Actor,
    at: datetime,
    words: ReplyWords,
    on_behalf: bool = False,
) -> Reply:
    """The addressee replies, or the issuer enters its paper reply `on_behalf`.

    The last reply counts. One that adopted can be added to, not taken back. Raises
    RuleBroken: "not_served"; "position_missing" (field attitude_n, n the problem),
    "reason_missing" (reason_n), "adopted"; of a paper reply "received_missing",
    "received_future", "reply_before_service" (received_on), "posted_after",
    "posted_before_service" (posted_on), "scan_missing" (file); of measures as
    `plan_measures` does, and "measure_early_on" where nothing is adopted yet.
    """
    addressee = locked_addressee(addressee_id)
    policy_for(Addressee).require(actor, "register" if on_behalf else "reply", addressee)
    words = _dated(words, at, on_behalf)
    twin = _twin(addressee, actor, words)
    if twin is not None:
        return twin
    _require_served(addressee)
    _check_positions(addressee, words)
    whole = attitude_of(words.positions)
    _require_addition(addressee, whole)
    if on_behalf:
        _check_paper(addressee, words, day_of(at))
    made = _written(addressee, actor, words, whole, on_behalf)
    if not on_behalf and isinstance(actor, User):
        addressee.handler = addressee.handler or actor
    _take_effect(addressee, made, words, actor, at)
    keep_files(
        made,
        words.files,
        addressee=addressee,
        organization=addressee.suggestion.issuer if on_behalf else addressee.organization,
        actor=actor,
        at=at,
        declared=words.declared,
    )
    _tell_of_reply(addressee, made, at, actor)
    return made


@action
def add_reply_files(
    reply_id: int, *, actor: Actor, at: datetime, files: Collection[UploadedFile], declared: bool
) -> Reply:
    """Further files with a reply, by who gave it."""
    given = Reply.objects.get(pk=reply_id)
    addressee = locked_addressee(given.addressee_id)
    policy_for(Addressee).require(actor, "register" if given.on_behalf else "reply", addressee)
    letter = addressee.suggestion
    keep_files(
        given,
        files,
        addressee=addressee,
        organization=letter.issuer if given.on_behalf else addressee.organization,
        actor=actor,
        at=at,
        declared=declared,
    )
    return given


def _dated(words: ReplyWords, at: datetime, on_behalf: bool) -> ReplyWords:
    """A reply in the portal is received when it is sent, and never by post; its number is
    put into the usual form."""
    number, _changed = clean_number(words.number)
    if on_behalf:
        return replace(words, number=number)
    return replace(words, number=number, received_on=day_of(at), posted_on=None)


def _twin(addressee: Addressee, actor: Actor, words: ReplyWords) -> Reply | None:
    """The same reply, sent by two clicks."""
    last = addressee.replies.first()
    if last is None or addressee.state == AddresseeState.SERVED:
        return None
    same = (last.by, last.text, last.number, last.received_on, last.posted_on) == (
        actor,
        words.text.strip(),
        words.number,
        words.received_on,
        words.posted_on,
    )
    said = last.positions.values_list("problem__order", "attitude", "reason")
    given = {(one.problem, str(one.attitude), one.reason.strip()) for one in words.positions}
    return last if same and set(said) == given else None


def _require_served(addressee: Addressee) -> None:
    if addressee.state in (AddresseeState.DRAFT, AddresseeState.SENT):
        message = _("The letter has not reached “%(unit)s” yet: it is signed for or served first.")
        names = {"unit": addressee.organization.short_name}
        raise RuleBroken("not_served", message % names, "received_on")
    require_state(addressee, AddresseeState.SERVED, AddresseeState.RECTIFYING, *UNDER_REVIEW)


def _require_addition(addressee: Addressee, whole: str) -> None:
    """What is being carried out was adopted once and for all."""
    adopting = LEADS_TO[Attitude(whole)] == AddresseeState.RECTIFYING
    if addressee.state == AddresseeState.RECTIFYING and not adopting:
        raise RuleBroken(
            "adopted",
            _("The advice was adopted and is being carried out; a reply can add to that only."),
        )


def position_missing(order: int) -> str:
    return _("Say whether you adopt the advice on problem %(n)d.") % {"n": order}


def _check_positions(addressee: Addressee, words: ReplyWords) -> None:
    said = {position.problem: position for position in words.positions}
    for order in addressee.suggestion.problems.values_list("order", flat=True):
        position = said.get(order)
        if position is None or not position.attitude:
            raise RuleBroken("position_missing", position_missing(order), f"attitude_{order}")
        if position.attitude in NEEDS_REASON and not position.reason.strip():
            message = _("Give the reasons: “%(attitude)s” needs them.")
            names = {"attitude": Attitude(position.attitude).label}
            raise RuleBroken("reason_missing", message % names, f"reason_{order}")


def _check_paper(addressee: Addressee, words: ReplyWords, today: date) -> None:
    """The days of a paper reply, and its scan."""
    received, posted = words.received_on, words.posted_on
    if received is None:
        message = _("Enter the day on which the reply arrived.")
        raise RuleBroken("received_missing", message, "received_on")
    days = {
        "day": received.isoformat(),
        "served": addressee.served_on.isoformat(),
        "today": today.isoformat(),
    }
    if received > today:
        message = _("%(day)s is later than today (%(today)s). Enter it when it has arrived.")
        raise RuleBroken("received_future", message % days, "received_on")
    if received < addressee.served_on:
        message = _("%(day)s is before the letter was served (%(served)s). Check both days.")
        raise RuleBroken("reply_before_service", message % days, "received_on")
    if posted is not None:
        _check_posted(posted, days, received, addressee.served_on)
    if not words.files:
        message = _("Upload the scan of the paper reply.")
        raise RuleBroken("scan_missing", message, "file")


def _check_posted(posted: date, days: dict[str, str], received: date, served: date) -> None:
    days = {**days, "posted": posted.isoformat()}
    if posted > received:
        message = _("It cannot be posted (%(posted)s) after it arrived (%(day)s).")
        raise RuleBroken("posted_after", message % days, "posted_on")
    if posted < served:
        message = _("%(posted)s is before the letter was served (%(served)s). Check both days.")
        raise RuleBroken("posted_before_service", message % days, "posted_on")


def _written(
    addressee: Addressee, actor: Actor, words: ReplyWords, whole: str, on_behalf: bool
) -> Reply:
    made = Reply(
        addressee=addressee,
        attitude=whole,
        reason=words.reason.strip(),
        text=words.text.strip(),
        number=words.number,
        received_on=words.received_on,
        posted_on=words.posted_on,
        on_behalf=on_behalf,
        by=actor,
    )
    made.store()
    problems = {problem.order: problem for problem in addressee.suggestion.problems.all()}
    for said in words.positions:
        position = Position(
            reply=made,
            problem=problems[said.problem],
            attitude=said.attitude,
            reason=said.reason.strip(),
        )
        position.full_clean(exclude=["reply"])
        position.save()
    return made


def _take_effect(
    addressee: Addressee, made: Reply, words: ReplyWords, actor: Actor, at: datetime
) -> None:
    """The first reply since the letter was served meets the limit; the last one decides."""
    before = AddresseeState(addressee.state)
    if before == AddresseeState.SERVED:
        _meet_reply(addressee, made, actor, at)
    elif before in UNDER_REVIEW:
        cancel(addressee, OBJECTION, actor=actor, on=day_of(at))
        move(addressee, AddresseeState.SERVED, actor, replaced=True)
    addressee.attitude = made.attitude
    _add_promised(addressee, made, words, actor, on=day_of(at))
    told = {
        "attitude": str(made.attitude),
        "received_on": made.received_on.isoformat(),
        "late": addressee.reply_late,
        "on_behalf": made.on_behalf,
        "reply": made.public_id,
    }
    if before == AddresseeState.RECTIFYING:
        addressee.store()
        note(actor, "reply_added", addressee, **told)
        return
    to = LEADS_TO[Attitude(made.attitude)]
    move(addressee, to, actor, **told)
    if to in UNDER_REVIEW:
        open_review_limit(addressee, actor, trigger_on=day_of(at))


def _meet_reply(addressee: Addressee, made: Reply, actor: Actor, at: datetime) -> None:
    """In time by the day of posting, whenever it arrived."""
    done_on = made.posted_on or made.received_on
    meet(addressee, addressee.suggestion.reply_rule, actor=actor, on=done_on)
    due_on = addressee.reply_due_on
    addressee.replied_on = done_on
    addressee.reply_late = due_on is not None and not in_time(due_on, received_on=done_on)
    drop_requests(addressee, actor, at=at)
    settle_by_reply(addressee, actor=actor, at=at)


def _add_promised(
    addressee: Addressee, made: Reply, words: ReplyWords, actor: Actor, *, on: date
) -> None:
    if not words.measures:
        return
    if LEADS_TO[Attitude(made.attitude)] in UNDER_REVIEW:
        message = _("Measures follow once the issuer has looked at your reasons.")
        raise RuleBroken("measure_early_on", message, f"measure_{words.measures[0].row}")
    add_measures(addressee, actor, words.measures, on=on, on_behalf=made.on_behalf)


def _tell_of_reply(addressee: Addressee, made: Reply, at: datetime, actor: Actor) -> None:
    """The issuer, and who got a copy of the letter (CX-25); the unit if it was entered for it."""
    letter = addressee.suggestion
    names = {
        "unit": addressee.organization.short_name,
        "title": letter.title,
        "attitude": made.get_attitude_display(),
    }
    with office_language():
        names["attitude"] = str(Attitude(made.attitude).label)
        title = _("%(unit)s replied (%(attitude)s): %(title)s") % names
        if made.on_behalf:
            title = _("The reply of %(unit)s was entered (%(attitude)s): %(title)s") % names
    people = people_of(letter.issuer, at, letter.handler)
    for copy in letter.copies.filter(sent_on__isnull=False).select_related("organization"):
        people += users_of(copy.organization, day_of(at))
    if made.on_behalf:
        people += people_of(addressee.organization, at, addressee.handler)
    reason = f"reply:{made.public_id}"
    tell(people, addressee, reason=reason, title=title, at=at, actor=actor)
