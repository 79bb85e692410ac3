"""Writing a letter: its kind and form, then its words; a draft is saved as often as wanted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.form_pages import page_of_form
from foundations.access.forms import run
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from suggestions.actions.letters import create_letter, edit_letter
from suggestions.forms.letters import form_choices
from suggestions.forms.sheets import LetterSheet
from suggestions.models import Problem, Suggestion
from suggestions.policy.writing import kinds_for
from suggestions.states import FORMS, Form, Kind
from suggestions.views.finding import find_letter, find_mechanism

TAGS_SHOWN = 60


@dataclass(frozen=True)
class Writing:
    """Who writes which kind of letter on which day, and of which institution."""

    request: SignedInRequest
    mechanism: Mechanism
    kind: str
    on: date

    def sheet(self, letter: Suggestion | None = None, **initial: object) -> LetterSheet:
        """As sent; with the rows that a button asked for; or with its first values."""
        given: dict[str, Any] = {
            "kind": self.kind,
            "mechanism": self.mechanism,
            "user": self.request.user,
            "on": self.on,
        }
        if self.request.method == "POST":
            if "row" in self.request.POST:
                return LetterSheet.again(self.request.POST, self.request.POST["row"], **given)
            return LetterSheet(self.request.POST, **given)
        if letter is not None:
            return LetterSheet.of(letter, **given)
        return LetterSheet(initial=initial, **given)

    def page(
        self, sheet: LetterSheet, letter: Suggestion | None = None, stale: str = ""
    ) -> HttpResponse:
        context = {
            "sheet": sheet,
            "form": sheet.main,
            "refused": bool(sheet.refused_rows or stale),
            "stale": stale,
            "letter": letter,
            "mechanism": self.mechanism,
            "kind_label": Kind(self.kind).label,
            "form_label": Form(sheet.main.chosen).label if sheet.main.chosen in Form else "",
            "comprehensive": sheet.main.chosen == Form.COMPREHENSIVE,
            "tags": self._tags(),
            "back": letter.get_absolute_url() if letter else "",
        }
        status = 422 if sheet.is_bound else 200
        return render(self.request, "suggestions/form.html", context, status=status)

    def _tags(self) -> list[str]:
        """The kinds of problem that were named here before: the same word finds the class."""
        used = Problem.objects.filter(suggestion__jurisdiction=self.mechanism.jurisdiction_id)
        tags = used.exclude(tag="").order_by("tag").values_list("tag", flat=True)
        return list(tags.distinct()[:TAGS_SHOWN])


@login_required
@page_of_form
def new(request: SignedInRequest) -> HttpResponse:
    """A new draft; without a kind and form in the address, the choice of them."""
    mechanism = find_mechanism(request, request.GET.get("mechanism", ""))
    today = timezone.localdate()
    kinds = kinds_for(request.user, mechanism.jurisdiction, today)
    if not kinds:
        raise PermissionDenied("write")
    kind, form = request.GET.get("kind", ""), request.GET.get("form", "")
    if not kind:
        return _choice(request, mechanism, kinds)
    if kind not in kinds or (form and form not in FORMS[kind]):
        raise Http404
    writing = Writing(request, mechanism, kind, today)
    sheet = writing.sheet(
        form=form or FORMS[kind][0],
        handler=request.user.pk,
        contact=request.user.display_name,
        division=_own_division(request),
    )
    if _written(request, sheet, mechanism):
        token = sheet.main.cleaned_data["form_token"]
        return _onward(request, Suggestion.objects.get(form_token=token), sheet)
    return writing.page(sheet)


def _choice(request: SignedInRequest, mechanism: Mechanism, kinds: list[Kind]) -> HttpResponse:
    groups = [(kind.label, kind.value, form_choices(kind)) for kind in kinds]
    context = {"groups": groups, "mechanism": mechanism}
    return render(request, "suggestions/choose.html", context)


def _own_division(request: SignedInRequest) -> int | None:
    """Where the writer works, if that is a division."""
    bindings = request.user.bindings.on(timezone.localdate()).select_related("organization")
    found = [one.organization for one in bindings if one.organization]
    return next((unit.pk for unit in found if unit.parent_id), None)


def _is_sent(request: SignedInRequest, sheet: LetterSheet) -> bool:
    return request.method == "POST" and "row" not in request.POST and sheet.is_valid()


def _written(request: SignedInRequest, sheet: LetterSheet, mechanism: Mechanism) -> bool:
    if not _is_sent(request, sheet):
        return False
    return run(
        sheet,
        create_letter,
        mechanism_id=mechanism.pk,
        actor=request.user,
        at=timezone.now(),
        words=sheet.words(),
        token=sheet.main.cleaned_data["form_token"],
    )


@login_required
@page_of_form
def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The draft, saved by whoever saw its newest version; else told, with nothing lost."""
    letter = find_letter(request, public_id, "edit")
    writing = Writing(request, letter.mechanism, letter.kind, timezone.localdate())
    sheet = writing.sheet(letter)
    stale = ""
    if _is_sent(request, sheet):
        if _saved(request, sheet, letter):
            return _onward(request, letter, sheet)
        if sheet.is_stale:
            letter.refresh_from_db()
            stale = _stale_words()
    return writing.page(sheet, letter, stale)


def _saved(request: SignedInRequest, sheet: LetterSheet, letter: Suggestion) -> bool:
    return run(
        sheet,
        edit_letter,
        suggestion_id=letter.pk,
        actor=request.user,
        at=timezone.now(),
        words=sheet.words(),
        version=sheet.main.cleaned_data["version"] or 0,
    )


def _stale_words() -> str:
    """Someone else saved first: what was typed stays, and may be saved over it knowingly."""
    return _(
        "Someone else saved this draft while you were writing. Nothing of yours was written, and "
        "it is all below. Look at the saved draft first; saving again puts yours in its place."
    )


def _onward(request: SignedInRequest, letter: Suggestion, sheet: LetterSheet) -> HttpResponse:
    """Back to the draft, or on to what is seen before it is issued."""
    messages.success(request, _("The draft is saved. Only your unit sees it."))
    for sentence in sheet.corrections:
        messages.info(request, sentence)
    where = "suggestions:issue" if request.POST.get("go") == "issue" else "suggestions:edit"
    return redirect(where, letter.public_id)
