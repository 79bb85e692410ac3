"""Pages of one form each, set down as data: on which record, who may, what it asks.

withdraw = page(
    Act(
        model=Bulletin,
        key="bulletin_id",
        form=WithdrawForm,
        action=actions.withdraw,
        title=_("Withdraw the bulletin"),
        label=_("Withdraw"),
        done=_("The bulletin is withdrawn."),
        verb="withdraw",
    )
)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Manager, Model, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise

from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from foundations.audit.actor import User

Choices = Callable[[Any, Any, date], Mapping[str, QuerySet]]


def nothing(_user: User, _row: Any, _today: date) -> dict:
    return {}


@dataclass(frozen=True)
class Act:
    """`key` is the name by which `action` takes the record's id; `verb` is asked of its policy,
    or `may` where the record is not the one that the policy speaks of. `days` are the fields
    that begin with today; `keeps` those that begin with what the record holds. `choices` gives
    the form the rows among which it lets choose, as its argument `choices`; a form that takes
    none leaves it out. `left` is where those go on who may not see the record any more."""

    model: type[Model]
    key: str
    form: type[BaseForm]
    action: Callable[..., object]
    title: str | Promise
    label: str | Promise
    done: str | Promise
    verb: str = ""
    may: Callable[[Any, Any, date], bool] | None = None
    choices: Choices | None = nothing
    days: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    note: str | Promise = ""
    related: tuple[str, ...] = ()
    left: str = ""

    def address(self, row: Any) -> str:
        """The page of the record, to which the form goes back."""
        return str(row.get_absolute_url())

    def about(self, row: Any) -> str:
        """What the form is about, in a line."""
        return str(row)

    def told(self, row: Any) -> str | Promise:
        """What to know before it is filled in."""
        return self.note


def page(act: Act) -> Callable[..., HttpResponse]:
    """404 for whoever does not see the record, 403 for whoever may not do this."""

    @page_of_form
    @login_required
    def view(request: SignedInRequest, public_id: str) -> HttpResponse:
        rows = visible_to(request.user, act.model).select_related(*act.related)
        row = get_object_or_404(rows, public_id=public_id)
        today = timezone.localdate()
        _require(act, request.user, row, today)
        form = _form(request, act, row, today)
        if sent(request, form, act.action, **{act.key: row.pk}):
            messages.success(request, str(act.done))
            return redirect(_back(request, act, row))
        return form_page(
            request,
            "forms/act.html",
            form,
            title=str(act.title),
            verb=str(act.label),
            back=act.address(row),
            about=act.about(row),
            note=act.told(row),
        )

    return view


def _require(act: Act, user: User, row: Any, today: date) -> None:
    if act.verb:
        policy_for(act.model).require(user, act.verb, row)
    if act.may is not None and not act.may(user, row, today):
        raise PermissionDenied(act.key)


def _form(request: SignedInRequest, act: Act, row: Any, today: date) -> BaseForm:
    kept = {name: _key(getattr(row, name)) for name in act.keeps}
    first = {"version": row.version, **dict.fromkeys(act.days, today), **kept}
    given = {"choices": act.choices(request.user, row, today)} if act.choices else {}
    return filled(request, act.form, given, **first)


def _key(value: Any) -> Any:
    """What a choice field begins with: an account goes by its key, a record by its
    address, several by a list."""
    if isinstance(value, get_user_model()):
        return value.pk
    if isinstance(value, Manager):
        return [_key(one) for one in value.all()]
    return getattr(value, "public_id", value)


def _back(request: SignedInRequest, act: Act, row: Any) -> str:
    """To the record if it may still be seen: who declines a call does not see it any more."""
    seen = not act.left or policy_for(row).sees(request.user, row)
    return act.address(row) if seen else act.left
