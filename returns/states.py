"""Words of what units hand in; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FieldKind(TextChoices):
    """What a field of a return takes; a rate is two counts, the part and the whole."""

    COUNT = "count", _("Whole number")
    RATE = "rate", _("Part of a whole")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("Text")
    DAY = "day", _("Day")


class ReturnState(TextChoices):
    DUE = "due", _("To be handed in")
    SENT = "sent", _("Return handed in")
    RETURNED = "returned", _("Sent back")
    ACCEPTED = "accepted", _("Return accepted")


RETURN_MOVES: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.DUE: frozenset({ReturnState.SENT}),
    ReturnState.SENT: frozenset({ReturnState.ACCEPTED, ReturnState.RETURNED}),
    ReturnState.RETURNED: frozenset({ReturnState.SENT}),
    ReturnState.ACCEPTED: frozenset({ReturnState.RETURNED}),
}
OWED = (ReturnState.DUE, ReturnState.RETURNED)
HANDED_IN = (ReturnState.SENT, ReturnState.ACCEPTED)


class DeliverableState(TextChoices):
    DUE = "due", _("Not there yet")
    DELIVERED = "delivered", _("Delivered")


class Qualification(TextChoices):
    LEGAL = "legal", _("Legal professional qualification")
    LAWYER = "lawyer", _("Public lawyer")
    NONE = "none", _("None yet")


class RoundKind(TextChoices):
    FACILITY = "facility", _("Facility check")
    SELF_CHECK = "self_check", _("Self-check")


class SheetState(TextChoices):
    DUE = "due", _("To be filled in")
    SENT = "sent", _("Filled in")


class UpwardKind(TextChoices):
    REPORT = "report", _("Upward report")
    REQUEST = "request", _("Request for instructions")


class UpwardState(TextChoices):
    OWED = "owed", _("Owed")
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Sent upward")
    ANSWERED = "answered", _("Answered")


class DeclarationKind(TextChoices):
    INTEGRITY = "integrity", _("Integrity statement")
    RECUSAL = "recusal", _("Recusal declaration")
