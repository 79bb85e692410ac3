"""Words of the institution's text; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Modal(TextChoices):
    """Whether a clause binds (应当) or allows (可以)."""

    SHALL = "shall", _("Shall")
    MAY = "may", _("May")


class RuleKind(TextChoices):
    """The closed set of rules that make a clause work."""

    MEETING_CADENCE = "meeting_cadence", _("Meeting cadence")
    AD_HOC_MEETING = "ad_hoc_meeting", _("Ad-hoc meeting")
    EXCHANGE = "exchange", _("Exchange of information")
    COPY_TO = "copy_to", _("Copy to")
    REPLY_DEADLINE = "reply_deadline", _("Reply deadline")
    REPORT_DEADLINE = "report_deadline", _("Report deadline")
    COUNT_PER_PERIOD = "count_per_period", _("Count per period")
    RATE_TARGET = "rate_target", _("Rate target")
    CHECKLIST = "checklist", _("Checklist")
    CASE_FLOW = "case_flow", _("Case flow")
    ROSTER = "roster", _("Roster")
    TASK = "task", _("Task")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    STATEMENT = "statement", _("Statement of principle")


class ComplianceState(TextChoices):
    """Whether a clause is kept on a day."""

    KEPT = "kept", _("Clause kept")
    DUE_SOON = "due_soon", _("Clause due soon")
    BROKEN = "broken", _("Clause broken")
    ATTESTED = "attested", _("Clause attested")
    NOT_YET_DUE = "not_yet_due", _("Clause not yet due")
    NOT_APPLICABLE = "not_applicable", _("Clause not applicable")
