"""How the timeline tells what became of a dispute, and what hangs on it.

That somebody opened a party's data (`cases.party.revealed`) is told to nobody but the audit
administrator.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.flow.asks import LOSS_GROUNDS
from cases.models import (
    AidResult,
    AssignmentState,
    CoordinationGround,
    CoordinationResult,
    CorrectionKind,
    DutySource,
    InquiryKind,
    Manner,
    Profession,
    Route,
    To,
    WarningKind,
)
from cases.models.visits import RESULTS
from cases.rating import RiskLevel
from foundations.audit.verbs import Words
from services.documents.kinds import KIND_LABELS

Labels = dict[str, Any]


def labelled(text: Promise, **choices: Labels) -> Callable[[dict], str]:
    """The sentence with the labels of the fields that an entry keeps as keys; what an older
    entry does not have is a dash."""

    def told(data: dict) -> str:
        words: dict[str, Any] = defaultdict(lambda: "—")
        words |= {name: value for name, value in data.items() if value not in (None, "")}
        for name, labels in choices.items():
            words[name] = labels.get(str(data.get(name)), "—")
        return str(text) % words

    return told


def either(field: str, yes: Promise, no: Promise) -> Callable[[dict], str]:
    """One sentence where the field is set, the other where it is not."""
    kept, left = labelled(yes), labelled(no)

    def told(data: dict) -> str:
        return kept(data) if data.get(field) else left(data)

    return told


def _step(data: dict) -> str:
    words = {"step": data["step"], "on": data["on"]}
    if data.get("backdated"):
        return gettext("recorded “%(step)s” of %(on)s afterwards") % words
    return gettext("recorded “%(step)s” of %(on)s") % words


LEVELS: Labels = dict(RiskLevel.choices)

VERBS: dict[str, Words] = {
    "cases.dispute.registered": _("registered the dispute %(number)s"),
    "cases.procedure.step": _step,
    "cases.participant.joined": _("recorded of %(on)s: %(name)s"),
    "cases.participant.left": _("recorded of %(on)s: %(name)s"),
    "cases.participant.succeeded": _("recorded of %(on)s: %(name)s"),
    "cases.court.published": _("published the table of court codes"),
}

# Mediation.
VERBS |= {
    "cases.procedure.consent": either(
        "agreed",
        _("recorded of %(on)s: a party agrees to mediation"),
        _("recorded of %(on)s: a party does not agree to mediation"),
    ),
    "cases.procedure.way_out": labelled(_("told the party of %(on)s which way is open to it")),
    "cases.procedure.way_given_up": labelled(_("recorded of %(on)s: the party goes no further")),
    "cases.session.planned": _("set a mediation session"),
    "cases.session.answered": either(
        "head",
        _("%(unit)s sends its head to the mediation session"),
        _("%(unit)s sends no head to the mediation session"),
    ),
    "cases.session.urged": _("urged %(unit)s to send its head to the mediation session"),
    "cases.session.held": _("recorded a mediation session"),
    "cases.session.cancelled": _("cancelled the mediation session: %(reason)s"),
    "cases.agreement.drafted": _("drafted the agreement, %(items)s items"),
    "cases.agreement.signed": _("the agreement was signed (%(on)s)"),
    "cases.allowance.proposed": _("proposed an allowance: %(standard)s, %(amount)s yuan"),
    "cases.allowance.decided": either(
        "approved", _("approved the allowance"), _("refused the allowance: %(reason)s")
    ),
    "cases.allowance.paid": _("recorded the payment of %(on)s"),
    "cases.plan.drafted": _("drafted the resolution plan"),
    "cases.plan.approved": _("the resolution plan was approved by %(by)s (%(on)s)"),
    "cases.plan.submitted": _("submitted the resolution plan (%(on)s)"),
    "cases.authority.decided": _("recorded what may be decided on the agency's behalf"),
}

# Registers: mediators, lawyers, experts, advisers, legal aid.
PROFESSIONS: Labels = dict(Profession.choices)
VERBS |= {
    "cases.professional.entered": labelled(
        _("entered in the register: %(profession)s"), profession=PROFESSIONS
    ),
    "cases.professional.changed": labelled(
        _("changed the entry in the register: %(profession)s"), profession=PROFESSIONS
    ),
    "cases.assignment.requested": labelled(_("asked for: %(profession)s"), profession=PROFESSIONS),
    "cases.assignment.made": _("assigned a person of the register"),
    "cases.assignment.answered": either(
        "accepted", _("accepted the assignment"), _("declined the assignment: %(reason)s")
    ),
    "cases.assignment.accepted": _("acknowledged the assignment (%(on)s)"),
    "cases.assignment.ended": labelled(
        _("ended the assignment (%(state)s): %(reason)s"), state=dict(AssignmentState.choices)
    ),
    "cases.assignment.cancelled": _("cancelled the assignment: %(reason)s"),
    "cases.legal_aid.referred": _("referred a party to legal aid (%(on)s)"),
    "cases.legal_aid.decided": labelled(
        _("on the legal aid: %(result)s (%(on)s)"), result=dict(AidResult.choices)
    ),
}

# Coordination, hand-overs, contacts, risk.
VERBS |= {
    "cases.coordination.opened": labelled(
        _("opened a coordination: %(ground)s"), ground=dict(CoordinationGround.choices)
    ),
    "cases.coordination.called": _("called %(unit)s to the coordination"),
    "cases.coordination.answered": either(
        "joins",
        _("%(unit)s takes part in the coordination"),
        _("%(unit)s takes no part in the coordination"),
    ),
    "cases.coordination.logged": _("noted how the coordination stands (%(on)s)"),
    "cases.coordination.step": _("set a measure: %(what)s, by %(due)s"),
    "cases.coordination.step_done": _("the measure was carried out (%(on)s): %(what)s"),
    "cases.coordination.step_dropped": _("dropped the measure: %(what)s"),
    "cases.coordination.closed": labelled(
        _("closed the coordination: %(result)s"), result=dict(CoordinationResult.choices)
    ),
    "cases.inquiry.sent": labelled(
        _("sent from %(by)s to %(of)s: %(kind)s"), kind=dict(InquiryKind.choices)
    ),
    "cases.inquiry.answered": _("%(unit)s answered (%(on)s)"),
    "cases.transfer.sent": labelled(_("handed over from %(sender)s to %(receiver)s")),
    "cases.transfer.answered": either(
        "received",
        _("signed for what was handed over (%(on)s)"),
        _("sent back what was handed over (%(on)s)"),
    ),
    "cases.contact.recorded": labelled(
        _("recorded a contact of %(on)s: %(manner)s"), manner=dict(Manner.choices)
    ),
    "cases.rating.rated": labelled(_("rated the risk: %(level)s"), level=LEVELS),
    "cases.warning.reported": labelled(
        _("entered an early warning: %(kind)s, %(level)s"),
        kind=dict(WarningKind.choices),
        level=LEVELS,
    ),
    "cases.warning.followed": _("noted what was done (%(on)s)"),
    "cases.warning.assigned": labelled(
        _("assigned the warning to %(unit)s: %(level)s"), level=LEVELS
    ),
    "cases.warning.closed": _("closed the warning"),
    "cases.assessment.asked": _("asked for opinions on a major decision"),
    "cases.assessment.opinion": labelled(_("%(unit)s gave its opinion: %(level)s"), level=LEVELS),
    "cases.assessment.concluded": labelled(
        _("concluded the assessment of %(on)s: %(level)s"), level=LEVELS
    ),
    "cases.assessment.decided": _("recorded that the decision was taken (%(on)s)"),
    "cases.assessment.duty": _("%(unit)s has to see to: %(what)s"),
    "cases.assessment.duty_done": _("seen to (%(on)s): %(what)s"),
    "cases.assessment.compared": _("compared with the disputes that arose: %(arisen)s"),
}

# The government as defendant; what an agency puts right itself.
VERBS |= {
    "cases.defence.organized": _("%(unit)s handles the suit"),
    "cases.defence.planned": _("recorded how the suit is defended"),
    "cases.defence.paper_sent": _("sent “%(paper)s” to %(unit)s"),
    "cases.defence.paper_received": _("signed for “%(paper)s”"),
    "cases.defence.seal_asked": _("asked for the seal on “%(paper)s”"),
    "cases.defence.seal_answered": either(
        "sealed", _("“%(paper)s” was sealed"), _("“%(paper)s” was not sealed")
    ),
    "cases.power.given": either(
        "special",
        _("gave a power of attorney with special authority (%(on)s)"),
        _("gave a power of attorney (%(on)s)"),
    ),
    "cases.power.revoked": _("revoked the power of attorney (%(on)s)"),
    "cases.correction.recorded": labelled(
        _("recorded what the agency put right itself (%(on)s): %(kind)s"),
        kind=dict(CorrectionKind.choices),
    ),
    "cases.correction.tolerance_proposed": _("proposed tolerance"),
    "cases.correction.tolerance_decided": either(
        "granted",
        _("tolerance was granted (%(on)s)"),
        _("tolerance was not granted (%(on)s)"),
    ),
    "cases.preparation.kept": _("kept the preparation of the hearing"),
    "cases.preparation.summed_up": _("summed up the hearing"),
}

# What follows a decision or a judgment.
VERBS |= {
    "cases.performance.owed": labelled(
        _("to be performed by %(due_on)s, from: %(source)s"), source=dict(DutySource.choices)
    ),
    "cases.performance.performed": either(
        "late",
        _("recorded the performance of %(on)s, after the day"),
        _("recorded the performance of %(on)s"),
    ),
    "cases.performance.reported": _("reported the performance (%(on)s)"),
    "cases.performance.confirmed": _("found that it was performed (%(on)s)"),
    "cases.performance.returned": _("found that it was not performed (%(on)s)"),
    "cases.performance.released": _("released from performance (%(on)s)"),
    "cases.visit.arranged": _("arranged a follow-up visit after: %(after)s"),
    "cases.visit.made": labelled(_("visited on %(on)s: %(result)s"), result=dict(RESULTS)),
    "cases.notice.opened": labelled(
        _("outcome notice to be sent to: %(to)s (%(route)s)"),
        to=dict(To.choices),
        route=dict(Route.choices),
    ),
    "cases.notice.sent": _("sent the outcome notice to %(addressee)s (%(on)s)"),
    "cases.notice.received": _("the receipt of the outcome notice came back (%(on)s)"),
    "cases.notice.omitted": _("did not send the outcome notice: %(remark)s"),
    "cases.notice.listed": _("told %(n)s outcomes in one letter (%(on)s)"),
    "cases.loss.opened": _("a loss analysis is owed"),
    "cases.loss.wanted": _("wants the loss analysis by %(by)s"),
    "cases.loss.written": labelled(
        _("wrote the loss analysis: %(cause)s"), cause=dict(LOSS_GROUNDS)
    ),
    "cases.loss.reviewed": either(
        "accepted", _("accepted the loss analysis"), _("sent back the loss analysis")
    ),
    "cases.loss.rectified": _("recorded the rectification of %(on)s"),
    "cases.loss.waived": _("the loss analysis fell away: %(remark)s"),
    "cases.explanation.noticed": _("served the notice of post-judgment explanation (%(on)s)"),
    "cases.explanation.held": _("recorded a post-judgment explanation (%(on)s)"),
}

# Papers.
VERBS |= {
    "cases.paper.issued": labelled(_("issued a paper: %(paper)s %(number)s"), paper=KIND_LABELS),
    "cases.paper.read": labelled(_("looked at a paper: %(paper)s"), paper=KIND_LABELS),
    "cases.paper.voided": _("voided the paper: %(reason)s"),
}
