"""Pages of topics: the list on the meeting's page, one topic, and what is decided on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundations.access.errors import RuleBroken
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.forms import Label, run
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.access.visibility import Visibility
from mechanisms.models import Provision
from mechanisms.queries import provision
from meetings.actions import agenda, topics
from meetings.actions.confidential import note_readings
from meetings.actions.standing import EDITABLE
from meetings.forms.topics import (
    MaterialForm,
    MergeForm,
    ReasonForm,
    TopicChangeForm,
    TopicForm,
)
from meetings.models import Meeting, Resolution, Topic
from meetings.plan import rules_of
from meetings.policy.circle import is_secretariat
from meetings.policy.topics import (
    OPEN_TO_TOPICS,
    asked_for_topics,
    known_topics,
    organizations_for,
)
from meetings.states import ResolutionState, TopicState
from members.models import Organization, User
from members.standing import standing
from services.documents.models import Attachment
from suggestions.models import Addressee

DECISIONS: dict[str, tuple[Callable[..., Topic], Label]] = {
    "merge": (topics.merge, gettext_lazy("Merge into another topic")),
    "defer": (topics.defer, gettext_lazy("Leave for the next meeting")),
    "withdraw": (topics.withdraw, gettext_lazy("Withdraw the topic")),
}
NO_MORE = (TopicState.MERGED, TopicState.DEFERRED, TopicState.WITHDRAWN)


@dataclass(frozen=True)
class TopicLine:
    """One line of the list: of a topic that the reader may not know, only its place."""

    topic: Topic
    number: int | None
    known: bool
    opens: bool
    files: int = 0
    resolved: int = 0

    @property
    def told(self) -> bool:
        """More than the title may be shown; of a confidential topic to who opens it only."""
        return self.known and (self.opens or not self.topic.confidential)

    @property
    def lacks_material(self) -> bool:
        return self.known and self.topic.state == TopicState.SUBMITTED and not self.files


@dataclass(frozen=True)
class TopicsPart:
    """What the section of topics on the meeting's page shows to one reader."""

    lines: list[TopicLine] = field(default_factory=list)
    on_agenda: int = 0
    undecided: int = 0
    may_submit: bool = False
    may_decide: bool = False
    may_order: bool = False


def topics_section(request: SignedInRequest, meeting: Meeting) -> dict:
    """The context of `meetings/_topics.html`: {"topics": TopicsPart}."""
    lines = topic_lines(request.user, meeting)
    note_readings(request.user, [line.topic for line in lines if line.opens])
    still_open = meeting.state in OPEN_TO_TOPICS and meeting.started_at is None
    decides = is_secretariat(request.user, meeting)
    submits = still_open and (decides or organizations_for(request.user, meeting).exists())
    part = TopicsPart(
        lines=lines,
        on_agenda=sum(line.number is not None for line in lines),
        undecided=sum(line.topic.state == TopicState.SUBMITTED for line in lines),
        may_submit=submits,
        may_decide=still_open and decides,
        may_order=decides,
    )
    return {"topics": part}


def topic_lines(user: User, meeting: Meeting) -> list[TopicLine]:
    """The agenda in its order, then what is still to be decided, then what was left out."""
    prefetch_related_objects([meeting], Prefetch("topics", Topic.objects.for_listing()))
    rows = list(meeting.topics.all())
    mine = meeting.topics.all()
    known = set(known_topics(user, mine).values_list("pk", flat=True))
    opened = set(policy_for(Topic).visible(user, mine).values_list("pk", flat=True))
    files, resolved = _files_of(rows), _resolved_of(meeting)
    numbers: dict[int, int] = {}
    for topic in rows:
        if topic.state == TopicState.ACCEPTED:
            numbers[topic.pk] = len(numbers) + 1
    shown = [topic for topic in rows if topic.pk in known or topic.pk in numbers]
    places = (TopicState.ACCEPTED, TopicState.SUBMITTED, *NO_MORE)
    shown.sort(key=lambda topic: places.index(topic.state))
    return [
        TopicLine(
            topic,
            numbers.get(topic.pk),
            known=topic.pk in known,
            opens=topic.pk in opened,
            files=files.get(topic.pk, 0),
            resolved=resolved.get(topic.pk, 0),
        )
        for topic in shown
    ]


