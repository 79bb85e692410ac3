from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.calendars.queries import missing_year
from foundations.calendars.working_days import ONE_DAY, REGIONS, WorkCalendar, get_calendar
from mechanisms.models import Mechanism
from members.models import Jurisdiction
from members.standing import standing
from services.deadlines.catalogue import in_force_words, key_of, length_words, search
from services.deadlines.explanation import as_text, explain_answer
from services.deadlines.forms import NATIONAL, CalculatorForm
from services.deadlines.overrides import override_of
from services.deadlines.reckoning import Answer, answer
from services.deadlines.rules import Rule, law


@dataclass(frozen=True)
class Line:
    """A rule in the table."""

    rule: Rule
    length: str
    in_force: str


@require_GET
@login_required
def calculator(request: SignedInRequest) -> HttpResponse:
    """One question in the address, its answer on the page; nothing is kept."""
    asked = request.GET.get("rule", "").strip()
    key = key_of(asked)
    rule = law()[key][-1] if key else None
    form = _form(request, rule)
    found = _answer(form, key) if form.is_bound and form.is_valid() and key else None
    context = {
        "form": form,
        "asked": asked,
        "rule": rule,
        "length": length_words(rule) if rule else "",
        "free_on": free_day(found),
        "found": found,
        "why": explain_answer(found) if found else None,
        "text": as_text(found) if found else "",
        "address": request.build_absolute_uri(),
        "choices": [(rows[-1].key, rows[-1].name) for rows in law().values()],
        "groups": [] if key else _lines(asked),
        "kept": _kept(request.GET),
        "missing": missing_year(timezone.localdate()),
    }
    return render(request, "deadlines/calculator.html", context)


def free_day(found: Answer | None) -> date | None:
    """The first day after what was counted."""
    return found.reckoning.due_on + ONE_DAY if found and found.reckoning else None


def _form(request: SignedInRequest, rule: Rule | None) -> CalculatorForm:
    """Filled in by the address; a rule alone asks for the rest."""
    mechanisms = visible_to(request.user, Mechanism).select_related("jurisdiction")
    given = {"mechanisms": mechanisms, "rule": rule}
    if "trigger" in request.GET:
        return CalculatorForm(request.GET, **given)
    first = mechanisms.first()
    initial = {
        "trigger": timezone.localdate(),
        "mechanism": first.key if first else None,
        "region": "" if first else _own_region(request),
        **_first_values(request.GET),
    }
    return CalculatorForm(initial=initial, **given)


def _first_values(query: QueryDict) -> dict:
    return {name: value for name, value in query.items() if value}


def _kept(query: QueryDict) -> str:
    """What was asked beside the rule, for the addresses of other rules."""
    kept = query.copy()
    kept.pop("rule", None)
    return f"&{kept.urlencode()}" if kept.get("trigger") else ""


def _own_region(request: SignedInRequest) -> str:
    places = Jurisdiction.objects.filter(pk__in=standing(request.user).jurisdictions)
    codes = {place.region for place in places}
    return next((code for code in sorted(codes) if code in REGIONS), NATIONAL)


def _answer(form: CalculatorForm, key: str) -> Answer | None:
    """None where the question is refused; the form says why."""
    mechanism, case = form.cleaned_data.get("mechanism"), form.case
    override = override_of(mechanism, key, case.trigger_on) if mechanism else None
    calendar = _calendar(mechanism, form.cleaned_data["region"])
    try:
        return answer(key, case, calendar=calendar, override=override)
    except RuleBroken as broken:
        if broken.field == "pauses":
            broken.field = "from1"
        form.refuse(broken)
        return None


def _calendar(mechanism: Mechanism | None, region: str) -> WorkCalendar:
    """Of the region that was named; without one, of the institution's place."""
    if mechanism is None:
        return get_calendar(region if region in REGIONS else "")
    own = mechanism.jurisdiction
    chosen = region or own.region
    return get_calendar(chosen if chosen in REGIONS else "", regional_days=own.regional_days)


@require_GET
@login_required
def rules(request: SignedInRequest) -> HttpResponse:
    """Every rule with its length and basis, for reading and printing."""
    asked = request.GET.get("q", "").strip()
    groups = _lines(asked)
    count = sum(len(lines) for _name, lines in groups)
    context = {"groups": groups, "asked": asked, "count": count}
    return render(request, "deadlines/rules.html", context)


def _lines(words: str) -> list[tuple[str, list[Line]]]:
    return [
        (
            group.name,
            [Line(rule, length_words(rule), in_force_words(rule)) for rule in group.rules],
        )
        for group in search(words)
    ]
