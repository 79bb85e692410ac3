"""A letter names a case by its number, also before the portal knows the case."""

from collections.abc import Sequence

from cases.models import Procedure
from foundations.audit.trail import action
from suggestions.models import CaseLink


@action
def link_cases(procedures: Sequence[Procedure]) -> None:
    """Have the letters of the place that name these numbers lead to the procedures."""
    known = {(one.dispute.jurisdiction_id, one.number): one for one in procedures}
    numbers = {number for _place, number in known}
    rows = CaseLink.objects.filter(procedure=None, number__in=numbers)
    found = []
    for link in rows.select_related("suggestion"):
        link.procedure = known.get((link.suggestion.jurisdiction_id, link.number))
        found += [link] if link.procedure else []
    CaseLink.objects.bulk_update(found, ["procedure"])
