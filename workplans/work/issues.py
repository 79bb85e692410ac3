"""Issues of enforcement that a unit has to rectify, and rectifications to verify."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from workplans.models import IssueLedgerEntry
from workplans.states import IssueState


def sorts(desk: Desk) -> Sorts:
    if desk.works:
        rows = IssueLedgerEntry.objects.select_related("organization", "found_by")
        asked = rows.filter(state=IssueState.ASKED, organization__in=desk.units)
        yield Sort(asked, lambda _desk, found: map(_rectify, found))
        reported = rows.filter(state=IssueState.RECTIFIED, found_by__in=desk.units)
        yield Sort(reported, lambda _desk, found: map(_verify, found))


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
