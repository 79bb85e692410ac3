"""集中抄告: the letters that told of a period, and how the next one would look."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from cases.actions.notices import collected
from cases.forms.outcomes import ListForm
from cases.models import NoticeList
from cases.papers.collected import context_of_list, list_title
from cases.views.outcomes import list_page, listing_organs
from foundations.access.form_pages import filled
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from services.documents.views.serving import served_paper


class NoticeListLedger(Ledger):
    name = "notice-lists"
    title = _("Collected outcome notices")
    subtitle = _("Letters that tell of the outcomes of a period")
    model = NoticeList
    search_fields = ("addressee", "number")
    search_hint = _("Addressee, number")
    columns = (
        Column("addressee", _("Addressee of the notice"), sort="addressee"),
        Column("organ", _("Organ"), value="organ.short_name", width="150"),
        Column("first_on", _("Decided from"), sort="first_on", width="132"),
        Column("last_on", _("Decided until"), sort="last_on", width="132"),
        Column("number", _("Number of the letter"), width="170"),
        Column("sent_on", _("Sent on"), sort="sent_on", width="132"),
    )
    order = "-sent_on"
    row_template = "cases/_notice_list_row.html"
    empty = _("No collected outcome notices here")
    empty_hint = _(
        "A letter is listed here once the outcomes of a period have been sent together."
    )


@require_GET
@login_required
def lists(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, NoticeList).select_related("organ")
    return ledger_response(request, NoticeListLedger, rows=rows)


@require_POST
@login_required
def preview(request: SignedInRequest) -> FileResponse | HttpResponse:
    """The letter with what would go with it now; nothing is recorded."""
    organs = listing_organs(request.user)
    form = filled(request, ListForm, {"choices": {"organ": organs}})
    if not form.is_valid():
        return list_page(request, form)
    given = form.given()
    names = ("organ", "jurisdiction", "to", "addressee", "first_on", "last_on", "number")
    row = NoticeList(sent_on=given["on"], **{name: given[name] for name in names})
    policy_for(NoticeList).require(request.user, "edit", row)
    told = collected(row)
    if not told.exists():
        message = now("Nothing of this period waits to be sent to “%(name)s” in a list.")
        form.add_error("last_on", message % {"name": row.addressee})
        return list_page(request, form)
    context = context_of_list(row, told, given["on"])
    name = now("%(title)s (preview)") % {"title": list_title(row)}
    return served_paper("outcome_list", context, name)
