"""会议通知 (K-1): what one side sends to its own people (YN-4), as a plain dictionary."""

from datetime import date

from mechanisms.profile import Profile, get_profile
from mechanisms.queries import parties, party, provision
from meetings.models import Invitation, Meeting
from meetings.models.invitations import GUEST_CATEGORIES
from meetings.papers.agenda import (
    SIDE_NAMES,
    agenda_rows,
    chair_of,
    chinese_day,
    notes_of,
    when,
)
from meetings.states import InviteeCategory
from members.rosters import officers

GUESTS: dict[str, str] = {
    InviteeCategory.CONGRESS_DEPUTY: "受邀人大代表",
    InviteeCategory.CONSULTATIVE_MEMBER: "受邀政协委员",
    InviteeCategory.LAWYER: "受邀律师代表",
}
PARTICIPANTS = (
    ("出席", (InviteeCategory.MEMBER, InviteeCategory.GOVERNMENT_LEADER)),
    ("列席", (InviteeCategory.AGENCY, InviteeCategory.STAFF)),
    ("邀请", tuple(GUESTS)),
)


def notice_title(meeting: Meeting) -> str:
    return f"关于召开{meeting.title.replace(' ', '')}的通知"


def notice_context(
    meeting: Meeting,
    side: str,
    invitations: list[Invitation],
    *,
    on: date,
    due: date,
    replaces: str = "",
) -> dict:
    """The notice of `side` to `invitations`; `due` is the last day for receipts, `replaces`
    the number of the notice whose place this one takes."""
    profile = get_profile(meeting.mechanism, meeting.planned_on)
    own = party(meeting.mechanism, side)
    return {
        "red_head": own.acting.name,
        "number": "",
        "title": notice_title(meeting),
        "addressees": _addressees(invitations),
        "paragraphs": _paragraphs(meeting, profile, replaces),
        "items": [
            {"label": "会议时间", "text": when(meeting)},
            {"label": "会议地点", "text": meeting.place},
            {"label": "主办单位", "text": _hosts(meeting)},
            {"label": "主持人" if meeting.chair else "主持单位", "text": chair_of(meeting)},
        ],
        "agenda": [
            {"n": row["n"], "title": row["title"], "reporter": row["reporter"]}
            for row in agenda_rows(meeting)
        ],
        "participants": _participants(invitations),
        "requirements": _requirements(meeting, due),
        "receipt": {"due": chinese_day(due), "contact": _contact(meeting, side, on)},
        "contacts": _contacts(meeting, on),
        "signer": own.acting.name,
        "date": chinese_day(on),
        "attachments": ["会议回执"],
        "copy_to": [list(group) for group in profile.copy_groups],
        "mark": "",
        "replaces": replaces,
    }


def _addressees(invitations: list[Invitation]) -> list[str]:
    """Units once each, then guests by what they are."""
    units = [one.organization.lead.name for one in invitations if one.organization]
    units += [GUESTS[one.category] for one in invitations if one.category in GUEST_CATEGORIES]
    units += [
        one.unit_and_title or one.name
        for one in invitations
        if not one.organization and one.category not in GUEST_CATEGORIES
    ]
    return list(dict.fromkeys(units))


def _paragraphs(meeting: Meeting, profile: Profile, replaces: str) -> list[str]:
    sides = "、".join(one.lead.name for one in parties(meeting.mechanism))
    number = profile.meeting.notice_provision
    clause = provision(meeting.mechanism, number, meeting.planned_on) if number else None
    basis = f"根据《{profile.title}》{clause.clause if clause else ''}，"
    opening = (
        f"{basis}经{sides}协商一致，定于{chinese_day(meeting.planned_on)}召开{meeting.title}。"
    )
    if meeting.reason:
        opening += f"会议缘由：{meeting.reason.rstrip('。')}。"
    earlier = [f"原通知（{replaces}）同时废止，以本通知为准。"] if replaces else []
    return [f"{opening}现将有关事项通知如下：", *earlier]


def _hosts(meeting: Meeting) -> str:
    sides = meeting.hosts or [meeting.host]
    return "、".join(party(meeting.mechanism, side).lead.name for side in sides)


def _participants(invitations: list[Invitation]) -> list[dict]:
    groups = []
    for label, categories in PARTICIPANTS:
        names = [
            {"name": one.name, "unit_title": one.unit_and_title}
            for one in invitations
            if one.category in categories
        ]
        if names:
            groups.append({"label": label, "names": names})
    return groups


def _requirements(meeting: Meeting, due: date) -> list[str]:
    return [
        "请参会人员认真准备议题，提出具体意见并提供相关资料，按时参会。",
        f"请于{chinese_day(due)}前反馈会议回执；因故不能参会的，请说明理由并可委派熟悉情况的同志代会。",
        "请严格遵守保密规定，不得擅自对外透露会议要求保密的内容。",
        *notes_of(meeting),
    ]


def _contacts(meeting: Meeting, on: date) -> list[dict]:
    """The liaison officers of every side (YN-23)."""
    return [
        {
            "side": SIDE_NAMES[one.side],
            "unit": one.secretariat.name,
            "name": officer.person.name if officer.person else officer.display_name,
            "phone": officer.person.phone if officer.person else "",
        }
        for one in parties(meeting.mechanism)
        for officer in officers(meeting.jurisdiction, one.side, on)
    ]


def _contact(meeting: Meeting, side: str, on: date) -> str:
    officer = next(iter(officers(meeting.jurisdiction, side, on)), None)
    if officer is None:
        return party(meeting.mechanism, side).secretariat.name
    phone = officer.person.phone if officer.person else ""
    return f"{officer.display_name} {phone}".strip()
