"""The coordinations and the risk ratings that a reader may see, over all disputes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from cases.models import Coordination, CoordinationGround, CoordinationState, RiskRating
from cases.rating import RiskLevel
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response


class CoordinationFilter(FilterSet):
    state = ChoiceFilter(label=_("State"), choices=CoordinationState.choices)
    ground = ChoiceFilter(label=_("Ground"), choices=CoordinationGround.choices)

    class Meta:
        model = Coordination
        fields: list[str] = []


class CoordinationLedger(Ledger):
    name = "coordinations"
    title = _("Coordination")
    subtitle = _("Of the units that take part, and the justice bureau")
    model = Coordination
    filterset_class = CoordinationFilter
    search_fields = ("dispute__title", "dispute__number")
    search_hint = _("Dispute, register number")
    columns = (
        Column("dispute", _("Dispute"), value="dispute.title"),
        Column("state", _("State"), value="get_state_display", width="132"),
        Column("ground", _("Ground"), value="get_ground_display", width="150"),
        Column("opened_by", _("Opened by"), value="opened_by.short_name", width="150"),
        Column("opened_on", _("Opened on"), sort="opened_on", width="132"),
        Column("result", _("Result"), value="get_result_display", width="150"),
    )
    order = "-opened_on"
    row_template = "cases/_coordination_row.html"
    empty = _("No coordination here")
    empty_hint = _("Coordination is opened on the page of a dispute, under “Settling”.")
    standing_views = ((_("In progress"), "state=open"), (_("All"), ""))
    opens_on = "state=open"


@require_GET
@login_required
def coordinations(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Coordination).select_related("dispute", "opened_by")
    return ledger_response(request, CoordinationLedger, rows=rows)


class RatingFilter(FilterSet):
    level = ChoiceFilter(label=_("Risk level"), choices=RiskLevel.choices)

    class Meta:
        model = RiskRating
        fields: list[str] = []


class RatingLedger(Ledger):
    name = "ratings"
    title = _("Risk ratings")
    subtitle = _("The rating that holds of each dispute")
    model = RiskRating
    filterset_class = RatingFilter
    search_fields = ("dispute__title", "dispute__number")
    search_hint = _("Dispute, register number")
    columns = (
        Column("dispute", _("Dispute"), value="dispute.title"),
        Column("level", _("Risk level"), value="get_level_display", width="132"),
        Column("organization", _("Rated by"), value="organization.short_name", width="150"),
        Column("rated_on", _("Rated on"), sort="rated_on", width="132"),
        Column("review_on", _("To be reviewed on"), sort="review_on", width="196"),
    )
    order = "review_on"
    row_template = "cases/_rating_row.html"
    empty = _("No risk rating here")
    empty_hint = _("The risk of a dispute is rated on its page, under “Settling”.")
    standing_views = (
        (_("All"), ""),
        (RiskLevel.EXTREME.label, "level=extreme"),
        (RiskLevel.HIGH.label, "level=high"),
    )


@require_GET
@login_required
def ratings(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, RiskRating).filter(current=True)
    return ledger_response(
        request, RatingLedger, rows=rows.select_related("dispute", "organization")
    )
