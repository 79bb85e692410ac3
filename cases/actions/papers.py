"""Papers of disputes are issued, and declared void; nothing in them is typed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.actions.days import require_past
from cases.papers import PAPERS, Paper
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.rosters import users_of
from services.documents import actions as documents
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.states import DocumentState

STANDING = (DocumentState.ISSUING, DocumentState.ISSUED)


@action
def issue_paper(
    kind: str, row_id: int, *, actor: Actor, at: datetime, on: date, number: str = ""
) -> OfficialDocument:
    """Issue a paper of the record as it stands; it replaces the one issued before.

    Raises PermissionDenied; RuleBroken "incomplete", "future" (field on), and what
    `services.documents.numbers` raises (field number).
    """
    paper = PAPERS[kind]
    row = paper.model._default_manager.select_for_update(of=("self",)).get(pk=row_id)
    if actor is not None and not paper.may(actor, row):
        raise PermissionDenied(kind)
    require_past(on, at)
    lacks = paper.lacks(row)
    if lacks:
        raise RuleBroken("incomplete", "".join(lacks))
    series = series_of(paper, row)
    document = documents.draft(
        kind,
        row,
        actor=actor,
        organization=paper.issuer(row),
        jurisdiction=paper.place(row),
        title=paper.title(row),
        context=paper.context(row, on),
        visibility=paper.visibility,
        series_key=series.key if series else "",
        replaces=standing_paper(paper, row),
        sealed=paper.names_people,
    )
    typed = number or ("" if series else paper.number(row))
    issued = documents.issue(document.pk, actor=actor, on=on, at=at, number=typed)
    record(actor, "cases.paper.issued", row, paper=kind, number=issued.number, on=str(on))
    _tell(paper, row, issued, actor=actor, at=at)
    return issued


def series_of(paper: Paper, row: Any) -> NumberSeries | None:
    """The series of the unit that issues it, where the institution's profile names one."""
    if not paper.series:
        return None
    rows = NumberSeries.objects.filter(jurisdiction=paper.place(row), key=paper.series)
    return rows.filter(organization=paper.issuer(row)).first()


def standing_paper(paper: Paper, row: Any) -> OfficialDocument | None:
    """The paper of this kind that stands for the record now."""
    rows = OfficialDocument.objects.about(row).filter(kind=paper.kind, state__in=STANDING)
    return rows.first()


@action
def look_at(kind: str, row_id: int, *, actor: Actor, file_format: str) -> None:
    """Somebody opens a paper before it is issued; where it names people, that is recorded."""
    paper = PAPERS[kind]
    row = paper.model._default_manager.get(pk=row_id)
    if actor is not None and not paper.may(actor, row):
        raise PermissionDenied(kind)
    if paper.names_people:
        record(actor, "cases.paper.read", row, paper=kind, format=file_format)


@action
def void_paper(
    document_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> OfficialDocument:
    """Whoever may issue it may declare it void. Raises PermissionDenied; RuleBroken "stale",
    "no_reason" (field reason), "bad_transition"."""
    found = OfficialDocument.objects.get(pk=document_id)
    row: Any = found.subject
    if actor is not None and not PAPERS[found.kind].may(actor, row):
        raise PermissionDenied("void")
    # By the system where the person may issue papers of the case, and void no others.
    by = actor if actor is None or policy_for(found).can(actor, "void", found) else None
    document = documents.void(document_id, actor=by, at=at, reason=reason, version=version)
    record(actor, "cases.paper.voided", row, paper=found.kind, reason=document.voided_reason)
    return document


def _tell(
    paper: Paper, row: Any, document: OfficialDocument, *, actor: Actor, at: datetime
) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Issued: %(paper)s") % {"paper": paper.label}
    people = _people(paper.told(row), timezone.localtime(at).date())
    notify_once(
        [user for user in people if user != actor],
        document,
        reason="cases.paper.issued",
        title=title,
        text=document.title,
        at=at,
    )


def _people(units: Iterable[Organization], today: date) -> list[User]:
    found = {user.pk: user for unit in units for user in users_of(unit, today)}
    return list(found.values())
