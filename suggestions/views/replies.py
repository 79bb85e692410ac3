"""An addressee replies, asks for time, objects; the issuer answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from suggestions.actions import extensions, reviews
from suggestions.actions import replies as actions
from suggestions.forms.replies import (
    ExtensionAnswerForm,
    ExtensionForm,
    FileForm,
    ObjectionForm,
    ReplyForm,
    ReviewForm,
)
from suggestions.models import Addressee, ExtensionRequest, Reply
from suggestions.numbers import clean_number
from suggestions.views.addressees import NEAR, addressee_page, back_to, find_addressee


@page_of_form
@login_required
def reply(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "reply")
    form = filled(request, ReplyForm, {"problems": _problems(found)})
    if sent(request, form, actions.reply, addressee_id=found.pk):
        _tell_correction(request, form)
        return back_to(request, found, _("The reply is sent."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Reply"),
        verb=_("Send the reply"),
        template="suggestions/reply.html",
    )


@page_of_form
@login_required
def register(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "register")
    given = {"problems": _problems(found), "paper": True}
    form = filled(request, ReplyForm, given, received_on=timezone.localdate())
    if sent(request, form, actions.reply, addressee_id=found.pk, on_behalf=True):
        _tell_correction(request, form)
        return back_to(request, found, _("The paper reply is entered."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Enter a paper reply"),
        verb=_("Enter"),
        template="suggestions/reply.html",
        paper=True,
    )


@page_of_form
@login_required
def add_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Reply).select_related(*(f"addressee__{name}" for name in NEAR))
    given: Reply = get_object_or_404(rows, public_id=public_id)
    found = given.addressee
    verb = "register" if given.on_behalf else "reply"
    policy_for(Addressee).require(request.user, verb, found)
    form = filled(request, FileForm)
    if sent(request, form, actions.add_reply_files, reply_id=given.pk):
        return back_to(request, found, _("The file is added."))
    return addressee_page(request, found, form, title=_("Add a file to the reply"), verb=_("Add"))


@page_of_form
@login_required
def review(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "review")
    form = filled(request, ReviewForm)
    if sent(request, form, reviews.review, addressee_id=found.pk):
        return back_to(request, found, _("Your decision is recorded; the unit is told."))
    return _decision_page(request, found, form, title=_("Look at the reasons"))


@page_of_form
@login_required
def objection(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "review")
    form = filled(request, ObjectionForm)
    if sent(request, form, reviews.answer_objection, addressee_id=found.pk):
        return back_to(request, found, _("Your decision is recorded; the unit is told."))
    return _decision_page(request, found, form, title=_("Decide on the objection"))


@page_of_form
@login_required
def ask_extension(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = find_addressee(request, public_id, "ask_extension")
    form = filled(request, ExtensionForm)
    if sent(request, form, extensions.ask_extension, addressee_id=found.pk):
        return back_to(
            request, found, _("The request is sent; the limit runs until it is granted.")
        )
    return addressee_page(
        request, found, form, title=_("Ask for more time"), verb=_("Send the request")
    )


@page_of_form
@login_required
def answer_extension(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, ExtensionRequest).select_related(
        *(f"addressee__{name}" for name in NEAR)
    )
    asked: ExtensionRequest = get_object_or_404(rows, public_id=public_id)
    found = asked.addressee
    policy_for(Addressee).require(request.user, "grant_extension", found)
    form = filled(request, ExtensionAnswerForm)
    if sent(request, form, extensions.answer_extension, request_id=asked.pk):
        return back_to(request, found, _("Your answer is recorded; the unit is told."))
    return addressee_page(
        request,
        found,
        form,
        title=_("Answer the request for time"),
        verb=_("Answer"),
        template="suggestions/extension_answer.html",
        asked=asked,
    )


def _decision_page(
    request: SignedInRequest, found: Addressee, form: ReviewForm | ObjectionForm, *, title: str
) -> HttpResponse:
    last = found.replies.prefetch_related("positions__problem").first()
    return addressee_page(
        request,
        found,
        form,
        title=title,
        verb=_("Record the decision"),
        template="suggestions/review.html",
        reply=last,
    )


def _tell_correction(request: SignedInRequest, form: ReplyForm) -> None:
    number, changed = clean_number(form.cleaned_data["number"])
    if changed:
        words = _("The number was put into the usual form: “%(number)s”.")
        messages.info(request, words % {"number": number})


def _problems(addressee: Addressee) -> list:
    return list(addressee.suggestion.problems.all())
