"""What is done with a joint activity: pages of one form each."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases.hearings.states import HearingState, Manner
from cases.models import Dispute, Hearing, Procedure
from cases.states import Kind
from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.form_shapes import VersionForm
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.notifications.feeds import calendar_of
from mechanisms.models import Mechanism
from meetings.actions import activities as actions
from meetings.actions import activity_guests as guests
from meetings.actions import activity_outcomes as outcomes
from meetings.activity_feed import entry_of
from meetings.forms import activities as forms
from meetings.models import Activity, ActivityInvitation
from meetings.papers.activities import PAPERS
from meetings.policy.activities import hosting_units, opinion_units
from meetings.states import ActivityKind
from members.forms.fields import standing_organizations
from members.models import OrganizationGroup, User
from services.documents.views.serving import served_paper

OPEN_HEARINGS = (HearingState.SET, HearingState.HELD)
RECENT_CASES = 200
"""So many of the cases that a reviewer sees are offered, the newest first."""


def _choices(user: User, mechanism: Mechanism, kind: str, today: date) -> dict:
    units = standing_organizations(mechanism.jurisdiction_id, today).order_by("order", "pk")
    hearings = visible_to(user, Hearing).filter(manner=Manner.PUBLIC, state__in=OPEN_HEARINGS)
    in_court = kind == ActivityKind.HEARING_OBSERVATION
    of_kind = {"procedure__kind": Kind.RECONSIDERATION}
    hearings = hearings.exclude(**of_kind) if in_court else hearings.filter(**of_kind)
    return {
        "host": hosting_units(user, mechanism),
        "co_hosts": units,
        "visited": units,
        "hearing": hearings.for_listing().order_by("-on", "pk"),
    }


@page_of_form
@login_required
def new(request: SignedInRequest, key: str) -> HttpResponse:
    """First the kind, then what this kind asks for."""
    mechanism = get_object_or_404(visible_to(request.user, Mechanism), key=key)
    if not hosting_units(request.user, mechanism).exists():
        raise Http404
    kind = request.GET.get("kind", "")
    if kind not in ActivityKind.values:
        context = {"mechanism": mechanism, "kinds": ActivityKind.choices}
        return render(request, "meetings/activity_kinds.html", context)
    choices = _choices(request.user, mechanism, kind, timezone.localdate())
    form = filled(request, forms.PlanForm, {"kind": kind, "choices": choices})
    if sent(request, form, actions.plan_activity, mechanism_id=mechanism.pk):
        messages.success(request, _("It is in the plan. Invite, then announce it."))
        made = Activity.objects.get(form_token=form.cleaned_data["form_token"])
        return redirect(made)
    return form_page(
        request,
        "meetings/activity_form.html",
        form,
        title=ActivityKind(kind).label,
        verb=gettext_lazy("Put it into the plan"),
        back="meetings:activities",
        note=_("Give a day or the month alone. It is seen by others once it is announced."),
    )


@page_of_form
@login_required
def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    activity = _found(request, public_id, "edit")
    choices = _choices(request.user, activity.mechanism, activity.kind, timezone.localdate())
    form = filled(
        request,
        forms.ReviseForm,
        {"kind": activity.kind, "choices": choices},
        **forms.first_values(activity),
    )
    if sent(request, form, actions.revise_activity, activity_id=activity.pk):
        messages.success(request, _("The activity is changed."))
        return redirect(activity)
    note = _("Once it is announced, day and place are changed by moving it.")
    return form_page(
        request,
        "meetings/activity_form.html",
        form,
        title=gettext_lazy("Change the activity"),
        verb=gettext_lazy("Save"),
        back=activity,
        note=note,
    )


@page_of_form
@login_required
def hold(request: SignedInRequest, public_id: str) -> HttpResponse:
    """When it took place, and who came: a tick for each who signed up."""
    activity = _found(request, public_id, "hold")
    rows = activity.invitations.select_related("organization").prefetch_related("attendees")
    day = activity.held_on or min(activity.on or timezone.localdate(), timezone.localdate())
    others = _invitable(request.user, activity, timezone.localdate())["units"]
    given = {"invitations": rows, "choices": {"uninvited": others}}
    form = filled(request, forms.HoldForm, given, held_on=day, version=activity.version)
    if sent(request, form, guests.hold, activity_id=activity.pk):
        messages.success(request, _("It is recorded who came."))
        named = form.cleaned_data["uninvited"]
        return redirect("meetings:activity-hold", public_id) if named else redirect(activity)
    return form_page(
        request,
        "meetings/activity_form.html",
        form,
        title=gettext_lazy("Record who came"),
        verb=gettext_lazy("Record"),
        back=activity,
        note=_("May be put right until the activity is concluded."),
    )


@login_required
@require_POST
def drop(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, ActivityInvitation).select_related("activity")
    invitation = get_object_or_404(rows, public_id=public_id)
    activity = guests.drop_invitation(invitation.pk, actor=request.user, at=timezone.now())
    return redirect(activity)


@login_required
@require_GET
def calendar(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The activity for the reader's own calendar; a later file updates the same entry."""
    activity = get_object_or_404(visible_to(request.user, Activity), public_id=public_id)
    if activity.on is None:
        raise Http404
    content = calendar_of([entry_of(activity)], at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{public_id}.ics")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def paper(request: SignedInRequest, public_id: str, kind: str) -> FileResponse:
    """The notice, the sheet that is signed at the door, the score sheet, the report that was
    handed in: for the hosts."""
    if kind not in PAPERS:
        raise Http404
    activity = _found(request, public_id, "edit")
    if kind == "report" and not hasattr(activity, "report"):
        raise Http404
    made = PAPERS[kind]
    name = f"{activity.title}{made.name}"
    return served_paper(made.kind, made.context(activity, timezone.localdate()), name)


def _found(request: SignedInRequest, public_id: str, verb: str) -> Activity:
    rows = visible_to(request.user, Activity).select_related("mechanism__jurisdiction", "host")
    activity = get_object_or_404(rows.prefetch_related("co_hosts"), public_id=public_id)
    policy_for(Activity).require(request.user, verb, activity)
    return activity


def _invitable(_user: User, activity: Activity, today: date) -> dict:
    place = activity.jurisdiction
    units = standing_organizations(place.pk, today).exclude(
        pk__in=activity.invitations.filter(organization__isnull=False).values("organization")
    )
    classes = OrganizationGroup.objects.filter(jurisdiction=place, organizations__isnull=False)
    return {"units": units.order_by("order", "pk"), "classes": classes.distinct().order_by("pk")}


def _speaking(user: User, activity: Activity, _today: date) -> dict:
    return {"organization": opinion_units(user, activity)}


def _reviewed(user: User, activity: Activity, today: date) -> dict:
    units = standing_organizations(activity.jurisdiction.pk, today)
    disputes = visible_to(user, Dispute).filter(jurisdiction=activity.jurisdiction)
    near = Procedure.objects.filter(dispute__in=disputes.values("pk")).exclude(number="")
    newest = near.order_by("-pk").values_list("pk", flat=True)[:RECENT_CASES]
    return {
        "organization": units.order_by("order", "pk"),
        "procedure": near.filter(pk__in=list(newest)).order_by("-pk"),
    }


def _may_speak(user: User, activity: Activity, _today: date) -> bool:
    return activity.took_place and opinion_units(user, activity).exists()


NEAR = ("mechanism__jurisdiction", "host")
announce = page(
    Act(
        model=Activity,
        key="activity_id",
        form=VersionForm,
        action=actions.announce,
        title=gettext_lazy("Announce the activity"),
        label=gettext_lazy("Announce"),
        done=gettext_lazy("It is announced; everyone asked is told."),
        verb="announce",
        related=NEAR,
        note=gettext_lazy(
            "Everyone on the list is told now, and signs up by name. Whoever is asked later is "
            "told at once."
        ),
    )
)
invite = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.InviteForm,
        action=guests.invite,
        title=gettext_lazy("Invite to the activity"),
        label=gettext_lazy("Put on the list"),
        done=gettext_lazy("They are on the list."),
        verb="edit",
        choices=_invitable,
        related=NEAR,
        note=gettext_lazy("They are told when the activity is announced, or now if it is."),
    )
)
answer = page(
    Act(
        model=ActivityInvitation,
        key="invitation_id",
        form=forms.SignUpForm,
        action=guests.answer_invitation,
        title=gettext_lazy("Sign up"),
        label=gettext_lazy("Send the answer"),
        done=gettext_lazy("The answer is with the host."),
        verb="answer",
        related=("organization", "activity__host"),
        note=gettext_lazy("Names are read by the host and by your own unit."),
    )
)
move = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.MoveForm,
        action=actions.move_activity,
        title=gettext_lazy("Move the activity"),
        label=gettext_lazy("Move"),
        done=gettext_lazy("It is moved; everyone asked is told."),
        verb="move",
        keeps=("on", "until", "starts_at", "place"),
        related=NEAR,
    )
)
cancel = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.WhyForm,
        action=actions.cancel_activity,
        title=gettext_lazy("Call the activity off"),
        label=gettext_lazy("Call off"),
        done=gettext_lazy("It is called off; everyone asked is told."),
        verb="cancel",
        related=NEAR,
    )
)
material = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.ActivityFilesForm,
        action=outcomes.add_material,
        title=gettext_lazy("Add files to the activity"),
        label=gettext_lazy("Add"),
        done=gettext_lazy("The files are added."),
        verb="attach",
        choices=None,
        related=NEAR,
        note=gettext_lazy("Everyone who sees the activity may open them."),
    )
)
opinion = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.OpinionForm,
        action=outcomes.give_opinion,
        title=gettext_lazy("Opinion on the activity"),
        label=gettext_lazy("Give the opinion"),
        done=gettext_lazy("The opinion is recorded."),
        may=_may_speak,
        choices=_speaking,
        days=("on",),
        related=NEAR,
        note=gettext_lazy("The hosts enter what guests from outside said."),
    )
)
score = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.ReviewedFileForm,
        action=outcomes.review_file,
        title=gettext_lazy("Score a file"),
        label=gettext_lazy("Enter the score"),
        done=gettext_lazy("The score is entered."),
        verb="review",
        choices=_reviewed,
        related=NEAR,
        note=gettext_lazy("A score is read by the hosts and by the unit whose file it is."),
    )
)
report = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.ReportForm,
        action=outcomes.hand_in_report,
        title=gettext_lazy("Report on the activity"),
        label=gettext_lazy("Hand in the report"),
        done=gettext_lazy("The report is handed in."),
        verb="report",
        days=("on",),
        related=NEAR,
    )
)
conclude = page(
    Act(
        model=Activity,
        key="activity_id",
        form=forms.ConcludeForm,
        action=outcomes.conclude,
        title=gettext_lazy("Conclude the activity"),
        label=gettext_lazy("Bring to its end"),
        done=gettext_lazy("The activity is concluded."),
        verb="conclude",
        keeps=("link",),
        related=NEAR,
        note=gettext_lazy("The whole institution reads what came of it."),
    )
)
