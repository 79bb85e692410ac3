"""指标: what the figures of an institution come to, how they are counted, and of which rows."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cases.dictionaries import area_choices
from dashboards.actions import note_table
from dashboards.figures.asked import Asked
from dashboards.figures.detail import Detail
from dashboards.figures.lines import Line, lines_of, part_name
from dashboards.figures.rows import ledger_of
from dashboards.figures.terms import PERS, per_named
from dashboards.figures.workbook import workbook
from dashboards.forms.figures import FiguresForm
from dashboards.policy import judged_for
from dashboards.published import issues_of, published
from dashboards.views import fronts
from dashboards.views.compliance import find_judged
from dashboards.views.reports import reporting_for
from foundations.access.requests import SignedInRequest
from foundations.calendars.terms import Per, Term
from foundations.ledgers.export import FORMATS
from foundations.ledgers.ledger import ledger_response
from mechanisms.models import Mechanism
from services.indicators.definitions import indicators
from services.indicators.profile import Choice

PER_NAMES = {
    Per.MONTH: gettext_lazy("Each month"),
    Per.QUARTER: gettext_lazy("Each quarter"),
    Per.YEAR: gettext_lazy("Each year"),
}
front = fronts.front(judged_for, "dashboards:figures", gettext_lazy("Indicators"))


@require_GET
@login_required
def figures(request: SignedInRequest, key: str) -> HttpResponse:
    """Every indicator as the institution counts it."""
    mechanism = find_judged(request, key)
    form, asked = read_period(request, mechanism)
    choices = asked.choices
    lines = lines_of(asked, [(choice, choice.variant) for choice in choices.values()])
    whole = asked.unit is None and not asked.area
    context = {
        **frame(request, mechanism, form, asked),
        "families": _families(lines),
        "may_report": bool(reporting_for(request.user, mechanism)),
        "issues": issues_of(mechanism, request.user, asked.first_on, asked.last_on)
        if whole
        else (),
    }
    return render(request, "dashboards/figures.html", context)


@require_GET
@login_required
def table(request: SignedInRequest, key: str) -> HttpResponse:
    """The same as a workbook, with the ways of counting."""
    mechanism = find_judged(request, key)
    _form, asked = read_period(request, mechanism)
    lines = lines_of(asked, [(choice, choice.variant) for choice in asked.choices.values()])
    name = "-".join((_("Indicators"), f"{asked.first_on:%Y%m%d}", f"{asked.last_on:%Y%m%d}.xlsx"))
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    note_table(request.user, mechanism, asked.query)
    return HttpResponse(workbook(asked, lines), content_type=FORMATS["xlsx"], headers=headers)


@require_GET
@login_required
def figure(request: SignedInRequest, key: str, indicator: str) -> HttpResponse:
    """One indicator in every way of counting, by unit, by area and term by term."""
    mechanism = find_judged(request, key)
    form, asked = read_period(request, mechanism)
    choice = _choice(asked, indicator)
    variants = choice.indicator.variants
    shown = variants.get(request.GET.get("variant", ""), choice.variant)
    detail = Detail(asked, choice, shown)
    course = detail.course(per_named(request.GET.get("per", "")))
    context = {
        **frame(request, mechanism, form, asked),
        "choice": choice,
        "shown": shown,
        "lines": detail.lines(),
        "groups": [
            (name, shown.counted_in.groups[name].label, detail.groups(name))
            for name in detail.takes_groups
        ],
        "course": course,
        "published": published(mechanism, choice.key, request.user),
        "pers": [(one, PER_NAMES[one]) for one in PERS],
    }
    return render(request, "dashboards/figure.html", context)


@require_GET
@login_required
def rows(request: SignedInRequest, key: str, indicator: str, variant: str) -> HttpResponse:
    """Exactly the rows of the numerator, of the denominator, or of what is told apart."""
    mechanism = find_judged(request, key)
    form, asked = read_period(request, mechanism)
    if form.errors:
        raise Http404("No such period, unit or area.")
    choice = _choice(asked, indicator)
    way = choice.indicator.variants.get(variant)
    question = asked.question(choice.indicator, way, choice.months) if way else None
    if way is None or question is None:
        raise Http404("No such way of counting.")
    line = Line(asked, choice, way)
    part = request.GET.get("part", "d")
    try:
        counted, name = question.rows(part), part_name(line, part)
    except KeyError:
        raise Http404("The figure has no such part.") from None
    near = question.source.near
    counted = counted.select_related(*near) if near else counted
    return ledger_response(
        request,
        ledger_of(question.source.key),
        rows=counted,
        context={"line": line, "part": name, "asked": asked, "mechanism": mechanism},
    )


def read_period(request: SignedInRequest, mechanism: Mechanism) -> tuple[FiguresForm, Asked]:
    today = timezone.localdate()
    names = {"since", "until", "unit", "area"}
    data = request.GET if names & request.GET.keys() else None
    form = FiguresForm(data, mechanism=mechanism, areas=area_choices(), on=today)
    return form, form.asked(request.user)


def _choice(asked: Asked, key: str) -> Choice:
    found = asked.choices.get(key)
    if found is None:
        raise Http404("No such indicator.")
    return found


def frame(request: SignedInRequest, mechanism: Mechanism, form: FiguresForm, asked: Asked) -> dict:
    return {
        "mechanism": mechanism,
        "form": form,
        "asked": asked,
        "counted_at": timezone.now(),
        "terms": _terms(asked.on),
        "kept": {
            name: request.GET[name]
            for name in ("unit", "area", "variant", "per")
            if name in request.GET
        },
    }


def _terms(on: date) -> list[tuple[str, date, date]]:
    """What is asked for most: the running month, quarter and year until the day, and those
    before them."""
    running = [Term.around(per, on) for per in (Per.MONTH, Per.QUARTER, Per.YEAR)]
    terms = [term for one in running for term in (one, one.before)]
    return [(term.label, term.first_on, min(term.last_on, on)) for term in terms]


def _families(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    order = {key: place for place, key in enumerate(indicators())}
    lines = sorted(lines, key=lambda line: order[line.indicator.key])
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.indicator.family, []).append(line)
    return list(found.items())
