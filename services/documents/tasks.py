"""Rendering stands in the worker; a page waits for it and says so."""

import logging

from celery import shared_task
from django.template import TemplateSyntaxError
from django.utils import timezone

from services.documents import actions
from services.documents.models import OfficialDocument
from services.documents.orphans import sweep_orphans
from services.documents.progress import LEASE, MOST_ATTEMPTS
from services.documents.rendering.stored import make_preview, render_files
from services.documents.states import DocumentState

log = logging.getLogger(__name__)
FAILURES = (OSError, ValueError, KeyError, TypeError, RuntimeError, TemplateSyntaxError)


@shared_task
def render_document(document_id: int) -> None:
    """Render a document that is being issued; safe to run twice or at the same time."""
    document = actions.claim(document_id, at=timezone.now())
    if document is None:
        return
    try:
        files = render_files(document)
    except FAILURES as error:
        log.exception("Document %s could not be rendered", document_id)
        actions.fail(document_id, error=f"{type(error).__name__}: {error}")
        return
    actions.finish(document_id, files=files)


@shared_task
def render_pending() -> None:
    """Take up what a lost message or a killed worker left behind."""
    old = timezone.now() - LEASE
    open_ones = OfficialDocument.objects.filter(
        state=DocumentState.ISSUING, attempts__lt=MOST_ATTEMPTS
    )
    for pk in open_ones.filter(issued_at__lt=old).values_list("pk", flat=True).order_by("pk"):
        render_document(pk)


@shared_task
def render_preview(document_id: int) -> None:
    """Render a draft for those who are to look at it before it is issued."""
    document = OfficialDocument.objects.filter(pk=document_id, state=DocumentState.DRAFT).first()
    if document is not None:
        make_preview(document)


@shared_task
def sweep_files() -> None:
    """Take away stored files that no row names, a day after they were stored."""
    sweep_orphans(at=timezone.now())
