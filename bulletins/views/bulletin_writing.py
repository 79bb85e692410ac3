"""Writing a bulletin: matters, recipients, text, figures; a draft is saved as often as wanted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bulletins.actions import bulletins as actions
from bulletins.actions.bulletin_figures import count_table, type_table
from bulletins.forms.bulletins import BulletinForm, TableForm, first_values
from bulletins.models import Bulletin, Instalment, Obligation
from bulletins.policy.bulletins import issuers_for
from bulletins.tables import TABLES
from bulletins.views.finding import find_bulletin
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.forms import run
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from members.models import Organization
from suggestions.views.finding import find_mechanism


@login_required
@page_of_form
def new(request: SignedInRequest) -> HttpResponse:
    """A new draft: of an instalment or a matter named in the address, or of any; first the
    issuer is chosen where the writer has several."""
    obligation, first = _asked(request)
    key = request.GET.get("mechanism", "")
    mechanism = obligation.mechanism if obligation else find_mechanism(request, key)
    issuers = list(issuers_for(request.user, mechanism.jurisdiction, timezone.localdate()))
    issuer = _issuer(request, issuers, obligation)
    if issuer is None:
        context = {"issuers": issuers, "mechanism": mechanism}
        return render(request, "bulletins/choose.html", context)
    given = {"mechanism": mechanism, "issuer": issuer, "on": timezone.localdate()}
    form = filled(request, BulletinForm, given, **first)
    made = _drafted(request, form, mechanism, issuer)
    if made is None:
        return _page(request, form, issuer, mechanism)
    return _onward(request, form, made)


def _asked(request: SignedInRequest) -> tuple[Obligation | None, dict[str, Any]]:
    """The matter that the address names, and what the form begins with for it: where some
    of it is due, for what falls due first."""
    if wanted := request.GET.get("instalment", ""):
        rows = visible_to(request.user, Instalment).select_related("obligation__mechanism")
        return _of_part(get_object_or_404(rows, public_id=wanted))
    if wanted := request.GET.get("obligation", ""):
        owed = visible_to(request.user, Obligation).select_related("mechanism")
        matter: Obligation = get_object_or_404(owed, public_id=wanted)
        parts = Instalment.objects.open().filter(obligation=matter)
        part = parts.select_related("obligation__mechanism").order_by("due_on", "pk").first()
        if part is not None:
            return _of_part(part)
        return matter, {"covers": [f"o-{wanted}"]} | _usual(matter)
    return None, {}


def _of_part(part: Instalment) -> tuple[Obligation, dict[str, Any]]:
    first = {
        "covers": [f"i-{part.public_id}"],
        "first_on": part.first_on,
        "last_on": part.last_on,
    }
    return part.obligation, first | _usual(part.obligation, part.label)


def _usual(obligation: Obligation, label: str = "") -> dict[str, Any]:
    tables = [obligation.figures] if obligation.figures in TABLES else []
    creditors = [unit for unit in obligation.creditors.all() if unit != obligation.debtor]
    title = _("Circular on %(matter)s") % {"matter": f"{label}{obligation.name}"}
    return {"title": title, "tables": tables, "recipients": creditors}


def _issuer(
    request: SignedInRequest, issuers: list[Organization], obligation: Obligation | None
) -> Organization | None:
    """The debtor of the matter; else the one chosen, or the only one. 403 for none."""
    if not issuers:
        raise PermissionDenied("draft")
    if obligation is not None:
        if obligation.debtor not in issuers:
            raise PermissionDenied("draft")
        return obligation.debtor
    chosen = request.GET.get("issuer", "")
    if chosen:
        held = {unit.public_id: unit for unit in issuers}
        if chosen not in held:
            raise PermissionDenied("draft")
        return held[chosen]
    return issuers[0] if len(issuers) == 1 else None


def _drafted(
    request: SignedInRequest, form: BulletinForm, mechanism: Mechanism, issuer: Organization
) -> Bulletin | None:
    if request.method != "POST" or not form.is_valid():
        return None
    token = form.cleaned_data["form_token"]
    done = run(
        form,
        actions.draft,
        mechanism_id=mechanism.pk,
        actor=request.user,
        at=timezone.now(),
        issuer_id=issuer.pk,
        words=form.words(),
        token=token,
    )
    return Bulletin.objects.get(form_token=token) if done else None


@login_required
@page_of_form
def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The draft, saved by whoever saw its newest version; else told, with nothing lost."""
    bulletin = find_bulletin(request, public_id, "edit")
    given = {
        "mechanism": bulletin.mechanism,
        "issuer": bulletin.issuer,
        "on": timezone.localdate(),
    }
    form = filled(request, BulletinForm, given, **first_values(bulletin))
    if request.method == "POST" and form.is_valid() and _revised(request, form, bulletin):
        return _onward(request, form, bulletin)
    return _page(request, form, bulletin.issuer, bulletin.mechanism, bulletin)


def _revised(request: SignedInRequest, form: BulletinForm, bulletin: Bulletin) -> bool:
    return run(
        form,
        actions.revise,
        bulletin_id=bulletin.pk,
        actor=request.user,
        at=timezone.now(),
        words=form.words(),
        version=form.cleaned_data["version"] or 0,
    )


def _onward(request: SignedInRequest, form: BulletinForm, bulletin: Bulletin) -> HttpResponse:
    """Saved; with the other button it is sent for review too, or what it lacks is said."""
    if request.POST.get("go") != "send":
        messages.success(request, _("The draft is saved. Only your unit sees it."))
        return redirect(bulletin)
    given = {"bulletin_id": bulletin.pk, "actor": request.user, "at": timezone.now()}
    if run(form, actions.send_for_review, **given):
        messages.success(request, _("Sent for review; who reviews and signs is told."))
        return redirect(bulletin)
    bulletin.refresh_from_db()
    form.keep_version(bulletin.version)
    return _page(request, form, bulletin.issuer, bulletin.mechanism, bulletin, saved=True)


def _page(
    request: SignedInRequest,
    form: BulletinForm,
    issuer: Organization,
    mechanism: Mechanism,
    bulletin: Bulletin | None = None,
    *,
    saved: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "issuer": issuer,
        "mechanism": mechanism,
        "bulletin": bulletin,
        "saved": saved,
        "post_to": reverse("bulletins:edit", args=[bulletin.public_id]) if bulletin else "",
        "back": bulletin.get_absolute_url() if bulletin else reverse("bulletins:list"),
    }
    return render(request, "bulletins/form.html", context, status=422 if form.is_bound else 200)


@login_required
@page_of_form
def table(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    """A grid in which the figures of a table are typed."""
    bulletin = find_bulletin(request, public_id, "edit")
    row = get_object_or_404(bulletin.tables.all(), key=key)
    form = filled(request, TableForm, {"table": row}, version=bulletin.version)
    if sent(request, form, type_table, bulletin_id=bulletin.pk, key=key):
        messages.success(request, _("The figures are saved."))
        return redirect(bulletin)
    return form_page(
        request,
        "bulletins/table.html",
        form,
        title=row.title,
        verb=_("Save the figures"),
        back=bulletin,
        bulletin=bulletin,
        table=row,
    )


@login_required
@require_POST
def count(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    """Have the portal count a table in the place of what was typed."""
    bulletin = find_bulletin(request, public_id, "edit")
    count_table(bulletin.pk, actor=request.user, at=timezone.now(), key=key)
    messages.success(request, _("Counted anew from the portal's records."))
    return redirect(bulletin)
