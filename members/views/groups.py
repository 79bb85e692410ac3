from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundations.access.forms import run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from members.actions.organizations import save_group
from members.forms.organizations import GroupForm
from members.models import OrganizationGroup
from members.views.scope import organizations_in


@login_required
@require_GET
def group_list(request: SignedInRequest) -> HttpResponse:
    groups = visible_to(request.user, OrganizationGroup).select_related("jurisdiction")
    groups = groups.prefetch_related("organizations").order_by("jurisdiction", "pk")
    return render(request, "members/groups.html", {"groups": groups})


@login_required
@require_http_methods(["GET", "POST"])
def group_edit(request: SignedInRequest, jurisdiction: str, key: str) -> HttpResponse:
    group = get_object_or_404(
        visible_to(request.user, OrganizationGroup).select_related("jurisdiction"),
        jurisdiction__key=jurisdiction,
        key=key,
    )
    policy_for(OrganizationGroup).require(request.user, "edit", group)
    form = GroupForm(
        request.POST or None,
        offered=organizations_in(request.user, group.jurisdiction_id, timezone.localdate()),
        initial={"name": group.name, "organizations": group.organizations.all()},
    )
    if form.is_valid() and run(
        form,
        save_group,
        jurisdiction_id=group.jurisdiction_id,
        actor=request.user,
        key=group.key,
        **form.cleaned_data,
    ):
        return redirect("members:groups")
    page = {"form": form, "group": group}
    return render(request, "members/group_form.html", page, status=422 if form.is_bound else 200)
