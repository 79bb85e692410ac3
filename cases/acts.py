"""What a reader may record now in the procedures of one dispute, without asking row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.flow.table import BACK, Step
from cases.models import Dispute, Procedure
from cases.policy.circle import principals, works_in_justice_bureau
from cases.states import AGENCY_ROLES, EITHER_ROLES
from members.models import User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import Side
from services.deadlines.models import Deadline


@dataclass(frozen=True)
class Act:
    """A step that the reader may record now; `meets` a limit if it is what that waits for."""

    procedure: Procedure
    step: Step
    meets: Deadline | None = None

    @property
    def label(self) -> str:
        return f"{self.procedure.name}：{self.step.name}"


class Recorder:
    """The roles that `cases.policy.circle` knows, asked once for a dispute and its procedures.

    The procedures carry their organ and their participants with organizations, prefetched.
    """

    def __init__(self, user: User, dispute: Dispute, procedures: Sequence[Procedure]) -> None:
        self.user, self.dispute, self.procedures = user, dispute, procedures

    def acts(self, limits: Sequence[Deadline] = ()) -> list[Act]:
        """In the order of the tables, the latest procedure first; `limits` are the open duties."""
        return [
            Act(procedure, step, _met(step, limits))
            for procedure in reversed(self.procedures)
            for step in procedure.table.possible(procedure.state)
            if any(self.holds(role, procedure) for role in step.by)
        ]

    def holds(self, role: str, procedure: Procedure) -> bool:
        """Has the reader this role of the tables in the procedure?"""
        if role == "organ":
            return works_for(self.user, procedure.organ)
        if role == "respondent":
            return any(works_for(self.user, one) for one in _agencies(procedure))
        if role == "justice":
            outside = procedure.organ.side in (Side.COURT, Side.PROCURATORATE)
            return not outside and self._justice
        if role == "mediator":
            return self._mediator
        return self._stands(role)

    def _stands(self, side: str) -> bool:
        mine = standing(self.user)
        return mine.has(*WORKERS) and side in mine.sides and bool(self._reasons)

    @cached_property
    def _justice(self) -> bool:
        return works_in_justice_bureau(self.user, self.dispute)

    @cached_property
    def _reasons(self) -> list[tuple[str, str]]:
        """The access rows by which the reader sees the dispute, with what they are for."""
        mine = principals(standing(self.user))
        rows = self.dispute.access.filter(principal__in=mine)
        return list(rows.values_list("principal", "why"))

    @property
    def _mediator(self) -> bool:
        return (f"u{self.user.pk}", "mediator") in self._reasons


def wanted(acts: Sequence[Act]) -> Act | None:
    """What the dispute waits for: what meets the limit that ends first, else the first step
    that takes a procedure on, else the service of what was decided."""
    due = [act for act in acts if act.meets is not None]
    if due:
        return min(due, key=_due_on)
    leading = (act for act in acts if _leads_on(act))
    return next(leading, None) or next((act for act in acts if _serves(act)), None)


def _due_on(act: Act) -> date:
    return act.meets.due_on if act.meets else date.max


def _leads_on(act: Act) -> bool:
    return act.procedure.is_open and _takes_on(act.procedure, act.step)


def _takes_on(procedure: Procedure, step: Step) -> bool:
    if step.closes or step.pauses or step.extends or not step.target:
        return False
    order = list(procedure.table.states)
    return step.target == BACK or order.index(step.target) > order.index(procedure.state)


def leads_on(procedure: Procedure) -> Step | None:
    """The first step by which its own organ takes a procedure on."""
    possible = procedure.table.possible(procedure.state)
    return next((one for one in possible if "organ" in one.by and _takes_on(procedure, one)), None)


def _serves(act: Act) -> bool:
    """Has somebody not yet got the paper that closed the procedure?"""
    if "served_party" not in act.step.asks or not act.procedure.mode:
        return False
    return any(one.party_id and not one.served_on for one in act.procedure.participants.all())


def _met(step: Step, limits: Sequence[Deadline]) -> Deadline | None:
    found = [limit for limit in limits if limit.rule in step.meets]
    return min(found, key=lambda limit: limit.due_on, default=None)


def _agencies(procedure: Procedure) -> list:
    """As `ParticipantQuerySet.agencies`, of rows that are read already."""
    return [
        one.organization
        for one in procedure.participants.all()
        if one.organization
        and (
            one.role in AGENCY_ROLES
            or (one.role in EITHER_ROLES and one.organization.side == Side.GOVERNMENT)
        )
    ]
