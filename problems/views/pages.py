"""What the pages of this room share: a new matter, the page of one, the list of all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_filters import FilterSet, ModelChoiceFilter

from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from mechanisms.models import Mechanism
from members.models import Organization
from problems.actions.files import keep_files
from problems.forms.files import KeepFilesForm
from problems.models import Matter
from problems.policy.circle import mechanisms_of, writing_units
from services.documents.attachments import attachments_of
from services.documents.models import OfficialDocument

M = TypeVar("M", bound=Matter)
Chosen = Callable[[SignedInRequest, Mechanism], Mapping[str, QuerySet]]
First = Callable[[SignedInRequest, Mechanism], dict]
Words = str | Promise
NEAR = ("mechanism__jurisdiction", "organization")


def nothing(_request: SignedInRequest, _mechanism: Mechanism) -> dict:
    return {}


@dataclass(frozen=True)
class New:
    """The page on which a matter is written: what is chosen from, and what it begins with."""

    model: type[Matter]
    form: type[BaseForm]
    action: Callable[..., Matter]
    title: Words
    label: Words
    done: Words
    home: str
    choices: Chosen = nothing
    first: First = nothing
    note: Words = ""


def new_page(new: New) -> Callable[..., HttpResponse]:
    """403 for whoever writes for no side of an institution."""

    @page_of_form
    @login_required
    def view(request: SignedInRequest) -> HttpResponse:
        mechanism = writing_in(request)
        organs = writing_units(request.user, mechanism)
        choices = {"organization": organs, **new.choices(request, mechanism)}
        first = {"organization": organs[0].public_id, "begun_on": timezone.localdate()}
        form = filled(
            request, new.form, {"choices": choices}, **first, **new.first(request, mechanism)
        )
        if sent(request, form, new.action, mechanism_id=mechanism.pk):
            messages.success(request, str(new.done))
            token = form.given()["token"]  # type: ignore[attr-defined]
            return redirect(new.model._default_manager.get(form_token=token))
        shown: dict[str, Any] = {"title": str(new.title), "verb": str(new.label), "about": ""}
        return form_page(request, "forms/act.html", form, back=new.home, note=new.note, **shown)

    return view


def writing_in(request: SignedInRequest) -> Mechanism:
    """The first institution in which the reader writes for a side; 403 if there is none."""
    found = may_write_in(request)
    if found is None:
        raise PermissionDenied("write")
    return found


def may_write_in(request: SignedInRequest) -> Mechanism | None:
    rows = mechanisms_of(request.user).select_related("jurisdiction").order_by("pk")
    return next((one for one in rows if writing_units(request.user, one).exists()), None)


@dataclass(frozen=True)
class Verb:
    """What may be done on the page of a matter; the last of them is the next step."""

    label: Words
    url: str


def verbs_of(row: Matter, *offered: tuple[bool, Words, str]) -> list[Verb]:
    """Of what is offered, what the reader may do now."""
    return [
        Verb(label, reverse(f"problems:{name}", args=[row.public_id]))
        for allowed, label, name in offered
        if allowed
    ]


def matter_page(
    model: type[M],
    template: str,
    told: Callable[[SignedInRequest, M], dict],
    *near: str,
) -> Callable[..., HttpResponse]:
    """404 for whoever does not see it."""

    @require_GET
    @login_required
    def view(request: SignedInRequest, public_id: str) -> HttpResponse:
        rows = visible_to(request.user, model).select_related(*NEAR, *near)
        found = get_object_or_404(rows, public_id=public_id)
        context = {
            "matter": found,
            "part": list(found.units.order_by("order", "pk")),
            "documents": visible_to(request.user, OfficialDocument).about(found),
            "files": attachments_of(found),
            "may_attach": policy_for(model).can(request.user, "attach", found),
            "attach_url": reverse(f"problems:{found.page}-files", args=[found.public_id]),
            **told(request, found),
        }
        return render(request, f"problems/{template}.html", context)

    return view


def files_page(model: type[Matter]) -> Callable[..., HttpResponse]:
    return page(
        Act(
            model=model,
            key="row_id",
            form=KeepFilesForm,
            action=partial(keep_files, model),
            title=_("Add files"),
            label=_("Add"),
            done=_("The files are kept with it."),
            verb="attach",
            choices=None,
            related=NEAR,
        )
    )


def organs(request: Any) -> QuerySet[Organization]:
    """The organs of the sides of the reader's institutions."""
    led = mechanisms_of(request.user).values_list("parties__lead", "parties__acting")
    return Organization.objects.filter(pk__in={pk for pair in led for pk in pair})


class MatterFilter(FilterSet):
    organization = ModelChoiceFilter(
        label=_("Written by"), queryset=organs, to_field_name="public_id"
    )


class MatterLedger(Ledger):
    """`new` names the page on which one is written, with the word on its button."""

    search_fields: ClassVar[tuple[str, ...]] = ("title",)
    search_hint = _("Title")
    order = "-begun_on"
    row_template = "problems/_row.html"
    head_template = "problems/_head.html"
    new: tuple[str, Words]


def matter_columns(title: Words, day: Words, *more: Column) -> tuple[Column, ...]:
    return (
        Column("title", title),
        Column("state", _("State"), value="get_state_display", width="148"),
        Column("begun_on", day, sort="begun_on", width="120"),
        Column("organization", _("Written by"), value="organization.short_name", width="150"),
        Column("next_due_on", _("Next due"), width="150"),
        Column("notes", _("Note"), value=lambda row: "、".join(row.notes), shown=False),
        *more,
    )


def matter_list(ledger: type[MatterLedger], *near: str, fetched: tuple[str, ...] = ()) -> Any:
    """The list of all matters of one kind that the reader sees."""

    @require_GET
    @login_required
    def view(request: SignedInRequest) -> HttpResponse:
        rows = visible_to(request.user, ledger.model).select_related("organization", *near)
        name, label = ledger.new
        may = may_write_in(request) is not None
        new = Verb(label, reverse(f"problems:{name}")) if may else None
        rows = rows.prefetch_related(*fetched)
        return ledger_response(request, ledger, rows=rows, context={"new": new})

    return view
