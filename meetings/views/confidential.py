"""Pages of confidential topics: who reads them, and the undertaking before the first reading."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from meetings.actions import confidential
from meetings.forms.topics import ReadersForm, UndertakingForm
from meetings.models import Topic
from meetings.papers.undertaking import undertaking_text
from meetings.policy.topics import known_topics


def _known_topic(request: SignedInRequest, public_id: str) -> Topic:
    """The topic, if the reader may know of it; opening it is another question."""
    known = known_topics(request.user, Topic.objects.filter(confidential=True))
    rows = known.select_related("meeting__mechanism__jurisdiction", "organization")
    return get_object_or_404(rows, public_id=public_id)


@login_required
@page_of_form
def undertaking(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The reader signs; whoever may name readers but is none is shown how to become one."""
    topic = _known_topic(request, public_id)
    reader = topic.readers.named().filter(user=request.user).first()
    if reader is not None and reader.signed_at is not None:
        return redirect(topic)
    form = UndertakingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        confidential.sign_undertaking(topic.pk, actor=request.user, at=timezone.now())
        return redirect(topic)
    context = {
        "topic": topic,
        "meeting": topic.meeting,
        "reader": reader,
        "form": form,
        "text": undertaking_text(topic, request.user),
        "may_name": policy_for(Topic).can(request.user, "name_readers", topic),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/undertaking.html", context, status=status)


@login_required
@page_of_form
def readers(request: SignedInRequest, public_id: str) -> HttpResponse:
    topic = _known_topic(request, public_id)
    policy_for(Topic).require(request.user, "name_readers", topic)
    named = list(topic.readers.named().values_list("user", flat=True))
    given = {"topic": topic, "on": timezone.localdate()}
    form = filled(request, ReadersForm, given, users=named)
    if sent(request, form, confidential.name_readers, topic_id=topic.pk):
        messages.success(request, _("The readers are named; each signs before the first reading."))
        return redirect(topic)
    return form_page(
        request,
        "meetings/readers.html",
        form,
        title=_("Name readers"),
        verb=_("Save"),
        back=topic,
        meeting=topic.meeting,
        topic=topic,
    )
