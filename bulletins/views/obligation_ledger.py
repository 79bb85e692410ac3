"""Who owes what to whom, as a ledger with its export."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import ChoiceFilter, FilterSet

from bulletins.cadence import Cadence
from bulletins.models import Obligation
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.states import Side


class ObligationFilter(FilterSet):
    cadence = ChoiceFilter(label=_("How often"), choices=Cadence.choices)
    side = ChoiceFilter(label=_("Who tells"), field_name="debtor__side", choices=Side.choices)


def creditors(row: Obligation) -> str:
    return "、".join(unit.short_name for unit in row.creditors.all())


class ObligationLedger(Ledger):
    name = "obligations"
    title = _("Matters owed")
    subtitle = _("Who owes what to whom, and when")
    model = Obligation
    filterset_class = ObligationFilter
    search_fields = ("name", "number", "debtor__name", "office__name")
    search_hint = _("Matter, clause, unit")
    columns = (
        Column("name", _("Matter"), sort="name"),
        Column("number", _("Clause"), sort="number", width="104"),
        Column("debtor", _("Who tells"), value="debtor.short_name", sort="debtor__name"),
        Column("office", _("Handled by"), value="office.short_name", sort="office__name"),
        Column("creditors", _("Owed to"), value=creditors),
        Column("often", _("How often"), value="often", sort="cadence"),
        Column("from", _("From"), value="valid_from", shown=False),
        Column("note", _("Note"), value="note", shown=False),
        Column("order", _("Order of the text"), sort="order", shown=False, exported=False),
    )
    order = "order"
    row_template = "bulletins/_obligation_row.html"
    empty = _("No matters owed here")
    empty_hint = _("They come with the profile of the institution.")
    head_template = "bulletins/_obligations_head.html"


@require_GET
@login_required
def obligations(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, Obligation).on(timezone.localdate()).for_listing()
    return ledger_response(request, ObligationLedger, rows=rows)
