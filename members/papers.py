"""What the papers of this room say, as plain dictionaries for the room that renders."""

from datetime import date

from django.utils import translation

from members.models import Body, Handover, RosterChange, Seat
from members.rosters import RosterLine, roster, vacancies
from members.states import SeatRole


def roster_context(body: Body, on: date) -> dict:
    """成员名单 on a day: groups by role in printed order, each with its lines."""
    lines = roster(body, on)
    groups = [
        {"role": role.value, "label": _label(role), "lines": [_line(line) for line in held]}
        for role in SeatRole
        if (held := [line for line in lines if line.role == role])
    ]
    return {
        "jurisdiction": body.jurisdiction.name,
        "body": body.name,
        "on": on.isoformat(),
        "groups": groups,
        "vacancies": [_vacancy(seat) for seat in vacancies(body, on)],
    }


def change_notice_context(change: RosterChange) -> dict:
    """名单变动通知: who ceases and who begins, from which day, and why."""
    related = ("person", "post__organization", "ex_officio_organization")
    return {
        "jurisdiction": change.body.jurisdiction.name,
        "body": change.body.name,
        "on": change.on.isoformat(),
        "reason": change.reason,
        "ended": [_seat(seat) for seat in change.ended.select_related(*related)],
        "begun": [_seat(seat) for seat in change.begun.select_related(*related)],
    }


def handover_context(handover: Handover) -> dict:
    """工作交接单: who gave what to whom, as it stood on that day."""
    return {
        "jurisdiction": handover.giver.jurisdiction.name,
        "giver": handover.giver.name,
        "taker": handover.taker.name,
        "on": handover.on.isoformat(),
        "reason": handover.reason,
        "groups": [
            {"label": group["label"], "titles": [entry["title"] for entry in group["entries"]]}
            for group in handover.items
        ],
    }


def _label(role: str) -> str:
    """Papers are Chinese, whatever language the reader's pages are in."""
    with translation.override("zh-hans"):
        return str(SeatRole(role).label)


def _line(line: RosterLine) -> dict:
    post = line.post
    return {
        "name": line.person.name,
        "paper_name": line.person.paper_name,
        "side": line.side,
        "role": line.role,
        "organization": post.organization.name if post else "",
        "title": post.title if post else "",
        "acting": bool(post and post.acting),
        "ex_officio": line.seat.ex_officio,
    }


def _seat(seat: Seat) -> dict:
    """A seat in a notice of change; an ex-officio one is named by its post."""
    organization = seat.post.organization if seat.post else seat.ex_officio_organization
    return {
        "name": seat.person.name if seat.person else "",
        "paper_name": seat.person.paper_name if seat.person else "",
        "side": seat.side,
        "role": seat.role,
        "label": _label(seat.role),
        "organization": organization.name if organization else "",
        "title": seat.post.title if seat.post else seat.ex_officio_title,
    }


def _vacancy(seat: Seat) -> dict:
    return {
        "role": seat.role,
        "label": _label(seat.role),
        "side": seat.side,
        "organization": seat.ex_officio_organization.name,
        "title": seat.ex_officio_title,
    }
