"""What units do together: coordination, hand-overs, papers and seals of a defence."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import (
    CoordinationMember,
    CoordinationState,
    CoordinationStep,
    DefencePaper,
    Inquiry,
    MemberAnswer,
    Procedure,
    SealRequest,
    SealState,
    StepState,
    Transfer,
    TransferState,
)
from cases.states import AGENCY_ROLES
from cases.work.desk import MOST, Desk, matter
from foundations.ledgers.work import WorkItem
from members.desk import Sort, Sorts
from members.states import OrganizationKind, Side


def sorts(desk: Desk) -> Sorts:
    if not desk.works:
        return
    is_open = Q(coordination__state=CoordinationState.OPEN)
    calls = CoordinationMember.objects.filter(
        is_open, organization__in=desk.units, answer=MemberAnswer.ASKED
    )
    yield Sort(calls, _calls)
    steps = CoordinationStep.objects.filter(is_open, owed_by__in=desk.units, state=StepState.OPEN)
    yield Sort(steps, _measures)
    yield Sort(
        Transfer.objects.filter(receiver__in=desk.units, state=TransferState.SENT), _transfers
    )
    if Side.GOVERNMENT in desk.mine.sides:
        asked = Inquiry.objects.filter(asked_of__in=desk.units, answered_on=None)
        yield Sort(asked, _inquiries)
        papers = DefencePaper.objects.filter(sent_to__in=desk.units, received_on=None)
        yield Sort(papers, _papers)
        bureau = Q(defence__dispute__jurisdiction__in=desk.places)
        seals = SealRequest.objects.filter(state=SealState.ASKED)
        yield Sort(seals.filter(bureau | Q(asked_by__in=desk.units)), _seals)
    if desk.places:
        yield Sort(_sued(desk), _undefended)


def _calls(_desk: Desk, rows: QuerySet[CoordinationMember]) -> Iterator[WorkItem]:
    near = rows.select_related("organization", "coordination__dispute__agency")
    for one in near.order_by("-coordination__opened_on", "-pk")[:MOST]:
        yield matter(
            one.coordination.dispute,
            _("Called to a coordination"),
            reverse("cases:coordination-answer", args=[one.coordination.public_id]),
            _("Answer"),
            group="sign",
            party=one.organization.short_name,
        )


def _measures(_desk: Desk, rows: QuerySet[CoordinationStep]) -> Iterator[WorkItem]:
    near = rows.select_related("owed_by", "coordination__dispute__agency")
    for one in near.order_by("due_on", "pk")[:MOST]:
        yield matter(
            one.coordination.dispute,
            one.what,
            reverse("cases:coordination-step-done", args=[one.public_id]),
            _("Record it as done"),
            day=one.due_on,
            party=one.owed_by.short_name,
        )


def _transfers(_desk: Desk, rows: QuerySet[Transfer]) -> Iterator[WorkItem]:
    near = rows.select_related("sender", "dispute__agency")
    for one in near.order_by("sent_on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            _("Handed over to us: %(what)s") % {"what": one.get_kind_display()},
            reverse("cases:transfer-answer", args=[one.public_id]),
            _("Sign for it"),
            group="sign",
            day=one.due_on,
            party=one.sender.short_name,
        )


def _inquiries(_desk: Desk, rows: QuerySet[Inquiry]) -> Iterator[WorkItem]:
    near = rows.select_related("asked_by", "dispute__agency")
    for one in near.order_by("asked_on", "pk")[:MOST]:
        yield matter(
            one.dispute,
            one.get_kind_display(),
            reverse("cases:inquiry-answer", args=[one.public_id]),
            _("Answer"),
            day=one.due_on,
            party=one.asked_by.short_name,
        )


def _papers(_desk: Desk, rows: QuerySet[DefencePaper]) -> Iterator[WorkItem]:
    near = rows.select_related("sent_to", "defence__dispute__agency")
    for one in near.order_by("sent_on", "pk")[:MOST]:
        yield matter(
            one.defence.dispute,
            _("Paper of the defence: %(paper)s") % {"paper": one.title},
            f"{one.defence.dispute.get_absolute_url()}?tab=settling#paper-{one.public_id}",
            _("Sign for it"),
            group="sign",
            party=one.sent_to.short_name,
        )


def _seals(desk: Desk, rows: QuerySet[SealRequest]) -> Iterator[WorkItem]:
    """For the bureau, which answers; whoever asked waits for it."""
    near = rows.select_related("asked_by", "defence__dispute__agency")
    for one in near.order_by("needed_on", "pk")[:MOST]:
        dispute = one.defence.dispute
        ours = dispute.jurisdiction_id in desk.places
        answer = reverse("cases:seal-answer", args=[one.public_id])
        page = f"{dispute.get_absolute_url()}?tab=settling#seal-{one.public_id}"
        yield matter(
            dispute,
            _("Seal asked for: %(paper)s") % {"paper": one.paper},
            answer if ours else page,
            _("Answer") if ours else _("Look"),
            group="todo" if ours else "waiting",
            day=one.needed_on,
            party=one.asked_by.short_name,
        )


def _sued(desk: Desk) -> QuerySet[Procedure]:
    """A government that is sued and for which nobody is named yet (WJ-39, YC-26)."""
    sued = Q(
        participants__role__in=AGENCY_ROLES,
        participants__organization__kind=OrganizationKind.GOVERNMENT,
    )
    return Procedure.objects.filter(
        sued,
        organ__side=Side.COURT,
        dispute__jurisdiction__in=desk.places,
        accepted_on__isnull=False,
        closed_on=None,
        defence=None,
    )


def _undefended(_desk: Desk, rows: QuerySet[Procedure]) -> Iterator[WorkItem]:
    for one in rows.select_related("organ", "dispute__agency").distinct()[:MOST]:
        yield matter(
            one.dispute,
            _("The government is sued: name who handles it"),
            reverse("cases:defence-organize", args=[one.public_id]),
            _("Organize the defence"),
            number=one.number,
            party=one.organ.short_name,
        )
