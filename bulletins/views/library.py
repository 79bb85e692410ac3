"""The library: its list with what is new, an item, and what its unit does with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_filters import BooleanFilter, ChoiceFilter, FilterSet

from bulletins.actions import library as actions
from bulletins.forms import library as forms
from bulletins.models import Favourite, LibraryItem, LibraryKind, LibraryState, LibraryVisit
from cases.dictionaries import area_choices
from foundations.access.acts import Act, page
from foundations.access.errors import RuleBroken
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing
from services.documents.attachments import attachments_of
from services.documents.models import OfficialDocument


class LibraryFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=LibraryKind.choices)
    area = ChoiceFilter(label=_("Area of administration"), choices=area_choices)
    state = ChoiceFilter(label=_("State"), choices=LibraryState.choices)
    force = BooleanFilter(label=_("In force today"), method="by_force")
    favourite = BooleanFilter(label=_("My favourites"), method="by_favourite")
    new = BooleanFilter(label=_("New since my last visit"), method="by_news")

    class Meta:
        model = LibraryItem
        fields: list[str] = []

    def by_force(self, rows: QuerySet, _name: str, yes: bool) -> QuerySet:
        current = LibraryItem.objects.in_force(timezone.localdate()).values("pk")
        return rows.filter(pk__in=current) if yes else rows.exclude(pk__in=current)

    def by_favourite(self, rows: QuerySet, _name: str, yes: bool) -> QuerySet:
        mine = Favourite.objects.filter(user=self.request.user, item=OuterRef("pk"))
        return rows.filter(Exists(mine) if yes else ~Exists(mine))

    def by_news(self, rows: QuerySet, _name: str, yes: bool) -> QuerySet:
        visit = LibraryVisit.objects.filter(user=self.request.user).first()
        if visit is None or visit.before_at is None:
            return rows if yes else rows.none()
        new = Q(published_at__gt=visit.before_at)
        return rows.filter(new if yes else ~new)


class LibraryLedger(Ledger):
    name = "library"
    title = _("Library")
    subtitle = _("Interpretations, normative documents, cases and guidance that the sides share")
    model = LibraryItem
    filterset_class = LibraryFilter
    search_fields = ("title", "number", "issued_by", "summary", "text", "attached_text")
    search_hint = _("Words of the title, the text or the files")
    columns = (
        Column("title", _("Text of the library")),
        Column("kind", _("Kind"), value="get_kind_display", width="176"),
        Column("number", _("Document number"), width="190", css="hide-s"),
        Column("issued", _("Day of issue"), value="issued_on", sort="issued_on", width="112"),
        Column("published", _("In the library since"), sort="published_at", width="140"),
        Column("organization", _("Kept by"), value="organization.short_name", css="hide-s"),
    )
    order = "-published"
    row_template = "bulletins/_library_row.html"
    empty = _("Nothing here yet")
    empty_hint = _("Put a text here, and the other side finds it by any word in it.")
    standing_views = (
        (_("In the library"), "state=published"),
        (_("New since my last visit"), "state=published&new=true"),
        (_("My favourites"), "favourite=true"),
        (_("Cases to learn from"), "state=published&kind=typical_case"),
        (_("Drafts"), "state=draft"),
    )
    opens_on = "state=published"
    head_template = "bulletins/_library_head.html"


@require_GET
@login_required
def library(request: SignedInRequest) -> HttpResponse:
    since = actions.note_visit(actor=request.user, at=timezone.now())
    mine = Favourite.objects.filter(user=request.user, item=OuterRef("pk"))
    rows = visible_to(request.user, LibraryItem).for_listing().annotate(is_mine=Exists(mine))
    rows = rows.defer("text", "attached_text")
    context = {"since": since, "may_add": _own_units(request.user).exists()}
    return ledger_response(request, LibraryLedger, rows=rows, context=context)


@require_GET
@login_required
def item(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    policy = policy_for(LibraryItem)
    entries = found.entries.select_related("item__organization") if found.is_compilation else ()
    held_in = visible_to(request.user, LibraryItem).filter(entries__item=found)
    context = {
        "item": found,
        "files": list(attachments_of(found)),
        "entries": entries,
        "held_in": held_in,
        "paper": OfficialDocument.objects.about(found).first() if found.is_compilation else None,
        "is_mine": Favourite.objects.filter(user=request.user, item=found).exists(),
        "may_edit": policy.can(request.user, "edit", found),
        "may_keep": policy.can(request.user, "keep", found),
        "in_force": found.ended_on is None or found.ended_on > timezone.localdate(),
    }
    return render(request, "bulletins/library_item.html", context)


@page_of_form
@login_required
def new_item(request: SignedInRequest) -> HttpResponse:
    own = _own_units(request.user)
    if not own.exists():
        raise PermissionDenied("add")
    form = filled(
        request,
        forms.NewItemForm,
        {"choices": {"organization": own}},
        kind=request.GET.get("kind", ""),
    )
    if sent(request, form, actions.add_item):
        made = LibraryItem.objects.get(form_token=form.cleaned_data["form_token"])
        messages.success(request, gettext("Kept as a draft. Add its files, then publish it."))
        return redirect(made)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Put a text into the library"),
        verb=gettext("Keep as a draft"),
        back="bulletins:library",
    )


@page_of_form
@login_required
def revise(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    policy_for(LibraryItem).require(request.user, "edit", found)
    form = filled(
        request,
        forms.ReviseItemForm,
        {"choices": {"organization": _own_units(request.user)}},
        **_first(found),
    )
    if sent(request, form, actions.revise_item, item_id=found.pk):
        messages.success(request, gettext("The draft is saved."))
        return redirect(found)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=gettext("Change the draft"),
        verb=gettext("Save"),
        back=found,
    )


@require_POST
@login_required
def publish(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    try:
        actions.publish_item(
            found.pk, actor=request.user, at=timezone.now(), version=_version(request)
        )
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, gettext("It is in the library now."))
    return redirect(found)


@require_POST
@login_required
def favourite(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = _find(request, public_id)
    wanted = request.POST.get("on") == "1"
    actions.mark_favourite(found.pk, actor=request.user, at=timezone.now(), on=wanted)
    return redirect(found)


def _single_items(user: User, row: LibraryItem, _today: Any) -> dict[str, QuerySet]:
    rows = visible_to(user, LibraryItem).published().exclude(kind=LibraryKind.COMPILATION)
    return {"items": rows.filter(jurisdiction=row.jurisdiction_id).order_by("kind", "issued_on")}


OF_ITEM = ("jurisdiction", "organization")
files = page(
    Act(
        model=LibraryItem,
        key="item_id",
        form=forms.ItemFilesForm,
        action=actions.add_files,
        title=_("Add files"),
        label=_("Add the files"),
        done=_("The files are added."),
        verb="attach",
        choices=None,
        related=OF_ITEM,
        note=_("The words of the files are found by the search."),
    )
)
compile_items = page(
    Act(
        model=LibraryItem,
        key="item_id",
        form=forms.CompileForm,
        action=actions.put_together,
        title=_("Put texts together"),
        label=_("Put together"),
        done=_("The compilation holds these texts."),
        verb="edit",
        choices=_single_items,
        related=OF_ITEM,
    )
)
end = page(
    Act(
        model=LibraryItem,
        key="item_id",
        form=forms.EndItemForm,
        action=actions.end_item,
        title=_("The text is no longer in force"),
        label=_("Enter the day"),
        done=_("The day is entered; the text stays to be read."),
        verb="keep",
        choices=None,
        days=("on",),
        related=OF_ITEM,
    )
)
withdraw = page(
    Act(
        model=LibraryItem,
        key="item_id",
        form=forms.WithdrawItemForm,
        action=actions.withdraw_item,
        title=_("Take it out of the library"),
        label=_("Take it out"),
        done=_("It is taken out; the own unit still reads it."),
        verb="keep",
        choices=None,
        related=OF_ITEM,
    )
)


def _find(request: SignedInRequest, public_id: str) -> LibraryItem:
    rows = visible_to(request.user, LibraryItem).for_listing()
    found: LibraryItem = get_object_or_404(rows, public_id=public_id)
    return found


def _own_units(user: User) -> QuerySet[Organization]:
    """For which the user may keep texts."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    return Organization.objects.on(timezone.localdate()).filter(
        pk__in=mine.organizations, jurisdiction__in=mine.jurisdictions
    )


def _first(found: LibraryItem) -> dict[str, Any]:
    names = forms.ReviseItemForm.base_fields
    return {
        name: found.organization.public_id if name == "organization" else getattr(found, name)
        for name in names
    }


def _version(request: SignedInRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else None
