"""Several letters at once: what will be done with which unit is shown before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from foundations.access.forms import PortalForm, run
from foundations.access.requests import SignedInRequest
from foundations.ledgers.export import export_response
from foundations.notifications.models import Notice
from suggestions.actions import bulk as actions
from suggestions.forms.bulk import BulkRemindForm, BulkUrgeForm
from suggestions.lines import Line, line_of, with_clocks
from suggestions.models import Addressee, Suggestion, Supervision
from suggestions.reminding import awaits, reminder_key, urgeable
from suggestions.states import MeasureKind, SupervisionState
from suggestions.views.ledger_page import SuggestionLedger, SuggestionPage, listed
from suggestions.views.ledger_sheet import sheet_of
from suggestions.work.reading import Reading, with_accounts

MOST = 200
USUAL_DAYS = 15


@dataclass(frozen=True)
class Candidate:
    """An addressee of a chosen letter; `why_not` is empty if it will be done."""

    line: Line
    why_not: str = ""

    @property
    def addressee(self) -> Addressee:
        return self.line.addressee


@dataclass(frozen=True)
class Job:
    title: str | Promise
    verb: str | Promise
    form: type[PortalForm]
    act: Callable[..., int]
    why_not: Callable[[Addressee, date], str]
    done: Callable[[int], str]
    then: str | Promise


def _no_reminder(addressee: Addressee, _on: date) -> str:
    if not awaits(addressee):
        return _("nothing is awaited from it now")
    if not addressee.__dict__["has_account"]:
        return _("it has no account: ring or write")
    if addressee.__dict__["reminded"]:
        return _("it was reminded today")
    return ""


def _no_urging(addressee: Addressee, on: date) -> str:
    if not urgeable(addressee, on):
        return _("it is not overdue")
    if addressee.__dict__["urged"]:
        return _("it was urged, and its answer is not due yet")
    return ""


def _reminded(count: int) -> str:
    return ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", count) % {"n": count}


def _urged(count: int) -> str:
    words = ngettext(
        "An urging letter was issued to %(n)d unit.",
        "Urging letters were issued to %(n)d units.",
        count,
    )
    return words % {"n": count}


JOBS = {
    "remind": Job(
        gettext_lazy("Remind units"),
        gettext_lazy("Remind units"),
        BulkRemindForm,
        actions.remind_units,
        _no_reminder,
        _reminded,
        gettext_lazy("Each unit's handler, or all its people, get a notice now; once a day."),
    ),
    "urge": Job(
        gettext_lazy("Issue urging letters"),
        gettext_lazy("Issue an urging letter"),
        BulkUrgeForm,
        actions.urge_units,
        _no_urging,
        _urged,
        gettext_lazy(
            "Each unit gets a letter of its own, with its number and the day to answer by. "
            "Whoever replies in the meantime is passed over."
        ),
    ),
}


@require_http_methods(["GET", "POST"])
@login_required
def bulk(request: SignedInRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    letters = listed(request.user, timezone.localdate())
    chosen = letters.filter(public_id__in=given.getlist("letter")[:MOST])
    back = _back(given.get("next", ""))
    if not chosen.exists():
        messages.error(request, _("Choose at least one letter in the list."))
        return redirect(back)
    if given.get("do") == "export" and request.method == "GET":
        page = SuggestionPage(request, SuggestionLedger, chosen)
        return export_response(request.user, sheet_of(page), "xlsx")
    if given.get("do") not in JOBS:
        raise Http404
    return _work_on(request, given["do"], chosen, back)


def _work_on(
    request: SignedInRequest, do: str, chosen: QuerySet[Suggestion], back: str
) -> HttpResponse:
    job, today = JOBS[do], timezone.localdate()
    candidates = _candidates(request, chosen, today, job)
    ready = [one.addressee.pk for one in candidates if not one.why_not]
    posted = request.POST if request.method == "POST" else None
    form = job.form(posted, initial={"due_on": today + timedelta(days=USUAL_DAYS)})
    if ready and form.is_valid():
        given = {"actor": request.user, "at": timezone.now(), **form.cleaned_data}
        counts: list[int] = []
        if run(
            form, lambda **words: counts.append(job.act(**words)), addressee_ids=ready, **given
        ):
            messages.success(request, job.done(counts[0]))
            return redirect(back)
    context = {
        "page_title": job.title,
        "verb": job.verb,
        "then": job.then,
        "form": form,
        "back": back,
        "do": do,
        "letters": [letter.public_id for letter in chosen],
        "candidates": candidates,
        "ready": len(ready),
    }
    return render(request, "suggestions/bulk.html", context, status=422 if posted else 200)


def _candidates(
    request: SignedInRequest, chosen: QuerySet[Suggestion], on: date, job: Job
) -> list[Candidate]:
    """Every addressee of the letters in which the reader may remind and urge, and of the
    others why not."""
    reading = Reading(request.user, on)
    letters = list(chosen)
    reading.share(letters)
    urged = reading.urging(letters) if reading.works else set()
    rows = Addressee.objects.filter(suggestion__in=[letter.pk for letter in letters])
    known = with_clocks(with_accounts(_with_facts(rows, on), on)).select_related(
        "organization", "suggestion"
    )
    return [
        Candidate(
            line_of(one, on),
            job.why_not(one, on)
            if one.suggestion_id in urged
            else _("only the issuer, or who was charged with urging, may do this"),
        )
        for one in known.order_by("suggestion_id", "order", "pk")
    ]


def _with_facts(rows: QuerySet[Addressee], on: date) -> QuerySet[Addressee]:
    """`urged`: by a letter whose answer is not due yet; `reminded`: by hand, today."""
    urging = Supervision.objects.filter(
        addressee=OuterRef("pk"),
        kind=MeasureKind.URGING,
        state=SupervisionState.OPEN,
        due_on__gte=on,
    )
    told = Notice.objects.filter(
        subject_type__app_label="suggestions",
        subject_type__model="addressee",
        subject_id=OuterRef("pk"),
        reason=reminder_key(on),
    )
    return rows.annotate(urged=Exists(urging), reminded=Exists(told))


def _back(path: str) -> str:
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else reverse("suggestions:list")
