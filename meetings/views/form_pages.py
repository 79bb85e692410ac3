"""A page with one form: filled, sent to its action, shown again with what was wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from foundations.access.forms import run
from meetings.forms.days import VersionedForm

page_of_form = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Change:
    """One way of changing a row: its form, its action and its words."""

    form: type[VersionedForm]
    action: Callable
    title: Promise
    verb: Promise
    done: Promise


def filled(request, form_class, given: dict | None = None, **initial):
    """The form as sent, or with its first values."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_class(*posted, initial=initial, **(given or {}))


def sent(request, form, action, **given) -> bool:
    """Was a valid form sent, and the action done with it?"""
    if request.method != "POST" or not form.is_valid():
        return False
    return run(form, action, actor=request.user, at=timezone.now(), **given, **form.given())


def form_page(request, template: str, form, *, title: str, verb: str, back, **context):
    """The form, with 422 when what was sent could not be done; `back` is where it came from."""
    shown = {"form": form, "page_title": title, "verb": verb, "back": resolve_url(back)}
    return render(request, template, {**shown, **context}, status=422 if form.is_bound else 200)
