"""What is asked about an agency's plan and about what it may agree to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.plans import AuthorityWords, PlanWords
from cases.forms.mediation import VersionedForm
from foundations.access.form_shapes import day_field, long_field
from foundations.access.forms import OnceForm


class PlanForm(VersionedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cause = long_field(_("How the dispute arose"), rows=4)
    earlier = long_field(_("What was tried before, and its result"), rows=4)
    next_steps = long_field(_("Next steps"), rows=4)
    evidence = long_field(_("Evidence and basis"), rows=5)
    timetable = long_field(_("Timetable"), required=False)
    risk = long_field(_("Risks"), required=False)
    head = forms.CharField(label=_("Responsible head"), max_length=80)
    handler = forms.CharField(label=_("Handler"), max_length=80)
    wide = ("cause", "earlier", "next_steps", "evidence", "timetable", "risk")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = _("One a line.")
        self.fields["head"].help_text = _("Name and post.")

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        version = words.pop("version")
        lines = [line.strip() for line in words.pop("evidence").splitlines()]
        evidence = [line for line in lines if line]
        return {"words": PlanWords(evidence=evidence, **words), "version": version}


class ApproveForm(VersionedForm):
    on = day_field(_("Approved on"))
    approved_by = forms.CharField(
        label=_("Approved by"), max_length=80, help_text=_("Name and post.")
    )
    studied_on = day_field(_("Studied on"), required=False)

    def given(self) -> dict:
        return dict(self.cleaned_data)


class SubmitForm(VersionedForm):
    on = day_field(_("Submitted on"))

    def given(self) -> dict:
        return dict(self.cleaned_data)


class AuthorityForm(OnceForm):
    holder = forms.CharField(
        label=_("Who is authorized"), max_length=80, help_text=_("Name and post.")
    )
    may_settle = forms.BooleanField(label=_("May settle"), required=False)
    may_change_act = forms.BooleanField(label=_("May change or withdraw the act"), required=False)
    cap = forms.DecimalField(
        label=_("Up to (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    limits = long_field(_("Limits and bottom line"), required=False)
    studied_on = day_field(_("Studied on"))
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=80, help_text=_("Name and post.")
    )
    valid_until = day_field(_("Valid until"), required=False)
    wide = ("holder", "limits")

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        token = words.pop("form_token")
        return {"words": AuthorityWords(**words), "token": token}
