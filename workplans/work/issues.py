"""Issues of enforcement that a unit has to rectify, and rectifications to verify."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import standing
from workplans.models import IssueLedgerEntry
from workplans.states import IssueState


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user)
    if not mine.has(*WORKERS):
        return []
    rows = IssueLedgerEntry.objects.select_related("organization", "found_by")
    asked = rows.filter(state=IssueState.ASKED, organization__in=mine.organizations)
    reported = rows.filter(state=IssueState.RECTIFIED, found_by__in=mine.organizations)
    return [_rectify(one) for one in asked] + [_verify(one) for one in reported]


def _rectify(entry: IssueLedgerEntry) -> WorkItem:
    return WorkItem(
        group="returned" if entry.reopened else "todo",
        title=entry.cause,
        url=reverse("workplans:rectify", args=[entry.public_id]),
        verb=_("Report the rectification"),
        day=entry.rectify_by,
        meta=(entry.get_category_display(),),
        party=entry.found_by.short_name,
        party_note=_("enforcement issue"),
    )


def _verify(entry: IssueLedgerEntry) -> WorkItem:
    return WorkItem(
        group="sign",
        title=entry.cause,
        url=entry.get_absolute_url(),
        verb=_("Verify"),
        meta=(entry.get_category_display(),),
        party=entry.organization.short_name,
        party_note=_("reported as rectified"),
    )
