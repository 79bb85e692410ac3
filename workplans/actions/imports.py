"""A list from a file: kept as a reading, looked through, corrected, taken over whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.models import Mechanism
from mechanisms.queries import version_on
from members.actions.organizations import create_organization
from members.models import Organization, User
from members.states import OrganizationKind, Side
from services.documents.attachments import attach
from suggestions.actions.steps import day_of
from workplans.actions.lists import Head, Row, editions_of, write_list
from workplans.models import ListImport, TaskList
from workplans.policy.circle import keepers_for
from workplans.reading.cells import read_sheet
from workplans.reading.rows import Line, Preview, Read, read_rows, year_in
from workplans.reading.units import LEFT, Directory
from workplans.states import ImportState


@dataclass(frozen=True)
class NewUnit:
    """A unit that a list names and the place does not have yet."""

    name: str
    short_name: str
    kind: str = OrganizationKind.AGENCY
    side: str = Side.GOVERNMENT


@action
def receive(
    mechanism: Mechanism,
    *,
    actor: User,
    at: datetime,
    keeper: Organization,
    file: UploadedFile,
    declared: bool,
    year: int | None = None,
    title: str = "",
    reporting: str = "quarter",
    new_version: bool = False,
    token: str | None = None,
) -> ListImport:
    """Read an uploaded list and keep the reading with its file; no task is written.

    Year and title are those above the table where they are left out. Raises
    PermissionDenied; RuleBroken "list_there" (field title) for a list that is there and no
    `new_version` of it, "no_year" (year), "no_title" (title), and what `read_sheet` and
    `attach` raise (file, declared).
    """
    on = day_of(at)
    if keeper not in keepers_for(actor, mechanism, on):
        raise PermissionDenied("import")
    content = file.read()
    file.seek(0)
    digest = hashlib.sha256(content).hexdigest()
    made = ListImport.made_before(token, digest=digest)
    if made is not None:
        return made
    sheet = read_sheet(file.name or "", content)
    row = ListImport(
        mechanism=mechanism,
        keeper=keeper,
        uploaded_by=actor,
        file_name=(file.name or "")[-200:],
        digest=digest,
        reporting=reporting,
        rows=[read.as_data() for read in read_rows(sheet)],
        on=on,
        form_token=token,
    )
    _put_head(row, year, title.strip() or sheet.title, new_version)
    row.store()
    place = mechanism.jurisdiction
    given: dict[str, Any] = {
        "jurisdiction": place,
        "visibility": Visibility.JOINT,
        "organization": keeper,
    }
    attach(row, file, actor=actor, at=at, declared=declared, **given)
    record(actor, "workplans.import.read", row, rows=len(row.rows), digest=digest)
    return row


def _put_head(row: ListImport, year: int | None, title: str, new_version: bool) -> None:
    if not title:
        message = _("No title stands above the table. Type it.")
        raise RuleBroken("no_title", message, "title")
    found = year or year_in(title)
    if found is None:
        raise RuleBroken("no_year", _("The title names no year. Type it."), "year")
    row.year, row.title = found, title[:200]
    latest = next(iter(editions_of(row.mechanism, found, row.title)), None)
    if latest is not None and not new_version:
        message = _(
            "The list “%(title)s” of %(year)d is here already. To take this over in its "
            "place, upload it as a new version of that list."
        )
        raise RuleBroken("list_there", message % {"title": title, "year": found}, "title")
    row.replaces = latest


def preview_of(row: ListImport, on: date) -> Preview:
    return Preview(row.rows, row.words, Directory(row.jurisdiction, on))


@action
def correct(
    import_id: int, *, actor: User, place: int, version: int | None = None, **words: Any
) -> ListImport:
    """Put what was read of the row at `place` right; its cells stay as they stood.

    Raises RuleBroken "stale", "settled", "no_row".
    """
    row = _locked(import_id, actor)
    row.require_version(version)
    reads = [Read(**one) for one in row.rows]
    if place not in {read.place for read in reads}:
        raise RuleBroken("no_row", _("The file has no such row."))
    row.rows = [
        (replace(read, **words, corrected=True) if read.place == place else read).as_data()
        for read in reads
    ]
    row.store()
    record(actor, "workplans.import.corrected", row, row=place)
    return row


@action
def map_words(
    import_id: int,
    *,
    actor: User,
    words: Mapping[str, str | NewUnit],
    version: int | None = None,
) -> ListImport:
    """Say what words stand for that name no unit: a unit or group ("unit:justice"), nobody
    ("leave"), or a unit that is made now.

    Raises RuleBroken "stale", "settled", and what making a unit raises.
    """
    row = _locked(import_id, actor)
    row.require_version(version)
    known = dict(row.words)
    for word, meant in words.items():
        known[word] = _made(row, meant, actor) if isinstance(meant, NewUnit) else meant
    row.words = known
    row.store()
    told = {word: meant for word, meant in known.items() if meant != LEFT}
    record(actor, "workplans.import.mapped", row, words=told)
    return row


def _made(row: ListImport, unit: NewUnit, actor: Actor) -> str:
    made = create_organization(
        row.jurisdiction.pk,
        actor=actor,
        name=unit.name,
        short_name=unit.short_name,
        kind=unit.kind,
        side=unit.side,
    )
    return f"unit:{made.key}"


@action
def confirm(import_id: int, *, actor: User, at: datetime, version: int | None = None) -> TaskList:
    """Take the whole list over as a draft, or nothing of it.

    Raises RuleBroken "stale", "settled", "faults" while a row is not clear, "list_there".
    """
    row = _locked(import_id, actor)
    row.require_version(version)
    found = preview_of(row, day_of(at))
    if found.faulty:
        numbers = "、".join(str(line.read.number) for line in found.faulty)
        message = ngettext(
            "Row %(numbers)s is not clear yet. Put it right, or leave it out.",
            "Rows %(numbers)s are not clear yet. Put them right, or leave them out.",
            len(found.faulty),
        )
        raise RuleBroken("faults", message % {"numbers": numbers})
    head = Head(
        mechanism=row.mechanism,
        keeper=row.keeper,
        year=row.year,
        title=row.title,
        reporting=row.reporting,
        replaces=row.replaces,
        source=row,
    )
    clauses = clauses_of(row.mechanism, day_of(at))
    made = write_list(head, [_row_of(line, clauses) for line in found.taken], actor=actor)
    row.state = ImportState.DONE
    row.store()
    record(actor, "workplans.import.confirmed", row, tasks=len(found.taken))
    return made


def clauses_of(mechanism: Mechanism, on: date) -> dict[str, str]:
    """The number of each clause by its words: a list may be the text itself."""
    version = version_on(mechanism, on)
    rows = version.provisions.values_list("text", "number") if version else ()
    return {"".join(text.split()): number for text, number in rows}


def _row_of(line: Line, clauses: Mapping[str, str]) -> Row:
    read = line.read
    lead, responsible = line.refs
    return Row(
        number=read.number,
        main_task=read.main_task,
        measure=read.measure,
        lead_text=read.lead_text,
        responsible_text=read.responsible_text,
        due_text=read.due_text,
        lead=lead,
        responsible=responsible,
        remark=read.remark,
        provision_number=clauses.get("".join(read.measure.split()), ""),
        due_kind=read.due_kind,
        due_on=read.day,
        targets=read.targets,
        cells=read.cells,
    )


@action
def discard(import_id: int, *, actor: User) -> ListImport:
    """Throw a reading away; nothing of it was written."""
    row = _locked(import_id, actor)
    row.state = ImportState.DISCARDED
    row.store()
    record(actor, "workplans.import.discarded", row)
    return row


def _locked(import_id: int, actor: Actor) -> ListImport:
    rows = ListImport.objects.select_for_update(of=("self",)).select_related(
        "mechanism__jurisdiction", "keeper", "replaces"
    )
    row = rows.get(pk=import_id)
    policy_for(ListImport).require(actor, "correct", row)
    if row.state != ImportState.READY:
        raise RuleBroken("settled", _("This reading was settled before."))
    return row
