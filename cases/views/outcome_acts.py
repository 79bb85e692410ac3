"""The acts on outcome notices, loss analyses and questions answered, a form each."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.actions import explanations, losses, notices
from cases.forms import outcomes as forms
from cases.models import Explanation, LossAnalysis, OutcomeNotice, Participant
from cases.views.acts import Act, page
from members.models import User
from members.policy import works_for


def _of_court(user: User, part: Participant, _today: date) -> bool:
    return works_for(user, part.procedure.organ)


TO_SEND = _("The addressee is filled in as it was the last time.")
notice_send = page(
    Act(
        model=OutcomeNotice,
        key="notice_id",
        form=forms.SendForm,
        action=notices.send_notice,
        title=_("Outcome notice sent"),
        label=_("Record the sending"),
        done=_("The sending is recorded."),
        verb="edit",
        days=("on",),
        keeps=("addressee", "number"),
        note=TO_SEND,
    )
)
notice_receipt = page(
    Act(
        model=OutcomeNotice,
        key="notice_id",
        form=forms.ReceiveForm,
        action=notices.receive_notice,
        title=_("Receipt of the outcome notice"),
        label=_("Record the receipt"),
        done=_("The receipt is recorded."),
        verb="edit",
        days=("on",),
    )
)
notice_omit = page(
    Act(
        model=OutcomeNotice,
        key="notice_id",
        form=forms.RemarkForm,
        action=notices.omit_notice,
        title=_("Outcome notice not sent"),
        label=_("Record that it is not sent"),
        done=_("It is recorded that this notice is not sent."),
        verb="edit",
    )
)
loss_want = page(
    Act(
        model=LossAnalysis,
        key="loss_id",
        form=forms.WantForm,
        action=losses.want_analysis,
        title=_("Set a day for the loss analysis"),
        label=_("Set the day"),
        done=_("The agency owes the analysis by this day."),
        verb="review",
    )
)
loss_write = page(
    Act(
        model=LossAnalysis,
        key="loss_id",
        form=forms.LossForm,
        action=losses.write_analysis,
        title=_("Loss analysis"),
        label=_("Hand in"),
        done=_("The analysis is with the justice bureau."),
        verb="write",
        keeps=("cause", "rectify_by", "analysis", "lesson", "rectification"),
        note=_("Read by the agency and the justice bureau, by nobody else."),
    )
)
loss_review = page(
    Act(
        model=LossAnalysis,
        key="loss_id",
        form=forms.ReviewForm,
        action=losses.review_analysis,
        title=_("Review the loss analysis"),
        label=_("Save"),
        done=_("The finding is recorded."),
        verb="review",
    )
)
loss_rectified = page(
    Act(
        model=LossAnalysis,
        key="loss_id",
        form=forms.RectifiedForm,
        action=losses.rectified,
        title=_("Rectified"),
        label=_("Record the rectification"),
        done=_("The rectification is recorded."),
        verb="review",
        days=("on",),
    )
)
loss_waive = page(
    Act(
        model=LossAnalysis,
        key="loss_id",
        form=forms.RemarkForm,
        action=losses.waive_analysis,
        title=_("No loss analysis needed"),
        label=_("Let it fall away"),
        done=_("No analysis is owed any more."),
        verb="review",
    )
)
explanation_notice = page(
    Act(
        model=Participant,
        key="participant_id",
        form=forms.NoticeForm,
        action=explanations.give_notice,
        title=_("Notice of post-judgment explanation"),
        label=_("Record the notice"),
        done=_("The notice is recorded with the day on which the judgment was served."),
        may=_of_court,
        related=("procedure__dispute__jurisdiction", "procedure__organ"),
        note=_(
            "It is served together with the judgment. Asking questions does not move the last "
            "day to appeal."
        ),
    )
)
explanation_record = page(
    Act(
        model=Explanation,
        key="explanation_id",
        form=forms.ExplanationForm,
        action=explanations.record_explanation,
        title=_("Record of the post-judgment explanation"),
        label=_("Write the record"),
        done=_("The record is written."),
        verb="edit",
        days=("on",),
        note=_("Read by the court alone. The record does not change once it is written."),
    )
)
