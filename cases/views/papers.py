"""The papers and files of a dispute that its reader may see, and those that can be made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from cases.actions.papers import STANDING
from cases.models import Dispute, Procedure
from cases.papers import PAPERS, Paper, procedure_of
from cases.views.reading import reading_of
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from services.documents.models import Attachment, OfficialDocument

Key = tuple[int, int]


@dataclass(frozen=True)
class Ready:
    """A paper that the reader may make of a record now, or cannot yet for what it lacks.

    `again`: one stands already, whose place the new one would take.
    """

    paper: Paper
    row: Any
    lacks: list[str]
    again: bool = False

    @property
    def url(self) -> str:
        return reverse("cases:paper", args=[self.paper.kind, self.row.public_id])

    @property
    def title(self) -> str:
        return self.paper.title(self.row)


@dataclass
class Group:
    """What belongs to one procedure, or, with none, to the dispute as a whole."""

    procedure: Procedure | None
    documents: list[OfficialDocument]
    ready: list[Ready]


def papers_section(request: SignedInRequest, dispute: Dispute) -> dict:
    """By procedure, in the order in which they were opened; the dispute's own first."""
    procedures = reading_of(request, dispute).procedures
    parts = [part for one in procedures for part in one.participants.all()]
    rows = _rows(request, dispute)
    held = [row for found in rows.values() for row in found]
    subjects = _subjects([dispute, *procedures, *parts, *held])
    about = _about(subjects)
    documents = OfficialDocument.objects.filter(about).select_related("organization")
    files = Attachment.objects.filter(about, removed_at=None).select_related("organization")
    groups = {None: Group(None, [], []), **{one.pk: Group(one, [], []) for one in procedures}}
    for document in _seen(request, documents):
        row = subjects[document.subject_type_id, document.subject_id]
        groups[_group_of(row, groups)].documents.append(document)
    standing = {
        (one.kind, one.subject_id)
        for group in groups.values()
        for one in group.documents
        if one.state in STANDING
    }
    for ready in _ready(request, rows):
        again = (ready.paper.kind, ready.row.pk) in standing
        groups[_group_of(ready.row, groups)].ready.append(replace(ready, again=again))
    return {
        "paper_groups": [one for one in groups.values() if one.documents or one.ready],
        "files": list(_seen(request, files)),
    }


def _rows(request: SignedInRequest, dispute: Dispute) -> dict[type[Model], list[Model]]:
    """Of whatever papers are made of in this dispute, what the reader sees."""
    paths = {paper.model: paper.path for paper in PAPERS.values() if paper.path}
    found: dict[type[Model], list[Model]] = {}
    for model, path in paths.items():
        procedure = path.rpartition("__")[0]
        rows = visible_to(request.user, model).filter(**{path: dispute})
        found[model] = list(rows.select_related(procedure) if procedure else rows)
    return found


def _ready(request: SignedInRequest, rows: dict[type[Model], list[Model]]) -> Iterator[Ready]:
    for paper in PAPERS.values():
        found = rows.get(paper.model, []) if paper.path else []
        keys = [row.pk for row in found]
        for row in paper.ready(paper.model._default_manager.filter(pk__in=keys)) if keys else ():
            if paper.may(request.user, row):
                yield Ready(paper, row, paper.lacks(row))


def _group_of(row: Model, groups: dict) -> int | None:
    procedure = procedure_of(row)
    return procedure.pk if procedure and procedure.pk in groups else None


def _subjects(rows: Iterable[Model]) -> dict[Key, Model]:
    types = ContentType.objects.get_for_model
    return {(types(one).pk, one.pk): one for one in rows}


def _seen(request: SignedInRequest, rows: QuerySet) -> QuerySet:
    return policy_for(rows.model).visible(request.user, rows).order_by("pk")


def _about(subjects: Iterable[Key]) -> Q:
    held: dict[int, list[int]] = {}
    for kind, key in subjects:
        held.setdefault(kind, []).append(key)
    about = Q(pk__in=())
    for kind, keys in held.items():
        about |= Q(subject_type=kind, subject_id__in=keys)
    return about
