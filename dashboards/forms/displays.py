"""A screen on a wall: where it hangs, and from which address it calls."""

from ipaddress import ip_address
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.actions import DisplayWords
from foundations.access.forms import OnceForm


class DisplayForm(OnceForm):
    name = forms.CharField(
        label=_("Where it hangs"),
        max_length=60,
        help_text=_("As people call the place, such as “Hall of the second floor”."),
    )
    address = forms.GenericIPAddressField(
        label=_("Address of the screen"),
        unpack_ipv4=True,
        help_text=_(
            "The one IPv4 or IPv6 address from which its browser reaches the portal; "
            "from any other the screen stays dark."
        ),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        found = ip_address(address)
        if found.is_unspecified or found.is_multicast:
            raise forms.ValidationError(_("No single screen has this address."))
        return address

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = DisplayWords(data["name"], data["address"])
        return {"words": words, "token": data["form_token"]}
