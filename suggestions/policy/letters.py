from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing
from suggestions.models import Access, Addressee, Copy, Proposal, Suggestion, Supervision
from suggestions.policy.circle import (
    drafts,
    issuer_of,
    urges,
    works_for_addressee,
    works_for_issuer,
)
from suggestions.states import LetterState


def seen_letters(user: User) -> Q:
    """Letters in which one of the user's organizations takes part; drafts are the issuer's."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    part = Access.objects.filter(organization__in=mine.organizations).values("suggestion")
    own = Q(state=LetterState.DRAFT, issuer__in=mine.organizations)
    return own | (Q(pk__in=part) & ~Q(state=LetterState.DRAFT))


def signs_for(user: User, copy: Copy) -> bool:
    return copy.sent_on is not None and works_for(user, copy.organization)


@register(Suggestion)
class SuggestionPolicy(Policy):
    rules = {
        "edit": drafts,
        "issue": drafts,
        "discard": drafts,
        "withdraw": works_for_issuer,
        "copy": works_for_issuer,
        "attach": works_for_issuer,
    }

    def visible(self, user: User, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        return rows.filter(seen_letters(user))


@register(Copy)
class CopyPolicy(Policy):
    rules = {"sign": signs_for}

    def visible(self, user: User, rows: QuerySet[Copy]) -> QuerySet[Copy]:
        return rows.filter(suggestion__in=Suggestion.objects.filter(seen_letters(user)))


@register(Addressee)
class AddresseePolicy(Policy):
    """Whoever sees the letter sees all its addressees: they were advised together."""

    rules = {
        "serve": issuer_of,
        "sign": works_for_addressee,
        "reply": works_for_addressee,
        "register": issuer_of,
        "ask_extension": works_for_addressee,
        "grant_extension": issuer_of,
        "review": issuer_of,
        "report": works_for_addressee,
        "verify": issuer_of,
        "reopen": issuer_of,
        "urge": urges,
        "assign": works_for_addressee,
    }

    def visible(self, user: User, rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
        return rows.filter(suggestion__in=Suggestion.objects.filter(seen_letters(user)))


def settles(user: User, supervision: Supervision) -> bool:
    return works_for(user, supervision.by_organization)


def answers(user: User, supervision: Supervision) -> bool:
    return works_for(user, supervision.addressee.organization)


@register(Supervision)
class SupervisionPolicy(Policy):
    rules = {"settle": settles, "answer": answers}

    def visible(self, user: User, rows: QuerySet[Supervision]) -> QuerySet[Supervision]:
        letters = Suggestion.objects.filter(seen_letters(user))
        return rows.filter(addressee__suggestion__in=letters)


def decides(user: User, proposal: Proposal) -> bool:
    return works_for(user, proposal.to_organization)


@register(Proposal)
class ProposalPolicy(Policy):
    rules = {"decide": decides}

    def visible(self, user: User, rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        return rows.filter(to_organization__in=mine.organizations)
