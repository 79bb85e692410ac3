"""How the timeline tells what became of a limit."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.audit.verbs import Words


def met(data: dict) -> str:
    if data["late"]:
        return _("Done on %(on)s, after the last day") % data
    return _("Done on %(on)s, in time") % data


VERBS: dict[str, Words] = {
    "deadlines.deadline.opened": gettext_lazy("Limit set, last day %(due_on)s"),
    "deadlines.deadline.changed": gettext_lazy("Last day changed from %(before)s to %(due_on)s"),
    "deadlines.deadline.met": met,
    "deadlines.deadline.suspended": gettext_lazy("The clock stopped on %(on)s: %(reason)s"),
    "deadlines.deadline.resumed": gettext_lazy(
        "The clock ran again on %(on)s, last day %(due_on)s"
    ),
    "deadlines.deadline.extended": gettext_lazy("Extended to %(due_on)s: %(reason)s"),
    "deadlines.deadline.move_proposed": gettext_lazy(
        "A new calendar would move the last day from %(before)s to %(due_on)s"
    ),
    "deadlines.deadline.moved": gettext_lazy(
        "Last day moved from %(before)s to %(due_on)s by a new calendar"
    ),
    "deadlines.deadline.move_dismissed": gettext_lazy(
        "Last day not moved to %(due_on)s: %(reason)s"
    ),
    "deadlines.deadline.cancelled": gettext_lazy("The limit fell away on %(on)s"),
    "deadlines.deadline.lapsed": gettext_lazy("The period ended on %(on)s"),
    "deadlines.deadline.reminded": gettext_lazy("Those who owe it were reminded"),
}
