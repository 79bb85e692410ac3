"""What settling waits for: consents, ways out, help, plans, authority, the lead agency."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.actions.lead import LEAD
from cases.flow.table import table_of
from cases.models import (
    Assignment,
    AssignmentState,
    Authority,
    Dispute,
    Plan,
    PlanState,
    Procedure,
    WayOut,
)
from cases.states import Kind
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from mechanisms.models import MechanismParty
from members.desk import Sort, Sorts
from members.states import Side
from services.consents.models import Consent
from services.deadlines.models import Deadline

FAILED = [mode.key for mode in table_of(Kind.MEDIATION).modes.values() if mode.onward]
UNDER_WAY = ("referred", "acknowledged", "mediating", "extended")
ASKED_AGAIN = timedelta(days=183)
"""So long after a way out was shown, the organ is asked whether the party still wants it."""
IN_WORK = {
    PlanState.DRAFT: "plan-approve",
    PlanState.APPROVED: "plan-submit",
}


def sorts(desk: Desk) -> Sorts:
    if desk.mine.is_staff:
        given = Assignment.objects.filter(state=AssignmentState.ASSIGNED, procedure=None)
        yield Sort(given.filter(professional__user=desk.user), _asked_to_help)
    if not desk.works:
        return
    failed = Procedure.objects.filter(
        kind=Kind.MEDIATION, organ__in=desk.units, mode__in=FAILED, way_out=None
    )
    yield Sort(failed, _failed)
    long_ago = desk.on - ASKED_AGAIN
    shown = WayOut.objects.untaken().filter(procedure__organ__in=desk.units, on__lt=long_ago)
    yield Sort(shown, _untaken)
    if Side.GOVERNMENT in desk.mine.sides:
        plans = Plan.objects.filter(organization__in=desk.units, state__in=IN_WORK)
        yield Sort(plans, _plans)
        yield Sort(_inviting(desk), _plans_wanted)
        yield Sort(_unauthorized(desk), _authority)
    if Side.COURT in desk.mine.sides:
        yield Sort(_proposed(desk), _leads)
    if desk.places:
        wanted = Assignment.objects.filter(state=AssignmentState.REQUESTED)
        yield Sort(wanted.filter(dispute__jurisdiction__in=desk.places), _requests)


def _failed(_desk: Desk, rows: QuerySet[Procedure]) -> Iterator[WorkItem]:
    """A mediation failed, and the party was not shown the way out yet (WJ-28, 61)."""
    near = rows.select_related("organ", "dispute__agency")
    for one in near.order_by("closed_on", "pk")[:MOST]:
        dispute = one.dispute
        yield matter(
            dispute,
            _("Mediation has failed: show the way out"),
            reverse("cases:way-out", args=[dispute.public_id, one.public_id]),
            _("Record what was shown"),
            number=one.number,
            party=one.organ.short_name,
        )


def _untaken(_desk: Desk, rows: QuerySet[WayOut]) -> Iterator[WorkItem]:
    """A way was shown long ago, and nothing has followed: does the party still want it?"""
    near = rows.select_related("procedure__organ", "procedure__dispute__agency")
    for procedure in (one.procedure for one in near.order_by("on", "pk")[:MOST]):
        dispute = procedure.dispute
        yield matter(
            dispute,
            _("A way out was shown long ago, and nothing has followed"),
            reverse("cases:way-given-up", args=[dispute.public_id, procedure.public_id]),
            _("Record that it rests"),
            number=procedure.number,
            party=procedure.organ.short_name,
        )


def _plans(_desk: Desk, rows: QuerySet[Plan]) -> Iterator[WorkItem]:
    """What the agency has still to approve, or to submit (WJ-32, 55)."""
    for one in rows.select_related("organization", "dispute__agency").order_by("pk")[:MOST]:
        draft = one.state == PlanState.DRAFT
        keys = [one.dispute.public_id, one.public_id]
        yield matter(
            one.dispute,
            _("Plan to be approved") if draft else _("Plan to be submitted"),
            reverse(f"cases:{IN_WORK[PlanState(one.state)]}", args=keys),
            _("Record the approval") if draft else _("Submit it"),
            party=one.organization.short_name,
        )


def _inviting(desk: Desk) -> QuerySet[Deadline]:
    """The copy of a suit was served: a plan may be put to the court (WJ-32), so nobody is
    late with it."""
    return Deadline.objects.open().filter(
        rule="XS-PLAN", owed_by__in=desk.units, due_on__gte=desk.on
    )


def _plans_wanted(desk: Desk, limits: QuerySet[Deadline]) -> Iterator[WorkItem]:
    days = dict(limits.values_list("subject_id", "due_on"))
    made = Plan.objects.filter(dispute=OuterRef("dispute"), organization__in=desk.units)
    rows = Procedure.objects.filter(participants__in=list(days), closed_on=None)
    wanted = rows.filter(~Exists(made)).prefetch_related("participants__organization")
    for one in wanted.select_related("dispute__agency").distinct()[:MOST]:
        part = next(part for part in one.participants.all() if part.pk in days)
        unit = part.organization
        if unit is not None:
            yield matter(
                one.dispute,
                _("A resolution plan may be put to the court"),
                reverse("cases:plan-edit", args=[one.dispute.public_id, unit.public_id]),
                _("Write the plan"),
                day=days[part.pk],
                number=one.number,
                party=unit.short_name,
            )


def _unauthorized(desk: Desk) -> QuerySet[Dispute]:
    """It is mediated, and nobody may agree to anything for the agency yet (WJ-55)."""
    given = Authority.objects.filter(
        dispute=OuterRef("pk"), organization=OuterRef("agency"), replaced=False
    )
    mediated = Procedure.objects.filter(
        dispute=OuterRef("pk"), kind=Kind.MEDIATION, state__in=UNDER_WAY, closed_on=None
    )
    return Dispute.objects.filter(~Exists(given), Exists(mediated), agency__in=desk.units)


def _authority(_desk: Desk, rows: QuerySet[Dispute]) -> Iterator[WorkItem]:
    for one in rows.select_related("agency").order_by("-filed_on", "-pk")[:MOST]:
        keys = [one.public_id, one.agency.public_id]
        yield matter(
            one,
            _("Say what may be agreed to in mediation"),
            reverse("cases:authority-new", args=keys),
            _("Record the authority"),
            party=one.agency.short_name,
        )


def _proposed(desk: Desk) -> QuerySet[Dispute]:
    """The court is asked which of several agencies leads (WJ-26)."""
    kind = ContentType.objects.get_for_model(Dispute)
    asked = Consent.objects.open().filter(subject_type=kind, matter=LEAD)
    ours = MechanismParty.objects.filter(
        Q(lead__in=desk.units) | Q(secretariat__in=desk.units), side=Side.COURT
    )
    return Dispute.objects.filter(
        pk__in=asked.values("subject_id"), mechanism__in=ours.values("mechanism")
    )


def _leads(_desk: Desk, rows: QuerySet[Dispute]) -> Iterator[WorkItem]:
    for one in rows.select_related("agency").order_by("-filed_on", "-pk")[:MOST]:
        yield matter(
            one,
            _("Lead agency proposed: the court is asked"),
            reverse("cases:lead-answer", args=[one.public_id]),
            _("Answer"),
            group="sign",
        )


def _requests(_desk: Desk, rows: QuerySet[Assignment]) -> Iterator[WorkItem]:
    """Somebody of the registers is asked for; the bureau assigns (WJ-13, 36)."""
    near = rows.select_related("requested_by", "dispute__agency")
    for one in near.order_by("requested_on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            _("%(who)s asked for") % {"who": one.get_profession_display()},
            reverse("cases:help-assign", args=[one.dispute.public_id, one.public_id]),
            _("Assign"),
            party=one.requested_by.short_name,
        )


def _asked_to_help(_desk: Desk, rows: QuerySet[Assignment]) -> Iterator[WorkItem]:
    """For a lawyer or expert by name; a mediator is asked by the mediation's own step."""
    for one in rows.select_related("dispute__agency").order_by("assigned_on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            _("Assigned as %(who)s") % {"who": one.get_profession_display()},
            reverse("cases:help-answer", args=[one.dispute.public_id, one.public_id]),
            _("Answer"),
            group="sign",
        )
