from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm


class ViewForm(PortalForm):
    ledger = forms.SlugField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the view"),
        max_length=40,
        error_messages={
            "required": _("The view was not saved: give it a name."),
            "max_length": _("The view was not saved: its name may have 40 characters at most."),
        },
    )


def safe_path(request: HttpRequest) -> str:
    """Where the form was, if it is a place of this site; the start page otherwise."""
    path = request.POST.get("next", "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
