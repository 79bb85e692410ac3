"""Issuing the notice of a roster change; it is an official document about the change."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization, RosterChange
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.personnel.papers import notice_of, notice_title
from services.documents.personnel.queries import series_of, signer_of, standing_notice


@action
def issue_change_notice(
    change_id: int, *, actor: Actor, on: date, at: datetime, series: str = "", number: str = ""
) -> OfficialDocument:
    """Issue 名单变动通知 under the number series with the key `series`, "" for no number.

    `actor` is a liaison officer; the officer's unit signs. One notice a change stands at a
    time; after it was declared void there may be another. Raises RuleBroken
    "notice_issued", "no_series" for a series that is not of that unit, or with field
    "number" what the series refuses.
    """
    change = _locked(change_id)
    policy_for(RosterChange).require(actor, "announce", change)
    if standing_notice(change) is not None:
        raise RuleBroken("notice_issued", _("The notice of this change is issued already."))
    signer = signer_of(actor, change, on)
    document = _draft(change, signer, _own(signer, series), actor=actor, on=on)
    issued = documents.issue(document.pk, actor=actor, on=on, at=at, number=number)
    record(actor, "documents.change_notice.issued", change, number=issued.number)
    return issued


def _locked(change_id: int) -> RosterChange:
    """The lock keeps two presses of the button from making two notices."""
    rows = RosterChange.objects.select_for_update(of=("self",))
    return rows.select_related("body__jurisdiction").get(pk=change_id)


def _own(signer: Organization, key: str) -> str:
    if key and not series_of(signer).filter(key=key).exists():
        raise RuleBroken(
            "no_series", _("Choose a number series of your own organization."), "series"
        )
    return key


def _draft(
    change: RosterChange, signer: Organization, series: str, *, actor: Actor, on: date
) -> OfficialDocument:
    return documents.draft(
        "change_notice",
        change,
        actor=actor,
        organization=signer,
        jurisdiction=change.body.jurisdiction,
        title=notice_title(change),
        context=notice_of(change, signer, on=on),
        series_key=series,
    )
