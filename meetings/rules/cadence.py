"""Are meetings held as often as the text asks: by its interval, by the plan, as needed."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundations.calendars.periods import Unit, reckon
from mechanisms.findings import (
    EVIDENCE_SHOWN,
    SOON,
    Clause,
    Evidence,
    Finding,
    Occasion,
    Words,
    weigh_occasions,
    weigh_use,
)
from mechanisms.states import ComplianceState
from mechanisms.states import RuleKind as K
from mechanisms.wording import sentence_of
from meetings.models import Meeting
from meetings.rules.rows import (
    AD_HOC,
    REGULAR,
    happened,
    held,
    held_this_year,
    proof,
    proposed,
    series_on,
)
from meetings.states import MeetingState

S = ComplianceState
NEVER_COMES = (MeetingState.CANCELLED, MeetingState.REFUSED, MeetingState.PROPOSED)


def every_so_often(
    clause: Clause, months: int, done: list[Evidence], begins: date, what: str
) -> Finding:
    """At least once in so many months, counted from the last time, before it from `begins`.

    `done` is the newest first. Broken from the day after the last day; due soon in the
    week before it.
    """
    last = done[0].on if done else begins
    calendar = clause.jurisdiction.calendar
    due_on = reckon(max(last, begins), months, Unit.MONTHS, calendar).due_on
    period = sentence_of({"every_months": months})
    named: dict[str, Any] = {"what": what, "day": date_format(due_on)}
    if due_on < clause.on:
        state, said = S.BROKEN, _("%(what)s was due by %(day)s.") % named
    elif due_on - clause.on <= SOON:
        state, said = S.DUE_SOON, _("%(what)s is due by %(day)s.") % named
    elif done:
        named["last"] = date_format(last)
        state, said = S.KEPT, _("Last on %(last)s; next by %(day)s.") % named
    else:
        state, said = S.NOT_YET_DUE, _("The first is due by %(day)s.") % named
    return Finding(state, said, tuple(done[:EVIDENCE_SHOWN]), due_on, period)


def regular(clause: Clause) -> Finding:
    """Regular meetings by the interval of the text; without one, by the plan of the office."""
    months = clause.parameters.get("every_months")
    if not months:
        return by_plan(clause)
    rows = held(clause, REGULAR)[:EVIDENCE_SHOWN]
    series = series_on(clause)
    begins = clause.provision.version.effective_from
    if series is not None:
        begins = max(begins, series.origin_on)
    return every_so_often(
        clause, months, [proof(one) for one in rows], begins, _("The regular meeting")
    )


def by_plan(clause: Clause) -> Finding:
    """No interval in the text: what the office has planned is to be held on its day; without
    a plan the duty is only used or not."""
    rows = clause.mechanism.meetings.exclude(state__in=NEVER_COMES)
    known = rows.filter(planned_on__gte=clause.since).order_by("planned_on", "pk")
    found = [one for one in map(_as_planned, known) if one.on <= clause.on]
    words = Words(
        kept=_("Meetings are held as planned."),
        missing=_("A planned meeting is not held yet."),
        idle=_("No meeting within a year."),
        period=_("By the plan of the office"),
    )
    weigh = weigh_occasions if found else weigh_use
    return weigh(clause, found, words)


def _as_planned(meeting: Meeting) -> Occasion:
    """Known from the day on which it was entered, due on its day."""
    known = proposed(meeting).on
    return Occasion(meeting, meeting.title, known, meeting.planned_on, meeting.held_on)


def any_kind(clause: Clause) -> Finding:
    """Meetings in the forms that the text names."""
    words = Words(
        kept=_("Held within a year: regular and ad-hoc meetings as they came."),
        missing="",
        idle=_("No meeting within a year."),
        period=_("As needed"),
    )
    return weigh_use(clause, map(happened, held_this_year(clause)), words)


def ad_hoc_proposed(clause: Clause) -> Finding:
    """Whether an ad-hoc meeting was proposed; whether it is held is for the sides to agree."""
    rows = clause.mechanism.meetings.filter(kind=AD_HOC)
    words = Words(
        kept=_("Ad-hoc meetings were proposed and consulted on within a year."),
        missing="",
        idle=_("No ad-hoc meeting was proposed within a year."),
        period=_("As needed"),
    )
    return weigh_use(clause, map(proposed, rows), words)


def ad_hoc_hosted(clause: Clause) -> Finding:
    """Every ad-hoc meeting that was held was convened by whoever proposed it."""
    words = Words(
        kept=_("Ad-hoc meetings were convened by whoever proposed them."),
        missing="",
        idle=_("No ad-hoc meeting within a year."),
        period=_("Each ad-hoc meeting"),
    )
    return weigh_occasions(clause, map(happened, held(clause, AD_HOC)), words)


RULES = {
    (K.MEETING_CADENCE, "regular_meeting"): regular,
    (K.MEETING_CADENCE, "joint_meeting"): regular,
    (K.MEETING_CADENCE, "meeting_kind"): any_kind,
    (K.AD_HOC_MEETING, "ad_hoc_proposal"): ad_hoc_proposed,
    (K.AD_HOC_MEETING, "ad_hoc_host"): ad_hoc_hosted,
    (K.AD_HOC_MEETING, "joint_meeting"): any_kind,
}