def _files_of(rows: list[Topic]) -> dict[int, int]:
    found = Attachment.objects.filter(
        subject_type=ContentType.objects.get_for_model(Topic),
        subject_id__in=[topic.pk for topic in rows] + [topic.carried_from_id for topic in rows],
        removed_at__isnull=True,
    )
    counted = found.order_by().values("subject_id").annotate(n=Count("pk"))
    own = {row["subject_id"]: row["n"] for row in counted}
    return {topic.pk: own.get(topic.pk, 0) + own.get(topic.carried_from_id, 0) for topic in rows}


def _resolved_of(meeting: Meeting) -> dict[int, int]:
    if not meeting.is_held and meeting.started_at is None:
        return {}
    made = Resolution.objects.filter(meeting=meeting, topic__isnull=False)
    made = made.exclude(state=ResolutionState.CANCELLED).order_by()
    return dict(made.values_list("topic").annotate(n=Count("pk")))


@login_required
@page_of_form
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    meeting = get_object_or_404(
        asked_for_topics(request.user).select_related("mechanism__jurisdiction"),
        public_id=public_id,
    )
    organizations = organizations_for(request.user, meeting)
    if not organizations.exists():
        policy_for(Topic).require(request.user, "submit", Topic(meeting=meeting))
    late = meeting.topics_due_on is not None and timezone.localdate() > meeting.topics_due_on
    given = {
        "meeting": meeting,
        "organizations": organizations,
        "late": late and is_secretariat(request.user, meeting),
    }
    form = filled(request, TopicForm, given, organization=_usual(request.user, organizations))
    if sent(request, form, topics.submit, meeting_id=meeting.pk):
        messages.success(request, _("The topic is submitted. Now add its material."))
        return redirect(Topic.objects.get(form_token=form.cleaned_data["form_token"]))
    return form_page(
        request,
        "meetings/topic_form.html",
        form,
        title=_("Submit a topic"),
        verb=_("Submit the topic"),
        back=meeting,
        meeting=meeting,
        clause=_clause(meeting, "topic_provision"),
        independence=_clause(meeting, "pending_case_provision"),
        late=late,
    )


def _usual(user: User, organizations: QuerySet[Organization]) -> Organization | None:
    """The organization that the user works for comes first."""
    bound = [organization for _role, organization in standing(user).roles]
    own = organizations.filter(Q(pk__in=bound) | Q(divisions__in=bound))
    return own.order_by("pk").first()


def find_topic(request: SignedInRequest, public_id: str) -> Topic:
    """The topic, if the reader may open it; else 404."""
    seen = visible_to(request.user, Topic).select_related(
        "meeting__mechanism__jurisdiction",
        "organization",
        "presenter",
        "submitted_by",
        "merged_into",
        "carried_from__meeting",
        "follows__meeting",
    )
    return get_object_or_404(seen, public_id=public_id)


