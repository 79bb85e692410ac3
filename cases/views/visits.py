"""回访: what is to be visited, each visit, and the register of follow-up visits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.actions import visits as actions
from cases.flow.table import table_of
from cases.forms import outcomes as forms
from cases.models import Dispute, Procedure, Visit
from cases.pills import Pill, pill_of
from cases.policy.circle import enters
from cases.states import Kind
from cases.views.acts import Act, page
from cases.views.hands import Hands
from cases.views.reading import reading_of
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import User

GOES_ON = ("waiting", "following")
STATES = [(key, state.name) for key, state in table_of(Kind.VISIT).states.items()]
MODES = [(key, mode.name) for key, mode in table_of(Kind.VISIT).modes.items()]


class VisitFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=STATES)
    mode = ChoiceFilter(label=_("Result"), choices=MODES)

    class Meta:
        model = Procedure
        fields: list[str] = []


def _state(visit: Procedure) -> str:
    return visit.standing.name


def _result(visit: Procedure) -> str:
    return visit.outcome.name if visit.outcome else ""


class VisitLedger(Ledger):
    name = "visits"
    title = _("Follow-up visits")
    subtitle = _("After settlement, withdrawal and performance")
    model = Procedure
    filterset_class = VisitFilter
    search_fields = ("dispute__title", "dispute__number")
    search_hint = _("Dispute, number")
    columns = (
        Column("dispute", _("Dispute"), value="dispute.title"),
        Column("state", _("State"), value=_state, width="112"),
        Column("result", _("Result"), value=_result, width="132"),
        Column("organ", _("Organ"), value="organ.short_name", width="150"),
        Column("opened_on", _("Arranged on"), sort="opened_on", width="132"),
        Column("closed_on", _("Last visit"), sort="closed_on", width="132"),
    )
    order = "-opened_on"
    row_template = "cases/_visit_row.html"
    empty = _("No visits here")
    empty_hint = _("Visits are arranged when a dispute has been settled, withdrawn or performed.")
    standing_views = (
        (_("To be visited"), "state=waiting"),
        (_("To be visited again"), "state=following"),
        (_("All"), ""),
    )
    opens_on = "state=waiting"


@require_GET
@login_required
def register(request: SignedInRequest) -> HttpResponse:
    rows: QuerySet[Procedure] = visible_to(request.user, Procedure).filter(kind=Kind.VISIT)
    return ledger_response(request, VisitLedger, rows=rows.select_related("dispute", "organ"))


@dataclass(frozen=True)
class Line:
    """One follow-up; `visits` are told to the organ and the bureau alone."""

    procedure: Procedure
    pill: Pill
    after: str
    visits: list[Visit]
    url: str


@dataclass(frozen=True)
class Unvisited:
    procedure: Procedure
    result: str
    url: str


def visits_section(request: SignedInRequest, dispute: Dispute) -> dict:
    hands = Hands(request.user, dispute)
    procedures = reading_of(request, dispute).procedures
    rows: dict[int, list[Visit]] = {}
    for visit in visible_to(request.user, Visit).filter(procedure__dispute=dispute):
        rows.setdefault(visit.procedure_id, []).append(visit)
    followed = [one for one in procedures if one.kind == Kind.VISIT]
    origins = {link.earlier_id for one in followed for link in one.origins.all()}
    return {
        "visit_lines": [_line(hands, one, rows.get(one.pk, [])) for one in followed],
        "unvisited": [
            Unvisited(one, one.outcome.name, reverse("cases:visit-arrange", args=[one.public_id]))
            for one in procedures
            if one.outcome and one.pk not in origins and wants_visit(one) and hands.keeps(one)
        ],
    }


def wants_visit(procedure: Procedure) -> bool:
    """Settled and withdrawn cases (WJ-76), and decisions to be performed (YC-14)."""
    outcome = procedure.outcome
    if outcome is None or procedure.kind in (Kind.INTAKE, Kind.VISIT, Kind.CONFIRMATION):
        return False
    withdrawn = "withdrawn" in procedure.mode
    return outcome.settled or withdrawn or procedure.fact("performance_due") is not None


def _line(hands: Hands, procedure: Procedure, visits: list[Visit]) -> Line:
    earlier = [link.earlier for link in procedure.origins.all()]
    may = procedure.state in GOES_ON and hands.keeps(procedure)
    return Line(
        procedure,
        pill_of(procedure),
        "、".join(one.name for one in earlier),
        visits,
        reverse("cases:visit", args=[procedure.public_id]) if may else "",
    )


def _arranges(user: User, procedure: Procedure, _today: date) -> bool:
    return enters(user, procedure)


def _visits(user: User, procedure: Any, _today: date) -> bool:
    return procedure.kind == Kind.VISIT and enters(user, procedure)


RELATED = ("dispute__jurisdiction", "organ")
arrange = page(
    Act(
        model=Procedure,
        key="procedure_id",
        form=forms.ArrangeForm,
        action=actions.arrange_visit,
        title=_("Arrange the follow-up visit"),
        label=_("Arrange the visit"),
        done=_("The visit is arranged."),
        may=_arranges,
        days=("on",),
        related=RELATED,
    )
)
visit = page(
    Act(
        model=Procedure,
        key="visit_id",
        form=forms.VisitForm,
        action=actions.record_visit,
        title=_("Record the visit"),
        label=_("Record the visit"),
        done=_("The visit is recorded."),
        may=_visits,
        days=("on",),
        related=RELATED,
        note=_(
            "Who was visited and what was said is read by the organ and the justice bureau "
            "alone. What is not in order is visited again by a day that is named here."
        ),
    )
)
