"""The only writers of the library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import (
    Favourite,
    LibraryEntry,
    LibraryItem,
    LibraryKind,
    LibraryState,
    LibraryVisit,
)
from bulletins.papers.library import COMPILATION_KIND, compilation_context
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members.models import Organization, User
from services.documents import actions as documents
from services.documents.attachments import attach_all, attachments_of
from services.documents.models import Attachment
from services.documents.uploads import SUFFIXES, text_of

SAME_VISIT = timedelta(hours=1)
"""Whoever comes back within this time is still on the same visit."""


@dataclass(frozen=True)
class ItemWords:
    """What an item says; `organization` keeps it."""

    organization: Organization
    kind: str
    title: str
    number: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    effective_on: date | None = None
    area: str = ""
    summary: str = ""
    text: str = ""
    masked: bool = False


@action
def add_item(
    *, actor: Actor, at: datetime, words: ItemWords, token: str | None = None
) -> LibraryItem:
    """Begin an item; it is read by others once it is published.

    Raises PermissionDenied for whoever does not work for the unit; RuleBroken
    "wrong_order" (field effective_on), "form_used".
    """
    unit = Organization.objects.select_for_update(of=("self",)).get(pk=words.organization.pk)
    made = LibraryItem.made_before(token, title=words.title)
    if made is not None:
        return made
    item = LibraryItem(jurisdiction=unit.jurisdiction, by=actor, form_token=token, **_said(words))
    policy_for(LibraryItem).require(actor, "edit", item)
    _require_order(item)
    item.store()
    record(actor, "bulletins.library.added", item, kind=item.kind)
    return item


@action
def revise_item(
    item_id: int, *, actor: Actor, at: datetime, words: ItemWords, version: int | None = None
) -> LibraryItem:
    """Change a draft. Raises RuleBroken "stale", "wrong_order" (field effective_on)."""
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "edit", item)
    item.require_version(version)
    for name, value in _said(words).items():
        setattr(item, name, value)
    _require_order(item)
    item.store()
    record(actor, "bulletins.library.revised", item)
    return item


@action
def add_files(
    item_id: int,
    *,
    actor: Actor,
    at: datetime,
    file: Collection[UploadedFile],
    declared: bool,
    version: int | None = None,
) -> LibraryItem:
    """Attach files to a draft; raises RuleBroken as `attach` does, beside its fields."""
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "attach", item)
    attach_all(
        item,
        file,
        actor=actor,
        at=at,
        jurisdiction=item.jurisdiction,
        declared=declared,
        visibility=Visibility.JOINT,
        organization=item.organization,
    )
    item.attached_text = "\n".join(filter(None, (_words_of(one) for one in attachments_of(item))))
    item.store()
    return item


@action
def publish_item(
    item_id: int, *, actor: Actor, at: datetime, version: int | None = None
) -> LibraryItem:
    """Open an item to the staff of the place.

    Raises RuleBroken "not_masked" for a case that nobody has declared to be masked,
    "nothing_in_it" for an item without gist, text and file, or an empty compilation.
    """
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "publish", item)
    item.require_version(version)
    _require_content(item)
    item.state, item.published_at = LibraryState.PUBLISHED, at
    item.store()
    record(actor, "bulletins.library.published", item, kind=item.kind)
    if item.is_compilation:
        _print(item, actor, at)
    return item


@action
def end_item(
    item_id: int, *, actor: Actor, at: datetime, on: date, version: int | None = None
) -> LibraryItem:
    """The text is no longer in force from `on` (inclusive); it stays to be read.

    Raises RuleBroken "before_issue" (field on).
    """
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "keep", item)
    item.require_version(version)
    begun = item.effective_on or item.issued_on
    if begun is not None and on <= begun:
        message = _("It took effect on %(day)s; it cannot end on that day or before.")
        raise RuleBroken("before_issue", message % {"day": begun}, "on")
    item.ended_on = on
    item.store()
    record(actor, "bulletins.library.ended", item, on=on)
    return item


@action
def withdraw_item(
    item_id: int, *, actor: Actor, at: datetime, reason: str, version: int | None = None
) -> LibraryItem:
    """Take an item out for others, with the reason; raises RuleBroken "bad_transition"."""
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "keep", item)
    item.require_version(version)
    if item.state == LibraryState.WITHDRAWN:
        raise RuleBroken("bad_transition", _("This was taken out of the library before."))
    item.state, item.withdrawn_reason = LibraryState.WITHDRAWN, reason
    item.store()
    record(actor, "bulletins.library.withdrawn", item, reason=reason)
    return item


@action
def put_together(
    item_id: int,
    *,
    actor: Actor,
    at: datetime,
    items: Sequence[LibraryItem],
    version: int | None = None,
) -> LibraryItem:
    """What a compilation holds, in the order given.

    Raises RuleBroken "not_published" (field items) for what is not in the library or is a
    compilation itself.
    """
    item = _locked(item_id)
    policy_for(LibraryItem).require(actor, "edit", item)
    item.require_version(version)
    wanted = [one.pk for one in items]
    known = visible_to(actor, LibraryItem) if actor else LibraryItem.objects.all()
    open_ones = known.published().filter(pk__in=wanted, jurisdiction=item.jurisdiction_id)
    if open_ones.exclude(kind=LibraryKind.COMPILATION).count() != len(set(wanted)):
        message = _("Only single items that are in the library can be put together.")
        raise RuleBroken("not_published", message, "items")
    item.entries.all().delete()
    LibraryEntry.objects.bulk_create(
        LibraryEntry(compilation=item, item_id=pk, order=n) for n, pk in enumerate(wanted, 1)
    )
    item.store()
    record(actor, "bulletins.library.put_together", item, items=len(wanted))
    return item


@action
def mark_favourite(item_id: int, *, actor: User, at: datetime, on: bool) -> None:
    """Put somebody's own mark on an item that they see, or take it off; safe to repeat."""
    item = visible_to(actor, LibraryItem).get(pk=item_id)
    if on:
        Favourite.objects.get_or_create(user=actor, item=item)
    else:
        Favourite.objects.filter(user=actor, item=item).delete()


