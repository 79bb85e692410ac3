"""The only writers of official documents.

`draft` and `issue` run inside an action of the subject, whose policy has been
asked there; `void` and `retry` are acts of people on the document itself.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from celery import signature
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.rows import Record
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, label_of, record, record_reading
from foundations.notifications.kick import kick
from members.models import Jurisdiction, Organization
from services.documents.kinds import KINDS
from services.documents.models import DocumentFile, NumberSeries, OfficialDocument
from services.documents.numbers import take_number
from services.documents.progress import LEASE, is_interrupted
from services.documents.rendering import fonts
from services.documents.states import DOCUMENT_MOVES, DocumentState


@action
def draft(
    kind: str,
    subject: Record,
    *,
    actor: Actor,
    organization: Organization,
    jurisdiction: Jurisdiction,
    title: str,
    context: dict,
    visibility: str = Visibility.JOINT,
    internal: bool = False,
    mark: str = "",
    series_key: str = "",
    replaces: OfficialDocument | None = None,
    sealed: bool = False,
) -> OfficialDocument:
    """A draft of `kind` about `subject`; `context` is all that its template needs.

    `replaces` is the issued document whose place this one takes when it is issued. What
    names people in full is `sealed`: kept encrypted, and read as `Policy.in_full` says.
    Raises RuleBroken("no_series") when the profile names no such number series.
    """
    _require_complete(kind, context)
    document = OfficialDocument(
        kind=kind,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        organization=organization,
        jurisdiction=jurisdiction,
        title=title,
        context={} if sealed else context,
        sealed=_sealed(context) if sealed else "",
        visibility=visibility,
        internal=internal,
        mark=mark,
        series=_series(jurisdiction, series_key),
        replaces=replaces,
    )
    document.store()
    record(actor, "documents.document.draft", document, kind=kind, about=label_of(subject))
    return document


@action
def redraft(document_id: int, *, actor: Actor, title: str, context: dict) -> OfficialDocument:
    """Bring a draft up to date with its subject; RuleBroken("bad_transition") once issued."""
    document = locked(document_id)
    if document.state != DocumentState.DRAFT:
        raise RuleBroken("bad_transition", _("This document is issued; it stays as it is."))
    _require_complete(document.kind, context)
    if (document.title, document.content) != (title, context):
        document.title = title
        if document.sealed:
            document.sealed = _sealed(context)
        else:
            document.context = context
        document.store()
        record(actor, "documents.document.redraft", document)
    return document


def _sealed(context: dict) -> str:
    return json.dumps(context, ensure_ascii=False)


def _require_complete(kind: str, context: dict) -> None:
    missing = [key for key in KINDS[kind].needs if key not in context]
    if missing:
        raise ValueError(f"A {kind} needs {', '.join(missing)}.")


def _series(jurisdiction: Jurisdiction, key: str) -> NumberSeries | None:
    if not key:
        return None
    series = NumberSeries.objects.filter(jurisdiction=jurisdiction, key=key).first()
    if series is None:
        raise RuleBroken(
            "no_series", _("There is no number series “%(key)s” here.") % {"key": key}
        )
    return series


@action
def issue(
    document_id: int, *, actor: Actor, on: date, at: datetime, number: str = ""
) -> OfficialDocument:
    """Take the number, freeze the context, and have the paper rendered after the commit.

    `number` is the one typed back for an external series. What this document replaces
    becomes replaced with it. Raises RuleBroken with field "number" (`services.documents
    .numbers`), "unprintable" or "bad_transition".
    """
    document = locked(document_id)
    _require_printable(document)
    if document.replaces_id:
        _move(locked(document.replaces_id), DocumentState.REPLACED, actor, by=document.public_id)
    take_number(document, on=on, typed=number)
    document.context = {**document.context, "number": document.number}
    document.issued_on, document.issued_at, document.issued_by = on, at, actor
    typed = {"typed": number} if number and number != document.number else {}
    _move(document, DocumentState.ISSUING, actor, number=document.number, **typed)
    _start(document)
    return document


def _require_printable(document: OfficialDocument) -> None:
    """Once frozen the text cannot be put right, so no box may be left in it."""
    boxes = fonts.uncovered("".join(words_in(document.content)))
    if boxes:
        raise RuleBroken(
            "unprintable",
            _("No font of this portal can print “%(characters)s”; write it another way.")
            % {"characters": boxes},
        )


def words_in(value: object) -> Iterator[str]:
    """Every text of a context."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def _start(document: OfficialDocument) -> None:
    # The task calls this module, so it is named here, not imported.
    kick(signature("services.documents.tasks.render_document"), document.pk)


