from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Exists,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
)

from foundations.access.policy import Policy, register, visible_to
from members.models import User
from members.standing import standing
from members.states import Role
from services.deadlines.models import Deadline, Digest, Move


@register(Deadline)
class DeadlinePolicy(Policy):
    """Secretariats and leaders see the limits of their jurisdiction, others those they owe:
    of the records that are open to them, for the title of a limit names what it binds."""

    def visible(self, user: User, rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
        mine = standing(user)
        near = Q(handler=user.pk)
        if mine.is_staff:
            near |= Q(owed_by__in=mine.organizations)
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(jurisdiction__in=mine.jurisdictions)
        return rows.filter(near).filter(bound_records(user))


def bound_records(user: User) -> Q:
    """The limits whose record the user may open; asked once, and kept on the user object."""
    kept: Q | None = user.__dict__.get("_bound_records")
    if kept is None:
        kept = user.__dict__["_bound_records"] = _bound_records(user)
    return kept


def _bound_records(user: User) -> Q:
    found = Q(pk__in=())
    of_kind = Deadline.objects.filter(subject_type=OuterRef("pk"))
    for kind in ContentType.objects.filter(Exists(of_kind)):
        model = kind.model_class()
        if model is not None:
            found |= Q(subject_type=kind) & Q(Exists(_seen(user, model, kind)))
    return found


def _seen(user: User, model: type[Model], kind: ContentType) -> QuerySet:
    """The record of a limit, if the user may open it. That the limit is of this kind is said
    once more, as a range: PostgreSQL would else read all records of the kind beforehand."""
    rows: QuerySet = visible_to(user, model)
    of_kind = ExpressionWrapper(OuterRef("subject_type"), output_field=BigIntegerField())
    marked = rows.order_by().annotate(limit_kind=of_kind)
    return marked.filter(pk=OuterRef("subject_id"), limit_kind__range=(kind.pk, kind.pk))


def with_opens(user: User, rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """`opens` says of each limit whether the user may open the record that it binds."""
    opened = ExpressionWrapper(bound_records(user), output_field=BooleanField())
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
