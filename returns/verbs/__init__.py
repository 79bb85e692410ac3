"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "returns.duty.kept": _("taken from the institution's text"),
    "returns.duty.ended": _("ended on %(on)s with a new version of the text"),
    "returns.return.opened": _("opened for %(unit)s, due on %(due_on)s"),
    "returns.return.sent": _("%(unit)s handed it in"),
    "returns.return.accepted": _("accepted the figures of %(unit)s"),
    "returns.return.returned": _("sent back to %(unit)s, due on %(due_on)s: %(reason)s"),
    "returns.deliverable.opened": _("opened for %(unit)s"),
    "returns.deliverable.delivered": _("delivered “%(title)s” of %(on)s"),
    "returns.handler.entered": _("entered as handler of %(unit)s"),
    "returns.handler.certified": _("certified on %(on)s"),
    "returns.handler.ended": _("left on %(on)s: %(reason)s"),
    "returns.round.called": _("asked %(n)s units to check themselves by %(due_on)s"),
    "returns.sheet.asked": _("asked %(unit)s to check itself"),
    "returns.sheet.sent": _("filled in; wanting: %(wanting)s"),
    "returns.sheet.mended": _("put right on %(on)s: %(item)s"),
    "returns.report.owed": _("%(unit)s owes it by %(due_on)s"),
    "returns.report.written": _("wrote “%(title)s”"),
    "returns.report.issued": _("sent it upward on %(on)s"),
    "returns.report.answered": _("noted the answer of %(on)s"),
    "returns.declaration.given": _("gave it in"),
    "returns.declaration.seen": _("noted it as read"),
}
