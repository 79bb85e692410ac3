"""What the entries about hearings say in a timeline."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.hearings.states import Call
from foundations.audit.verbs import Words


def _adjourned(data: dict) -> str:
    words = {"to": data.get("to", ""), "reason": data.get("reason", "—")}
    if words["to"]:
        return gettext("adjourned the hearing to %(to)s: %(reason)s") % words
    return gettext("adjourned the hearing, day to be set: %(reason)s") % words


def _called(data: dict) -> str:
    return gettext("called the head: %(call)s") % {"call": Call(data["call"]).label}


def _replied(data: dict) -> str:
    words = {"unit": data.get("unit", "—")}
    if data.get("coming"):
        return gettext("%(unit)s replied: the head comes") % words
    return gettext("%(unit)s replied: the head cannot come") % words


VERBS: dict[str, Words] = {
    "cases.hearing.set": _("set a hearing on %(on)s at %(place)s"),
    "cases.hearing.changed": _("changed the hearing: %(time)s, %(place)s"),
    "cases.hearing.told": _("told the parties by %(on)s"),
    "cases.hearing.adjourned": _adjourned,
    "cases.hearing.cancelled": _("cancelled the hearing: %(reason)s"),
    "cases.hearing.held": _("recorded that the hearing of %(on)s was held"),
    "cases.appearance.called": _called,
    "cases.appearance.served": _("The call was served on %(unit)s (%(on)s)"),
    "cases.appearance.replied": _replied,
    "cases.appearance.identity": _("proof of identity of %(unit)s: %(found)s"),
    "cases.appearance.excused": _("%(unit)s said why its head cannot come: %(ground)s"),
    "cases.appearance.finding": _("on the reasons of %(unit)s: %(found)s"),
    "cases.appearance.joint": _("%(unit)s: the head of %(by)s comes (%(how)s)"),
    "cases.appearance.recorded": _("recorded for %(unit)s: %(told)s"),
    "cases.appearance.corrected": _("corrected the record of %(unit)s to %(told)s: %(reason)s"),
}
