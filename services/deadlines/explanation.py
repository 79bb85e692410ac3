"""How a due date came about: one sentence, the steps of the count, and its basis."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.calendars.periods import Reckoning, Unit
from foundations.calendars.working_days import NOTICE, ONE_DAY, REGIONS
from services.deadlines.models import Deadline, DeadlineState
from services.deadlines.reckoning import Answer
from services.deadlines.rules import Rule, law, rule_on


@dataclass(frozen=True)
class Step:
    label: str
    words: str


@dataclass(frozen=True)
class Explanation:
    """`steps` end with the due day; `basis` is the clause or statute, `quote` its words."""

    sentence: str
    steps: tuple[Step, ...]
    basis: str
    quote: str = ""
    notes: tuple[str, ...] = ()


def explain(deadline: Deadline) -> Explanation:
    """Of a limit of a record, by the steps that were kept when it was counted."""
    told = Told(
        deadline.trigger_on,
        deadline.nominal_on,
        deadline.due_on,
        deadline.steps,
        waits=_waits(deadline),
    )
    return Explanation(
        sentence=told.sentence,
        steps=tuple(told.steps),
        basis=basis_of(deadline),
        quote=_quote(deadline),
        notes=(*_standing_still(deadline), *_lapsing(deadline), *told.notes),
    )


def explain_answer(answer: Answer) -> Explanation:
    """Of what a rule answered; without a day the sentence says why there is none."""
    rule, count = answer.rule, answer.reckoning
    notes = [rule.note] if rule.note else []
    if count is None:
        return Explanation(answer.why, (), rule.cited, notes=tuple(notes))
    if answer.case.extended:
        notes.append(_("Extension: %(condition)s") % {"condition": rule.extended_if})
    told = told_of(count, waits=rule.waits, event=rule.trigger)
    notes += told.notes
    return Explanation(told.sentence, tuple(told.steps), rule.cited, notes=tuple(notes))


def as_text(answer: Answer) -> str:
    """The whole explanation in lines, to be copied into a paper or a message."""
    told = explain_answer(answer)
    lines = [f"{answer.rule.key}  {answer.rule.name}", told.sentence]
    lines += [f"  {step.label}：{step.words}" for step in told.steps]
    lines += [_("Basis: %(basis)s") % {"basis": told.basis}, *told.notes]
    return "\n".join(lines)


def told_of(count: Reckoning, *, waits: bool = False, event: str = "") -> "Told":
    days = count.trigger_on, count.nominal_on, count.due_on
    return Told(*days, count.steps, waits=waits, event=event)


def basis_of(deadline: Deadline) -> str:
    """The clause or the statute that causes the limit; "" when neither is recorded."""
    named = deadline.provision.citation if deadline.provision else deadline.basis
    return _("Basis: %(basis)s") % {"basis": named} if named else ""


def day_words(day: date | str) -> str:
    """2026年11月24日 星期二."""
    return date_format(date.fromisoformat(day) if isinstance(day, str) else day, _("F j, Y, l"))


def period_words(length: int, unit: str) -> str:
    """2 个月 and the like."""
    words = {
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", length),
        Unit.WORKDAYS: ngettext("%(n)d working day", "%(n)d working days", length),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", length),
        Unit.YEARS: ngettext("%(n)d year", "%(n)d years", length),
    }
    return words[Unit(unit)] % {"n": length}


class Told:
    """A count in words; `counted` are the steps of a Reckoning, or none for a day that was set.

    With `waits` the last day is one to be waited for, not one to act by. `event` says what
    happened on the day from which it is counted.
    """

    def __init__(
        self,
        trigger_on: date,
        nominal_on: date,
        due_on: date,
        counted: Sequence[dict],
        *,
        waits: bool = False,
        event: str = "",
    ):
        self.trigger_on, self.nominal_on, self.due_on = trigger_on, nominal_on, due_on
        self.counted, self.waits, self.event = counted, waits, event
        self._by_kind = {step["step"]: step for step in counted}

    @property
    def sentence(self) -> str:
        names = {
            "trigger": day_words(self.trigger_on),
            "nominal": day_words(self.nominal_on),
            "due": day_words(self.due_on),
        }
        found = self._by_kind
        if "before" in found:
            return self._sentence_before(names, found["before"], found.get("earlier"))
        if "until" in found:
            names["period"] = _calendar_period(found["in"])
            return _("Matters of %(period)s; the last day is %(due)s.") % names
        if "end" not in found:
            return _("Set off on %(trigger)s; the last day is %(due)s.") % names
        names["period"] = _period(found["end"])
        names |= {"changes": "".join(_changes(self.counted)), "rest": _rest(found.get("roll"))}
        if self.waits:
            return self._sentence_waiting(names)
        if "roll" not in found:
            return _("%(period)s from %(trigger)s%(changes)s; the last day is %(due)s.") % names
        return (
            _(
                "%(period)s from %(trigger)s%(changes)s end on %(nominal)s (%(rest)s); "
                "the last day is %(due)s."
            )
            % names
        )

    def _sentence_waiting(self, names: dict) -> str:
        names["next"] = day_words(self.free_on)
        if "roll" not in self._by_kind:
            return (
                _(
                    "%(period)s from %(trigger)s%(changes)s must pass; the wait ends with "
                    "%(due)s, and one may act from %(next)s on."
                )
                % names
            )
        return (
            _(
                "%(period)s from %(trigger)s%(changes)s must pass and end on %(nominal)s "
                "(%(rest)s); the wait ends with %(due)s, and one may act from %(next)s on."
            )
            % names
        )

    @property
    def free_on(self) -> date:
        """The first day after the wait."""
        return self.due_on + ONE_DAY

    def _sentence_before(self, names: dict, before: dict, earlier: dict | None) -> str:
        names["period"] = _period(before)
        if earlier is None:
            return _("%(period)s before %(trigger)s; the last day is %(due)s.") % names
        names |= {"rest": _rest(earlier), "earlier": day_words(earlier["on"])}
        return (
            _(
                "%(period)s before %(trigger)s; the last day is %(due)s (%(rest)s), "
                "so act by the working day %(earlier)s."
            )
            % names
        )

    @property
    def steps(self) -> Iterator[Step]:
        """The stops of the count in their order; the last one is the last day."""
        if not self.counted or self.counted[0]["step"] == "set":
            yield Step(_("Set off"), day_words(self.trigger_on))
        moved = self._by_kind.get("roll") or self._by_kind.get("earlier")
        stops = [step for step in self.counted if step["step"] in _LABELS]
        for step in stops:
            words = day_words(step["on"])
            if self.event and step["step"] in {"trigger", "event"}:
                words = _("%(day)s (%(event)s)") % {"day": words, "event": self.event}
            if step["step"] == "in":
                names = {"day": words, "period": _calendar_period(step)}
                words = _("%(period)s (%(day)s lies in it)") % names
            if moved and step is stops[-1]:
                words = _("%(day)s, %(rest)s") % {"day": words, "rest": _rest(moved)}
            yield Step(_LABELS[step["step"]](step), words)
        for step in self.counted:
            if step["step"] == "set":
                yield Step("", step["words"])
        if self.waits:
            yield Step(_("The wait ends"), day_words(self.due_on))
        yield Step(*self._last)

    @property
    def _last(self) -> tuple[str, str]:
        if self.waits:
            return _("One may act from"), day_words(self.free_on)
        if "earlier" in self._by_kind:
            return _("Latest working day"), day_words(self._by_kind["earlier"]["on"])
        label = _("Moved to the next working day") if "roll" in self._by_kind else _("Last day")
        return label, _("%(day)s, until midnight") % {"day": day_words(self.due_on)}

    @property
    def notes(self) -> Iterator[str]:
        for step in self.counted:
            yield from _NOTES.get(step["step"], _nothing)(step)


def _pause_label(step: dict) -> str:
    names = {
        "first": day_words(step["from"]),
        "last": day_words(step["to"]),
        "why": "，".join(filter(None, (step["reason"], step["paper"]))),
        "period": _period(step),
    }
    if names["why"]:
        return _("Paused from %(first)s to %(last)s (%(why)s), %(period)s off, ends") % names
    return _("Paused from %(first)s to %(last)s, %(period)s off, ends") % names


_LABELS = {
    "trigger": lambda _step: _("Set off"),
    "first_day": lambda _step: _("Counted from the next day"),
    "end": lambda step: _("%(period)s end") % {"period": _period(step)},
    "pause": _pause_label,
    "extension": lambda step: _("Extended by %(period)s") % {"period": _period(step)},
    "extended_to": lambda _step: _("Extended to"),
    "event": lambda _step: _("Day of the event, not counted"),
    "before": lambda step: _("Counted back %(period)s") % {"period": _period(step)},
    "in": lambda _step: _("Of the period"),
}


def _changes(steps: Iterable[dict]) -> Iterator[str]:
    """What came between the trigger and the end, for the one sentence."""
    taken: Counter[str] = Counter()
    for step in steps:
        if step["step"] == "pause":
            taken[step["unit"]] += step["length"]
    for unit, days in taken.items():
        yield _(", less %(period)s of a pause") % {"period": period_words(days, unit)}
    for step in steps:
        if step["step"] == "extension":
            yield _(", extended by %(period)s") % {"period": _period(step)}
        elif step["step"] == "extended_to":
            yield _(", extended to %(day)s") % {"day": day_words(step["on"])}


def _period(step: dict) -> str:
    return period_words(step["length"], step["unit"])


def _calendar_period(step: dict) -> str:
    """2026 年度, 2026 年上半年, 2026 年 10 月."""
    day = date.fromisoformat(step["on"])
    names = {"year": day.year, "month": day.month}
    if step["period"] == "month":
        return _("month %(month)d of %(year)d") % names
    if step["period"] == "year":
        return _("the year %(year)d") % names
    if day.month <= 6:
        return _("the first half of %(year)d") % names
    return _("the second half of %(year)d") % names


def _rest(step: dict | None) -> str:
    return (step.get("holiday") or _("a rest day")) if step else ""


def _standing_still(deadline: Deadline) -> Iterator[str]:
    if deadline.state == DeadlineState.SUSPENDED:
        yield _("The clock stands still; the last day is set anew when it runs again.")


def _lapsing(deadline: Deadline) -> Iterator[str]:
    if not deadline.window:
        return
    rule = rule_of(deadline)
    if rule is not None and rule.watched:
        yield rule.watched
    else:
        yield _("A right that lapses after its last day; nobody has to do anything.")


def _waits(deadline: Deadline) -> bool:
    rule = rule_of(deadline)
    return rule is not None and rule.waits


def rule_of(deadline: Deadline) -> Rule | None:
    """The row of the law table that counted it; None for a limit that a room set by itself."""
    known = deadline.rule in law()
    return rule_on(deadline.rule, deadline.trigger_on) if known else None


def _quote(deadline: Deadline) -> str:
    clause = deadline.provision
    return (clause.operative or clause.text) if clause else ""


def _nothing(_step: dict) -> Iterator[str]:
    yield from ()


def _calendar_notes(step: dict) -> Iterator[str]:
    region = REGIONS.get(step["region"])
    names = {"version": step["version"], "region": region}
    if region and step["regional_days"]:
        yield _("Calendar %(version)s, with the holidays of %(region)s") % names
    elif region:
        yield _("Calendar %(version)s, without the holidays of %(region)s") % names
    else:
        yield _("Calendar %(version)s") % names


def _passed_over_notes(step: dict) -> Iterator[str]:
    if step["holidays"]:
        yield _("Holidays, not counted: %(holidays)s") % {
            "holidays": "、".join(map(_span_words, step["holidays"]))
        }
    if step["work"]:
        days = "、".join(_short_day(day) for day in step["work"])
        yield _("Working days of a weekend, counted: %(days)s") % {"days": days}


def _span_words(span: dict) -> str:
    """春节（2月15日至2月23日）."""
    names = {
        "name": span["name"],
        "first": _short_day(span["from"]),
        "last": _short_day(span["to"]),
    }
    if span["from"] == span["to"]:
        return _("%(name)s (%(first)s)") % names
    return _("%(name)s (%(first)s to %(last)s)") % names


def _short_day(day: str) -> str:
    return date_format(date.fromisoformat(day), _("F j"))


def _region_notes(step: dict) -> Iterator[str]:
    years = "、".join(str(year) for year in step["years"])
    yield _("The region's own holidays of %(years)s are not entered") % {"years": years}


def _idle_notes(step: dict) -> Iterator[str]:
    names = {"first": day_words(step["from"]), "last": day_words(step["to"])}
    yield (
        _(
            "The pause from %(first)s to %(last)s changes nothing: its days lie outside the "
            "count or are taken off already."
        )
        % names
    )


def _passed_notes(step: dict) -> Iterator[str]:
    names = {"first": day_words(step["from"]), "last": day_words(step["to"])}
    yield _("The last day moved past the pause from %(first)s to %(last)s too.") % names


def _provisional_notes(_step: dict) -> Iterator[str]:
    yield str(NOTICE)


_NOTES = {
    "pause_idle": _idle_notes,
    "pause_passed": _passed_notes,
    "passed_over": _passed_over_notes,
    "calendar": _calendar_notes,
    "provisional": _provisional_notes,
    "region_missing": _region_notes,
}
