"""What the pages of this room share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from foundations.access.policy import visible_to
from foundations.access.requests import SignedInRequest

Words = str | Promise


@dataclass(frozen=True)
class Verb:
    """What may be done on a page, by a link or by a button; the last is the next step."""

    label: Words
    url: str
    button: bool = False


def verbs_of(
    row: Any, *offered: tuple[object, Words, str] | tuple[object, Words, str, bool]
) -> list:
    """Of what is offered, what the reader may do now."""
    return [
        Verb(label, reverse(f"assessments:{name}", args=[row.public_id]), bool(button))
        for allowed, label, name, *button in offered
        if allowed
    ]


def button(
    model: type[Model], key: str, action: Callable[..., Any], done: Words
) -> Callable[..., HttpResponse]:
    """A button: 404 for whoever does not see the record; on to what the action gives."""

    @require_POST
    @login_required
    def view(request: SignedInRequest, public_id: str) -> HttpResponse:
        row = get_object_or_404(visible_to(request.user, model), public_id=public_id)
        made = action(**{key: row.pk}, actor=request.user, at=timezone.now())
        messages.success(request, str(done))
        return redirect(made)

    return view
