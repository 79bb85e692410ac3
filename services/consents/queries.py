from foundations.access.rows import Record
from services.consents.models import Consent, ConsentState


def current(subject: Record, matter: str) -> Consent | None:
    """The open consent on a matter of the subject."""
    return Consent.objects.about(subject).filter(matter=matter, state=ConsentState.OPEN).first()


def latest(subject: Record, matter: str) -> Consent | None:
    """The newest consent on a matter, whatever became of it."""
    return Consent.objects.about(subject).filter(matter=matter).order_by("-pk").first()
