"""From rows to `Attendance`: what the rules and the figures read."""

from collections.abc import Iterable

from cases.hearings.attendance import Attendance
from cases.hearings.law import LITIGATION
from cases.hearings.states import Cause, HearingState
from cases.models import Appearance
from cases.models.hearings import AppearanceQuerySet

LIVE = (HearingState.SET, HearingState.HELD)
NEAR = ("hearing__procedure", "hearing__earlier", "joint_with")


def attendances(rows: AppearanceQuerySet) -> list[Attendance]:
    """Of appearances at hearings that are set or held; one query."""
    live = rows.filter(hearing__state__in=LIVE).select_related(*NEAR)
    return [attendance_of(one) for one in live]


def attendance_of(one: Appearance, *, postponed: bool = False) -> Attendance:
    """`postponed`: the hearing before was adjourned for this agency's head."""
    hearing = one.hearing
    return Attendance(
        instance=hearing.procedure_id,
        agency=one.organization_id,
        hearing=hearing.pk,
        on=hearing.on,
        litigation=hearing.procedure.kind in LITIGATION,
        held=hearing.is_held,
        recorded=one.recorded,
        called=one.called_on is not None,
        came=one.came,
        level=one.level,
        belongs=one.belongs,
        identity=one.identity,
        speech=frozenset(one.speech),
        staff=bool(one.staff),
        lawyer=bool(one.lawyers),
        left=one.left,
        refused=one.refused,
        ground=one.ground,
        finding=one.finding,
        postponed=postponed,
        joint=one.joint,
        joint_with=one.joint_with.organization_id if one.joint_with else None,
    )


def postponed_for(rows: Iterable[Appearance]) -> set[int]:
    """The appearances before which a hearing was adjourned for the agency's own head."""
    every = list(rows)
    asked = {(one.hearing_id, one.participant_id) for one in every if one.asks_adjournment}
    return {
        one.pk
        for one in every
        if (earlier := one.hearing.earlier) is not None
        and earlier.cause == Cause.HEAD
        and (earlier.pk, one.participant_id) in asked
    }
