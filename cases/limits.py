"""From time limits back to what they run in: a procedure, by itself or by what is part of it."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from cases.models import Dispute, Participant, Performance, Procedure
from services.deadlines.models import Deadline

Subject = tuple[int, int]
PARTS: tuple[type[Model], ...] = (Participant, Performance)
"""What has limits of its own and belongs to a procedure."""


def of_disputes() -> Q:
    """Limits of procedures and of what is part of one, in whatever dispute."""
    return Q(subject_type__in=_types().values())


def within(disputes: QuerySet[Dispute]) -> Q:
    """The same, of some disputes alone; as one statement."""
    types = _types()
    about = Q(
        subject_type=types[Procedure],
        subject_id__in=Procedure.objects.filter(dispute__in=disputes).values("pk"),
    )
    for model in PARTS:
        held = model._default_manager.filter(procedure__dispute__in=disputes)
        about |= Q(subject_type=types[model], subject_id__in=held.values("pk"))
    return about


def procedures_of(limits: Iterable[Deadline]) -> dict[Subject, Procedure]:
    """The procedure of each limit by what it is about; one query for each kind of that."""
    held: dict[int, list[int]] = {}
    for limit in limits:
        held.setdefault(limit.subject_type_id, []).append(limit.subject_id)
    types = _types()
    near = ("dispute__agency", "organ")
    own = types[Procedure].pk
    rows = Procedure.objects.filter(pk__in=held.get(own, ())).select_related(*near)
    found = {(own, one.pk): one for one in rows}
    for model in PARTS:
        kind = types[model].pk
        parts = model._default_manager.filter(pk__in=held.get(kind, ()))
        for part in parts.select_related(*(f"procedure__{name}" for name in near)):
            found[kind, part.pk] = part.procedure  # type: ignore[attr-defined]
    return found


def subject_of(limit: Deadline) -> Subject:
    return limit.subject_type_id, limit.subject_id


def _types() -> dict[type[Model], ContentType]:
    return ContentType.objects.get_for_models(Procedure, *PARTS)
