"""How the timeline tells what became of a dispute."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words


def _step(data: dict) -> str:
    words = {"step": data["step"], "on": data["on"]}
    if data.get("backdated"):
        return gettext("recorded “%(step)s” of %(on)s afterwards") % words
    return gettext("recorded “%(step)s” of %(on)s") % words


VERBS: dict[str, Words] = {
    "cases.dispute.registered": _("registered the dispute %(number)s"),
    "cases.procedure.step": _step,
    "cases.participant.joined": _("recorded of %(on)s: %(name)s"),
    "cases.participant.left": _("recorded of %(on)s: %(name)s"),
    "cases.participant.succeeded": _("recorded of %(on)s: %(name)s"),
}
