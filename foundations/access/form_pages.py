"""A page with one form: filled, sent to its action, shown again with what was wrong."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundations.access.forms import Label, run

F = TypeVar("F", bound=BaseForm)
page_of_form = require_http_methods(["GET", "POST"])


def filled(
    request: HttpRequest, form_class: Callable[..., F], given: dict | None = None, **initial: Any
) -> F:
    """The form as sent, or with its first values; `given` goes to its constructor."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_class(*posted, initial=initial, **(given or {}))


def sent(request: HttpRequest, form: Any, action: Callable[..., object], **given: Any) -> bool:
    """Was a valid form sent, and the action done with it?

    The action gets the signed-in actor, the moment, `given`, and what the form gives.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    return run(form, action, actor=request.user, at=timezone.now(), **given, **form.given())


def form_page(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    *,
    title: Label,
    verb: Label,
    back: Any,
    **context: Any,
) -> HttpResponse:
    """The form, with 422 when what was sent could not be done; `back` is where it came from."""
    shown = {"form": form, "page_title": title, "verb": verb, "back": resolve_url(back)}
    return render(request, template, {**shown, **context}, status=422 if form.is_bound else 200)
