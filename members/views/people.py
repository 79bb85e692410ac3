from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_filters import ChoiceFilter, FilterSet

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.actions.people import (
    begin_post,
    create_person,
    edit_person,
    end_post,
    reveal_phone,
)
from members.forms.people import EndForm, PersonForm, PostForm, RevealForm
from members.models import Handover, Person, Post, Seat
from members.standing import standing
from members.states import Side
from members.views.scope import keeps_any_lists, kept_jurisdiction, organizations_in


class PersonFilter(FilterSet):
    side = ChoiceFilter(label=_("Side"), choices=Side.choices, method="on_side")

    def on_side(self, rows: QuerySet[Person], _name: str, side: str) -> QuerySet[Person]:
        posts = Post.objects.on(timezone.localdate()).filter(organization__side=side)
        return rows.filter(posts__in=posts).distinct()


class PersonLedger(Ledger):
    name = "people"
    title = _("People")
    model = Person
    people = True
    filterset_class = PersonFilter
    search_fields = ("name", "initials")
    search_hint = _("Name, initials")
    columns = (
        Column("name", _("Name"), sort="initials"),
        Column("posts", _("Posts"), value=lambda person: "；".join(map(str, person.current))),
        Column("phone", _("Phone"), value="masked_phone", width="140"),
        Column("email", _("E-mail"), width="220"),
    )
    order = "name"
    row_template = "members/_person_row.html"
    empty = _("No people here")
    head_template = "members/_people_head.html"


@login_required
@require_GET
def person_list(request: SignedInRequest) -> HttpResponse:
    posts = Post.objects.on(timezone.localdate()).select_related("organization", "person")
    rows = visible_to(request.user, Person).prefetch_related(
        Prefetch("posts", queryset=posts.order_by("pk"), to_attr="current")
    )
    may_create = keeps_any_lists(request.user)
    return ledger_response(request, PersonLedger, rows=rows, context={"may_create": may_create})


@login_required
@require_GET
def person_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _person_page(request, _visible(request, public_id))


@login_required
@require_http_methods(["GET", "POST"])
def person_new(request: SignedInRequest) -> HttpResponse:
    jurisdiction = kept_jurisdiction(request.user)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "phone", "email")}
        if run(form, create_person, jurisdiction_id=jurisdiction.pk, actor=request.user, **given):
            return redirect("members:people")
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def person_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    person = _visible(request, public_id)
    policy_for(Person).require(request.user, "edit", person)
    names = ("name", "phone", "email", "version")
    form = PersonForm(
        request.POST or None, initial={name: getattr(person, name) for name in names}
    )
    if form.is_valid() and run(
        form, edit_person, person_id=person.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(person)
    return _form_page(request, form, person)


@login_required
@require_POST
def person_reveal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The number is in the answer to this one request and nowhere else."""
    person = _visible(request, public_id)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, reveal=form, status=422)
    phone = reveal_phone(person.pk, actor=request.user, reason=form.cleaned_data["reason"])
    return _person_page(request, person, phone=phone)


@login_required
@require_http_methods(["GET", "POST"])
def post_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    person = _visible(request, public_id)
    policy_for(Person).require(request.user, "edit", person)
    offered = organizations_in(request.user, person.jurisdiction_id, timezone.localdate())
    form = PostForm(request.POST or None, offered=offered)
    if form.is_valid() and run(
        form, begin_post, person_id=person.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(person)
    page = {"form": form, "person": person}
    return render(request, "members/post_form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def post_end(request: SignedInRequest, public_id: str) -> HttpResponse:
    posts = visible_to(request.user, Post).select_related("person", "organization")
    post = get_object_or_404(posts, public_id=public_id)
    policy_for(Post).require(request.user, "end", post)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and run(
        form, end_post, post_id=post.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(post.person)
    page = {"form": form, "post": post, "person": post.person}
    return render(request, "members/post_end.html", page, status=422 if form.is_bound else 200)


def _visible(request: SignedInRequest, public_id: str) -> Person:
    rows = visible_to(request.user, Person).select_related("jurisdiction")
    return get_object_or_404(rows, public_id=public_id)


def _person_page(
    request: SignedInRequest,
    person: Person,
    *,
    phone: str = "",
    reveal: RevealForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    posts = visible_to(request.user, Post).filter(person=person).select_related("organization")
    seats = visible_to(request.user, Seat).on(today).filter(person=person)
    handovers = visible_to(request.user, Handover).filter(Q(giver=person) | Q(taker=person))
    page = {
        "person": person,
        "posts": posts.order_by("-valid_from", "pk"),
        "today": today,
        "seats": seats.select_related("body"),
        "handovers": handovers.select_related("giver", "taker").order_by("-on", "-pk"),
        "shows_history": standing(request.user).is_staff,
        "phone": phone,
        "reveal": reveal or RevealForm(),
    }
    return render(request, "members/person.html", page, status=status)


def _form_page(request: SignedInRequest, form: PersonForm, person: Person | None) -> HttpResponse:
    page = {"form": form, "person": person}
    return render(request, "members/person_form.html", page, status=422 if form.is_bound else 200)
