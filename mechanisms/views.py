from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from foundations.access.requests import SignedInRequest
from mechanisms.forms import ChoiceOfText
from mechanisms.page import Chosen, TextPage, published_pages, title_lines
from mechanisms.policy import opens, published_to
from mechanisms.profile import profile_of
from mechanisms.queries import in_force, parties


@require_GET
@login_required
def mechanism_list(request: SignedInRequest) -> HttpResponse:
    """The institutions that the reader may read, each with its version in force."""
    today = timezone.localdate()
    found = published_to(request.user).select_related("jurisdiction", "body")
    rows = []
    for mechanism in found.prefetch_related("versions").order_by("jurisdiction", "pk"):
        row: dict[str, Any] = {"mechanism": mechanism}
        current = in_force(mechanism.versions.all(), today)
        if current:
            open_to_reader = partial(opens, request.user, mechanism)
            row["profile"] = profile_of(current.source)
            row["pages"] = published_pages(mechanism, current.source, open_to_reader)
        rows.append(row)
    return render(request, "mechanisms/list.html", {"rows": rows})


@require_GET
@login_required
def text(request: SignedInRequest, key: str) -> HttpResponse:
    """The text clause by clause; htmx asks for the clauses alone."""
    found = published_to(request.user).select_related("jurisdiction", "body")
    mechanism = get_object_or_404(found, key=key)
    versions = list(mechanism.versions.defer("source"))
    form = ChoiceOfText(request.GET, sides=parties(mechanism), versions=versions)
    chosen = form.cleaned_data if form.is_valid() else {}
    number = chosen.pop("version", "")
    version = next((row for row in versions if row.number == number), None)
    version = version or in_force(versions, timezone.localdate())
    if version is None:
        raise Http404("No version was loaded.")
    page = TextPage(mechanism, version, Chosen(**chosen), partial(opens, request.user, mechanism))
    parts = page.parts
    profile = profile_of(version.source)
    context = {
        "mechanism": mechanism,
        "version": version,
        "profile": profile,
        "title": title_lines(profile.title, profile.issuers),
        "note": version.source["mechanism"].get("note", ""),
        "form": form,
        "parts": parts,
        "shown": sum(len(one.notes) for part in parts for one in part.paragraphs),
        "everything": page.chosen.everything,
    }
    template = "mechanisms/_text.html" if request.htmx else "mechanisms/text.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
