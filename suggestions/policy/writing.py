"""Who writes letters of which kind, in whose name."""

from datetime import date

from django.db.models import QuerySet

from members.models import Jurisdiction, Organization, User
from members.policy import WORKERS
from members.standing import standing
from members.states import OrganizationKind as Unit
from suggestions.states import Kind

RECONSIDERATION = (Unit.GOVERNMENT, Unit.JUSTICE_BUREAU, Unit.LEGAL_AFFAIRS_OFFICE)
ISSUERS: dict[str, tuple[str, ...]] = {
    Kind.JUDICIAL: (Unit.COURT,),
    Kind.PROCURATORIAL: (Unit.PROCURATORATE,),
    Kind.RECONSIDERATION_OPINION: (Unit.GOVERNMENT,),
    Kind.RECONSIDERATION_SUGGESTION: RECONSIDERATION,
    Kind.OPINION_LETTER: (Unit.COURT,),
}
"""Which organizations issue a kind; never a division: the letter bears the organ's name.

A reconsideration opinion is the reconsideration organ's, which is the government (复议法
第七十六条), a reconsideration suggestion also its office's (实施条例第五十七条第二款). An
opinion letter is the court's other form beside its suggestion (GL-26)."""


def issuers_for(
    user: User, kind: str, jurisdiction: Jurisdiction, on: date
) -> QuerySet[Organization]:
    """In whose name the user may write letters of `kind`."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    return Organization.objects.on(on).filter(
        jurisdiction=jurisdiction, kind__in=ISSUERS[kind], pk__in=mine.organizations
    )


def kinds_for(user: User, jurisdiction: Jurisdiction, on: date) -> list[Kind]:
    """The kinds of letters that the user may write."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return []
    held = Organization.objects.on(on).filter(jurisdiction=jurisdiction, pk__in=mine.organizations)
    kinds = set(held.values_list("kind", flat=True))
    return [kind for kind in Kind if kinds & set(ISSUERS[kind])]
