"""Pages of the system administrator (accounts) and the security administrator (roles)."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_filters import ChoiceFilter, FilterSet

from foundations.access.errors import RuleBroken
from foundations.access.forms import PortalForm, run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.ledgers.ledger import Column, Ledger, ledger_response
from members.actions.accounts import (
    bind_role,
    create_account,
    disable_account,
    enable_account,
    end_role,
    set_expiry,
)
from members.actions.passwords import reset_password
from members.forms.administration import ExpiryForm, NewAccountForm, ReasonForm, RoleForm
from members.forms.people import EndForm
from members.models import Jurisdiction, Organization, Person, Post, RoleBinding, User
from members.standing import standing
from members.states import Role
from members.views.scope import organizations_in

UNUSED_DAYS = 90
USES = (
    ("active", gettext_lazy("May be used")),
    ("unused", gettext_lazy("Unused for 90 days")),
    ("disabled", gettext_lazy("Disabled")),
)


class AccountFilter(FilterSet):
    use = ChoiceFilter(label=gettext_lazy("Use"), choices=USES, method="in_use")
    role = ChoiceFilter(label=gettext_lazy("Role"), choices=Role.choices, method="with_role")

    def in_use(self, rows: QuerySet[User], _name: str, use: str) -> QuerySet[User]:
        if use == "disabled":
            return rows.filter(is_active=False)
        rows = rows.filter(is_active=True)
        return unused(rows) if use == "unused" else rows

    def with_role(self, rows: QuerySet[User], _name: str, role: str) -> QuerySet[User]:
        bound = RoleBinding.objects.on(timezone.localdate()).filter(role=role)
        return rows.filter(bindings__in=bound).distinct()


def unused(rows: QuerySet[User]) -> QuerySet[User]:
    """Not signed in to for 90 days, counted from the making of those never used (B5)."""
    limit = timezone.now() - timedelta(days=UNUSED_DAYS)
    never = Q(last_login__isnull=True, created_at__lt=limit)
    return rows.filter(never | Q(last_login__lt=limit))


class AccountLedger(Ledger):
    name = "accounts"
    title = gettext_lazy("Accounts")
    model = User
    filterset_class = AccountFilter
    search_fields = ("username", "display_name", "person__initials")
    search_hint = gettext_lazy("Account, name, initials")
    columns = (
        Column("username", gettext_lazy("Account"), sort="username"),
        Column("display_name", gettext_lazy("Name"), sort="display_name"),
        Column("state", gettext_lazy("Use"), value=lambda user: user.state_pill[2], width="104"),
        Column(
            "roles",
            gettext_lazy("Roles"),
            value=lambda user: "；".join(binding.label for binding in user.current),
        ),
        Column("last_login", gettext_lazy("Last sign-in"), sort="last_login", width="132"),
        Column("expires_on", gettext_lazy("Valid until"), sort="expires_on", width="132"),
    )
    order = "username"
    row_template = "members/_account_row.html"
    empty = gettext_lazy("No accounts here")
    standing_views = (
        (gettext_lazy("May be used"), "use=active"),
        (gettext_lazy("Unused for 90 days"), "use=unused"),
        (gettext_lazy("Disabled"), "use=disabled"),
        (gettext_lazy("All"), ""),
    )
    head_template = "members/_accounts_head.html"


def administers(request: SignedInRequest, *roles: Role) -> None:
    """The lists of accounts are for two of the administrators alone, or for one of them."""
    allowed = roles or (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    if not standing(request.user).has(*allowed):
        raise PermissionDenied("accounts")


@login_required
@require_GET
def account_list(request: SignedInRequest) -> HttpResponse:
    administers(request)
    rows = visible_to(request.user, User).prefetch_related(_current_roles())
    makes = standing(request.user).has(Role.SYSTEM_ADMINISTRATOR)
    return ledger_response(request, AccountLedger, rows=rows, context={"may_create": makes})


@login_required
@require_GET
def account_detail(request: SignedInRequest, username: str) -> HttpResponse:
    return _account_page(request, _visible(request, username))


@sensitive_variables("password")
@login_required
@require_http_methods(["GET", "POST"])
def account_new(request: SignedInRequest) -> HttpResponse:
    """The password for once is in the answer to the request that made it, nowhere else."""
    administers(request, Role.SYSTEM_ADMINISTRATOR)
    people = _without_account(request)
    form = NewAccountForm(request.POST or None, people=people)
    if form.is_valid():
        given = dict(form.cleaned_data)
        person = given.pop("person")
        try:
            user, password = create_account(
                person.pk, actor=request.user, at=timezone.now(), **given
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _password_page(request, user, password)
    page = {"form": form}
    return render(request, "members/account_form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def account_disable(request: SignedInRequest, username: str) -> HttpResponse:
    account = _visible(request, username)
    form = ReasonForm(request.POST)
    if form.is_valid() and run(
        form, disable_account, user_id=account.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(account)
    return _account_page(request, account, status=422, disable=form)


@login_required
@require_POST
def account_enable(request: SignedInRequest, username: str) -> HttpResponse:
    account = _visible(request, username)
    enable_account(account.pk, actor=request.user)
    return redirect(account)


@login_required
@require_POST
def account_expiry(request: SignedInRequest, username: str) -> HttpResponse:
    account = _visible(request, username)
    form = ExpiryForm(request.POST)
    if form.is_valid() and run(
        form, set_expiry, user_id=account.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(account)
    return _account_page(request, account, status=422, expiry=form)


@sensitive_variables("password")
@login_required
@require_POST
def account_reset(request: SignedInRequest, username: str) -> HttpResponse:
    account = _visible(request, username)
    password = reset_password(account.pk, actor=request.user, at=timezone.now())
    return _password_page(request, account, password)


@login_required
@require_POST
def role_bind(request: SignedInRequest, username: str) -> HttpResponse:
    account = _visible(request, username)
    form = RoleForm(request.POST, offered=_organizations(request, account))
    if form.is_valid() and run(
        form,
        bind_role,
        user_id=account.pk,
        actor=request.user,
        jurisdiction=_jurisdiction(request, account, form.cleaned_data["organization"]),
        **form.cleaned_data,
    ):
        messages.success(request, _("The role was bound."))
        return redirect(account)
    return _account_page(request, account, status=422, bind=form)


@login_required
@require_http_methods(["GET", "POST"])
def role_end(request: SignedInRequest, public_id: str) -> HttpResponse:
    bindings = visible_to(request.user, RoleBinding).select_related("user", "organization")
    binding = get_object_or_404(bindings, public_id=public_id)
    policy_for(RoleBinding).require(request.user, "end", binding)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and run(
        form, end_role, binding_id=binding.pk, actor=request.user, **form.cleaned_data
    ):
        return redirect(binding.user)
    page = {"form": form, "binding": binding}
    return render(request, "members/role_end.html", page, status=422 if form.is_bound else 200)


def _visible(request: SignedInRequest, username: str) -> User:
    administers(request)
    rows = visible_to(request.user, User).select_related("person__jurisdiction")
    return get_object_or_404(rows, username=username)


def _account_page(
    request: SignedInRequest, account: User, *, status: int = 200, **forms: PortalForm
) -> HttpResponse:
    page = {
        "account": account,
        "today": timezone.localdate(),
        "bindings": account.bindings.select_related("organization", "jurisdiction").order_by(
            "-valid_from", "-pk"
        ),
        "disable": ReasonForm(),
        "expiry": ExpiryForm(initial={"expires_on": account.expires_on}),
        "bind": RoleForm(
            offered=_organizations(request, account), initial={"valid_from": timezone.localdate()}
        ),
    }
    return render(request, "members/account_detail.html", {**page, **forms}, status=status)


def _password_page(request: SignedInRequest, account: User, password: str) -> HttpResponse:
    page = {"account": account, "password": password}
    return render(request, "members/password_for_once.html", page)


def _without_account(request: SignedInRequest) -> QuerySet[Person]:
    posts = Post.objects.on(timezone.localdate()).select_related("organization").order_by("pk")
    people = visible_to(request.user, Person).filter(user__isnull=True)
    people = people.select_related("jurisdiction").order_by("initials", "pk")
    return people.prefetch_related(Prefetch("posts", queryset=posts))


def _current_roles() -> Prefetch:
    current = RoleBinding.objects.on(timezone.localdate()).select_related("organization")
    return Prefetch("bindings", queryset=current.order_by("pk"), to_attr="current")


def _organizations(request: SignedInRequest, account: User) -> QuerySet[Organization]:
    return organizations_in(
        request.user, _jurisdiction(request, account, None).pk, timezone.localdate()
    )


def _jurisdiction(
    request: SignedInRequest, account: User, organization: Organization | None
) -> Jurisdiction:
    """Where a role is bound: the organization's jurisdiction, the person's, or the first
    that the account is bound in."""
    if organization is not None:
        return organization.jurisdiction
    if account.person is not None:
        return account.person.jurisdiction
    return visible_to(request.user, Jurisdiction).order_by("pk")[0]
