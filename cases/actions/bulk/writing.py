"""What was built is written: a table at a time, in one transaction with its trail."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from cases import tallies
from cases.actions.bulk.building import Building
from cases.actions.bulk.held import held
from cases.actions.bulk.session import Noted, Session
from cases.models import (
    Access,
    Dispute,
    Event,
    Link,
    LossAnalysis,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    Procedure,
)
from cases.noticing import tell_numbers
from cases.profile import SERIES
from foundations.access.errors import RuleBroken
from foundations.access.rows import Record
from foundations.audit.trail import action, record
from services.deadlines.models import Deadline
from services.documents.numbers import next_numbers

AT_ONCE = 250
"""So many disputes are held in memory as rows while they are written."""
ROWS_AT_ONCE = 2000


class Subject:
    """What the trail needs of a record once its row is written."""

    __slots__ = ("_meta", "audit_chain", "audit_label", "pk")

    def __init__(self, noted: Noted) -> None:
        self._meta = noted.subject._meta
        self.pk = noted.subject.pk
        self.audit_chain = noted.subject.audit_chain
        self.audit_label = noted.label


@action
def write(session: Session, buildings: Iterable[Building]) -> int:
    """Write disputes that break no rule; how many. All or none.

    Raises RuleBroken("number_used") where a number was given to another procedure meanwhile,
    ValueError for a building with faults.
    """
    every, written = iter(buildings), 0
    while batch := list(islice(every, AT_ONCE)):
        if any(one.faults for one in batch):
            raise ValueError("What breaks rules is not written.")
        _write(session, batch)
        written += len(batch)
    return written


def _write(session: Session, batch: Sequence[Building]) -> None:
    _number(session, batch)
    try:
        _insert(batch)
    except IntegrityError as clash:
        message = _("A case number was entered by somebody else meanwhile. Look again.")
        raise RuleBroken("number_used", message) from clash
    procedures = [row for one in batch for row in one.procedures]
    tallies.refresh_all([one.dispute.pk for one in batch], procedures)
    tell_numbers([row for row in procedures if row.number])
    for building in batch:
        for noted in building.noted:
            subject: Any = Subject(noted)
            record(session.actor, noted.verb, subject, **noted.data)


def _number(session: Session, batch: Sequence[Building]) -> None:
    days = [one.dispute.filed_on for one in batch]
    for building, number in zip(
        batch, next_numbers(session.jurisdiction, SERIES, days), strict=True
    ):
        building.dispute.number = number
        building.noted[0].data["number"] = number


def _insert(batch: Sequence[Building]) -> None:
    """Parents before what hangs on them."""
    procedures = [one for building in batch for one in building.procedures]
    insert(Dispute, (one.dispute for one in batch))
    insert(Access, (row for one in batch for row in one.access.values()))
    insert(Party, (row for one in batch for row in one.parties))
    insert(Procedure, procedures)
    insert(Link, (link for one in batch for link in one.links))
    insert(Participant, (part for one in batch for part in one.parts))
    insert(Event, _each(procedures, "events"))
    insert(Performance, _each(procedures, "performances"))
    insert(OutcomeNotice, _each(procedures, "notices"))
    insert(LossAnalysis, _each(procedures, "losses"))
    insert(Deadline, (about(*opened) for one in batch for opened in one.clocks.opened))


def _each(procedures: Iterable[Procedure], name: str) -> Iterator[Any]:
    return (row for procedure in procedures for row in held(procedure, name))


def about(deadline: Deadline, subject: Record) -> Deadline:
    """The limit of a subject that has its key by now."""
    deadline.subject_type = ContentType.objects.get_for_model(subject)
    deadline.subject_id = subject.pk
    return deadline


def insert(model: type[Model], rows: Iterable[Any]) -> None:
    """Insert rows in their first version, each under the key that the rows it names have by
    now."""
    made = list(rows)
    parents: list[Any] = [one for one in model._meta.concrete_fields if one.is_relation]
    for row in made:
        row.pk = None
        if isinstance(row, Record):
            row.version = 1
        for field in parents:
            parent = field.get_cached_value(row, default=None)
            if parent is not None and parent.pk != getattr(row, field.attname):
                setattr(row, field.name, parent)
    model._default_manager.bulk_create(made, batch_size=ROWS_AT_ONCE)
