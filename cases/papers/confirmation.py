"""司法确认申请书 (K-17): both sides apply together, with what they have agreed."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cases.models import Agreement, AgreementItem, AgreementState, Participant, Procedure
from cases.papers.agreement import NAMES
from cases.papers.paper import Paper
from cases.papers.words import (
    agent_lines,
    amount_words,
    full_name,
    lines_of,
    long_day,
    parts_of,
    party_line,
    place_of,
)
from cases.policy.circle import may_record
from cases.states import Kind, PartyKind, PartyRole
from members.models import Organization, User

TITLE = "司法确认申请书"
ENCLOSED = ["调解协议", "申请人身份证明、主体资格证明", "与调解协议相关的证据材料"]


def agreement_of(procedure: Procedure) -> Agreement | None:
    """The one that the confirmation is asked for: signed in the mediation before it."""
    rows = Agreement.objects.filter(
        procedure__onward__later=procedure, state=AgreementState.SIGNED
    )
    near = rows.select_related("procedure__organ").order_by("-pk")
    return near.first()


def application_title(procedure: Procedure) -> str:
    return f"{TITLE}（{procedure.dispute.title}）"[:200]


def application_context(procedure: Procedure, on: date) -> dict:
    agreement = agreement_of(procedure)
    return {
        "title": TITLE,
        "applicants": [_applicant(one) for one in applicants(procedure)],
        "court": procedure.organ.name,
        "attachments": ENCLOSED,
        **(_agreed(agreement) if agreement else _not_agreed()),
    }


def applicants(procedure: Procedure) -> list[Participant]:
    """Who made the agreement; a third party only signs what concerns it."""
    agreement = agreement_of(procedure)
    rows = parts_of(agreement.procedure if agreement else procedure)
    return list(rows.exclude(role=PartyRole.THIRD_PARTY).prefetch_related("agents"))


def _applicant(part: Participant) -> dict:
    party = part.party
    natural = party is not None and party.kind == PartyKind.NATURAL
    called = full_name(part)
    line = party_line(party) if party else called
    details = [one for one in line.removeprefix(called).split("，") if one]
    if party and party.phone:
        details.append(f"联系电话{party.phone}")
    return {
        **({"name": called} if natural else {}),
        "called": called,
        "details": details,
        "agents": [f"委托代理人：{one}" for one in agent_lines(part)],
    }


def _agreed(agreement: Agreement) -> dict:
    rows = agreement.items.select_related("organization", "party")
    return {
        "signed": long_day(agreement.signed_on),
        "effective": long_day(agreement.effective_on),
        "agreement": NAMES[agreement.kind].removesuffix("书"),
        "agreement_number": agreement.number,
        "facts": lines_of(agreement.facts),
        "mediated_by": _mediated_by(agreement),
        "items": [_promise(row) for row in rows],
        "closing": agreement.closing,
    }


def _not_agreed() -> dict:
    blank = "　　　　年　　月　　日"
    names = ("agreement_number", "mediated_by", "closing")
    return {
        **dict.fromkeys(names, ""),
        "signed": blank,
        "effective": blank,
        "agreement": "调解协议",
        "facts": [],
        "items": [],
    }


def _mediated_by(agreement: Agreement) -> str:
    rows = agreement.procedure.assignments.live().select_related("professional")
    found = rows.last()
    who = f"（调解员{found.professional.name}）" if found and found.professional else ""
    return f"{agreement.procedure.organ.name}{who}"


def _promise(item: AgreementItem) -> str:
    by = item.organization.name if item.organization else item.party.name
    amount = f"金额{amount_words(item.amount)}元" if item.amount is not None else ""
    parts = (item.what.rstrip("。"), amount, item.method, f"{long_day(item.due_on)}前履行")
    return f"{by}：{'，'.join(one for one in parts if one)}"


def _ready(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    parts = Prefetch("participants", Participant.objects.select_related("party", "organization"))
    rows = rows.filter(kind=Kind.CONFIRMATION, state__in=("waiting", "applied"))
    return rows.select_related("organ", "dispute__jurisdiction").prefetch_related(parts)


def _lacks(procedure: Procedure) -> list[str]:
    if agreement_of(procedure) is None:
        return [_("There is no signed agreement of the mediation before it.")]
    found = []
    for part in applicants(procedure):
        if part.party and not part.party.id_number:
            message = _("The identity or credit code of %(party)s is missing.")
            found.append(message % {"party": part})
        if part.party and not part.party.address:
            found.append(_("The address of %(party)s is missing.") % {"party": part})
    return found


def drafted_by(procedure: Procedure) -> Organization:
    """The house that mediated helps the parties with it; the court only receives it."""
    agreement = agreement_of(procedure)
    return agreement.procedure.organ if agreement else procedure.organ


def _applies(user: User, procedure: Procedure) -> bool:
    if procedure.kind != Kind.CONFIRMATION:
        return False
    return may_record(user, procedure, procedure.step("apply"))


PAPERS = (
    Paper(
        kind="confirmation_application",
        model=Procedure,
        path="dispute",
        ready=_ready,
        title=application_title,
        context=application_context,
        issuer=drafted_by,
        place=place_of,
        may=_applies,
        lacks=_lacks,
        names_people=True,
    ),
)
