from collections import defaultdict

from foundations.access.policy import visible_to
from foundations.audit.actor import User
from foundations.notifications.models import Notice


def unread_count(user: User) -> int:
    return Notice.objects.filter(recipient=user.pk, read_at__isnull=True).count()


def open_subjects(user: User, notices: list[Notice]) -> set[tuple[int, int]]:
    """(type, id) of the subjects of `notices` that the user may see; a query for each type."""
    wanted = defaultdict(set)
    for notice in notices:
        wanted[notice.subject_type].add(notice.subject_id)
    return {
        (kind.pk, found)
        for kind, ids in wanted.items()
        for found in visible_to(user, kind.model_class())
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    }
