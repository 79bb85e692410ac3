"""How the clause on copies of official papers is judged."""

import json

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mechanisms import rules
from mechanisms.findings import Clause
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState


def copied(clause: Clause) -> QuerySet[OfficialDocument]:
    """Papers that went out with copies to one of those whom the clause names."""
    rows = OfficialDocument.objects.filter(
        jurisdiction=clause.mechanism.jurisdiction_id,
        issued_on__isnull=False,
        context__has_key="copy_to",
    ).exclude(state=DocumentState.VOIDED)
    wanted = Q(pk__in=())
    for name in clause.parameters.get("recipients", ()):
        # SQLite keeps the words of a list escaped.
        for written in (name, json.dumps(name).strip('"')):
            wanted |= Q(context__copy_to__icontains=written)
    return rows.filter(wanted)


RULES = {
    (K.COPY_TO, "official_document"): Judged(
        _("copies of official papers"), Source(copied, _("Paper"), on="issued_on"), use=True
    ),
}


def register() -> None:
    for (kind, subject), evaluate in RULES.items():
        rules.register(kind, subject, evaluate)
