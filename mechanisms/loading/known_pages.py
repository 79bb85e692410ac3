"""Every clause is kept in a record that the portal has, on a page that it has."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import gettext as _

from mechanisms.loading.checks import provisions_of
from mechanisms.page import RECORDS
from mechanisms.sections import Fault

NEEDS = {"": [], "mechanism": ["key"], "body": ["key"]}
"""What `of` puts into an address."""


def unknown_pages(source: dict) -> Iterator[Fault]:
    for place, _part, _clause, provision in provisions_of(source):
        given, here = provision["realised_by"], (*place, "realised_by")
        if given["record"] not in RECORDS:
            message = _("There is no record “%(key)s”; known: %(all)s.")
            data = {"key": given["record"], "all": "、".join(RECORDS)}
            yield Fault((*here, "record"), message % data)
        page, of = given.get("page", ""), given.get("of", "")
        if page and not _opens(page, of):
            yield Fault((*here, "page"), _explained(page))


def _opens(page: str, of: str) -> bool:
    try:
        reverse(page, args=NEEDS[of])
    except NoReverseMatch:
        return False
    return True


def _explained(page: str) -> str:
    fitting = [of or "—" for of in NEEDS if _opens(page, of)]
    if fitting:
        message = _("The page “%(page)s” opens with “of”: %(of)s (— means without it).")
        return message % {"page": page, "of": "、".join(fitting)}
    near = get_close_matches(page, list(_pages()), n=3)
    if near:
        message = _("There is no page “%(page)s”; near it are %(near)s.")
        return message % {"page": page, "near": "、".join(near)}
    return _("There is no page “%(page)s” that opens for an institution.") % {"page": page}


def _pages() -> Iterator[str]:
    """The names of all addresses that open without naming a single record."""
    for space, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in resolver.reverse_dict:
            if isinstance(name, str) and any(_opens(f"{space}:{name}", of) for of in NEEDS):
                yield f"{space}:{name}"
