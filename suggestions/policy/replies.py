from django.db.models import QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from suggestions.models import (
    Addressee,
    ExtensionRequest,
    Measure,
    Reply,
    Suggestion,
    Verification,
)
from suggestions.models.addressees import OfAddressee
from suggestions.policy.circle import issuer_of, works_for_addressee
from suggestions.policy.letters import seen_letters


def by_addressee(user: User, row: OfAddressee) -> bool:
    return works_for_addressee(user, row.addressee)


def by_issuer(user: User, row: OfAddressee) -> bool:
    return issuer_of(user, row.addressee)


@register(Reply, Measure, Verification, ExtensionRequest)
class OfAddresseePolicy(Policy):
    """What hangs on an addressee is seen with it."""

    rules = {"report": by_addressee, "answer": by_issuer, "attach": by_addressee}

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        letters = Suggestion.objects.filter(seen_letters(user))
        return rows.filter(addressee__in=Addressee.objects.filter(suggestion__in=letters))