@action
def void(
    document_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> OfficialDocument:
    """Declare a document void; its number stays taken, its files stay readable."""
    document = locked(document_id)
    policy_for(OfficialDocument).require(actor, "void", document)
    document.require_version(version)
    if not reason.strip():
        raise RuleBroken("no_reason", _("Say why the document is void."), "reason")
    document.voided_reason = reason.strip()
    _move(document, DocumentState.VOIDED, actor, reason=document.voided_reason)
    return document


@action
def retry(document_id: int, *, actor: Actor, at: datetime) -> OfficialDocument:
    """Have a document rendered again whose rendering failed or was interrupted."""
    document = locked(document_id)
    policy_for(OfficialDocument).require(actor, "retry", document)
    failed = document.state == DocumentState.ISSUING and document.error
    if not failed and not is_interrupted(document, at=at):
        raise RuleBroken("not_failed", _("This document is not waiting to be made again."))
    document.error, document.attempts, document.claimed_at = "", 0, None
    document.store()
    record(actor, "documents.document.retry", document)
    _start(document)
    return document


@action
def read(document_id: int, *, actor: Actor, file_format: str) -> None:
    """Somebody opens a file; of an internal document, and of one that names
    people in full, every reading is recorded (G7, P4)."""
    document = OfficialDocument.objects.select_related("jurisdiction").get(pk=document_id)
    if file_format == "docx":
        policy_for(OfficialDocument).require(actor, "word", document)
    if document.internal or document.sealed:
        record_reading(actor, document, format=file_format)


def claim(document_id: int, *, at: datetime) -> OfficialDocument | None:
    """Take a document up for rendering; None when it is done or in another's hands."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - LEASE)
    taken = OfficialDocument.objects.filter(
        free, pk=document_id, state=DocumentState.ISSUING
    ).update(claimed_at=at, attempts=F("attempts") + 1)
    return OfficialDocument.objects.get(pk=document_id) if taken else None


@action
def finish(document_id: int, *, files: list[DocumentFile]) -> OfficialDocument:
    """Keep the rendered files and set the state issued; a second worker changes nothing.

    The files stand in the storage already; those of the slower worker are swept.
    """
    document = locked(document_id)
    if document.state != DocumentState.ISSUING:
        return document
    for file in files:
        file.document = document
        file.save()
    document.error = ""
    digests = {file.format: file.digest for file in files}
    _move(document, DocumentState.ISSUED, None, digests=digests)
    return document


@action
def fail(document_id: int, *, error: str) -> None:
    """Note why rendering failed; the sweep or a person tries again."""
    document = locked(document_id)
    if document.state == DocumentState.ISSUING:
        document.error = error[:300]
        document.store()
        record(None, "documents.document.failed", document, error=document.error)


def locked(document_id: int) -> OfficialDocument:
    """The document, locked until the transaction ends."""
    return (
        OfficialDocument.objects.select_for_update(of=("self",))
        .select_related("jurisdiction", "organization", "series")
        .get(pk=document_id)
    )


def _move(document: OfficialDocument, to: str, actor: Actor, **data: Any) -> None:
    before = DocumentState(document.state)
    if to not in DOCUMENT_MOVES[before]:
        raise RuleBroken(
            "bad_transition",
            _("A document that is “%(before)s” cannot become “%(to)s”.")
            % {"before": before.label, "to": DocumentState(to).label},
        )
    document.state = to
    document.store()
    record(actor, f"documents.document.{to}", document, before=before.value, **data)
