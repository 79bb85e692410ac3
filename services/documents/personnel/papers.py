"""What the room of the rosters tells, completed to papers."""

from datetime import date

from members.models import Organization, RosterChange
from members.papers import change_notice_context
from services.documents.rendering.contexts import paper_date


def notice_title(change: RosterChange) -> str:
    return f"关于调整{change.body.name}成员的通知"


def notice_of(change: RosterChange, signer: Organization, *, on: date) -> dict:
    """名单变动通知 as `signer` issues it on a day."""
    return {
        **change_notice_context(change),
        "title": notice_title(change),
        "red_head": signer.name,
        "number": "",
        "addressees": [f"{change.body.name}各成员单位"],
        "signer": signer.name,
        "date": paper_date(on),
    }
