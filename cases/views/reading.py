"""One reading of a dispute, shared by all sections of its page."""

from django.utils import timezone

from cases.course import Reading
from cases.models import Dispute
from foundations.access.requests import SignedInRequest

KEPT = "_dispute_reading"


def reading_of(request: SignedInRequest, dispute: Dispute) -> Reading:
    kept = request.__dict__.get(KEPT)
    if not isinstance(kept, Reading) or kept.dispute != dispute:
        kept = Reading(dispute, timezone.localdate())
        request.__dict__[KEPT] = kept
    return kept
