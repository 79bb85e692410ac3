"""In time to be enforced (行政强制法, 行诉解释)."""

from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards.reading import Given, last_day, limits_about, said
from cases.flow.table import Step
from cases.models import Procedure
from foundations.access.errors import RuleBroken

CONTESTED = ("FS-ACC-B", "FS-FY")
"""The rights of an agency whose application was refused, wholly or in part."""


def urged_ten_days(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """强制法 54: not before ten working days after the reminder was served."""
    urged = procedure.fact("urged_on")
    if not urged or said(given):
        return
    over = last_day("FS-CUI", date.fromisoformat(urged), procedure)
    if over is not None and procedure.opened_on <= over:
        message = _(
            "Ten working days after the reminder end on %(day)s; the court can be asked only "
            "after that. Refuse, or say why it is accepted."
        )
        raise RuleBroken("urged_too_late", message % {"day": over}, "reason")


def applied_in_time(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """强制法 53: within three months after the period to sue is over."""
    ended = procedure.fact("suit_period_ended_on")
    if not ended or said(given):
        return
    last = last_day("FS-APPLY", date.fromisoformat(ended), procedure)
    if last is not None and procedure.opened_on > last:
        message = _(
            "The application could be made until %(day)s. Refuse, or say why it is accepted."
        )
        raise RuleBroken("applied_late", message % {"day": last}, "reason")


def in_enforcement_period(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """解释 153: two years from the last day of the time to perform."""
    origin = procedure.origins.select_related("earlier").first()
    due = origin.earlier.fact("performance_due") if origin else None
    last = last_day("XS-EXE", date.fromisoformat(due), procedure) if due else None
    if last is not None and on > last and not said(given):
        message = _(
            "Enforcement could be applied for until %(day)s. Say why it is filed all the same."
        )
        raise RuleBroken("enforcement_late", message % {"day": last}, "reason")


def contested_in_time(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """强制法 56, 58: the agency asks the higher court within fifteen days after the ruling
    reached it, and only about one that it can ask about."""
    party = given["party"]
    windows = [*limits_about(procedure), *limits_about(party)]
    own = [one for one in windows if one.rule in CONTESTED]
    if not own:
        message = _("There is no ruling here that “%(party)s” can bring before a higher court.")
        raise RuleBroken("not_contestable", message % {"party": party}, "party")
    last = max(one.due_on for one in own)
    if on > last:
        message = _("The higher court could be asked until %(day)s.")
        raise RuleBroken("contested_late", message % {"day": last}, "on")
