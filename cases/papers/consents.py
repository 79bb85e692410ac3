"""征求调解意愿书 (K-17, WJ-4): one sheet for every party, with what it has said already."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cases.models import MediationConsent, Participant, Procedure
from cases.papers.paper import Paper
from cases.papers.words import ROLES, case_words, full_name, long_day, parts_of, place_of
from cases.policy.circle import may_record
from cases.states import Kind, PartyKind
from members.models import User

TITLE = "征求调解意愿书"
METHODS: dict[str, str] = {
    "in_person": "当面",
    "phone": "电话",
    "video": "视频",
    "writing": "书面",
}


def asked_parts(procedure: Procedure) -> list[Participant]:
    """Every party of the mediation; agencies are not asked on paper."""
    said = Prefetch("consents", MediationConsent.objects.order_by("on", "pk"))
    return list(parts_of(procedure).exclude(party=None).prefetch_related(said))


def consent_title(procedure: Procedure) -> str:
    return f"{TITLE}（{procedure.dispute.title}）"[:200]


def consent_context(procedure: Procedure, on: date) -> dict:
    return {
        "title": TITLE,
        "case_number": procedure.number,
        "matter": case_words(procedure),
        "organ": procedure.organ.name,
        "parties": [_sheet(one) for one in asked_parts(procedure)],
    }


def _sheet(part: Participant) -> dict:
    answers = list(part.consents.all())
    last = answers[-1] if answers else None
    natural = part.party is not None and part.party.kind == PartyKind.NATURAL
    called = full_name(part)
    return {
        **({"name": called} if natural else {}),
        "called": called,
        "role": ROLES[part.role],
        "phone": part.party.phone if part.party else "",
        "agreed": last.agreed if last else None,
        "note": last.note if last else "",
        "asked": f"{long_day(last.on)}{METHODS.get(last.method, '')}征询" if last else "",
    }


def _mediations(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    rows = rows.filter(kind=Kind.MEDIATION)
    return rows.select_related("organ", "dispute__jurisdiction")


def _lacks(procedure: Procedure) -> list[str]:
    if procedure.participants.exclude(party=None).exists():
        return []
    return [_("No party takes part in this mediation yet.")]


def _asks(user: User, procedure: Procedure) -> bool:
    if procedure.kind != Kind.MEDIATION:
        return False
    steps = procedure.table.steps
    return any(may_record(user, procedure, steps[key]) for key in ("consent", "close"))


PAPERS = (
    Paper(
        kind="mediation_consent",
        model=Procedure,
        path="dispute",
        ready=_mediations,
        title=consent_title,
        context=consent_context,
        issuer=lambda row: row.organ,
        place=place_of,
        may=_asks,
        lacks=_lacks,
        names_people=True,
    ),
)
