"""The base of every form: portal.css classes, errors from rules beside their field."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundations.access.errors import RuleBroken

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    Base = forms.BaseForm
    Label: TypeAlias = _StrOrPromise
else:
    Base = object
    Label = str | Promise


DASHES = "---------"
"""What Django shows for no choice."""


def css_class(widget: forms.Widget) -> str:
    """The class of portal.css for a control."""
    if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


class PortalFormMixin(Base):
    """Gives widgets their classes; `wide` names the fields that take the whole row,
    `depending` those that another answer decides whether they are needed."""

    wide: tuple[str, ...] = ()
    depending: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", css_class(field.widget))
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = _("Choose") if field.required else _("None chosen")

    def full_clean(self) -> None:
        """Checked on first use, not when it is made: a subclass may still fill its choices."""
        super().full_clean()
        for name in self.errors:
            self._mark_invalid(name)

    def _mark_invalid(self, name: str) -> None:
        if name not in self.fields:
            return
        attrs = self.fields[name].widget.attrs
        if attrs.get("aria-invalid"):
            return
        attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
        attrs["aria-invalid"] = "true"
        attrs["aria-describedby"] = f"id_{self.add_prefix(name)}_error"

    def refuse(self, broken: RuleBroken) -> None:
        """Show a broken rule beside its field, or above the form when it names none.

        A stale form keeps what was typed and takes the row's version: whoever sends it
        again has been told.
        """
        self.add_error(broken.field if broken.field in self.fields else None, broken.message)
        self._mark_invalid(broken.field)
        if broken.version is not None:
            self._retype("version", broken.version)

    def _retype(self, name: str, value: object) -> None:
        """What a hidden field shall hold when the form is sent again."""
        again = QueryDict(mutable=True)
        again.update(self.data)
        again[self.add_prefix(name)] = str(value)
        self.data = again


class PortalForm(PortalFormMixin, forms.Form):
    pass


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OnceForm(PortalForm):
    """A form that makes a `MadeByForm`: it carries the token by which it is known again."""

    form_token = forms.CharField(
        max_length=32, required=False, initial=new_token, widget=forms.HiddenInput
    )

    def clean_form_token(self) -> str:
        return self.cleaned_data["form_token"] or new_token()

    def refuse(self, broken: RuleBroken) -> None:
        super().refuse(broken)
        if broken.code == "form_used":
            self._retype("form_token", new_token())


class Refusing(Protocol):
    """A form, or several that are sent as one."""

    def refuse(self, broken: RuleBroken) -> None: ...


def run(form: Refusing, action: Callable[..., object], **given: Any) -> bool:
    """Call `action` with `given`; True, or False with the broken rule put on the form."""
    try:
        action(**given)
    except RuleBroken as broken:
        form.refuse(broken)
        return False
    return True
