from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "workplans.list.written": _("wrote the draft with %(tasks)s tasks"),
    "workplans.list.published": _(
        "published the list: %(units)s units are responsible, %(terms)s reports asked for"
    ),
    "workplans.list.closed": _("closed the list"),
    "workplans.list.rolled_over": _("took %(tasks)s tasks over to %(year)s"),
    "workplans.import.read": _("uploaded the file; %(rows)s rows were read"),
    "workplans.import.corrected": _("corrected row %(row)s of the file"),
    "workplans.import.mapped": _("said what unknown units stand for"),
    "workplans.import.confirmed": _("took %(tasks)s tasks over"),
    "workplans.import.discarded": _("threw the reading away"),
    "workplans.task.split": _("split the task into %(parts)s parts"),
    "workplans.task.due_changed": _("changed the due from %(before)s to %(due_on)s: %(reason)s"),
    "workplans.task.closed": _("closed the task: %(outcome)s"),
    "workplans.term.reported": _("%(unit)s reported"),
    "workplans.term.accepted": _("accepted the report of %(unit)s"),
    "workplans.term.returned": _("returned the report, again by %(again_by)s: %(reason)s"),
    "workplans.term.dropped": _("the report is not asked any more"),
    "workplans.term.urged": _("sent a supervision letter to %(unit)s, report by %(due_on)s"),
}
