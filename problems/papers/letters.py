"""征求意见函, 执法指导函 in letter format, and the consensus of the sides."""

from collections.abc import Sequence
from datetime import date

from mechanisms.queries import parties
from members.models import Organization
from problems.models import Agreed, Consultation, Guidance
from services.documents.attachments import attachments_of
from suggestions.papers.words import enclosures, lines_of, long_day, self_name


def consensus(row: Agreed, on: date) -> dict:
    return {
        "title": row.title,
        "number": row.number,
        "issuers": [one.lead.name for one in parties(row.mechanism)],
        "paragraphs": lines_of(row.text),
        "date": long_day(on),
    }


def request_for_opinions(row: Consultation, units: Sequence[Organization]) -> dict:
    return {
        **_letter(row.organization, row.number, row.asked_on),
        "title": f"关于征求《{row.title}》意见的函",
        "addressees": [unit.name for unit in units],
        "subject": row.title,
        "reasons": lines_of(row.explanation),
        "due": long_day(row.reply_by),
        "attachments": enclosures(attachments_of(row)) or [f"{row.title}（征求意见稿）"],
    }


def guidance_letter(row: Guidance) -> dict:
    return {
        **_letter(row.organization, row.number, row.sent_on),
        "title": row.title,
        "addressees": [row.addressee.name],
        "paragraphs": lines_of(row.text),
        "due": long_day(row.reply_by) if row.reply_by else "",
    }


def _letter(organ: Organization, number: str, on: date | None) -> dict:
    """The head in letter format, and who signs."""
    return {
        "red_head": organ.name,
        "number": number,
        "own": self_name(organ),
        "signer": organ.name,
        "date": long_day(on),
    }
