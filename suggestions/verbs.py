"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words
from suggestions.states import MeasureKind, UrgingLevel

VERBS: dict[str, Words] = {}


def _urged(data: dict) -> str:
    words = {
        "measure": MeasureKind(data["kind"]).label,
        "level": UrgingLevel(data["level"]).label,
        "unit": data.get("unit", "—"),
        "due": data.get("due_on", "—"),
    }
    return now("%(measure)s to %(unit)s, level “%(level)s”, by %(due)s") % words


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
    "suggestions.letter.withdrawn": _("withdrew the letter: %(reason)s"),
    "suggestions.letter.copy_signed": _("%(unit)s signed for its copy"),
    "suggestions.letter.addressee_added": _("added the addressee %(unit)s"),
}
