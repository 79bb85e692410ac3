"""What a kind of paper is: of which records it is made, by whom, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Dispute, Procedure
from foundations.access.rows import Record
from foundations.access.visibility import Visibility
from members.models import Jurisdiction, Organization, User
from services.documents.kinds import KIND_LABELS


def _nothing(_row: Any) -> list:
    return []


def _no_number(_row: Any) -> str:
    return ""


def _all(rows: QuerySet) -> QuerySet:
    return rows


def procedure_of(row: Any) -> Procedure | None:
    """The procedure that a record belongs to; None where it is the dispute's own."""
    if isinstance(row, Procedure):
        return row
    for name in ("procedure", "participant", "hearing", "assignment"):
        found = getattr(row, name, None)
        if found is not None:
            return procedure_of(found)
    return None


def dispute_of(row: Any) -> Dispute | None:
    """The dispute that a record is about; None for a register's."""
    if isinstance(row, Dispute):
        return row
    procedure = procedure_of(row)
    found = procedure.dispute if procedure else getattr(row, "dispute", None)
    return found if isinstance(found, Dispute) else None


@dataclass(frozen=True)
class Paper:
    """`kind` is one of `services.documents.kinds`, `model` the kind of record it is made of.

    `path` leads from the record to its dispute, "" where it stands on a page of its own (a
    register); `ready` narrows records to those for whose state it is meant, with what is
    printed of them selected. `title` stands in lists and mails, so it names nobody in full;
    `context` is what the template needs, on the day of issuing. `lacks` are sentences of what
    the record must have first. `number` is the number that the paper bears of itself, such as
    the case number; `series` the key of a number series of the issuer, if it has one. `told`
    are the units that are told of the issuing. `names_people`: it is kept encrypted, and read
    by those who are in the case alone. `visibility` narrows who reads it to one side.
    """

    kind: str
    model: type[Record]
    title: Callable[[Any], str]
    context: Callable[[Any, date], dict]
    issuer: Callable[[Any], Organization]
    place: Callable[[Any], Jurisdiction]
    may: Callable[[User, Any], bool]
    path: str = ""
    ready: Callable[[QuerySet], QuerySet] = _all
    lacks: Callable[[Any], list[str]] = _nothing
    number: Callable[[Any], str] = _no_number
    series: str = ""
    told: Callable[[Any], Iterable[Organization]] = _nothing
    names_people: bool = False
    visibility: str = Visibility.JOINT

    def fits(self, row: Any) -> bool:
        """Is it meant for the present state of the record?"""
        return self.ready(self.model._default_manager.filter(pk=row.pk)).exists()

    @property
    def label(self) -> str:
        return str(KIND_LABELS[self.kind])
