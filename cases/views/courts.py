"""The court codes: a list for everybody, and a table that is corrected after a preview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django_filters import ChoiceFilter, FilterSet

from cases.actions.courts import publish_courts
from cases.forms.courts import CourtsForm
from cases.models.courts import CourtCode, CourtLevel
from cases.numbers.lines import line_of
from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response

YES_NO = [("1", gettext_lazy("Yes")), ("0", gettext_lazy("No"))]


class CourtFilter(FilterSet):
    level = ChoiceFilter(label=gettext_lazy("Court level"), choices=CourtLevel.choices)
    unverified = ChoiceFilter(label=gettext_lazy("Unverified"), choices=YES_NO)
    active = ChoiceFilter(label=gettext_lazy("In use"), choices=YES_NO)

    class Meta:
        model = CourtCode
        fields: list[str] = []


class CourtLedger(Ledger):
    name = "courts"
    title = gettext_lazy("Court codes")
    subtitle = gettext_lazy("By which case numbers name their court")
    model = CourtCode
    filterset_class = CourtFilter
    search_fields = ("code", "name", "division_code")
    search_hint = gettext_lazy("Code, name")
    columns = (
        Column("code", gettext_lazy("Court code"), sort="code", width="112"),
        Column("name", gettext_lazy("Court"), sort="name"),
        Column("level", gettext_lazy("Court level"), value="get_level_display", width="112"),
        Column("higher", gettext_lazy("Higher court"), value="higher.name", css="hide-s"),
        Column("division_code", gettext_lazy("Division code"), shown=False),
        Column("source", gettext_lazy("Source document"), css="hide-s"),
        Column(
            "unverified",
            gettext_lazy("Unverified"),
            value=lambda court: _("Yes") if court.unverified else _("No"),
            shown=False,
        ),
        Column(
            "active",
            gettext_lazy("In use"),
            value=lambda court: _("Yes") if court.active else _("No"),
            shown=False,
        ),
    )
    order = "code"
    row_template = "cases/_court_row.html"
    empty = gettext_lazy("No courts here")
    standing_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Unverified"), "unverified=1"),
    )
    head_template = "cases/_courts_head.html"


@require_GET
@login_required
def courts(request: SignedInRequest) -> HttpResponse:
    rows = visible_to(request.user, CourtCode).for_listing()
    may = {"may_publish": policy_for(CourtCode).can(request.user, "publish")}
    return ledger_response(request, CourtLedger, rows=rows, context=may)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest) -> HttpResponse:
    """First what would change is shown, then it is published; nothing else publishes it."""
    policy_for(CourtCode).require(request.user, "publish")
    form = CourtsForm(request.POST) if request.method == "POST" else _form_of(request)
    sound = form.is_bound and form.is_valid()
    if sound and "publish" in request.POST and form.was_previewed and _publish(request, form):
        count = len(form.differences)
        messages.success(
            request, ngettext("%(n)d court saved.", "%(n)d courts saved.", count) % {"n": count}
        )
        return redirect("cases:courts")
    preview = sound and not form.errors
    if preview:
        form.data = {**dict(form.data.items()), "previewed": form.digest}
    status = 422 if form.is_bound and not preview else 200
    return render(
        request, "cases/courts_edit.html", {"form": form, "preview": preview}, status=status
    )


def _form_of(request: SignedInRequest) -> CourtsForm:
    """Empty, or with the line and the source of the court that the address names."""
    asked = CourtCode.objects.select_related("higher").filter(code=request.GET.get("code", ""))
    court = asked.first()
    if court is None:
        return CourtsForm()
    return CourtsForm(initial={"source": court.source, "courts": line_of(court).line})


def _publish(request: SignedInRequest, form: CourtsForm) -> bool:
    return run(
        form,
        publish_courts,
        rows=form.rows,
        actor=request.user,
        source=form.cleaned_data["source"],
        seen=form.digest,
    )
