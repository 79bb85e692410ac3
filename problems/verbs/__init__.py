"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words
from problems.states import Verdict


def _position(data: dict) -> str:
    words = {"unit": data.get("unit", "—"), "text": data.get("text", "—")}
    if data.get("again"):
        return gettext("%(unit)s changed its position: %(text)s") % words
    return gettext("%(unit)s took its position: %(text)s") % words


def _decided(data: dict) -> str:
    verdict = data.get("verdict", "")
    label = str(Verdict(verdict).label) if verdict in Verdict.values else "—"
    words = {"unit": data.get("unit", "—"), "verdict": label}
    return gettext("decided on an opinion of %(unit)s: %(verdict)s") % words


VERBS: dict[str, Words] = {
    "problems.problem.registered": _("registered the problem"),
    "problems.problem.analysed": _("changed data, problem, cause or joint owners"),
    "problems.problem.measure": _("set a measure: %(what)s (%(unit)s, by %(due)s)"),
    "problems.problem.measure_done": _("%(unit)s took the measure on %(on)s: %(what)s"),
    "problems.problem.tracked": _("%(unit)s noted how it stood on %(on)s"),
    "problems.problem.on_agenda": _("put it on the agenda: %(meeting)s"),
    "problems.problem.solved": _("declared the problem solved on %(on)s"),
    "problems.problem.dropped": _("pursued the problem no longer"),
    "problems.problem.again": _("took the problem up again: %(text)s"),
    "problems.class_case.written": _("wrote the draft"),
    "problems.class_case.revised": _("changed the draft"),
    "problems.class_case.circular": _("drafted a circular from it"),
    "problems.class_case.told": _("told the other sides"),
    "problems.question.raised": _("raised the question"),
    "problems.question.position": _position,
    "problems.question.on_agenda": _("put it on the agenda: %(meeting)s"),
    "problems.question.settled": _("declared the question settled on %(on)s"),
    "problems.question.dropped": _("left the question open"),
    "problems.consultation.prepared": _("wrote the draft"),
    "problems.consultation.revised": _("changed the draft"),
    "problems.consultation.asked": _("asked for opinions by %(due)s"),
    "problems.consultation.opinion": _("%(unit)s gave an opinion"),
    "problems.consultation.replied": _("%(unit)s finished its reply"),
    "problems.consultation.decided": _decided,
    "problems.consultation.closed": _("told the result"),
    "problems.guidance.written": _("wrote the draft"),
    "problems.guidance.revised": _("changed the draft"),
    "problems.guidance.sent": _("sent the letter to %(unit)s"),
    "problems.guidance.replied": _("the addressee replied"),
    "problems.guidance.closed": _("closed the letter"),
    "problems.visit.recorded": _("recorded the visit"),
    "problems.visit.reported": _("the unit reported what it did"),
    "problems.visit.settled": _("settled the visit on %(on)s"),
}
for kind in ("standard", "interpretation"):
    VERBS |= {
        f"problems.{kind}.written": _("wrote the draft"),
        f"problems.{kind}.revised": _("changed the draft"),
        f"problems.{kind}.asked": _("put the text to the sides, in force from %(on)s"),
        f"problems.{kind}.answered": _("%(unit)s answered for its side"),
        f"problems.{kind}.taken_back": _("took the text back"),
        f"problems.{kind}.sent_back": _("the text was not agreed to and came back"),
        f"problems.{kind}.in_force": _("all sides agreed; in force from %(on)s"),
        f"problems.{kind}.replaced": _("replaced by the next edition from %(on)s"),
        f"problems.{kind}.dropped": _("gave the draft up"),
    }
