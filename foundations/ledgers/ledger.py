"""台账: one list with search, filters, order, pages, saved views and export.

A room says what its list is made of and what a row looks like; the rest is here:

    class MeetingFilter(FilterSet):                      # django-filter, in filters.py
        state = ChoiceFilter(label=_("State"), choices=MeetingState.choices)
        day = DateFromToRangeFilter(label=_("Day"))

    class MeetingLedger(Ledger):                         # beside the view
        name = "meetings"                                # key of saved views and file names
        title = _("Meetings")
        model = Meeting
        filterset_class = MeetingFilter
        search_fields = ("title", "place")               # fields of one value each
        search_hint = _("Title, place")
        columns = (
            Column("title", _("Meeting")),
            Column("state", _("State"), value="get_state_display", width="112"),
            Column("day", _("Day"), sort="day", width="132"),
            Column("host", _("Host"), value=lambda meeting: meeting.host_name),
            Column("topics", _("Topics"), value="topic_titles", shown=False),  # export only
        )
        order = "-day"                                   # a column's key
        row_template = "meetings/_row.html"
        empty = _("No meetings here")
        empty_hint = _("The rotation plans them.")       # how rows come to be, if none is
        standing_views = ((_("All"), ""), (_("Planned"), "state=planned"))
        opens_on = "state=planned"      # the view of the bare address; all rows if empty
        urgent_view = "state=late"      # a standing view whose count is red unless it is 0
        head_template = "meetings/_list_head.html"       # buttons at the right of the title

    @login_required
    @require_GET
    def meetings(request):
        rows = visible_to(request.user, Meeting).for_listing()
        return ledger_response(request, MeetingLedger, rows=rows)

`meetings/_row.html` is one `<tbody>` for `row`, a `<td>` for each shown column:

    <tbody><tr>
      <td class="fy-ledger__t full"><a href="{{ row.get_absolute_url }}">{{ row.title }}</a></td>
      <td class="m">{% pill row %}</td>
      <td class="clk">{% due row.day %}</td>
      <td class="hide-s">{{ row.host_name }}</td>
    </tr></tbody>

The state of the list lives in its address (`q`, the filters, `sort`, `page`); htmx asks
for the list alone and gets `ledgers/_ledger.html`. `export=xlsx` or `csv` sends the rows
of the present view, all pages, in the columns with `exported`. The page costs four
queries of its own (saved views, counts of all views, total, rows) however many rows there
are, and what the choices of its filters cost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django_filters import FilterSet

from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import FORMATS, export_response
from foundations.ledgers.page import LedgerPage


@dataclass(frozen=True)
class Column:
    """One column: `value` (attribute path or callable of the row) is what an export writes.

    `sort` names the field or fields to order by; without it the head is plain text.
    """

    key: str
    label: str | Promise
    value: str | Callable | None = None
    sort: str | tuple[str, ...] = ()
    width: str = ""
    css: str = ""
    shown: bool = True
    exported: bool = True

    @property
    def sort_fields(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) and self.sort else tuple(self.sort)

    def of(self, row: Any) -> Any:
        """The value for an export."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name, None)
            row = row() if callable(row) else row
        return row


class Ledger:
    """What a list is made of; see the example at the head of this module."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    subtitle: ClassVar[str | Promise] = ""
    model: ClassVar[type[Model]]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    search_fields: ClassVar[tuple[str, ...]] = ()
    search_hint: ClassVar[str | Promise] = ""
    columns: ClassVar[tuple[Column, ...]]
    order: ClassVar[str] = ""
    row_template: ClassVar[str]
    empty: ClassVar[str | Promise]
    empty_hint: ClassVar[str | Promise] = ""
    standing_views: ClassVar[tuple[tuple[str | Promise, str], ...]] = ()
    opens_on: ClassVar[str] = ""
    urgent_view: ClassVar[str] = ""
    head_template: ClassVar[str] = ""
    template: ClassVar[str] = "ledgers/ledger.html"
    page_size: ClassVar[int] = 50
    people: ClassVar[bool] = False
    """Its rows are people, and are counted as such."""


def ledger_response(
    request: SignedInRequest, ledger: type[Ledger], *, rows: QuerySet, context: dict | None = None
) -> HttpResponse:
    """The page of a ledger, only its rows for htmx, or the file that `export` asks for."""
    page = LedgerPage(request, ledger, rows)
    if request.GET.get("export") in FORMATS:
        return export_response(request.user, page, request.GET["export"])
    partial = request.htmx and not request.htmx.history_restore_request
    template = "ledgers/_ledger.html" if partial else ledger.template
    response = render(request, template, {"ledger": page, **(context or {})})
    patch_vary_headers(response, ["HX-Request"])
    return response
