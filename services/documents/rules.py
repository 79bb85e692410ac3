"""How the clause on copies of official papers is judged."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mechanisms import rules
from mechanisms.findings import Clause
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState


def copied(clause: Clause) -> QuerySet[OfficialDocument]:
    """Papers that went out with somebody to whom they are copied."""
    rows = OfficialDocument.objects.filter(
        jurisdiction=clause.mechanism.jurisdiction_id,
        issued_on__isnull=False,
        context__has_key="copy_to",
    ).exclude(state=DocumentState.VOIDED)
    return rows.exclude(context__copy_to="").exclude(context__copy_to=[])


RULES = {
    (K.COPY_TO, "official_document"): Judged(
        _("copies of official papers"), Source(copied, _("Paper"), on="issued_on"), use=True
    ),
}


def register() -> None:
    for (kind, subject), evaluate in RULES.items():
        rules.register(kind, subject, evaluate)
