"""What a loaded institution still lacks on a day, and where that is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from mechanisms.gaps import KINDS, configuration_gaps
from mechanisms.models import Mechanism
from mechanisms.queries import parties, version_on
from members import expectations
from members.rosters import officers, roster, vacancies
from members.states import SeatRole


@dataclass(frozen=True)
class Missing:
    """`url` is where it is mended; empty where only a new version of the file does it."""

    kind: str
    said: str
    url: str = ""

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])


def missing(mechanism: Mechanism, on: date) -> list[Missing]:
    version = version_on(mechanism, on)
    found = [*_seats(mechanism, on), *_officers(mechanism, on)]
    if version is not None:
        gaps = configuration_gaps(version.source)
        found += [Missing(gap.kind, gap.fault.message) for gap in gaps]
    return found


def _seats(mechanism: Mechanism, on: date) -> Iterator[Missing]:
    """Seats that the text counts, or that follow a post which nobody holds."""
    body = mechanism.body
    if body is None:
        return
    url = body.get_absolute_url()
    for one in expectations.findings(body, roster(body, on), on):
        if one.found < one.expectation.count:
            said = _("%(citation)s: %(role)s, %(found)d of %(wanted)d.")
            data = {
                "citation": one.expectation.citation,
                "role": one.role_name,
                "found": one.found,
                "wanted": one.expectation.count,
            }
            yield Missing("seat", said % data, url)
    for seat in vacancies(body, on):
        said = _("Nobody holds the post of %(title)s, which the seat of %(role)s follows.")
        data = {"title": seat.ex_officio_title, "role": SeatRole(seat.role).label}
        unit = seat.ex_officio_organization
        yield Missing("seat", said % data, unit.get_absolute_url() if unit else url)


def _officers(mechanism: Mechanism, on: date) -> Iterator[Missing]:
    for party in parties(mechanism):
        if not officers(mechanism.jurisdiction, party.side, on):
            said = _("No account of a liaison officer on the side %(side)s.")
            data = {"side": party.get_side_display()}
            yield Missing("officer", said % data, reverse("members:accounts"))
