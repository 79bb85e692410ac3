"""The trail as a list; it stands here because the trail itself is the lowest room."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import CharFilter, ChoiceFilter, DateFromToRangeFilter, FilterSet
from django_filters.widgets import DateRangeWidget

from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.models import AuditEntry, AuditHead
from foundations.audit.timeline import sentence_of
from foundations.ledgers.ledger import Column, Ledger, ledger_response


class TrailFilter(FilterSet):
    actor = CharFilter(label=_("Who"), field_name="actor_label", lookup_expr="icontains")
    action = CharFilter(label=_("Action"), lookup_expr="icontains")
    day = DateFromToRangeFilter(
        label=_("Day"), field_name="at", widget=DateRangeWidget(attrs={"type": "date"})
    )
    chain = ChoiceFilter(label=_("Chain"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset
        self.filters["chain"].extra["choices"] = lambda: chains_of(rows)


def chains_of(rows: QuerySet[AuditEntry]) -> list[tuple[str, str]]:
    heads = AuditHead.objects.filter(chain__in=rows.order_by().values("chain"))
    return [(name, name) for name in heads.order_by("chain").values_list("chain", flat=True)]


class TrailLedger(Ledger):
    name = "trail"
    title = _("Audit trail")
    subtitle = _("Who did what, when and from where; nothing here can be changed")
    model = AuditEntry
    filterset_class = TrailFilter
    search_fields = ("subject_label", "actor_label", "action", "address")
    search_hint = _("Record, person, action, address")
    columns = (
        Column("at", _("Time"), sort="at", width="128"),
        Column("actor", _("Who"), value="actor_label", sort="actor_label", width="150"),
        Column("action", _("Action"), value="action"),
        Column("sentence", _("What was done"), value=sentence_of, shown=False),
        Column("subject", _("Record"), value="subject_label"),
        Column("address", _("Address"), value="address", width="132"),
        Column("chain", _("Chain"), value="chain", width="132"),
        Column("seq", _("Number"), value="seq", shown=False),
        Column("body", _("Text as hashed"), value="body", shown=False),
        Column("digest", _("Digest"), value="digest", shown=False),
    )
    order = "-at"
    row_template = "audit/_row.html"
    empty = _("No entries here")


@login_required
@require_GET
def entries(request: SignedInRequest) -> HttpResponse:
    policy_for(AuditEntry).require(request.user, "read")
    return ledger_response(request, TrailLedger, rows=visible_to(request.user, AuditEntry))
