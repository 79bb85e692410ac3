"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words
from suggestions.states import Attitude, Effect, MeasureKind, UrgingLevel

VERBS: dict[str, Words] = {}


def _urged(data: dict) -> str:
    words = {
        "measure": MeasureKind(data["kind"]).label,
        "level": UrgingLevel(data["level"]).label,
        "unit": data.get("unit", "—"),
        "due": data.get("due_on", "—"),
    }
    return gettext("%(measure)s to %(unit)s, level “%(level)s”, by %(due)s") % words


VERBS |= {
    "suggestions.supervision.urged": _urged,
    "suggestions.supervision.answered": _("answered what was urged"),
    "suggestions.supervision.answered_for": _("entered the unit's answer to what was urged"),
    "suggestions.supervision.talk_recorded": _("recorded the talk held on %(on)s"),
    "suggestions.supervision.settled": _("settled the supervision measure: %(outcome)s"),
    "suggestions.proposal.noticed": _("noticed: %(what)s"),
    "suggestions.proposal.accepted": _("accepted the proposal; a draft was made"),
    "suggestions.proposal.dismissed": _("dismissed the proposal: %(reason)s"),
}

VERBS |= {
    "suggestions.letter.written": _("wrote the draft"),
    "suggestions.letter.edited": _("changed the draft"),
    "suggestions.letter.issued": _("issued the letter as %(number)s"),
    "suggestions.letter.reassigned": _("%(handler)s handles the letter from then on"),
    "suggestions.letter.withdrawn": _("withdrew the letter: %(reason)s"),
    "suggestions.letter.copy_signed": _("%(unit)s signed for its copy"),
    "suggestions.letter.addressee_added": _("added the addressee %(unit)s"),
}


def _served(data: dict) -> str:
    words = {"unit": data.get("unit", "—"), "due": data.get("due_on") or "—"}
    if data.get("again"):
        words["remark"] = data.get("remark", "")
        return gettext("asked %(unit)s for a new reply by %(due)s: %(remark)s") % words
    if data.get("replaced"):
        return gettext("%(unit)s replied anew") % words
    return gettext("Served on %(unit)s (%(on)s)") % {**words, "on": data.get("on", "—")}


def _replied(data: dict) -> str:
    attitude = data.get("attitude", "")
    words = {
        "unit": data.get("unit", "—"),
        "attitude": Attitude(attitude).label if attitude else "—",
    }
    if data.get("on_behalf"):
        return gettext("entered the reply of %(unit)s: %(attitude)s") % words
    if data.get("late"):
        return gettext("%(unit)s replied late: %(attitude)s") % words
    return gettext("%(unit)s replied: %(attitude)s") % words


def _rectifying(data: dict) -> str:
    if "attitude" in data:
        return _replied(data)
    words = {"due": "—", "remark": "", "unit": "—", **data}
    return gettext("sent back to %(unit)s, to be carried out by %(due_on)s: %(remark)s") % words


def _closed(data: dict) -> str:
    words = {"unit": data.get("unit", "—"), "remark": data.get("remark", "")}
    if not data.get("effect"):
        return gettext("accepted the reasons of %(unit)s %(remark)s") % words
    words["effect"] = Effect(data["effect"]).label
    return gettext("verified %(unit)s: %(effect)s") % words


VERBS |= {
    "suggestions.addressee.served": _served,
    "suggestions.addressee.service_corrected": _(
        "corrected the service on %(unit)s from %(was)s to %(on)s"
    ),
    "suggestions.addressee.assigned": _("%(unit)s: handled by %(handler)s"),
    "suggestions.addressee.readdressed": _("addressed it to %(unit)s in the place of %(was)s"),
    "suggestions.addressee.extension_asked": _(
        "%(unit)s asked for time until %(until_on)s: %(reason)s"
    ),
    "suggestions.addressee.extension_granted": _("gave %(unit)s time until %(until_on)s"),
    "suggestions.addressee.extension_refused": _("gave %(unit)s no more time: %(answer)s"),
    "suggestions.addressee.rectifying": _rectifying,
    "suggestions.addressee.refused": _replied,
    "suggestions.addressee.objected": _replied,
    "suggestions.addressee.reply_added": _("%(unit)s added to its reply"),
    "suggestions.addressee.to_verify": _("%(unit)s reported it as carried out on %(on)s"),
    "suggestions.addressee.closed": _closed,
    "suggestions.addressee.withdrawn": _("withdrawn for %(unit)s"),
    "suggestions.measure.planned": _("%(unit)s named a measure, by %(due_on)s: %(text)s"),
    "suggestions.measure.done": _("%(unit)s carried out on %(on)s: %(text)s"),
    "suggestions.measure.reopened": _("to be carried out anew by %(due_on)s: %(text)s"),
}

VERBS |= {
    "suggestions.addressee.reminded": _("reminded %(unit)s; %(people)s people were told"),
}

VERBS |= {
    "suggestions.report.owed": _("A report on %(period)s is owed"),
    "suggestions.report.prepared": _("drafted the report of %(period)s"),
    "suggestions.report.issued": _("issued the report of %(period)s"),
}
