"""Who reads: the line that a watermark prints, and how many have read."""

from datetime import datetime

from django.utils import timezone

from foundations.audit.trail import history_of
from members.models import User
from services.documents.models import OfficialDocument


def reader_line(user: User, *, at: datetime) -> str:
    """Name, unit, last four figures of the phone (else the account), and the time (G9)."""
    local = timezone.localtime(at)
    binding = (
        user.bindings.on(local.date())
        .filter(organization__isnull=False)
        .select_related("organization")
        .order_by("pk")
        .first()
    )
    unit = binding.organization.short_name if binding else ""
    phone = user.person.phone if user.person else ""
    mark = phone[-4:] if len(phone) >= 4 else user.username
    return " ".join(part for part in (str(user), unit, mark, f"{local:%Y-%m-%d %H:%M}") if part)


def readers_of(document: OfficialDocument) -> int:
    """How many people have opened a file of an internal document."""
    read = history_of(document).filter(action="documents.officialdocument.read")
    return read.order_by().values("actor").distinct().count()
