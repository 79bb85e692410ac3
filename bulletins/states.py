"""Words and moves of bulletins; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    NOTICE = "notice", _("Circular")
    BRIEF = "brief", _("Brief")
    CLASS_CASES = "class_cases", _("Circular on a class of cases")
    MAJOR_CASE = "major_case", _("Report on a major case")
    OPINION = "opinion", _("Opinions and suggestions")


class BulletinState(TextChoices):
    DRAFTING = "drafting", _("Draft")
    REVIEWING = "reviewing", _("Under review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("To be signed")
    SIGNED = "signed", _("To be circulated")
    CIRCULATED = "circulated", _("Circulated")
    WITHDRAWN = "withdrawn", _("Replaced")
    DISCARDED = "discarded", _("Draft given up")


B = BulletinState
BULLETIN_MOVES: dict[str, frozenset[str]] = {
    B.DRAFTING: frozenset({B.REVIEWING, B.DISCARDED}),
    B.REVIEWING: frozenset({B.RETURNED, B.APPROVED, B.SIGNED}),
    B.RETURNED: frozenset({B.REVIEWING, B.DISCARDED}),
    B.APPROVED: frozenset({B.RETURNED, B.SIGNED}),
    B.SIGNED: frozenset({B.RETURNED, B.CIRCULATED}),
    B.CIRCULATED: frozenset({B.WITHDRAWN}),
    B.WITHDRAWN: frozenset(),
    B.DISCARDED: frozenset(),
}
WRITABLE = frozenset({B.DRAFTING, B.RETURNED})
IN_HAND = frozenset({B.DRAFTING, B.REVIEWING, B.RETURNED, B.APPROVED, B.SIGNED})
TOLD = frozenset({B.CIRCULATED, B.WITHDRAWN})
"""What its recipients see: what was replaced stays readable."""

PILLS: dict[str, tuple[str, str]] = {
    B.DRAFTING: ("draft", "pencil"),
    B.REVIEWING: ("wait", "hourglass-split"),
    B.RETURNED: ("soon", "arrow-return-left"),
    B.APPROVED: ("wait", "pen"),
    B.SIGNED: ("open", "send"),
    B.CIRCULATED: ("done", "check-circle"),
    B.WITHDRAWN: ("void", "arrow-left-right"),
    B.DISCARDED: ("void", "slash-circle"),
}


class FigureSource(TextChoices):
    PORTAL = "portal", _("Counted by the portal")
    TYPED = "typed", _("Typed")


class OpinionTopic(TextChoices):
    """What a comment is about where it says so (YN-31, GL-21)."""

    GENERAL = "", _("No special topic")
    TRIAL = "trial", _("Administrative trial")
    NON_LITIGATION = "non_litigation", _("Non-litigation enforcement")
    OTHER = "other", _("Other matters")
