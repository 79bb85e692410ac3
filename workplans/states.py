"""Words of task lists and of the enforcement-issue ledger, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListState(TextChoices):
    DRAFT = "draft", _("Draft of a task list")
    PUBLISHED = "published", _("Task list in force")
    CLOSED = "closed", _("Task list closed")


class TaskState(TextChoices):
    OPEN = "open", _("Task under way")
    SPLIT = "split", _("Task split by unit")
    CLOSED = "closed", _("Task closed")


class DueKind(TextChoices):
    """How a document writes the due of a task."""

    LONG_TERM = "long_term", _("Long-term")
    BY_DAY = "by_day", _("By a day")
    BY_DAY_AND_ON = "by_day_and_on", _("By a day, then long-term")
    UNREAD = "unread", _("Due not read")

    @property
    def has_day(self) -> bool:
        return self in (DueKind.BY_DAY, DueKind.BY_DAY_AND_ON)

    @property
    def goes_on(self) -> bool:
        return self in (DueKind.LONG_TERM, DueKind.BY_DAY_AND_ON)


class TermKind(TextChoices):
    """Why a unit has to report by a day."""

    DUE = "due", _("Due of the task")
    MILESTONE = "milestone", _("Milestone in the measure")
    PERIOD = "period", _("Reporting term")


class TermState(TextChoices):
    OPEN = "open", _("Report awaited")
    SENT = "sent", _("Report to be accepted")
    ACCEPTED = "accepted", _("Report accepted")
    DROPPED = "dropped", _("Report not asked any more")


class Verdict(TextChoices):
    SENT = "sent", _("Progress report sent")
    ACCEPTED = "accepted", _("Progress report accepted")
    RETURNED = "returned", _("Progress report returned")


class LetterState(TextChoices):
    OPEN = "open", _("Urged, report awaited")
    ANSWERED = "answered", _("Reported after urging")


class ImportState(TextChoices):
    READY = "ready", _("To be looked through")
    DONE = "done", _("Taken over")
    DISCARDED = "discarded", _("Thrown away")


class Category(TextChoices):
    """What a reconsideration finds wrong in enforcement; the first three are named by the
    text (YC-18)."""

    PROCEDURE = "procedure", _("Statutory procedure violated")
    INACTION = "inaction", _("Administrative inaction")
    UNREASONABLE = "lawful_but_unreasonable", _("Lawful but unreasonable")
    FACTS = "facts", _("Facts unclear or evidence insufficient")
    LAW = "law", _("Wrong application of law")
    OTHER = "other", _("Other enforcement issue")


class IssueState(TextChoices):
    ASKED = "asked", _("Rectification asked for")
    RECTIFIED = "rectified", _("Rectification to be verified")
    VERIFIED = "verified", _("Rectification verified")


class Stage(TextChoices):
    """Where a task of a published list stands on a day, worked out from its reports."""

    OVERDUE = "overdue", _("Report overdue")
    TO_ACCEPT = "to_accept", _("Reports to accept")
    AWAITED = "awaited", _("Reports awaited")
    SETTLED = "settled", _("All reports accepted")
    UNASKED = "unasked", _("No report asked")
    CLOSED = "closed", _("Task closed")
