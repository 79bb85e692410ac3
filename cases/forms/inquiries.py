from django.utils.translation import gettext_lazy as _

from cases.actions.inquiries import InquiryWords
from cases.models import InquiryKind
from foundations.access.form_shapes import (
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import unit_field


class InquiryForm(WordsForm):
    words = InquiryWords
    kind = choice_field(_("Kind"), InquiryKind.choices)
    asked_by = unit_field(_("Unit that asks"))
    asked_of = unit_field(_("Unit that is asked"))
    asked_on = day_field(_("Sent on"))
    due_on = day_field(_("To be answered by"), required=False)
    text = long_field(_("What is asked"))
    wide = ("text",)


class AnswerInquiryForm(VersionForm):
    on = day_field(_("Answered on"))
    answer = long_field(_("Answer"))
    wide = ("answer",)