@action
def note_visit(*, actor: User, at: datetime) -> datetime | None:
    """Somebody opens the library; gives the time since which things are new to them."""
    visit, made = LibraryVisit.objects.select_for_update().get_or_create(
        user=actor, defaults={"at": at}
    )
    if not made and at - visit.at > SAME_VISIT:
        visit.before_at = visit.at
    if not made:
        visit.at = at
        visit.save()
    return visit.before_at


def _locked(item_id: int) -> LibraryItem:
    rows = LibraryItem.objects.select_for_update(of=("self",))
    return rows.select_related("jurisdiction", "organization").get(pk=item_id)


def _said(words: ItemWords) -> dict:
    return {name: getattr(words, name) for name in words.__dataclass_fields__}


def _require_order(item: LibraryItem) -> None:
    if item.issued_on and item.effective_on and item.effective_on < item.issued_on:
        message = _("It takes effect before it was issued; look at the two dates.")
        raise RuleBroken("wrong_order", message, "effective_on")


def _require_content(item: LibraryItem) -> None:
    if item.is_case and not item.masked:
        message = _("Confirm first that names and other personal data are masked.")
        raise RuleBroken("not_masked", message, "masked")
    held = item.entries.exists() if item.is_compilation else _has_words(item)
    if not held:
        message = _("There is nothing in it yet: no gist, no text, no file.")
        if item.is_compilation:
            message = _("Nothing is put together in it yet.")
        raise RuleBroken("nothing_in_it", message)


def _has_words(item: LibraryItem) -> bool:
    return bool(item.summary or item.text) or attachments_of(item).exists()


def _words_of(attachment: Attachment) -> str:
    suffix = attachment.name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        return ""
    with attachment.file.open("rb") as stored:
        return text_of(suffix, stored.read())


def _print(item: LibraryItem, actor: Actor, at: datetime) -> None:
    """A compilation goes out as one document (CX-52, 53)."""
    on = timezone.localtime(at).date()
    paper = documents.draft(
        COMPILATION_KIND,
        item,
        actor=actor,
        organization=item.organization,
        jurisdiction=item.jurisdiction,
        title=item.title,
        context=compilation_context(item, on),
    )
    documents.issue(paper.pk, actor=actor, on=on, at=at)
