"""White papers: begun from the year's records, finished in Word, circulated as a bulletin."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from bulletins.actions import white_papers as actions
from bulletins.forms import white_papers as forms
from bulletins.kept import moved
from bulletins.models import Bulletin, LibraryItem, LibraryKind, WhitePaper
from bulletins.papers.figures import table_of_paper
from bulletins.papers.white_papers import PARTS, WHITE_PAPER_KIND, white_paper_context
from bulletins.states import TOLD
from foundations.access.acts import Act, page
from foundations.access.errors import RuleBroken
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing
from members.states import OrganizationKind
from services.documents.rendering import word
from services.documents.rendering.papers import html_of
from services.documents.views.serving import served, served_paper


class WhitePaperLedger(Ledger):
    name = "white-papers"
    title = _("White papers")
    subtitle = _("How the administrative cases of a year went, for government to read")
    model = WhitePaper
    search_fields = ("organization__name", "overview", "features", "enforcement", "advice")
    search_hint = _("Court, or words of the text")
    columns = (
        Column("title", _("White paper")),
        Column("year", _("Year told of"), sort="year", width="112"),
        Column("state", _("State"), value="get_state_display", width="176"),
        Column("finished", _("Final version of"), value="finished_on", width="140"),
        Column("organization", _("Court"), value="organization.short_name", css="hide-s"),
    )
    order = "-year"
    row_template = "bulletins/_white_paper_row.html"
    empty = _("No white papers yet")
    empty_hint = _("A court begins one for a year that is over; the figures come by themselves.")
    head_template = "bulletins/_white_papers_head.html"


@require_GET
@login_required
def white_papers(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, WhitePaper).for_listing()
    context = {"may_begin": _courts(request.user).exists()}
    return ledger_response(request, WhitePaperLedger, rows=rows, context=context)


@page_of_form
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    courts = _courts(request.user)
    if not courts.exists():
        raise PermissionDenied("write")
    mechanism = get_object_or_404(
        Mechanism.objects.filter(jurisdiction__in=standing(request.user).jurisdictions)[:1]
    )
    first = {"year": timezone.localdate().year - 1}
    form = filled(request, forms.BeginForm, {"choices": {"organization": courts}}, **first)
    if sent(request, form, actions.begin, mechanism_id=mechanism.pk):
        given = form.cleaned_data
        return redirect(
            WhitePaper.objects.get(
                mechanism=mechanism, organization=given["organization"], year=given["year"]
            )
        )
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Begin a white paper"),
        verb=gettext("Put the figures together"),
        back="bulletins:white-papers",
        note=gettext("The figures of the year are counted from the records that the court sees."),
    )


@require_GET
@login_required
def white_paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    context = {
        "paper": found,
        "parts": [(name, getattr(found, part)) for name, part in PARTS],
        "cases": visible_to(request.user, LibraryItem).filter(pk__in=found.typical.values("pk")),
        "tables": [table_of_paper(table) for table in found.tables],
        "final": actions.final_of(found),
        **_errata(request.user, found),
        "may_write": policy_for(WhitePaper).can(request.user, "write", found),
    }
    return render(request, "bulletins/white_paper.html", context)


def _errata(user: User, found: WhitePaper) -> dict[str, Any]:
    """The issue that corrected it; until then, for who may, what the records say by now."""
    told = found.bulletin
    if told is None:
        return {}
    later = visible_to(user, Bulletin).filter(corrects=told, state__in=TOLD).first()
    may = policy_for(Bulletin).can(user, "correct", told)
    return {"successor": later, "moved": moved(told) if may and later is None else []}


@require_POST
@login_required
def count_anew(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    actions.count_anew(found.pk, actor=request.user, at=timezone.now())
    messages.success(request, gettext("The figures are those of today."))
    return redirect(found)


@require_POST
@login_required
def tell(request: SignedInRequest, public_id: str) -> HttpResponse:
    """On to the bulletin, which somebody else reviews and signs."""
    found = _find(request, public_id)
    try:
        told = actions.tell(found.pk, actor=request.user, at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.message)
        return redirect(found)
    return redirect(told)


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: str) -> FileResponse:
    found = _find(request, public_id)
    context = white_paper_context(found, timezone.localdate())
    return served_paper(WHITE_PAPER_KIND, context, found.title)


@require_GET
@login_required
def word_draft(request: SignedInRequest, public_id: str) -> FileResponse:
    """The draft, to be finished in Word."""
    found = _find(request, public_id)
    html = html_of(WHITE_PAPER_KIND, white_paper_context(found, timezone.localdate()))
    return served(word.render(html), f"{found.title}.docx", inline=False)


def _cases(user: User, row: WhitePaper, _today: date) -> dict[str, QuerySet]:
    rows = visible_to(user, LibraryItem).published()
    own = rows.filter(kind=LibraryKind.TYPICAL_CASE, masked=True, jurisdiction=row.jurisdiction_id)
    return {"typical": own}


OF_PAPER = ("jurisdiction", "organization")
write = page(
    Act(
        model=WhitePaper,
        key="paper_id",
        form=forms.WriteForm,
        action=actions.write,
        title=_("Write the white paper"),
        label=_("Save the white paper"),
        done=_("The white paper is saved."),
        verb="write",
        choices=_cases,
        keeps=("overview", "features", "enforcement", "litigation", "advice"),
        related=OF_PAPER,
    )
)
final = page(
    Act(
        model=WhitePaper,
        key="paper_id",
        form=forms.FinalForm,
        action=actions.put_final,
        title=_("Upload the final version"),
        label=_("Upload"),
        done=_("The final version is in; it counts from now on."),
        verb="finish",
        choices=None,
        related=OF_PAPER,
        note=_("What is uploaded here is the white paper; the draft of the portal stands back."),
    )
)


def _find(request: SignedInRequest, public_id: str) -> WhitePaper:
    rows = visible_to(request.user, WhitePaper).for_listing()
    found: WhitePaper = get_object_or_404(rows, public_id=public_id)
    return found


def _courts(user: User) -> QuerySet[Organization]:
    """For which the user may begin one."""
    mine: Any = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    return Organization.objects.on(timezone.localdate()).filter(
        pk__in=mine.organizations, kind=OrganizationKind.COURT
    )
