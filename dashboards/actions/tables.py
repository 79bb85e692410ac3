"""制度落实对照表: the states of a day as a paper, PDF and Word."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation

from dashboards.models import ComplianceTable
from dashboards.papers import table_context
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from mechanisms.queries import parties
from members.standing import standing
from services.documents import actions as documents
from services.documents.models import OfficialDocument


@action
def print_table(mechanism_id: int, *, actor: Actor, at: datetime, on: date) -> OfficialDocument:
    """Print what the portal says of every clause on a day, with what every party may read.

    Raises PermissionDenied.
    """
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism_id)
    table = ComplianceTable(mechanism=mechanism, on=on)
    policy_for(ComplianceTable).require(actor, "print", table)
    table.store()
    with translation.override(settings.LANGUAGE_CODE):
        context = table_context(mechanism, on, actor)
    sides = standing(actor).sides if actor else frozenset()
    known = parties(mechanism)
    party = next((one for one in known if one.side in sides), known[0])
    drafted = documents.draft(
        "compliance",
        table,
        actor=actor,
        organization=party.acting,
        jurisdiction=mechanism.jurisdiction,
        title=context["title"],
        context=context,
    )
    record(actor, "dashboards.table.printed", table, on=on.isoformat())
    made_on = timezone.localtime(at).date()
    return documents.issue(drafted.pk, actor=actor, on=made_on, at=at)
