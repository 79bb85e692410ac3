"""A file of disputes is taken in, its columns assigned, checked, and written whole or not."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.actions.bulk.building import Building
from cases.actions.bulk.session import Session
from cases.actions.bulk.writing import write
from cases.imports.checking import Checking, Findings
from cases.imports.fields import sheets
from cases.imports.mapping import Columns
from cases.imports.reading import Table
from cases.models import Dispute, Import, ImportMapping, ImportState
from cases.policy.imports import handles
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.policy import works_for
from members.rosters import users_of

LEASE = timedelta(minutes=15)
"""For so long a worker may be busy with a file before another takes it up."""
KEPT = timedelta(days=7)
"""For so long a file that nobody goes on with is kept."""
EDITABLE = (ImportState.MAPPING, ImportState.REFUSED, ImportState.READY)


@dataclass(frozen=True)
class Uploaded:
    """A file as its form has read it."""

    name: str
    content: bytes
    table: Table


@action
def receive(
    mechanism: Mechanism,
    *,
    actor: User,
    organization: Organization,
    columns: Columns,
    uploaded: Uploaded,
    token: str | None = None,
) -> Import:
    """Keep an uploaded file, encrypted, until it is written or discarded; once for a form.

    Raises PermissionDenied; RuleBroken "wrong_organ" (field organization), "form_used".
    """
    if not works_for(actor, organization):
        raise PermissionDenied("import")
    if not handles(organization, columns.kind):
        message = _("“%(unit)s” does not handle “%(procedure)s”.")
        words = {"unit": organization.short_name, "procedure": sheets()[columns.kind].title}
        raise RuleBroken("wrong_organ", message % words, "organization")
    digest = hashlib.sha256(uploaded.content).hexdigest()
    made = Import.made_before(token, digest=digest)
    if made is not None:
        return made
    row = Import(
        mechanism=mechanism,
        organization=organization,
        kind=columns.kind,
        uploaded_by=actor,
        file_name=uploaded.name[-200:],
        digest=digest,
        content=json.dumps(vars(uploaded.table), ensure_ascii=False),
        rows=sum(any(cells) for cells in uploaded.table.rows),
        form_token=token,
    )
    _put_columns(row, fitted(columns, uploaded.table.heads))
    row.store()
    record(actor, "cases.import.uploaded", row, rows=row.rows, digest=digest)
    return row


def fitted(columns: Columns, heads: list[str]) -> Columns:
    """Without the columns that the file does not have."""
    kept = {name: head for name, head in columns.columns.items() if head in heads}
    return Columns(columns.kind, columns.name, kept, columns.values, columns.constants)


def _put_columns(row: Import, columns: Columns) -> None:
    row.mapping_name = columns.name
    row.columns = dict(columns.columns)
    row.values = {name: dict(words) for name, words in columns.values.items()}
    row.constants = dict(columns.constants)


@action
def assign(
    import_id: int,
    *,
    actor: User,
    at: datetime,
    columns: Columns,
    keep_as: str = "",
    version: int | None = None,
) -> Import:
    """Say which column is which field, and begin to check; `keep_as` keeps that for other
    files of the place under a name.

    Raises PermissionDenied; RuleBroken "stale", "busy", "unassigned" (field columns),
    "other_kind" (field keep_as).
    """
    row = _locked(import_id, actor)
    row.require_version(version)
    _require(row, EDITABLE)
    if missing := _missing(row, columns):
        message = _("Say in which columns these stand: %(heads)s.")
        raise RuleBroken("unassigned", message % {"heads": "、".join(missing)}, "columns")
    _put_columns(row, columns)
    if keep_as.strip():
        _keep_mapping(row, columns, keep_as.strip(), actor)
    _set_busy(row, ImportState.CHECKING, at)
    record(actor, "cases.import.assigned", row, mapping=row.mapping_name)
    return row


def has_every_column(row: Import, wanted: Columns) -> bool:
    """Was every column of `wanted` found in a new file, and are those all that it takes?"""
    found = row.columns == dict(wanted.columns) and not _missing(row, wanted)
    return found and row.state == ImportState.MAPPING


def _missing(row: Import, columns: Columns) -> list[str]:
    given = columns.columns.keys() | columns.constants.keys()
    return [one.head for one in row_fields(row) if one.needed and one.key not in given]


def row_fields(row: Import) -> tuple:
    return sheets()[row.kind].fields


def _keep_mapping(row: Import, columns: Columns, name: str, actor: Actor) -> None:
    place = row.mechanism.jurisdiction
    kept = ImportMapping.objects.select_for_update().filter(jurisdiction=place, name=name).first()
    if kept is not None and kept.kind != row.kind:
        message = _("A mapping of this name is for another procedure. Choose another name.")
        raise RuleBroken("other_kind", message, "keep_as")
    kept = kept or ImportMapping(jurisdiction=place, name=name, kind=row.kind)
    kept.columns = dict(columns.columns)
    kept.values = {key: dict(words) for key, words in columns.values.items()}
    kept.constants = dict(columns.constants)
    kept.store()
    row.mapping_name = name
    record(actor, "cases.mapping.kept", kept, columns=len(kept.columns))


def _set_busy(row: Import, state: ImportState, at: datetime) -> None:
    row.state, row.busy_since, row.done = state, at, 0
    row.store()


def check(import_id: int, *, at: datetime) -> None:
    """Judge the whole file; safe to repeat, and to do twice at once."""
    row = Import.objects.select_related("mechanism__jurisdiction", "organization").get(
        pk=import_id
    )
    if row.state != ImportState.CHECKING:
        return
    session = Session(row.mechanism, actor=row.uploaded_by, at=at)
    with translation.override(settings.LANGUAGE_CODE):
        found = Checking(row, session).findings(lambda n: tell_progress(import_id, n))
    _keep_findings(import_id, found)


def tell_progress(import_id: int, done: int) -> None:
    Import.objects.filter(pk=import_id).update(done=done)


@action
def _keep_findings(import_id: int, found: Findings) -> None:
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.state != ImportState.CHECKING:
        return
    row.state = ImportState.REFUSED if found.faults else ImportState.READY
    row.findings, row.busy_since, row.done = found.as_text(), None, row.rows
    row.store()
    counts = {"faults": len(found.faults), "made": found.made, "known": len(found.known)}
    record(row.uploaded_by, "cases.import.checked", row, **counts)


@action
def confirm(
    import_id: int,
    *,
    actor: User,
    at: datetime,
    alike_reason: str = "",
    version: int | None = None,
) -> Import:
    """Have the file written; what looks like a dispute that is there needs a reason.

    Raises PermissionDenied; RuleBroken "stale", "busy", "nothing", "alike" (field
    alike_reason).
    """
    row = _locked(import_id, actor)
    row.require_version(version)
    _require(row, (ImportState.READY,))
    found = Findings.of(row)
    if not found.made:
        raise RuleBroken("nothing", _("Every row of this file is there already."))
    if found.unsure and not alike_reason.strip():
        message = _("Some rows look like disputes registered before. Say why they are others.")
        raise RuleBroken("alike", message, "alike_reason")
    row.alike_reason = alike_reason.strip()[:300]
    _set_busy(row, ImportState.WRITING, at)
    record(actor, "cases.import.confirmed", row, rows=found.made, reason=row.alike_reason)
    return row


def write_file(import_id: int, *, at: datetime) -> None:
    """Write every row of a confirmed file, or none; safe to repeat, and to do twice at once.

    What became wrong since it was checked is told as faults are.
    """
    try:
        _write_file(import_id, at=at)
    except (RuleBroken, Spoilt):
        _check_again(import_id, at=at)
        check(import_id, at=at)


class Spoilt(Exception):
    """A row breaks a rule that it kept when the file was checked."""


@action
def _write_file(import_id: int, *, at: datetime) -> None:
    row = (
        Import.objects.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction", "organization", "uploaded_by")
        .get(pk=import_id)
    )
    if row.state != ImportState.WRITING:
        return
    session = Session(row.mechanism, actor=row.uploaded_by, at=at)
    told: Counter[Organization] = Counter()
    firsts: dict[Organization, Dispute] = {}
    with translation.override(settings.LANGUAGE_CODE):
        row.written = write(session, _sound(Checking(row, session), told, firsts))
        _tell(row, told, firsts, at)
    row.state, row.finished_at, row.busy_since = ImportState.DONE, at, None
    row.done = row.rows
    row.content = row.findings = ""
    row.store()
    record(row.uploaded_by, "cases.import.written", row, disputes=row.written)


def _sound(
    checking: Checking, told: "Counter[Organization]", firsts: dict[Organization, Dispute]
) -> Iterator[Building]:
    for building in checking.buildings():
        if building.faults:
            raise Spoilt
        holder = building.dispute.holder
        if holder is not None:
            told[holder] += 1
            firsts.setdefault(holder, building.dispute)
        yield building


def _tell(
    row: Import,
    told: Mapping[Organization, int],
    firsts: Mapping[Organization, Dispute],
    at: datetime,
) -> None:
    """One notice for all disputes of the file in which a unit has something to do."""
    today = timezone.localtime(at).date()
    for unit, count in told.items():
        people = [user for user in users_of(unit, today) if user != row.uploaded_by]
        title = ngettext(
            "%(n)d dispute was imported in which this unit has to act",
            "%(n)d disputes were imported in which this unit has to act",
            count,
        )
        notify_once(
            people,
            firsts[unit],
            reason=f"cases.imported.{row.public_id}",
            title=title % {"n": count},
            text=firsts[unit].title,
            at=at,
        )


@action
def _check_again(import_id: int, *, at: datetime) -> None:
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.state == ImportState.WRITING:
        _set_busy(row, ImportState.CHECKING, at)
        record(None, "cases.import.spoilt", row)


@action
def discard(import_id: int, *, actor: Actor, version: int | None = None) -> Import:
    """Throw the file away. Raises PermissionDenied; RuleBroken "stale", "busy"."""
    row = _locked(import_id, actor)
    row.require_version(version)
    _require(row, EDITABLE)
    row.state, row.content, row.findings = ImportState.DISCARDED, "", ""
    row.store()
    record(actor, "cases.import.discarded", row)
    return row


def discard_old(*, at: datetime) -> int:
    """What nobody went on with; how many."""
    old = Import.objects.filter(state__in=EDITABLE, created_at__lt=at - KEPT)
    keys = list(old.values_list("pk", flat=True))
    for pk in keys:
        discard(pk, actor=None)
    return len(keys)


def _locked(import_id: int, actor: Actor) -> Import:
    row = (
        Import.objects.select_for_update(of=("self",))
        .select_related("mechanism__jurisdiction", "organization")
        .get(pk=import_id)
    )
    policy_for(Import).require(actor, "write", row)
    return row


def _require(row: Import, states: tuple[ImportState, ...]) -> None:
    if row.state not in states:
        message = _("This cannot be done with the file now: %(state)s.")
        raise RuleBroken("busy", message % {"state": row.get_state_display()})
