"""The records of disputes in the place of a clause, as evaluators ask for them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from cases.models import Dispute, Procedure
from cases.states import Flag
from mechanisms.findings import Clause
from services.deadlines.models import Deadline, DeadlineState

Rows = Callable[[Clause], QuerySet]


def of_disputes(model: Any, path: str = "dispute", **chosen: Any) -> Rows:
    """Records of `model` whose dispute, at `path`, belongs to the place of the clause."""

    def rows(clause: Clause) -> QuerySet:
        place = {f"{path}__jurisdiction": clause.mechanism.jurisdiction_id}
        found: QuerySet = model._default_manager.filter(**place, **chosen)
        return found

    return rows


def of_place(model: Any, **chosen: Any) -> Rows:
    def rows(clause: Clause) -> QuerySet:
        place = clause.mechanism.jurisdiction_id
        found: QuerySet = model._default_manager.filter(jurisdiction=place, **chosen)
        return found

    return rows


def procedures(kind: str, **chosen: Any) -> Rows:
    return of_disputes(Procedure, kind=kind, **chosen)


def disputes(**chosen: Any) -> Rows:
    return of_place(Dispute, **chosen)


def limits(clause: Clause) -> QuerySet[Deadline]:
    """The time limits that cite the clause."""
    return Deadline.objects.filter(
        provision__number=clause.provision.number,
        provision__version__mechanism=clause.mechanism.pk,
    ).exclude(state__in=(DeadlineState.CANCELLED, DeadlineState.LAPSED))


def promised(rows: Rows) -> Rows:
    """With `arose_on`: when what is to be performed was decided or agreed."""

    def dated(clause: Clause) -> QuerySet:
        first = "procedure__effective_on", "procedure__closed_on", "procedure__opened_on"
        return rows(clause).annotate(arose_on=Coalesce(*first))

    return dated


MARKS: dict[str, tuple[str, ...]] = {
    "群体性": (Flag.MASS, Flag.GROUP),
    "人数众多": (Flag.MASS, Flag.GROUP),
    "涉众": (Flag.MASS, Flag.GROUP),
    "涉外": (Flag.FOREIGN,),
    "重大": (Flag.MAJOR,),
    "重大复杂": (Flag.MAJOR, Flag.COMPLEX),
    "影响较大": (Flag.MAJOR,),
    "影响社会稳定": (Flag.GROUP, Flag.SENSITIVE),
    "复杂": (Flag.COMPLEX,),
    "案情复杂": (Flag.COMPLEX,),
    "敏感": (Flag.SENSITIVE,),
    "敏感性": (Flag.SENSITIVE,),
    "不适宜裁决": (Flag.UNFIT,),
    "涉企": (Flag.ENTERPRISE,),
    "重大项目": (Flag.PROJECT,),
    "重点资源": (Flag.RESOURCE,),
    "重要利益关系": (Flag.INTEREST,),
    "重大风险": (Flag.PREVENTION,),
}
"""The words of institutions for the marks of a dispute."""


def marked(clause: Clause) -> QuerySet[Dispute]:
    """The disputes with one of the marks that the clause names; all where it names none."""
    named = (MARKS.get(word, ()) for word in clause.parameters.get("flags", ()))
    flags = sorted({flag for found in named for flag in found})
    rows = Dispute.objects.filter(jurisdiction=clause.mechanism.jurisdiction_id)
    if not flags:
        return rows
    wanted = Q(pk__in=())
    for flag in flags:
        wanted |= Q(marks__contains=f'"{flag}"')
    # Looked through as text, which both databases can; most have none and are passed over.
    return rows.exclude(flags=[]).alias(marks=Cast("flags", TextField())).filter(wanted)


def coordinated(clause: Clause) -> QuerySet[Dispute]:
    """Those marked, with the day on which coordination was first opened, if it was."""
    return marked(clause).annotate(opened_on=Min("coordinations__opened_on"))


def shared(clause: Clause) -> QuerySet[Dispute]:
    """Disputes that concern several agencies."""
    rows = Dispute.objects.filter(jurisdiction=clause.mechanism.jurisdiction_id)
    return rows.annotate(agencies=Count("concerned")).filter(agencies__gt=1)
