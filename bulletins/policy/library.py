"""The library is open to the staff of a place; its own unit keeps an item."""

from django.db.models import Q, QuerySet

from bulletins.models import LibraryItem, LibraryState
from foundations.access.policy import Policy, register
from members.models import User
from members.policy import works_for
from members.standing import standing


def keeps(user: User, item: LibraryItem) -> bool:
    return works_for(user, item.organization)


def drafts(user: User, item: LibraryItem) -> bool:
    return item.state == LibraryState.DRAFT and keeps(user, item)


@register(LibraryItem)
class LibraryPolicy(Policy):
    """A draft, and what was taken out, is for the unit that keeps it."""

    rules = {"keep": keeps, "edit": drafts, "publish": drafts, "attach": drafts}

    def visible(self, user: User, rows: QuerySet[LibraryItem]) -> QuerySet[LibraryItem]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        published = Q(state=LibraryState.PUBLISHED, jurisdiction__in=mine.jurisdictions)
        return rows.filter(published | Q(organization__in=mine.organizations))