@login_required
@require_GET
def detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The topic; of a confidential one that is not open to the reader yet, the way there."""
    known = known_topics(request.user, Topic.objects.all())
    topic = get_object_or_404(known, public_id=public_id)
    if not visible_to(request.user, Topic).filter(pk=topic.pk).exists():
        return redirect("meetings:undertaking", topic.public_id)
    return topic_page(request, find_topic(request, public_id), MaterialForm())


def topic_page(
    request: SignedInRequest, topic: Topic, form: MaterialForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    """The page of one topic; 422 if a file or a decision was refused."""
    meeting, policy, user = topic.meeting, policy_for(Topic), request.user
    note_readings(user, [topic])
    rules = rules_of(meeting.mechanism, meeting.planned_on)
    still_open = meeting.state in OPEN_TO_TOPICS and meeting.started_at is None
    context = {
        "topic": topic,
        "meeting": meeting,
        "kind": next((k.label for k in rules.topic_types if k.key == topic.kind), topic.kind),
        "material": topics.material_of(topic),
        "may_open_material": policy.can(user, "open_confidential", topic),
        "form": form,
        "refusal": refusal.message if refusal else "",
        "independence": _clause(meeting, "pending_case_provision") if topic.pending_case else None,
        "readers": topic.readers.named().select_related("user") if topic.confidential else [],
        "followed": _followed(user, topic),
        "source": _source(user, topic),
        "may_edit": still_open and policy.can(user, "edit", topic) and topic.state not in NO_MORE,
        "may_decide": still_open and policy.can(user, "decide", topic),
        "may_name": topic.confidential and policy.can(user, "name_readers", topic),
        "settled": topic.state in (TopicState.SUBMITTED, TopicState.ACCEPTED),
        "material_required": rules.material_required,
    }
    refused = form.is_bound or refusal is not None
    return render(request, "meetings/topic.html", context, status=422 if refused else 200)


def _followed(user: User, topic: Topic) -> Iterable[Resolution]:
    """What a standing item looks back at; of confidential topics only what is open to the
    reader (YN-21)."""
    if topic.follows is None:
        return []
    mine = visible_to(user, Resolution).values("pk")
    known = ~Q(visibility=Visibility.INVITED) | Q(pk__in=mine)
    return Resolution.objects.filter(known, meeting=topic.follows.meeting_id).for_listing()


def _source(user: User, topic: Topic) -> Addressee | None:
    """The addressee whose plan it proposes, if its letter is open to the reader."""
    if topic.addressee_id is None:
        return None
    seen = visible_to(user, Addressee).filter(pk=topic.addressee_id)
    return seen.select_related("suggestion", "organization").first()


def _clause(meeting: Meeting, name: str) -> Provision | None:
    """The clause that the profile names for a purpose; None when it names none."""
    number = getattr(rules_of(meeting.mechanism, meeting.planned_on), name)
    return provision(meeting.mechanism, number, meeting.planned_on) if number else None


@login_required
@page_of_form
def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = find_topic(request, public_id)
    policy_for(Topic).require(request.user, "edit", topic)
    initial = {name: getattr(topic, name) for name in EDITABLE}
    initial["presenter"] = topic.presenter_id
    given = {"meeting": topic.meeting}
    form = filled(request, TopicChangeForm, given, version=topic.version, **initial)
    if sent(request, form, topics.revise, topic_id=topic.pk):
        messages.success(request, _("The topic is changed."))
        return redirect(topic)
    note_readings(request.user, [topic])
    return form_page(
        request,
        "meetings/topic_form.html",
        form,
        title=_("Change the topic"),
        verb=_("Save"),
        back=topic,
        meeting=topic.meeting,
        topic=topic,
        clause=_clause(topic.meeting, "topic_provision"),
        independence=_clause(topic.meeting, "pending_case_provision"),
    )


@login_required
@require_POST
def material(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = find_topic(request, public_id)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid() and run(
        form,
        topics.add_material,
        topic_id=topic.pk,
        actor=request.user,
        at=timezone.now(),
        upload=form.cleaned_data["file"],
        declared=form.cleaned_data["declared"],
        confidential=form.cleaned_data["confidential"],
    ):
        messages.success(request, _("The material is added."))
        return redirect(topic)
    return topic_page(request, topic, form)


@login_required
@require_POST
def accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    """On the agenda, or back on the topic's page with what is missing beside the file."""
    topic = find_topic(request, public_id)
    try:
        topics.accept(topic.pk, actor=request.user, at=timezone.now())
    except RuleBroken as broken:
        return topic_page(request, topic, MaterialForm(), refusal=broken)
    messages.success(request, _("The topic is on the agenda."))
    return redirect(topic.meeting)


@login_required
@page_of_form
def decide(request: SignedInRequest, public_id: str, verb: str) -> HttpResponse:
    """Merge, defer or withdraw, with the reason."""
    if verb not in DECISIONS:
        raise Http404
    topic = find_topic(request, public_id)
    policy_for(Topic).require(request.user, "withdraw" if verb == "withdraw" else "decide", topic)
    action, words = DECISIONS[verb]
    others = visible_to(request.user, Topic).filter(meeting=topic.meeting).exclude(pk=topic.pk)
    given = {"others": others} if verb == "merge" else {}
    form = filled(request, MergeForm if verb == "merge" else ReasonForm, given)
    if sent(request, form, action, topic_id=topic.pk):
        messages.success(request, _("The decision is noted with its reason."))
        return redirect(topic.meeting)
    note_readings(request.user, [topic])
    return form_page(
        request,
        "meetings/topic_decide.html",
        form,
        title=str(words),
        verb=_("Save"),
        back=topic,
        meeting=topic.meeting,
        topic=topic,
        verb_key=verb,
    )


@login_required
@require_POST
def take_up_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = find_topic(request, public_id)
    topics.take_up_again(topic.pk, actor=request.user, at=timezone.now())
    return redirect(topic)


@login_required
@require_POST
def move(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = find_topic(request, public_id)
    by = -1 if request.POST.get("to") == "up" else 1
    agenda.shift(topic.pk, actor=request.user, at=timezone.now(), by=by)
    return redirect(reverse("meetings:agenda", args=[topic.meeting.public_id]))
