"""The board of matters owed, who owes what to whom, and one instalment."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from bulletins.actions import obligations as actions
from bulletins.board import ICONS, LEGEND, MONTHS, NAMES, ORDER, Board
from bulletins.cadence import Cadence
from bulletins.forms.obligations import NilForm, OccasionForm, PlanForm
from bulletins.models import Bulletin, Instalment, Obligation, YearPlan
from bulletins.models.obligations import RULE
from bulletins.states import TOLD
from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.models import Mechanism
from mechanisms.queries import provision
from members.policy import works_for
from members.standing import standing
from services.deadlines.models import Deadline

FIRST_YEAR = 2000
YEARS_BACK = 4
STAGES = ("over", "soon", "sent", "recv", "read")


@require_GET
@login_required
def board(request: SignedInRequest) -> HttpResponse:
    """Matters × months of a year; `state` shows the cells of one stage alone."""
    today = timezone.localdate()
    year = _year(request, today)
    mine = visible_to(request.user, Obligation).in_year(year)
    mechanisms = list(
        Mechanism.objects.filter(pk__in=mine.values("mechanism")).select_related("jurisdiction")
    )
    key = request.GET.get("mechanism", "")
    mechanism = next((one for one in mechanisms if key in ("", one.key)), None)
    if key and mechanism is None:
        raise Http404(key)
    chosen = request.GET.get("state", "")
    rows = mine.filter(mechanism=mechanism).for_listing() if mechanism else []
    shown = Board(
        mechanism=mechanism,
        obligations=list(rows),
        reader=request.user,
        year=year,
        today=today,
        chosen=chosen if chosen in ORDER else "",
    )
    on_time, due = shown.on_time
    context = {
        "board": shown,
        "mechanisms": mechanisms,
        "months": [
            (_("month %(n)d") % {"n": month}, (year, month) == (today.year, today.month))
            for month in MONTHS
        ],
        "strip": _strip(shown),
        "years": range(today.year + 1, today.year - YEARS_BACK, -1),
        "on_time": on_time,
        "due": due,
        "rate": f"{on_time / due:.2%}" if due else "—",
        "legend": [(ICONS[stage], colour, NAMES[stage]) for stage, colour in LEGEND],
        "may_write": any(works_for(request.user, one.debtor) for one in shown.obligations),
        "package_url": _package_url(request, shown),
    }
    return render(request, "bulletins/board.html", context)


def _year(request: SignedInRequest, today: date) -> int:
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and len(given) == len("2026") else today.year
    return year if year >= FIRST_YEAR else today.year


def _package_url(request: SignedInRequest, shown: Board) -> str:
    """The material of the reader's own body; nothing for who works for none that owes."""
    held = standing(request.user).organizations
    mine = any(one.debtor_id in held for one in shown.obligations)
    return f"{reverse('bulletins:packages')}?mechanism={shown.mechanism.key}" if mine else ""


def _strip(shown: Board) -> list[dict]:
    colours = {"over": "is-red", "soon": "is-amber"}
    return [
        {
            "stage": stage,
            "icon": ICONS[stage],
            "name": NAMES[stage],
            "n": shown.counts[stage],
            "css": colours.get(stage, "") if shown.counts[stage] else "",
            "chosen": shown.chosen == stage,
        }
        for stage in STAGES
    ]


