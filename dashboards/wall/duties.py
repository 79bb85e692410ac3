"""What is overdue, told as a kind of duty and whose it is: no title, no party, no number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.deadlines.catalogue import name_of
from services.deadlines.models import DeadlineQuerySet

KINDS: dict[str, Promise] = {
    "ACT-REPORT": gettext_lazy("Report on a joint activity"),
    "ANSWER-AD-HOC": gettext_lazy("Answer to a proposed ad-hoc meeting"),
    "ANSWER-DAY": gettext_lazy("Answer to a proposed day of meeting"),
    "ASSESSMENT-DUTY": gettext_lazy("Duty from a risk assessment"),
    "ASSESSMENT-OBJECTION": gettext_lazy("Objection to an assessment"),
    "ASSESSMENT-OPINION": gettext_lazy("Opinion on a risk assessment"),
    "CHECK-POINT": gettext_lazy("Gap found by a check of files"),
    "CHECK-SHEET": gettext_lazy("Check of files"),
    "CONSULTATION-REPLY": gettext_lazy("Opinion on a draft"),
    "COORDINATION-STEP": gettext_lazy("Step that was agreed in coordination"),
    "DELIVERABLE": gettext_lazy("Document to be handed in"),
    "EXCHANGE": gettext_lazy("Information owed to the other side"),
    "GUIDANCE-REPLY": gettext_lazy("Reply to a letter of guidance"),
    "INQUIRY-ANSWER": gettext_lazy("Answer to an inquiry"),
    "ISSUE-RECTIFY": gettext_lazy("Rectification of a problem"),
    "LOSS-ANALYSIS": gettext_lazy("Analysis of a lost case"),
    "LOSS-RECTIFY": gettext_lazy("Rectification after a lost case"),
    "MT-MIN": gettext_lazy("Minutes of a meeting"),
    "MT-RES": gettext_lazy("Matter decided by a meeting"),
    "OBJECTION": gettext_lazy("Review of a reply"),
    "PERFORMANCE": gettext_lazy("Performance of a decision"),
    "PROBLEM-MEASURE": gettext_lazy("Measure on a shared problem"),
    "RECTIFY": gettext_lazy("Rectification after a suggestion"),
    "RETURN": gettext_lazy("Return to be handed in"),
    "RISK-REVIEW": gettext_lazy("Renewed look at a risk"),
    "SEAL": gettext_lazy("Use of a seal"),
    "TASK-DUE": gettext_lazy("Task of the yearly list"),
    "TASK-TERM": gettext_lazy("Task of the yearly list"),
    "TOPICS": gettext_lazy("Topics for a meeting"),
    "TRANSFER-RECEIPT": gettext_lazy("Receipt of a transfer"),
    "UPWARD-REPORT": gettext_lazy("Report to the superior body"),
    "URGE": gettext_lazy("Answer to a supervision letter"),
    "VERIFY": gettext_lazy("Verification of what was carried out"),
    "VISIT-AGAIN": gettext_lazy("Second follow-up visit"),
    "VISIT-FOLLOW-UP": gettext_lazy("Matter from a follow-up visit"),
}
"""The kinds of limits that rooms set by themselves; those of the law table have their names."""


@dataclass(frozen=True)
class Owed:
    """`n` open duties of one kind that one unit owes, the earliest due on `due_on`."""

    kind: str
    unit: str
    due_on: date
    n: int


def owed_by_kind(rows: DeadlineQuerySet, most: int) -> list[Owed]:
    """The kinds and units that are longest overdue, at most so many."""
    found = (
        rows.order_by()
        .values("rule", "owed_by__short_name", "owed_by__order")
        .annotate(n=Count("pk"), first=Min("due_on"))
        .order_by("first", "-n", "owed_by__order", "rule")
    )
    return [
        Owed(kind_of(row["rule"]), row["owed_by__short_name"], row["first"], row["n"])
        for row in found[:most]
    ]


def kind_of(rule: str) -> str:
    """What a time limit is about; never a word of the record that it binds."""
    return name_of(rule) or str(KINDS.get(rule) or _("Time limit"))
