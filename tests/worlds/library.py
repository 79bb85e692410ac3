"""Records of the library and their addresses, for the sweeps."""

from django.db.models import Model

from bulletins.actions.white_papers import begin
from tests.city import City
from tests.texts import ENTERED, draft, published

# Room and record of each address, then its names.
TABLE = """
bulletins shelved: library-item library-favourite library-end library-withdraw
bulletins drafted_text: library-edit library-files library-publish
bulletins drafted_book: library-contents
bulletins white_paper: white-paper white-paper-write white-paper-count white-paper-final
    white-paper-tell white-paper-preview white-paper-word
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}


def records(city: City) -> dict[str, Model]:
    return {
        "shelved": published(city),
        "drafted_text": draft(city),
        "white_paper": begin(
            city.mechanism.pk,
            actor=city.users["court_officer"],
            at=ENTERED,
            organization=city.organizations["court"],
            year=ENTERED.year - 1,
        ),
        "drafted_book": draft(city, kind="compilation", title="典型案例汇编"),
    }
