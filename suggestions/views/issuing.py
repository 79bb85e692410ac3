"""What becomes of a letter: looked at, issued, given files, withdrawn, copies signed for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from services.documents.attachments import attachments_of
from services.documents.models import NumberSeries
from services.documents.views.serving import served_paper
from suggestions import papers
from suggestions.actions import letters
from suggestions.completeness import lacks_of
from suggestions.forms.letters import AddresseeForm, IssueForm, LetterFileForm, WithdrawForm
from suggestions.models import Copy, Suggestion
from suggestions.reply_periods import period_of
from suggestions.units import with_account
from suggestions.views.finding import find_letter


@login_required
@page_of_form
def issue(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What the letter lacks, whom it goes to, its number; and the button that issues it."""
    letter = find_letter(request, public_id, "issue")
    series = _series(letter)
    given = {"typed": series is None or series.mode == NumberSeries.Mode.EXTERNAL}
    form = filled(request, IssueForm, given, version=letter.version, on=timezone.localdate())
    if sent(request, form, letters.issue_letter, suggestion_id=letter.pk):
        messages.success(request, _("The letter is issued; its addressees and copies are told."))
        if form.correction:
            messages.info(request, form.correction)
        return redirect(letter)
    return _issue_page(request, letter, form, LetterFileForm(), series)


def _series(letter: Suggestion) -> NumberSeries | None:
    key = letters.series_key(letter, timezone.localdate())
    return NumberSeries.objects.filter(jurisdiction=letter.jurisdiction, key=key).first()


def _issue_page(
    request: SignedInRequest,
    letter: Suggestion,
    form: IssueForm,
    file_form: LetterFileForm,
    series: NumberSeries | None,
) -> HttpResponse:
    today = timezone.localdate()
    addressees = list(letter.addressees.select_related("organization"))
    units = [row.organization for row in addressees]
    reached = with_account(units, today)
    period = period_of(letter.kind, letter.form, letter.mechanism, today)
    context = {
        "letter": letter,
        "form": form,
        "file_form": file_form,
        "series": series,
        "lacks": lacks_of(letter, today),
        "addressees": addressees,
        "without_account": [unit.short_name for unit in units if unit.pk not in reached],
        "copies": letter.copies.select_related("organization", "provision"),
        "problems": letter.problems.all(),
        "cases": letter.cases.all(),
        "attachments": attachments_of(letter),
        "period": period,
        "period_words": period.words(letter.reply_length),
        "period_is_long": period.is_long(letter.reply_length),
    }
    refused = form.is_bound or file_form.is_bound
    return render(request, "suggestions/issue.html", context, status=422 if refused else 200)


@login_required
@require_GET
def preview(request: SignedInRequest, public_id: str) -> FileResponse:
    """The paper as it would be issued now."""
    letter = find_letter(request, public_id, "issue")
    name = _("%(title)s (preview)") % {"title": letter.title}
    context = papers.letter_context(letter, on=timezone.localdate())
    return served_paper(papers.letter_kind(letter), context, name)


@login_required
@require_POST
def attach(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Add a file to a draft or to an issued letter; what is wrong is said beside it."""
    letter = find_letter(request, public_id, "attach")
    form = LetterFileForm(request.POST, request.FILES)
    if sent(request, form, letters.add_material, suggestion_id=letter.pk):
        messages.success(request, _("The file is added."))
        return redirect("suggestions:issue" if letter.is_draft else letter, *_args(letter))
    if not letter.is_draft:
        return form_page(
            request,
            "suggestions/file.html",
            form,
            title=_("Add a file"),
            verb=_("Add the file"),
            back=letter,
            letter=letter,
        )
    series = _series(letter)
    typed = series is None or series.mode == NumberSeries.Mode.EXTERNAL
    first = {"version": letter.version, "on": timezone.localdate()}
    return _issue_page(request, letter, IssueForm(typed=typed, initial=first), form, series)


def _args(letter: Suggestion) -> list[str]:
    return [letter.public_id] if letter.is_draft else []


@login_required
@page_of_form
def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Discard a draft or take an issued letter back, with the reason."""
    letter = find_letter(request, public_id)
    verb = "discard" if letter.is_draft else "withdraw"
    policy_for(Suggestion).require(request.user, verb, letter)
    form = filled(request, WithdrawForm)
    if sent(request, form, letters.withdraw_letter, suggestion_id=letter.pk):
        done = _("The draft is discarded.") if letter.is_draft else _("The letter is withdrawn.")
        messages.success(request, done)
        return redirect(letter)
    draft = letter.is_draft
    return form_page(
        request,
        "suggestions/withdraw.html",
        form,
        title=_("Discard the draft") if draft else _("Withdraw the letter"),
        verb=_("Discard") if draft else _("Withdraw"),
        back=letter,
        letter=letter,
        live=[] if draft else letter.addressees.live().select_related("organization"),
    )


@login_required
@page_of_form
def add_addressee(request: SignedInRequest, public_id: str) -> HttpResponse:
    letter = find_letter(request, public_id, "withdraw")
    given = {"letter": letter, "on": timezone.localdate()}
    form = filled(request, AddresseeForm, given)
    if sent(request, form, letters.add_addressee, suggestion_id=letter.pk):
        messages.success(request, _("The unit is added and told."))
        return redirect(letter)
    return form_page(
        request,
        "suggestions/addressee_new.html",
        form,
        title=_("Add an addressee"),
        verb=_("Add and tell the unit"),
        back=letter,
        letter=letter,
    )


@login_required
@require_POST
def sign_copy(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Sign for every copy that the reader's organizations have not signed for yet."""
    letter = find_letter(request, public_id)
    policy = policy_for(Copy)
    rows = letter.copies.select_related("organization", "suggestion")
    mine = [copy for copy in rows if policy.can(request.user, "sign", copy)]
    if not mine:
        raise PermissionDenied("sign")
    waiting = [copy for copy in mine if copy.received_at is None] or mine[:1]
    for copy in waiting:
        letters.sign_copy(copy.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("Signed for."))
    return redirect(letter)
