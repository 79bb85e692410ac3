"""What a reminder says."""

from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.deadlines.explanation import basis_of, day_words
from services.deadlines.models import Deadline

EARLY_STAGES = {
    "before-15": gettext_lazy("15 working days before"),
    "before-7": gettext_lazy("7 working days before"),
    "before-3": gettext_lazy("3 working days before"),
    "before-1": gettext_lazy("1 working day before"),
}


def neutral_name(deadline: Deadline) -> str:
    """Instead of the title, for whoever may not open what the limit binds: whose it is."""
    return _("a time limit of %(organization)s") % {"organization": deadline.owed_by.name}


class Words:
    """The words of one run: what many limits have in common is looked up once."""

    def __init__(self) -> None:
        self._day = cache(day_words)
        self._named = {
            "late": _("Overdue since %(day)s: %(title)s"),
            "today": _("Due today: %(title)s"),
            "before": _("Due on %(day)s: %(title)s"),
        }
        self._duty = _("%(organization)s is to do this by %(day)s: %(title)s.")

    def day(self, day: date) -> str:
        return self._day(day)

    def title(self, deadline: Deadline, stage: str) -> str:
        return self._of_stage(deadline, stage, deadline.title)

    def neutral_title(self, deadline: Deadline, stage: str) -> str:
        return self._of_stage(deadline, stage, neutral_name(deadline))

    def _of_stage(self, deadline: Deadline, stage: str, name: str) -> str:
        kind, _dash, _number = stage.partition("-")
        return self._named[kind] % {"title": name, "day": self.day(deadline.due_on)}

    def text(self, deadline: Deadline) -> str:
        said = self._duty % {
            "organization": deadline.owed_by.name,
            "title": deadline.title,
            "day": self.day(deadline.due_on),
        }
        basis = basis_of(deadline)
        return f"{said}\n{basis}" if basis else said
