from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.actions import publish_year
from foundations.calendars.changes import Notice, dependents
from foundations.calendars.forms import REGION_CHOICES, NoticeForm, PlaceForm
from foundations.calendars.lines import as_lines, differences, holidays_of, spans
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.queries import missing_year
from foundations.calendars.tables import Row


@require_GET
@login_required
def holidays(request: SignedInRequest) -> HttpResponse:
    """The notice of a year, and a way to all the others."""
    today = timezone.localdate()
    rows = visible_to(request.user, HolidayYear)
    form = PlaceForm(request.GET or {"year": today.year})
    if not form.is_valid():
        raise Http404
    year, region = form.cleaned_data["year"], form.cleaned_data["region"]
    shown = rows.filter(year=year, region=region).first()
    found = _rows_of(shown)
    context = {
        "year": year,
        "region": region,
        "region_name": _name(region),
        "notice": shown,
        "holidays": holidays_of(found),
        "work": [span for span in spans(found) if span.kind == HolidayDay.Kind.WORK],
        "regions": _regions(list(rows)),
        "missing": missing_year(today),
        "may_publish": policy_for(HolidayYear).can(request.user, "publish"),
        "next_year": today.year + 1,
    }
    return render(request, "calendars/list.html", context)


def _regions(rows: list[HolidayYear]) -> list[tuple[str, str, list[HolidayYear]]]:
    """(code, name, years): the nation, then each region with days of its own."""
    years: dict[str, list[HolidayYear]] = defaultdict(list)
    for row in rows:
        years[row.region].append(row)
    return [(code, str(name), years[code]) for code, name in REGION_CHOICES]


def _name(region: str) -> str:
    return str(dict(REGION_CHOICES)[region])


def _rows_of(notice: HolidayYear | None) -> list[Row]:
    return list(notice.days.values_list("day", "kind", "name")) if notice else []


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: SignedInRequest) -> HttpResponse:
    """First what would change is shown, then it is published; nothing else publishes it."""
    policy_for(HolidayYear).require(request.user, "publish")
    if "year" not in request.GET:
        return redirect("calendars:list")
    place = PlaceForm(request.GET)
    if not place.is_valid():
        raise Http404
    year, region = place.cleaned_data["year"], place.cleaned_data["region"]
    known = HolidayYear.objects.filter(year=year, region=region).first()
    before = _rows_of(known)
    form = _form(request, year, known, before)
    sound = form.is_bound and form.is_valid()
    if (
        sound
        and "publish" in request.POST
        and form.was_previewed
        and _publish(request, form, region)
    ):
        messages.success(
            request,
            _("The holidays of %(year)d are published. Open time limits are being counted anew.")
            % {"year": year},
        )
        return redirect(reverse("calendars:list", query={"year": year, "region": region}))
    preview = _preview(form, region, before) if sound and not form.errors else None
    context = {
        "form": form,
        "year": year,
        "region_name": _name(region),
        "region": region,
        "known": known,
        "preview": preview,
    }
    status = 422 if form.is_bound and not preview else 200
    return render(request, "calendars/edit.html", context, status=status)


def _form(
    request: SignedInRequest, year: int, known: HolidayYear | None, before: list[Row]
) -> NoticeForm:
    if request.method == "POST":
        return NoticeForm(request.POST, year=year)
    initial = {
        "source": known.source if known else "",
        "rest": as_lines(before, work=False),
        "work": as_lines(before, work=True),
        "version": known.version if known else 0,
    }
    return NoticeForm(initial=initial, year=year)


def _publish(request: SignedInRequest, form: NoticeForm, region: str) -> bool:
    return run(
        form,
        publish_year,
        year=form.year,
        actor=request.user,
        source=form.cleaned_data["source"],
        days=form.rows,
        region=region,
        version=form.cleaned_data["version"],
    )


def _preview(form: NoticeForm, region: str, before: list[Row]) -> dict:
    """What would change; the form carries on which days were looked at."""
    form.data = {**dict(form.data.items()), "previewed": form.digest}
    notice = Notice(form.year, region, tuple(form.rows))
    return {
        "differences": differences(before, form.rows),
        "words": [dependent.words(notice) for dependent in dependents()],
        "off": sum(kind != HolidayDay.Kind.WORK for _day, kind, _name in form.rows),
        "work": sum(kind == HolidayDay.Kind.WORK for _day, kind, _name in form.rows),
    }
