from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from foundations.access.policy import Policy, register, visible_to
from foundations.access.rows import Record
from members.models import User
from members.standing import standing
from members.states import Role
from services.deadlines.models import Deadline, Digest, Move

WITH_RECORD: list[type[Record]] = []


def seen_with_record(*models: type[Record]) -> None:
    """The limits of such records are seen across the place only by who sees the record."""
    WITH_RECORD.extend(model for model in models if model not in WITH_RECORD)


@register(Deadline)
class DeadlinePolicy(Policy):
    """Secretariats and leaders see the limits of their jurisdiction, others those they owe.

    A limit tells no more than its title and dates; the record itself has its own policy. Of
    what `seen_with_record` names not even these are told to who is not in it.
    """

    def visible(self, user: User, rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
        mine = standing(user)
        near = Q(handler=user.pk)
        if mine.is_staff:
            near |= Q(owed_by__in=mine.organizations)
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(jurisdiction__in=mine.jurisdictions) & self._of_open_records(user)
        return rows.filter(near)

    def _of_open_records(self, user: User) -> Q:
        found = Q()
        for model in WITH_RECORD:
            kind = Q(
                subject_type__app_label=model._meta.app_label,
                subject_type__model=model._meta.model_name,
            )
            seen = visible_to(user, model).order_by().values("pk")
            found &= ~kind | Q(subject_id__in=seen)
        return found


def bound_records(user: User, rows: QuerySet[Deadline]) -> Q:
    """The limits whose record the user may open; a query for the kinds of records in `rows`."""
    found = Q(pk__in=())
    kinds = rows.order_by().values("subject_type").distinct()
    for kind in ContentType.objects.filter(pk__in=kinds):
        model = kind.model_class()
        if model is not None:
            seen = visible_to(user, model).order_by().values("pk")
            found |= Q(subject_type=kind, subject_id__in=seen)
    return found


def with_opens(user: User, rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """`opens` says of each limit whether the user may open the record that it binds."""
    opened = ExpressionWrapper(bound_records(user, rows), output_field=BooleanField())
    return rows.annotate(opens=opened)


def settles(user: User, move: Move) -> bool:
    """The liaison officers of the place confirm what a new calendar moves."""
    mine = standing(user)
    return mine.has(Role.LIAISON_OFFICER) and move.deadline.jurisdiction_id in mine.jurisdictions


@register(Move)
class MovePolicy(Policy):
    rules = {"settle": settles}

    def visible(self, user: User, rows: QuerySet[Move]) -> QuerySet[Move]:
        return rows.filter(deadline__in=visible_to(user, Deadline))


@register(Digest)
class DigestPolicy(Policy):
    def visible(self, user: User, rows: QuerySet[Digest]) -> QuerySet[Digest]:
        return rows.filter(recipient=user.pk)
