"""送达回证 (K-17): one sheet for everybody on whom the organ serves its paper."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Participant, Procedure
from cases.papers.decisions import closing_paper
from cases.papers.paper import Paper
from cases.papers.words import ROLES, full_name, parts_of, place_of
from cases.states import Kind, PartyKind
from members.models import User
from members.policy import works_for

TITLE = "送达回证"
SERVING = (
    Kind.RECONSIDERATION,
    Kind.FIRST_INSTANCE,
    Kind.SECOND_INSTANCE,
    Kind.RETRIAL_REVIEW,
    Kind.RETRIAL,
    Kind.CONFIRMATION,
    Kind.NON_LITIGATION,
    Kind.ENFORCEMENT,
)


def receipt_title(procedure: Procedure) -> str:
    return f"{TITLE}：{procedure}"


def receipt_context(procedure: Procedure, on: date) -> dict:
    """Of a closed case it names the paper that closed it; else that is left to be written."""
    paper = closing_paper(procedure)
    return {
        "title": TITLE,
        "organ": procedure.organ.name,
        "case_number": procedure.number,
        "cause": procedure.dispute.act_kind,
        "papers": [f"{procedure.number}{paper}　1份"] if paper else [],
        "receivers": [_receiver(one) for one in parts_of(procedure)],
    }


def _receiver(part: Participant) -> dict:
    party = part.party
    natural = party is not None and party.kind == PartyKind.NATURAL
    called = full_name(part)
    return {
        **({"name": called} if natural else {}),
        "called": called,
        "role": ROLES[part.role],
        "address": party.address if party else "",
        "phone": party.phone if party else "",
    }


def _serving(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    rows = rows.filter(kind__in=SERVING)
    return rows.select_related("organ", "dispute__jurisdiction")


def _lacks(procedure: Procedure) -> list[str]:
    return [] if procedure.number else [_("The case has no number yet.")]


def _serves(user: User, procedure: Procedure) -> bool:
    return works_for(user, procedure.organ)


PAPERS = (
    Paper(
        kind="service_receipt",
        model=Procedure,
        path="dispute",
        ready=_serving,
        title=receipt_title,
        context=receipt_context,
        issuer=lambda row: row.organ,
        place=place_of,
        may=_serves,
        lacks=_lacks,
        names_people=True,
    ),
)
