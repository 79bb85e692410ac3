"""行政机关负责人出庭应诉通知书 and 建议书 of a court, 告知函 of the justice bureau (K-9)."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.hearings.law import LITIGATION
from cases.hearings.states import Call, Due, HearingState, Joint, Manner
from cases.models import Appearance, Hearing
from cases.papers.paper import Paper
from cases.papers.words import (
    ROLES,
    case_words,
    hour_words,
    long_day,
    people_of,
    place_of,
    self_name,
)
from cases.policy.circle import works_in_justice_bureau
from foundations.access.policy import policy_for
from members.models import Jurisdiction, Organization, User
from members.states import OrganizationKind

REASONS: dict[str, str] = {
    Due.GENERAL: "《中华人民共和国行政诉讼法》第三条第三款规定，被诉行政机关负责人应当出庭应诉",
    Due.PUBLIC_INTEREST: "本案涉及食品药品安全、生态环境和资源保护、公共卫生安全等重大公共利益",
    Due.ATTENTION: "本案社会高度关注",
    Due.GROUP: "本案可能引发群体性事件",
    Due.RIGHTS: "被诉行政行为涉及公民、法人或者其他组织重大人身、财产权益",
    Due.PROSECUTOR: "本案系行政公益诉讼",
    Due.SUPERIOR: "上级机关规范性文件要求行政机关负责人出庭应诉",
    Due.COURT: "本院认为需要通知行政机关负责人出庭应诉",
    Due.SUGGESTED: "本院书面建议行政机关负责人出庭应诉",
    Due.LOCAL: "地方规定要求行政机关负责人出庭应诉",
}
MANNERS: dict[str, str] = {
    Manner.PUBLIC: "公开开庭审理",
    Manner.CLOSED: "不公开开庭审理",
    Manner.ONLINE: "在线开庭审理",
}
NAMES: dict[str, str] = {
    Call.NOTICE: "行政机关负责人出庭应诉通知书",
    Call.SUGGESTION: "行政机关负责人出庭应诉建议书",
}
PATH = "hearing__procedure__dispute"
SLIP = "行政机关负责人出庭应诉回执"
LETTER = "行政机关负责人出庭应诉告知函"


def _ahead(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    rows = rows.filter(hearing__state=HearingState.SET, hearing__procedure__kind__in=LITIGATION)
    return rows.select_related(
        "organization",
        "participant",
        "hearing__procedure__organ",
        "hearing__procedure__dispute__jurisdiction",
        "joint_with__organization",
    )


def _called(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    return _ahead(rows).exclude(call="")


def notice_title(appearance: Appearance) -> str:
    hearing = appearance.hearing
    unit = appearance.organization.short_name
    return f"{NAMES[Call(appearance.call)]}（{unit}，{long_day(hearing.on)}开庭）"


def letter_title(appearance: Appearance) -> str:
    unit = appearance.organization.short_name
    return f"{LETTER}（{unit}，{long_day(appearance.hearing.on)}开庭）"


def notice_context(appearance: Appearance, on: date) -> dict:
    """`on` is the day of the paper."""
    organ = appearance.hearing.procedure.organ
    return {
        **_hearing(appearance, on),
        "paper": NAMES[Call(appearance.call)],
        "issuer": organ.name,
        "own": self_name(organ),
        "suggests": appearance.call == Call.SUGGESTION,
        "reasons": _reasons(appearance),
        "red_head": "",
        "subject_title": "",
        "number": number_of(appearance),
        "own_number": number_of(appearance),
        "signer": organ.name,
    }


def letter_context(appearance: Appearance, on: date) -> dict:
    """The justice bureau reminds an agency of what the hearing asks of its head (YC-27)."""
    bureau = bureau_of(appearance)
    return {
        **_hearing(appearance, on),
        "title": LETTER,
        "red_head": bureau.name,
        "issuer": bureau.name,
        "own": "我局" if bureau.name.endswith("局") else "本机关",
        "signer": bureau.name,
    }


def _hearing(appearance: Appearance, on: date) -> dict:
    hearing = appearance.hearing
    procedure = hearing.procedure
    return {
        "title": LETTER,
        "addressees": [appearance.organization.name],
        "people": people_of(procedure),
        "organ": procedure.organ.name,
        "case": case_words(procedure),
        "case_number": procedure.number,
        "role": ROLES[appearance.participant.role],
        "time": f"{long_day(hearing.on)}{hour_words(hearing.starts_at)}",
        "day": long_day(hearing.on),
        "place": hearing.place,
        "manner": MANNERS[Manner(hearing.manner)],
        "several": _several(hearing),
        "joint": _joint(appearance),
        "date": long_day(on),
        "attachments": [SLIP],
        "copy_to": [],
    }


def _reasons(appearance: Appearance) -> list[str]:
    found = [REASONS[one] for one in appearance.reasons if one in REASONS]
    note = appearance.reasons_note.strip()
    return [*found[:-1], f"{found[-1]}（{note}）"] if found and note else found


def _several(hearing: Hearing) -> bool:
    return hearing.procedure.participants.agencies().count() > 1


def _joint(appearance: Appearance) -> str:
    """Whose head comes for several defendants, where that is settled (art. 3)."""
    other = appearance.joint_with
    if other is None or appearance.joint == Joint.PROPOSED:
        return ""
    who = "共同被告协商确定" if appearance.joint == Joint.AGREED else "人民法院确定"
    return f"本案经{who}由{other.organization.name}负责人出庭应诉"


def number_of(appearance: Appearance) -> str:
    return appearance.hearing.procedure.number


def lacks(appearance: Appearance) -> list[str]:
    if number_of(appearance):
        return []
    return [_("The case has no number yet.")]


def bureau_of(appearance: Appearance) -> Organization | None:
    rows = Organization.objects.filter(
        jurisdiction=place(appearance), kind=OrganizationKind.JUSTICE_BUREAU
    )
    return rows.order_by("order", "pk").first()


def place(appearance: Appearance) -> Jurisdiction:
    return place_of(appearance.hearing.procedure)


def _records(user: User, appearance: Appearance) -> bool:
    return policy_for(Appearance).can(user, "record", appearance)


def _in_bureau(user: User, appearance: Appearance) -> bool:
    return works_in_justice_bureau(user, appearance.hearing.procedure.dispute)


PAPERS = (
    Paper(
        kind="appearance_notice",
        model=Appearance,
        path=PATH,
        ready=_called,
        title=notice_title,
        context=notice_context,
        issuer=lambda row: row.hearing.procedure.organ,
        place=place,
        may=_records,
        lacks=lacks,
        number=number_of,
        told=lambda row: [row.organization],
        names_people=True,
    ),
    Paper(
        kind="appearance_letter",
        model=Appearance,
        path=PATH,
        ready=_ahead,
        title=letter_title,
        context=letter_context,
        issuer=bureau_of,
        place=place,
        may=_in_bureau,
        lacks=lacks,
        series="appearance-letters",
        told=lambda row: [row.organization],
        names_people=True,
    ),
)
