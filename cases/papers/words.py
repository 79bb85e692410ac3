"""Words that the papers share; what is printed is Chinese, so it stands here as it is."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

from cases.models import Participant, Party, Procedure
from cases.models.parties import ParticipantQuerySet
from cases.states import Kind, PartyKind, PartyRole
from members.models import Jurisdiction, Organization
from members.states import OrganizationKind

ROLES: dict[str, str] = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.RESPONDENT: "被申请人",
    PartyRole.PLAINTIFF: "原告",
    PartyRole.DEFENDANT: "被告",
    PartyRole.THIRD_PARTY: "第三人",
    PartyRole.APPELLANT: "上诉人",
    PartyRole.APPELLEE: "被上诉人",
    PartyRole.ENFORCING: "申请执行人",
    PartyRole.ENFORCED: "被执行人",
    PartyRole.PROSECUTOR: "公益诉讼起诉人",
}
NAMED = 3
"""So many of one side are named in a sentence; of more, the first three and how many."""


def long_day(day: date | None) -> str:
    """2026年9月8日 (F17); "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def hour_words(moment: time | None) -> str:
    """上午9:30; "" where none is settled."""
    if moment is None:
        return ""
    return f"{'上午' if moment.hour < 12 else '下午'}{moment.hour}:{moment.minute:02d}"


def lines_of(text: str) -> list[str]:
    """The paragraphs of what was typed into one field."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def amount_words(amount: Decimal | None) -> str:
    """12,800.00; "" for none."""
    return f"{amount:,.2f}" if amount is not None else ""


def self_name(organization: Organization) -> str:
    """How an organ speaks of itself: 本院, or 本机关."""
    judicial = (OrganizationKind.COURT, OrganizationKind.PROCURATORATE, OrganizationKind.DIVISION)
    own = {OrganizationKind.CENTRE: "本中心", OrganizationKind.WORKROOM: "本工作室"}
    if organization.kind in own:
        return own[OrganizationKind(organization.kind)]
    return "本院" if organization.kind in judicial else "本机关"


def parts_of(procedure: Procedure) -> ParticipantQuerySet:
    return procedure.participants.select_related("party", "organization")


def full_name(part: Participant) -> str:
    return part.party.name if part.party else part.organization.name


def some_names(parts: Sequence[Participant]) -> str:
    """张三、李四; of more than three 张三、李四、王五等20人."""
    names = "、".join(full_name(one) for one in parts[:NAMED])
    if len(parts) <= NAMED:
        return names
    people = all(one.party and one.party.kind == PartyKind.NATURAL for one in parts)
    return f"{names}等{len(parts)}{'人' if people else f'名{ROLES[parts[0].role]}'}"


def case_words(procedure: Procedure) -> str:
    """张三诉试验市综合行政执法局行政处罚一案; later instances say who appealed."""
    parts = parts_of(procedure)
    claimants, agencies = list(parts.claimants()), list(parts.agencies())
    act = procedure.dispute.act_kind
    theirs, ours = some_names(claimants), some_names(agencies)
    if procedure.kind == Kind.FIRST_INSTANCE:
        return f"{theirs}诉{ours}{act}一案"
    if procedure.kind == Kind.RECONSIDERATION:
        return f"{theirs}不服{ours}{act}申请行政复议一案"
    first, second = _sides(claimants, agencies)
    return f"{first}与{second}{act}一案"


def _sides(claimants: Sequence[Participant], agencies: Sequence[Participant]) -> tuple[str, str]:
    sides = [(rows[0].role, some_names(rows)) for rows in (claimants, agencies) if rows]
    sides.sort(key=lambda one: one[0] in (PartyRole.APPELLEE, PartyRole.ENFORCED))
    words = [f"{ROLES[role]}{names}" for role, names in sides]
    return words[0], words[-1]


def party_line(party: Party) -> str:
    """Who the party is, with all that is known of it: a name comes first."""
    natural = party.kind == PartyKind.NATURAL
    number = "公民身份号码" if natural else "统一社会信用代码"
    told = [
        party.name,
        party.gender,
        party.ethnicity,
        f"{_born(party.born_on)}出生" if party.born_on else "",
        f"{number}{party.id_number}" if party.id_number else "",
        f"{'住' if natural else '住所地'}{party.address}" if party.address else "",
        f"法定代表人（负责人）{party.representative}" if party.representative else "",
    ]
    return "，".join(one for one in told if one)


def _born(text: str) -> str:
    try:
        return long_day(date.fromisoformat(text))
    except ValueError:
        return text


def agent_lines(part: Participant) -> list[str]:
    """委托代理人：赵六，律师，试验律师事务所."""
    rows = part.agents.all()
    return [
        "，".join(one for one in (agent.name, agent.profession, agent.firm) if one)
        for agent in rows
    ]


def people_of(procedure: Procedure) -> list[dict]:
    """Names that no line break enters: those of persons, not the long ones of units."""
    parts = parts_of(procedure).filter(party__kind=PartyKind.NATURAL)
    return [{"name": one.party.name} for one in parts]


def party_rows(parts: Iterable[Participant]) -> list[dict]:
    """Everybody who takes part, as a paper introduces them."""
    return [
        {
            "role": ROLES[one.role],
            "who": full_name(one),
            "line": party_line(one.party) if one.party else one.organization.name,
            "agents": agent_lines(one),
        }
        for one in parts
    ]


def place_of(procedure: Procedure) -> Jurisdiction:
    return procedure.dispute.jurisdiction
