"""调解协议书, 和解协议书 (K-11): printed for signing, issued once it is signed."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.hearings.law import LITIGATION
from cases.models import (
    Agreement,
    AgreementItem,
    AgreementKind,
    AgreementState,
    AssignmentState,
)
from cases.papers.paper import Paper
from cases.papers.words import (
    amount_words,
    case_words,
    lines_of,
    long_day,
    parts_of,
    party_rows,
    people_of,
    place_of,
)
from cases.states import Kind
from foundations.access.policy import policy_for
from members.models import Organization, User

NAMES: dict[str, str] = {
    AgreementKind.MEDIATED: "调解协议书",
    AgreementKind.SETTLED: "和解协议书",
}
SUIT = "《中华人民共和国行政诉讼法》第六十条"
RECONSIDERED: dict[str, str] = {
    AgreementKind.MEDIATED: "《中华人民共和国行政复议法》第五条",
    AgreementKind.SETTLED: "《中华人民共和国行政复议法》第七十四条",
}


def _near(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.select_related("procedure__organ", "procedure__dispute__jurisdiction")


def agreement_title(agreement: Agreement) -> str:
    return f"{NAMES[agreement.kind]}（{agreement.procedure.dispute.title}）"[:200]


def agreement_context(agreement: Agreement, on: date) -> dict:
    """The day of the paper is that of signing; before, it is left to be written."""
    procedure = agreement.procedure
    parts = list(parts_of(procedure).prefetch_related("agents"))
    rows = agreement.items.select_related("organization", "party")
    return {
        "title": NAMES[agreement.kind],
        "issuer": procedure.organ.name,
        "settled": agreement.kind == AgreementKind.SETTLED,
        "number": agreement.number,
        "case": case_words(procedure),
        "people": people_of(procedure),
        "parties": party_rows(parts),
        "mediator": _mediator(agreement),
        "facts": lines_of(agreement.facts),
        "basis": basis_of(agreement),
        "items": [_item(row) for row in rows],
        "closing": lines_of(agreement.closing),
        "liability": lines_of(agreement.liability),
        "confirmation": agreement.confirmation,
        "signed": long_day(agreement.signed_on),
        "effective": long_day(agreement.effective_on),
    }


def _item(item: AgreementItem) -> dict:
    return {
        "by": item.organization.name if item.organization else item.party.name,
        "what": item.what,
        "amount": amount_words(item.amount),
        "method": item.method,
        "due": item.due_on.isoformat(),
    }


def _mediator(agreement: Agreement) -> str:
    """Of whoever was assigned and accepted; a mediation led by the organ itself has none."""
    rows = agreement.procedure.assignments.filter(state=AssignmentState.ACCEPTED)
    found = [one.professional for one in rows.select_related("professional")]
    return found[-1].name if found else ""


def basis_of(agreement: Agreement) -> str:
    """By the procedure out of which it was mediated; "" before any was begun, and for what
    the parties of a suit settle between themselves: article 60 is on mediation alone."""
    links = agreement.procedure.origins.select_related("earlier")
    kinds = {link.earlier.kind for link in links}
    if kinds & LITIGATION:
        return SUIT if agreement.kind == AgreementKind.MEDIATED else ""
    return RECONSIDERED[agreement.kind] if Kind.RECONSIDERATION in kinds else ""


def _lacks(agreement: Agreement) -> list[str]:
    if agreement.state == AgreementState.SIGNED:
        return []
    return [_("It is not signed yet: print it, have it signed, and record the signing.")]


def _told(agreement: Agreement) -> list[Organization]:
    parts = parts_of(agreement.procedure).filter(organization__isnull=False)
    return [one.organization for one in parts]


def _mediates(user: User, agreement: Agreement) -> bool:
    return policy_for(Agreement).can(user, "mediate", agreement)


PAPERS = (
    Paper(
        kind="settlement_agreement",
        model=Agreement,
        path="procedure__dispute",
        ready=_near,
        title=agreement_title,
        context=agreement_context,
        issuer=lambda row: row.procedure.organ,
        place=lambda row: place_of(row.procedure),
        may=_mediates,
        lacks=_lacks,
        number=lambda row: row.number,
        told=_told,
        names_people=True,
    ),
)
