"""A view of the ledger in the columns of another platform."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.actions.exports import note_export
from cases.exports import procedures_in, table_of
from cases.forms.imports import OWN, ways_in
from cases.ledger import DisputeLedger, DisputePage
from cases.models import Dispute, ImportMapping
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import sheet_response


@require_GET
@login_required
def export(request: SignedInRequest, way: str) -> HttpResponse:
    ways = ways_in(list(visible_to(request.user, ImportMapping)))
    if way not in ways:
        raise Http404
    columns = ways[way]
    page = DisputePage(request, DisputeLedger, visible_to(request.user, Dispute))
    rows = procedures_in(page.narrowed(page.query), columns.kind)
    table = list(table_of(rows, columns))
    note_export(request.user, way=way, query=page.view_query, rows=len(table) - 1)
    title = columns.sheet.title if way.startswith(OWN) else columns.name
    return sheet_response(table, title, on=timezone.localdate())
