"""The ledger of official documents."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet

from foundations.ledgers.ledger import Column, Ledger
from services.documents.kinds import KIND_LABELS
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState


class DocumentFilter(FilterSet):
    kind = ChoiceFilter(label=_("Document kind"), choices=list(KIND_LABELS.items()))
    state = ChoiceFilter(label=_("State"), choices=DocumentState.choices)
    issued_on = DateFromToRangeFilter(label=_("Issue day"))


class DocumentLedger(Ledger):
    name = "documents"
    title = _("Official documents")
    model = OfficialDocument
    filterset_class = DocumentFilter
    search_fields = ("title", "number")
    search_hint = _("Title, document number")
    columns = (
        Column("title", _("Document title"), value="title"),
        Column("number", _("Document number"), sort="number", width="190"),
        Column("kind", _("Document kind"), value="kind_label", width="110"),
        Column(
            "organization", _("Issuing organization"), value="organization.short_name", width="150"
        ),
        Column("state", _("State"), value="get_state_display", width="112"),
        Column("issued_on", _("Issue day"), sort="issued_on", width="120"),
    )
    row_template = "documents/_row.html"
    empty = _("No documents here")
    standing_views = (
        (_("All"), ""),
        (_("Officially issued"), "state=issued"),
        (_("Drafts"), "state=draft"),
    )
