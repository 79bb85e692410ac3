"""Agencies are reminded of hearings: that a reply is missing, and that it is tomorrow."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.actions.telling_hearings import tell_agency, when
from cases.hearings.states import HearingState, Identity
from cases.models import Appearance
from foundations.audit.trail import action
from members.models import Jurisdiction

BEFORE = 3
"""Working days before a hearing from which a missing reply is asked for."""
AHEAD = timedelta(days=20)
"""More than three working days are never longer than this, whatever the holidays."""


@action
def remind_agencies(*, on: date, at: datetime) -> int:
    """Tell each agency once for a day of hearing; how many rows are near. Safe to repeat."""
    rows = Appearance.objects.filter(
        hearing__state=HearingState.SET, hearing__on__gte=on, hearing__on__lte=on + AHEAD
    ).select_related("organization", "hearing__procedure__dispute__jurisdiction")
    near = 0
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows.order_by("pk"):
            near += _remind(row, on, at)
    return near


def _remind(row: Appearance, on: date, at: datetime) -> bool:
    hearing = row.hearing
    place: Jurisdiction = hearing.procedure.dispute.jurisdiction
    works = place.calendar
    if works.add_workdays(hearing.on, -BEFORE) > on:
        return False
    words = {"when": when(hearing)}
    case = hearing.procedure.dispute.title
    if row.replied_at is None and not row.joint:
        title = _("No reply slip yet for the hearing on %(when)s") % words
        tell_agency(row, f"no_reply.{hearing.on}", title, at=at, text=case)
    elif row.coming and row.identity in (Identity.NONE, Identity.TO_CORRECT):
        title = _("No proof of identity yet for the hearing on %(when)s") % words
        tell_agency(row, f"no_proof.{hearing.on}", title, at=at, text=case)
    if works.add_workdays(hearing.on, -1) <= on:
        title = _("The hearing is on %(when)s") % words
        tell_agency(row, f"near.{hearing.on}", title, at=at, text=f"{case}\n{hearing.place}")
    return True
