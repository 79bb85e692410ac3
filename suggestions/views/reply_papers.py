"""The letter of a reply, made by the unit that replied."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from suggestions.actions.reply_papers import make_reply_paper, paper_of_reply
from suggestions.forms.reply_papers import ReplyPaperForm
from suggestions.models import Addressee, Reply


@page_of_form
@login_required
def reply_paper(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Reply).select_related(
        "addressee__organization", "addressee__suggestion__issuer"
    )
    reply: Reply = get_object_or_404(rows, public_id=public_id)
    policy_for(Addressee).require(request.user, "reply", reply.addressee)
    form = filled(request, ReplyPaperForm, number=reply.number)
    if sent(request, form, make_reply_paper, reply_id=reply.pk):
        messages.success(request, _("The letter is being made as PDF and Word."))
        made = paper_of_reply(reply)
        return redirect(made or reply.addressee)
    return form_page(
        request,
        "forms/page.html",
        form,
        title=_("Make the reply letter"),
        verb=_("Make the reply letter"),
        back=reply.addressee,
    )
