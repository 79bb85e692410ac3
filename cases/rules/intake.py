"""Disputes come in, are looked at, and are led on."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import AgencySeat, Checklist, Guidance, Import, ImportState, Procedure, WayOut
from cases.rules.rows import disputes, marked, of_disputes, procedures, shared
from cases.states import Kind
from mechanisms.findings import Clause
from mechanisms.occasions import Judged, Source
from mechanisms.states import RuleKind as K

DISPUTE = _("Dispute")


def imports(clause: Clause) -> QuerySet[Import]:
    return Import.objects.filter(mechanism=clause.mechanism.pk, state=ImportState.DONE)


registered = Source(disputes(), DISPUTE, on="filed_on")
marked_ones = Source(marked, DISPUTE, on="filed_on")
chained = Source(of_disputes(Procedure, origins__isnull=False), _("Procedure"), on="opened_on")
named = Source(
    of_disputes(AgencySeat, "concerned__dispute"),
    _("People of the agency"),
    on="named_on",
    of="concerned",
)
guided = Source(
    of_disputes(Guidance), _("Guidance"), on="dispute__filed_on", done="guided_on", of="dispute"
)
looked = Source(
    of_disputes(Checklist), _("Eight-look checklist"), on="dispute__filed_on", done="decided_on"
)
led_on = Source(of_disputes(WayOut, "procedure__dispute"), _("Way out"), on="on", of="procedure")
brought_in = Source(imports, _("Import"), on="created_at__date")
led = Source(shared, DISPUTE, on="filed_on")

RULES = {
    (K.CASE_FLOW, "intake"): Judged(_("registration of disputes"), registered, use=True),
    (K.CASE_FLOW, "dispute"): Judged(_("handling of disputes"), marked_ones, use=True),
    (K.TASK, "dispute"): Judged(_("handling of disputes"), registered, use=True),
    (K.TASK, "data_exchange"): Judged(_("exchange of data"), brought_in, use=True),
    (K.CASE_FLOW, "guidance"): Judged(_("guidance at intake"), guided, use=True),
    (K.CASE_FLOW, "procedure_chain"): Judged(_("linked procedures"), chained, use=True),
    (K.CASE_FLOW, "lead_agency"): Judged(_("lead agency of a dispute"), led, use=True),
    (K.CASE_FLOW, "way_out"): Judged(_("way out after a failed mediation"), led_on, use=True),
    (K.CASE_FLOW, "reconsideration"): Judged(
        _("reconsideration cases"),
        Source(
            procedures(Kind.RECONSIDERATION),
            _("Administrative reconsideration"),
            on="opened_on",
            done="closed_on",
        ),
    ),
    (K.CHECKLIST, "eight_looks"): Judged(_("eight-look checklist"), looked),
    (K.ROSTER, "agency_seat"): Judged(_("people of the agency in a dispute"), named, use=True),
    (K.TASK, "agency_seat"): Judged(_("people of the agency in a dispute"), named, use=True),
}
