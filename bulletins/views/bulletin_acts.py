"""What becomes of a bulletin: sent, reviewed, signed, circulated, signed for, talked about."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bulletins.actions import bulletins as actions
from bulletins.actions import circulation
from bulletins.actions.comments import comment as say
from bulletins.forms.bulletins import CommentForm, ReasonForm, ReplyForm
from bulletins.models import Bulletin, Comment
from bulletins.views.finding import find_bulletin
from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from services.documents.forms import FilesForm

Pressed = Callable[[SignedInRequest, str], HttpResponse]


def button(action: Callable[..., object], verb: str, done: str | Promise) -> Pressed:
    """A button on the bulletin's page: `action` with the version that was seen."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, public_id: str) -> HttpResponse:
        bulletin = find_bulletin(request, public_id, verb)
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isdecimal() else None
        action(bulletin.pk, actor=request.user, at=timezone.now(), version=version)
        messages.success(request, str(done))
        return redirect(bulletin)

    return view


send = button(
    actions.send_for_review,
    "send",
    gettext_lazy("Sent for review; who reviews and signs is told."),
)
approve = button(actions.approve, "review", gettext_lazy("Reviewed; it waits for the signature."))
sign = button(actions.sign, "sign", gettext_lazy("Signed; its figures stay as they are now."))
circulate = button(
    circulation.circulate,
    "circulate",
    gettext_lazy("Circulated; the recipients are told, the paper is being made."),
)
return_draft = page(
    Act(
        model=Bulletin,
        key="bulletin_id",
        form=ReasonForm,
        action=actions.return_draft,
        title=gettext_lazy("Return the bulletin"),
        label=gettext_lazy("Return it"),
        done=gettext_lazy("Returned; its drafter is told."),
        verb="return",
        note=gettext_lazy("Review and signature begin anew once it is sent again."),
    )
)
discard = page(
    Act(
        model=Bulletin,
        key="bulletin_id",
        form=ReasonForm,
        action=actions.discard,
        title=gettext_lazy("Discard the draft"),
        label=gettext_lazy("Discard"),
        done=gettext_lazy("The draft is discarded."),
        verb="discard",
        note=gettext_lazy("It stays in your unit's register as discarded."),
    )
)


@login_required
@page_of_form
def correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin the correcting issue, with the reason; on to its draft."""
    bulletin = find_bulletin(request, public_id, "correct")
    form = filled(request, ReasonForm, version=bulletin.version)
    if sent(request, form, circulation.correct, bulletin_id=bulletin.pk):
        messages.success(request, _("The correcting issue is begun with the same words."))
        return redirect("bulletins:edit", bulletin.corrections.latest("pk").public_id)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Correct by a new issue"),
        verb=_("Begin the correcting issue"),
        back=bulletin,
        about=bulletin.title,
        note=_(
            "This issue stays in force until the new one is circulated; receipts then start "
            "anew, and this one stays readable as replaced."
        ),
    )


@login_required
@require_POST
def receive(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Sign for it, for every body of the reader's that it went to."""
    bulletin = find_bulletin(request, public_id)
    circulation.receive(bulletin.pk, actor=request.user, at=timezone.now())
    messages.success(request, _("Signed for."))
    return redirect(bulletin)


@login_required
@page_of_form
def attach(request: SignedInRequest, public_id: str) -> HttpResponse:
    bulletin = find_bulletin(request, public_id, "attach")
    form = filled(request, BulletinFilesForm)
    if sent(request, form, actions.add_material, bulletin_id=bulletin.pk):
        messages.success(request, _("The files are added."))
        return redirect(bulletin)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Add files"),
        verb=_("Add the files"),
        back=bulletin,
        about=bulletin.title,
    )


class BulletinFilesForm(FilesForm):
    def given(self) -> dict:
        return {
            "files": self.cleaned_data["file"],
            "declared": self.cleaned_data["declared"],
        }


@login_required
@page_of_form
def comment(request: SignedInRequest, public_id: str) -> HttpResponse:
    """An opinion on the bulletin, for the reader's own body."""
    bulletin = find_bulletin(request, public_id, "comment")
    form = filled(request, CommentForm)
    if sent(request, form, say, bulletin_id=bulletin.pk):
        messages.success(request, _("Your opinion is added; the issuer is told."))
        return redirect(bulletin)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Give an opinion"),
        verb=_("Give the opinion"),
        back=bulletin,
        about=bulletin.title,
        note=_("Everyone whom the bulletin went to reads it."),
    )


@login_required
@page_of_form
def reply(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Comment).select_related("bulletin__issuer", "organization")
    asked: Comment = get_object_or_404(rows, public_id=public_id, reply_to=None)
    policy_for(Comment).require(request.user, "reply", asked)
    form = filled(request, ReplyForm)
    if sent(request, form, say, bulletin_id=asked.bulletin_id, reply_to=asked.pk):
        messages.success(request, _("Answered; who asked is told."))
        return redirect(asked)
    return form_page(
        request,
        "forms/act.html",
        form,
        title=_("Answer an opinion"),
        verb=_("Answer"),
        back=asked,
        about=f"{asked.organization.short_name}：{asked.text[:120]}",
    )
