import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from foundations.notifications.models import Preferences
from foundations.notifications.preferences import stages

NAME = re.compile(r"[^\s\x00-\x1f\x7f\"'<>]{1,64}")


class PreferencesForm(PortalForm):
    """Without a messenger of the office there is nothing to choose about it."""

    wide = ("mail", "digest", "stages", "messenger")

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    mail = forms.BooleanField(label=_("Send me a mail for each notice"), required=False)
    digest = forms.BooleanField(
        label=_("Send me one digest a working day"),
        help_text=_("of what is overdue, due today, and newly told, from half past eight"),
        required=False,
    )
    stages = forms.MultipleChoiceField(
        label=_("Remind me early of time limits"),
        help_text=_("On the last day and after it you are told in any case."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    messenger = forms.BooleanField(label=_("Tell me in the office messenger too"), required=False)
    messenger_id = forms.CharField(
        label=_("your id in the messenger"),
        help_text=_("A code is sent to a new id; notices follow when you have entered it here."),
        max_length=64,
        required=False,
    )

    def __init__(self, *args: Any, chosen: Preferences, messenger: bool, **kwargs: Any) -> None:
        wanted = [key for key in stages if key not in chosen.muted]
        initial = {"stages": wanted, "version": chosen.version}
        names = ("mail", "digest", "messenger", "messenger_id")
        initial |= {name: getattr(chosen, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["stages"].choices = list(stages.items())
        if not messenger:
            del self.fields["messenger"], self.fields["messenger_id"]

    def clean_messenger_id(self) -> str:
        name = self.cleaned_data["messenger_id"]
        if name and not NAME.fullmatch(name):
            raise forms.ValidationError(_("An id has no spaces, quotation marks or brackets."))
        return name


class CodeForm(PortalForm):
    code = forms.CharField(
        label=_("Code from the messenger"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
