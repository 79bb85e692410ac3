from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundations.access.errors import RuleBroken
from foundations.access.forms import PortalForm
from members.actions.seats import NewSeat
from members.forms.fields import DayField, PostChoiceField
from members.models import Post, Seat
from members.states import SeatRole

ROWS = 3


class SeatChoiceField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, seat: Seat) -> str:
        post = f"{seat.post.organization.short_name}{seat.post.title}" if seat.post else ""
        holder = seat.person.name if seat.person else seat.ex_officio_title
        return "　".join(part for part in (seat.get_role_display(), holder, post) if part)


class RosterChangeForm(PortalForm):
    """The change as a whole; the seats that begin are the rows of NewSeatForm."""

    on = DayField(label=_("Effective from"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    ended = SeatChoiceField(
        label=_("Seats that end"),
        queryset=Seat.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    wide = ("ended",)

    def __init__(self, *args: Any, seats: QuerySet[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended"].queryset = seats


class NewSeatForm(PortalForm):
    """One seat that begins; an empty row is none."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[("", "—"), *SeatRole.choices], required=False
    )
    post = PostChoiceField(label=_("Person in post"), queryset=Post.objects.none(), required=False)
    ex_officio = forms.BooleanField(
        label=_("Ex officio"), required=False, help_text=_("the seat follows the post")
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts

    def clean(self) -> dict:
        given = super().clean()
        if bool(given.get("role")) != bool(given.get("post")) and not self.errors:
            missing = "post" if given.get("role") else "role"
            self.add_error(missing, _("A seat needs a role and a person."))
        return given

    @property
    def seat(self) -> NewSeat | None:
        role, post = self.cleaned_data.get("role"), self.cleaned_data.get("post")
        if not role or not post:
            return None
        side = post.organization.side
        if self.cleaned_data["ex_officio"]:
            return NewSeat(
                role,
                side,
                ex_officio_organization=post.organization,
                ex_officio_title=post.title,
            )
        return NewSeat(role, side, person=post.person, post=post)


class RosterChangeForms:
    """The form of a change with its rows; what `run` needs of a form."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        seats: QuerySet[Seat],
        posts: QuerySet[Post],
        initial: dict | None = None,
    ) -> None:
        self.change = RosterChangeForm(data, seats=seats, initial=initial)
        self.rows = [NewSeatForm(data, prefix=f"begun-{row}", posts=posts) for row in range(ROWS)]
        self.is_bound = data is not None

    def is_valid(self) -> bool:
        """Every row is looked at, so that each says what is wrong with it."""
        valid = [form.is_valid() for form in (self.change, *self.rows)]
        return all(valid)

    @property
    def filled(self) -> list[NewSeatForm]:
        return [row for row in self.rows if row.seat]

    def refuse(self, broken: RuleBroken) -> None:
        """ "begun-1-post" is the field of the second seat that begins."""
        place, _dash, field = broken.field.removeprefix("begun-").partition("-")
        if place.isdigit():
            row = self.filled[int(place)]
            row.refuse(RuleBroken(broken.code, broken.message, field=field))
        self.change.refuse(RuleBroken(broken.code, broken.message, field=broken.field))
