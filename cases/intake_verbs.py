"""How the timeline tells of the intake by hand and by table, of parties and of agencies.

That somebody opened a party's data is told to nobody but the audit administrator.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models.checklist import Advised
from cases.models.intake import Choice, Slot
from foundations.audit.verbs import Words


def _guided(data: dict) -> str:
    chose = data.get("chose")
    if not chose:
        return gettext("recorded the guidance to reconsideration")
    words = {"choice": Choice(chose).label}
    return gettext("recorded the guidance to reconsideration; the party chose: %(choice)s") % words


def _looked(data: dict) -> str:
    decision = data.get("decision")
    if not decision:
        return gettext("kept the eight looks")
    return gettext("decided by the eight looks: %(decision)s") % {
        "decision": Advised(decision).label
    }


def _seated(data: dict) -> str:
    words = {"slot": Slot(data["slot"]).label, "person": data.get("person", "—")}
    return gettext("recorded as %(slot)s: %(person)s") % words


VERBS: dict[str, Words] = {
    "cases.import.uploaded": _("uploaded a table of disputes"),
    "cases.mapping.kept": _("kept which columns of a table mean what"),
    "cases.mapping.changed": _("changed which columns of a table mean what"),
    "cases.mapping.removed": _("removed a kept mapping of columns"),
    "cases.import.assigned": _("assigned the columns of a table"),
    "cases.import.checked": _("checked a table of disputes"),
    "cases.import.confirmed": _("confirmed the import of a table"),
    "cases.import.written": _("wrote the disputes of a table"),
    "cases.import.spoilt": _("gave a table up that could not be read to its end"),
    "cases.import.discarded": _("discarded a table of disputes"),
    "cases.dispute.exported": _("exported the list of disputes"),
    "cases.guidance.recorded": _guided,
    "cases.checklist.filled": _looked,
    "cases.party.corrected": _("corrected the data of a party"),
    "cases.agent.entered": _("entered who speaks for a party"),
    "cases.agent.carried": _("carried over who speaks for a party"),
    "cases.concerned.added": _("entered the agency concerned: %(unit)s"),
    "cases.concerned.seated": _seated,
    "cases.lead.appointed": _("%(unit)s leads, with the court's consent"),
}
