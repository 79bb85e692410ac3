"""A paper of a dispute: looked at, taken as Word, issued, declared void."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.actions import papers as actions
from cases.forms.papers import IssuePaperForm, VoidPaperForm
from cases.papers import PAPERS, Paper, dispute_of
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.rendering import word
from services.documents.rendering.papers import html_of
from services.documents.views.serving import served, served_paper

M = NumberSeries.Mode


@page_of_form
@login_required
def paper(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """What it lacks, how it would look, its day and number, and the button that issues it."""
    made, row = _find(request, kind, public_id)
    series = actions.series_of(made, row)
    typed = series is None or series.mode == M.EXTERNAL
    number = "" if series else made.number(row)
    first = {"on": timezone.localdate(), "number": number}
    form = filled(request, IssuePaperForm, {"typed": typed}, **first)
    if sent(request, form, actions.issue_paper, kind=kind, row_id=row.pk):
        messages.success(request, _("The paper is issued; its files are being made."))
        return redirect(actions.standing_paper(made, row) or row)
    return form_page(
        request,
        "cases/paper.html",
        form,
        title=made.label,
        verb=_("Issue the paper"),
        back=back_of(row),
        paper=made,
        row=row,
        about=made.title(row),
        lacks=made.lacks(row),
        series=series,
        told=made.told(row),
        before=actions.standing_paper(made, row),
    )


@require_GET
@login_required
def preview(request: SignedInRequest, kind: str, public_id: str) -> FileResponse:
    """The paper as it would be issued now."""
    made, row = _find(request, kind, public_id)
    actions.look_at(kind, row.pk, actor=request.user, file_format="pdf")
    name = _("%(title)s (preview)") % {"title": made.title(row)}
    return served_paper(kind, made.context(row, timezone.localdate()), name)


@require_GET
@login_required
def word_draft(request: SignedInRequest, kind: str, public_id: str) -> FileResponse:
    """The paper as a Word draft, to be sealed or signed outside the portal (K-18)."""
    made, row = _find(request, kind, public_id)
    actions.look_at(kind, row.pk, actor=request.user, file_format="docx")
    content = word.render(html_of(kind, made.context(row, timezone.localdate())))
    name = _("%(title)s (draft)") % {"title": made.title(row)}
    return served(content, f"{name}.docx", inline=False)


@page_of_form
@login_required
def void(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, OfficialDocument).filter(kind__in=PAPERS)
    document: OfficialDocument = get_object_or_404(rows, public_id=public_id)
    made, row = PAPERS[document.kind], document.subject
    if not made.may(request.user, row):
        raise PermissionDenied("void")
    form = filled(request, VoidPaperForm, version=document.version)
    if sent(request, form, actions.void_paper, document_id=document.pk):
        messages.success(request, _("The document is void; its number stays taken."))
        return redirect(back_of(row))
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Declare void"),
        verb=_("Declare void"),
        back=back_of(row),
        about=document.title,
        note=_("The number stays taken and the files stay readable, marked on every page."),
    )


def _find(request: SignedInRequest, kind: str, public_id: str) -> tuple[Paper, Any]:
    """404 for what the reader does not see, 403 for what is another's to issue."""
    made = PAPERS.get(kind)
    if made is None:
        raise Http404
    row = get_object_or_404(visible_to(request.user, made.model), public_id=public_id)
    if not made.may(request.user, row):
        raise PermissionDenied(kind)
    if not made.fits(row):
        raise Http404
    return made, row


def back_of(row: Any) -> str:
    """The papers of the dispute, or the page of a record that stands by itself."""
    dispute = dispute_of(row)
    if dispute is None:
        return str(row.get_absolute_url())
    return f"{reverse('cases:detail', args=[dispute.public_id])}?tab=papers"
