"""Fields that the forms of the subjects share: a file with its declaration, a number."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.uploads import SUFFIXES


class UploadForm(PortalForm):
    """`file` and `declared`; a form that takes a file mixes this in.

    What is wrong with a file is said by `attachments.attach`, beside these fields.
    """

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join(f".{suffix}" for suffix in sorted(SUFFIXES))}
        ),
    )
    declared = forms.BooleanField(
        label=_("This file holds no state secret (秘密, 机密 or 绝密)."), required=False
    )
    wide: tuple[str, ...] = ("file", "declared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Word, Excel, PowerPoint, PDF, OFD, picture or text; at most %(size)d MB."
        ) % {"size": settings.UPLOAD_MAX_MB}


class VoidForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("reason",)
