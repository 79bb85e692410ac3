"""How the timeline tells what the sides said to each other."""

from django.utils.translation import gettext as _

from foundations.audit.verbs import Words
from members.states import Side
from services.consents.models import ConsentState, Verdict


def proposed(data: dict) -> str:
    return _("%(side)s proposed: %(title)s") % {
        "side": Side(data["side"]).label,
        "title": data["title"],
    }


def answered(data: dict) -> str:
    return _("%(side)s answered: %(verdict)s") % {
        "side": Side(data["side"]).label,
        "verdict": Verdict(data["verdict"]).label,
    }


def settled(data: dict) -> str:
    return _("All sides have answered: %(state)s") % {"state": ConsentState(data["state"]).label}


def withdrawn(data: dict) -> str:
    return _("%(side)s withdrew the proposal") % {"side": Side(data["side"]).label}


VERBS: dict[str, Words] = {
    "consents.consent.proposed": proposed,
    "consents.consent.answered": answered,
    "consents.consent.settled": settled,
    "consents.consent.withdrawn": withdrawn,
}
