"""From time limits back to what they run in: a procedure, by itself or by what is part of it."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, Value
from django.utils.translation import gettext as _

from cases.models import Appearance, Dispute, Hearing, Participant, Performance, Procedure
from services.deadlines.models import Deadline
from services.deadlines.rules import law, rule_on

MISSING = "MISSING"
"""What was missing at registration is to be supplied; whoever registers says by when."""
Subject = tuple[int, int]
PARTS: dict[type[Model], str] = {
    Participant: "procedure",
    Performance: "procedure",
    Hearing: "procedure",
    Appearance: "hearing__procedure",
}
"""What has limits of its own that everybody in the dispute may read, and its procedure."""


def whose_window(rule: str, on: date) -> str:
    """Who has a right that hangs on a procedure as a whole; "" where the organ has it."""
    if rule == MISSING:
        return _("The applicant")
    found = rule_on(rule, on) if rule in law() else None
    return found.whose if found else ""


def of_disputes() -> Q:
    """Limits of procedures and of what is part of one, in whatever dispute."""
    return Q(subject_type__in=_types().values())


def within(disputes: QuerySet[Dispute]) -> Q:
    """The same, of some disputes alone; as one statement."""
    types, held = _types(), _held("__in", disputes)
    # A union, which reads the index of limits by subject; of conditions joined by OR
    # PostgreSQL would try every limit there is.
    arms = [
        Deadline.objects.filter(subject_type=types[model], subject_id__in=rows.values("pk"))
        for model, rows in held.items()
    ]
    keys = [arm.order_by().values("pk") for arm in arms]
    return Q(pk__in=keys[0].union(*keys[1:], all=True))


def of(dispute: Dispute) -> Q:
    """The same, of one dispute; asks first what it holds, so that each limit is found by its
    subject even where the planner does not know the tables yet."""
    types, held = _types(), _held("", dispute)
    rows = [
        found.order_by().values_list(Value(types[model].pk), "pk") for model, found in held.items()
    ]
    named: dict[int, list[int]] = {}
    for kind, pk in rows[0].union(*rows[1:], all=True):
        named.setdefault(kind, []).append(pk)
    wanted = Q(pk__in=())
    for kind, keys in named.items():
        wanted |= Q(subject_type=kind, subject_id__in=keys)
    return wanted


def _held(look_up: str, wanted: Dispute | QuerySet[Dispute]) -> dict[type[Model], QuerySet]:
    """The procedures, and what is part of them, that have limits."""
    ways = {model: f"{way}__dispute{look_up}" for model, way in PARTS.items()}
    return {
        Procedure: Procedure.objects.filter(**{f"dispute{look_up}": wanted}),
        **{model: model._default_manager.filter(**{way: wanted}) for model, way in ways.items()},
    }


def rows_of(limits: Iterable[Deadline]) -> dict[Subject, Model]:
    """What each limit is about, with its procedure and dispute; one query for each kind."""
    held: dict[int, list[int]] = {}
    for limit in limits:
        held.setdefault(limit.subject_type_id, []).append(limit.subject_id)
    types = _types()
    near = ("dispute__agency", "organ")
    own = types[Procedure].pk
    rows = Procedure.objects.filter(pk__in=held.get(own, ())).select_related(*near)
    found: dict[Subject, Model] = {(own, one.pk): one for one in rows}
    for model, way in PARTS.items():
        kind = types[model].pk
        if kind in held:
            parts = model._default_manager.filter(pk__in=held[kind])
            for part in parts.select_related(*(f"{way}__{name}" for name in near)):
                found[kind, part.pk] = part
    return found


def procedure_of(row: Model) -> Procedure:
    """The procedure itself, or that of a part of one."""
    if isinstance(row, Procedure):
        return row
    found: Procedure = attrgetter(PARTS[type(row)].replace("__", "."))(row)
    return found


def procedures_of(limits: Iterable[Deadline]) -> dict[Subject, Procedure]:
    """The procedure of each limit by what it is about; one query for each kind of that."""
    return {key: procedure_of(row) for key, row in rows_of(limits).items()}


def subject_of(limit: Deadline) -> Subject:
    return limit.subject_type_id, limit.subject_id


def _types() -> dict[type[Model], ContentType]:
    return ContentType.objects.get_for_models(Procedure, *PARTS)
