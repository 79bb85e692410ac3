"""The register of bulletins: sent to us, sent by us, drafts; several signed for at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter

from bulletins.actions.circulation import receive_several as sign_for
from bulletins.models import Bulletin, Circulation, Obligation
from bulletins.policy.bulletins import issuers_for
from bulletins.states import IN_HAND, TOLD, BulletinState, Kind
from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.models import Organization
from members.policy import WORKERS
from members.standing import standing

BOXES = (
    ("receive", _("To sign for")),
    ("unread", _("Not opened yet")),
    ("in", _("Sent to us")),
    ("out", _("Sent by us")),
    ("hand", _("In hand")),
)


class BulletinFilter(FilterSet):
    box = ChoiceFilter(label=_("Box"), choices=BOXES, method="of_box")
    kind = ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    issuer = ModelChoiceFilter(
        label=_("Issuer"), queryset=Organization.objects.none(), to_field_name="public_id"
    )
    matter = ModelChoiceFilter(
        label=_("Matter owed"),
        queryset=Obligation.objects.none(),
        to_field_name="public_id",
        method="of_matter",
    )
    state = ChoiceFilter(label=_("State"), choices=BulletinState.choices)
    day = DateFromToRangeFilter(label=_("Circulated on"), field_name="circulated_on")

    class Meta:
        model = Bulletin
        fields: list[str] = []

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_to(self.request.user, Bulletin).order_by()
        issuers = seen.values("issuer").distinct()
        self.filters["issuer"].queryset = Organization.objects.filter(pk__in=issuers)
        told = Obligation.objects.filter(told_in__bulletin__in=seen)
        self.filters["matter"].queryset = told.distinct()

    def of_box(self, rows: QuerySet[Bulletin], _name: str, value: str) -> QuerySet[Bulletin]:
        mine = standing(self.request.user).organizations
        sent = Circulation.objects.filter(organization__in=mine, sent_at__isnull=False)
        if value == "receive":
            waiting = Q(pk__in=sent.filter(received_at=None).values("bulletin"))
            return rows.filter(waiting, state=BulletinState.CIRCULATED)
        if value == "unread":
            return rows.filter(pk__in=sent.filter(read_at=None).values("bulletin"))
        if value == "in":
            return rows.filter(pk__in=sent.values("bulletin"))
        states = TOLD if value == "out" else IN_HAND
        return rows.filter(issuer__in=mine, state__in=states)

    def of_matter(
        self, rows: QuerySet[Bulletin], _name: str, value: Obligation
    ) -> QuerySet[Bulletin]:
        return rows.filter(covered__obligation=value).distinct()


def _matters(row: Bulletin) -> str:
    return "、".join(dict.fromkeys([one.obligation.name for one in row.covered.all()]))


def _recipients(row: Bulletin) -> str:
    return "、".join(one.organization.short_name for one in row.circulations.all())


class BulletinLedger(Ledger):
    name = "bulletins"
    title = _("Bulletins")
    subtitle = _("What the bodies told each other, with receipts")
    model = Bulletin
    filterset_class = BulletinFilter
    search_fields = ("title", "matter", "number", "body", "issuer__name")
    search_hint = _("Title, matter, number, words, issuer")
    columns = (
        Column("title", _("Bulletin"), sort="title"),
        Column("state", _("State"), value="get_state_display", sort="state", width="132"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind", width="132"),
        Column("issue", _("Issue number"), shown=False),
        Column("matters", _("Matters told"), value=_matters, shown=False),
        Column(
            "issuer", _("Issuer"), value="issuer.short_name", sort="issuer__order", width="140"
        ),
        Column("recipients", _("Goes to"), value=_recipients, shown=False),
        Column("receipts", _("Signed for"), width="88", css="r"),
        Column(
            "day",
            _("Circulated on"),
            value="circulated_on",
            sort=("unread", "circulated_on"),
            width="120",
        ),
    )
    order = "-day"
    row_template = "bulletins/_bulletin_row.html"
    template = "bulletins/list.html"
    empty = _("No bulletins here")
    empty_hint = _("A bulletin appears here once it is drafted, or sent to your unit.")
    standing_views = (
        (_("All"), ""),
        (_("To sign for"), "box=receive"),
        (_("Sent to us"), "box=in"),
        (_("Sent by us"), "box=out"),
        (_("In hand"), "box=hand"),
    )


@login_required
@require_GET
def bulletins(request: SignedInRequest) -> HttpResponse:
    mine = standing(request.user)
    seen = visible_to(request.user, Bulletin).for_listing()
    rows = seen.prefetch_related("covered__obligation").unread_by(mine.organizations)
    context = {
        "mine": mine.organizations,
        "may_receive": mine.has(*WORKERS),
        "may_write": _may_write(request),
    }
    return ledger_response(request, BulletinLedger, rows=rows, context=context)


def _may_write(request: SignedInRequest) -> bool:
    mechanism = visible_to(request.user, Mechanism).select_related("jurisdiction").first()
    if mechanism is None:
        return False
    return issuers_for(request.user, mechanism.jurisdiction, timezone.localdate()).exists()


@login_required
@require_POST
def receive_several(request: SignedInRequest) -> HttpResponse:
    """Sign for the bulletins chosen in the list."""
    chosen = request.POST.getlist("bulletin")
    mine = standing(request.user).organizations
    to_us = Circulation.objects.filter(organization__in=mine, sent_at__isnull=False)
    rows = visible_to(request.user, Bulletin).filter(public_id__in=chosen)
    keys = list(rows.filter(pk__in=to_us.values("bulletin")).values_list("pk", flat=True))
    count = sign_for(keys, actor=request.user, at=timezone.now())
    said = ngettext("Signed for %(n)d bulletin.", "Signed for %(n)d bulletins.", count)
    messages.success(request, said % {"n": count})
    return redirect("bulletins:list")
