"""Fields that the forms of the subjects share: a file with its declaration, a number."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.uploads import SUFFIXES

ACCEPT = {"accept": ",".join(f".{suffix}" for suffix in sorted(SUFFIXES))}


class UploadForm(PortalForm):
    """`file` and `declared`; a form that takes a file mixes this in.

    What is wrong with a file is said by `attachments.attach`, beside these fields.
    """

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs=ACCEPT),
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


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; what comes out is always a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [data] if isinstance(data, UploadedFile) else data or []
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class FilesForm(UploadForm):
    """As `UploadForm`, for several files under one declaration."""

    file = FilesField(label=_("Files"), max_length=200, widget=FilesInput(attrs=ACCEPT))
    declared = forms.BooleanField(
        label=_("These files hold no state secret (秘密, 机密 or 绝密)."), required=False
    )


class VoidForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("reason",)
