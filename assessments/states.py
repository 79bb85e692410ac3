"""Words and tables of moves of assessments (考核); imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SchemeState(TextChoices):
    DRAFT = "draft", _("Scheme being drafted")
    ADOPTED = "adopted", _("Scheme in force")
    REPLACED = "replaced", _("Replaced by a later edition")
    DROPPED = "dropped", _("Scheme given up")


class SheetState(TextChoices):
    DRAFT = "draft", _("Sheet being scored")
    ANNOUNCED = "announced", _("Marks told to the units")
    PUBLISHED = "published", _("Sheet published")
    WITHDRAWN = "withdrawn", _("Replaced by a correction")
    DROPPED = "dropped", _("Sheet given up")


class ItemKind(TextChoices):
    INDICATOR = "indicator", _("Counted from an indicator")
    JUDGED = "judged", _("Judged by a person")


class Way(TextChoices):
    """How a figure becomes a mark; see `assessments.marks`."""

    PROPORTIONAL = "proportional", _("In proportion to a target")
    THRESHOLD = "threshold", _("All or nothing, by a target")
    STEPS = "steps", _("By steps")


class Wanted(TextChoices):
    """Which way a figure should go, where a scheme says other than its definition."""

    UP = "up", _("The more the better")
    DOWN = "down", _("The less the better")


class Outcome(TextChoices):
    UPHELD = "upheld", _("Objection upheld")
    REFUSED = "refused", _("Objection refused")


MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    SchemeState: {
        SchemeState.DRAFT: frozenset({SchemeState.ADOPTED, SchemeState.DROPPED}),
        SchemeState.ADOPTED: frozenset({SchemeState.REPLACED}),
        SchemeState.REPLACED: frozenset(),
        SchemeState.DROPPED: frozenset(),
    },
    SheetState: {
        SheetState.DRAFT: frozenset({SheetState.ANNOUNCED, SheetState.DROPPED}),
        SheetState.ANNOUNCED: frozenset({SheetState.PUBLISHED}),
        SheetState.PUBLISHED: frozenset({SheetState.WITHDRAWN}),
        SheetState.WITHDRAWN: frozenset(),
        SheetState.DROPPED: frozenset(),
    },
}
USABLE = frozenset({SchemeState.ADOPTED, SchemeState.REPLACED})
"""Schemes that are in force, or were; neither changes any more."""
TOLD = frozenset({SheetState.ANNOUNCED, SheetState.PUBLISHED, SheetState.WITHDRAWN})
"""In these the units find their own marks."""
OPEN_TO_SIDES = frozenset({SheetState.PUBLISHED, SheetState.WITHDRAWN})
"""In these every side and every unit assessed reads all marks; what was replaced stays."""
PILLS: dict[str, tuple[str, str]] = {
    "draft": ("draft", "pencil"),
    "adopted": ("done", "check-circle-fill"),
    "announced": ("wait", "hourglass-split"),
    "published": ("done", "check-circle-fill"),
    "replaced": ("void", "arrow-left-right"),
    "withdrawn": ("void", "arrow-left-right"),
    "dropped": ("void", "slash-circle"),
}