@require_GET
@login_required
def obligation(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who owes the matter, how often, and every instalment and bulletin of it."""
    row = _obligation(request, public_id)
    today = timezone.localdate()
    policy = policy_for(Obligation)
    told = visible_to(request.user, Bulletin).filter(covered__obligation=row, state__in=TOLD)
    context = {
        "row": row,
        "clause": provision(row.mechanism, row.number, row.valid_to or today),
        "instalments": row.instalments.order_by("-due_on", "-pk")[:60],
        "bulletins": told.for_listing().order_by("-circulated_on", "-pk")[:60],
        "plans": row.plans.order_by("-year"),
        "twin": _twin(row),
        "may_plan": _is_planned(row) and policy.can(request.user, "plan", row),
        "may_register": row.cadence == Cadence.EVENT and policy.can(request.user, "occasion", row),
        "may_write": policy.can(request.user, "occasion", row),
    }
    return render(request, "bulletins/obligation.html", context)


def _twin(row: Obligation) -> Obligation | None:
    """The matter whose figures count the same fact."""
    if not row.reconciles_with:
        return None
    rows = Obligation.objects.filter(mechanism=row.mechanism, key=row.reconciles_with)
    return rows.order_by("-valid_from").first()


def _is_planned(row: Obligation) -> bool:
    return row.cadence in (Cadence.PLANNED, Cadence.AS_NEEDED)


def _obligation(request: SignedInRequest, public_id: str) -> Obligation:
    rows = visible_to(request.user, Obligation).for_listing()
    found: Obligation = get_object_or_404(rows, public_id=public_id)
    return found


@require_GET
@login_required
def instalment(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Instalment).for_listing()
    row: Instalment = get_object_or_404(rows, public_id=public_id)
    policy = policy_for(Instalment)
    told = visible_to(request.user, Bulletin).filter(covered__instalment=row)
    context = {
        "row": row,
        "obligation": row.obligation,
        "creditors": row.obligation.creditors.all(),
        "limit": _limit(row),
        "clause": provision(row.obligation.mechanism, row.obligation.number, row.last_on),
        "bulletins": told.distinct().for_listing(),
        "may_nil": policy.can(request.user, "nil", row),
        "may_take_back": policy.can(request.user, "take_back", row),
    }
    return render(request, "bulletins/instalment.html", context)


def _limit(row: Instalment) -> Deadline | None:
    kind = ContentType.objects.get_for_model(Instalment)
    rows = Deadline.objects.filter(subject_type=kind, subject_id=row.pk, rule=RULE)
    return rows.select_related("provision", "jurisdiction").order_by("-pk").first()


nil = page(
    Act(
        model=Instalment,
        key="instalment_id",
        form=NilForm,
        action=actions.nil_return,
        title=_("Nil return"),
        label=_("Make the nil return"),
        done=_("The nil return is made; the other side sees it with its reason."),
        verb="nil",
        choices=None,
        related=("obligation__debtor", "obligation__jurisdiction"),
        note=_("There is nothing to tell of this term. The reason is shown to all sides."),
    )
)
occasion = page(
    Act(
        model=Obligation,
        key="obligation_id",
        form=OccasionForm,
        action=actions.register_occasion,
        title=_("Enter what has to be told"),
        label=_("Enter"),
        done=_("It is entered; the board shows by when it has to be told."),
        verb="occasion",
        choices=None,
        days=("happened_on",),
        related=("debtor", "jurisdiction"),
    )
)


@require_POST
@login_required
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Instalment)
    row: Instalment = get_object_or_404(rows, public_id=public_id)
    given = request.POST.get("version", "")
    actions.take_back_nil(
        row.pk,
        actor=request.user,
        at=timezone.now(),
        version=int(given) if given.isdecimal() else None,
    )
    messages.success(request, _("The nil return is taken back; the matter is owed again."))
    return redirect(row)


@page_of_form
@login_required
def plan(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The days of this year's plan or the next one's."""
    row = _obligation(request, public_id)
    policy_for(Obligation).require(request.user, "plan", row)
    today = timezone.localdate()
    given = request.GET.get("year", "")
    year = today.year + 1 if given == str(today.year + 1) else today.year
    known = YearPlan.objects.filter(obligation=row, year=year).first()
    first = {
        "year": year,
        "days": "\n".join(known.days) if known else "",
        "version": known.version if known else None,
    }
    years = (year,) if known else (today.year, today.year + 1)
    form = filled(request, PlanForm, {"years": years}, **first)
    if sent(request, form, actions.plan_year, obligation_id=row.pk):
        messages.success(request, _("The plan of the year is entered; its days are on the board."))
        return redirect(row)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Plan of the year"),
        verb=_("Enter the plan"),
        back=row,
        about=str(row),
        note=_("The text names no number. The matter is judged by the days that you enter."),
    )
