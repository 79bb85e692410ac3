from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "bulletins.obligation.begun": _("the matter is owed from now on: %(name)s"),
    "bulletins.obligation.ended": _("the matter was owed until %(on)s"),
    "bulletins.obligation.planned": _("entered the plan of %(year)s: %(days)s days"),
    "bulletins.instalment.opened": _("the instalment fell into the year ahead: %(label)s"),
    "bulletins.instalment.registered": _("entered what has to be told: %(label)s"),
    "bulletins.instalment.sent": _("was told by a bulletin on %(on)s"),
    "bulletins.instalment.nil": _("nil return: %(reason)s"),
    "bulletins.instalment.reopened": _("is owed again: %(label)s"),
    "bulletins.counts.explained": _("%(unit)s explained why the counts differ"),
    "bulletins.counts.agreed": _("%(unit)s agreed with the two counts"),
    "bulletins.instalment.voided": _("fell away: %(label)s"),
}
