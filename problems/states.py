"""Words and tables of moves of what the sides settle together; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    """Where a problem was seen."""

    MEETING = "meeting", _("Joint meeting")
    BULLETIN = "bulletin", _("Bulletin")
    TRIAL = "trial", _("Trial of cases")
    RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
    DATA = "data", _("Data")
    OTHER = "other", _("Other source")


class ProblemState(TextChoices):
    FOUND = "found", _("Problem found")
    MEASURED = "measured", _("Measures set")
    TRACKED = "tracked", _("Under tracking")
    SOLVED = "solved", _("Problem solved")
    DROPPED = "dropped", _("No longer pursued")


class ClassCaseState(TextChoices):
    DRAFT = "draft", _("Class case being written")
    TOLD = "told", _("Class case told")


class QuestionState(TextChoices):
    OPEN = "open", _("Under discussion")
    SETTLED = "settled", _("Question settled")
    DROPPED = "dropped", _("Question left open")


class AgreedState(TextChoices):
    """Of a text that holds once every side has agreed to it."""

    DRAFT = "draft", _("Text being written")
    ASKED = "asked", _("Before the sides")
    IN_FORCE = "in_force", _("Text in force")
    REPLACED = "replaced", _("Replaced by a later text")
    DROPPED = "dropped", _("Text given up")


class ConsultationState(TextChoices):
    DRAFT = "draft", _("Consultation being prepared")
    ASKED = "asked", _("Opinions invited")
    CLOSED = "closed", _("Result told")


class Verdict(TextChoices):
    ADOPTED = "adopted", _("Opinion adopted")
    PARTLY = "partly", _("Adopted in part")
    NOT = "not", _("Not adopted")


class GuidanceState(TextChoices):
    DRAFT = "draft", _("Guidance being written")
    SENT = "sent", _("Guidance sent")
    REPLIED = "replied", _("Guidance answered")
    CLOSED = "closed", _("Guidance closed")


class VisitState(TextChoices):
    OPEN = "open", _("Follow-up under way")
    REPORTED = "reported", _("Follow-up reported")
    SETTLED = "settled", _("Visit settled")


MOVES: dict[type[TextChoices], dict[str, frozenset[str]]] = {
    ProblemState: {
        ProblemState.FOUND: frozenset(
            {ProblemState.MEASURED, ProblemState.SOLVED, ProblemState.DROPPED}
        ),
        ProblemState.MEASURED: frozenset(
            {ProblemState.TRACKED, ProblemState.SOLVED, ProblemState.DROPPED}
        ),
        ProblemState.TRACKED: frozenset({ProblemState.SOLVED, ProblemState.DROPPED}),
        ProblemState.SOLVED: frozenset({ProblemState.TRACKED}),
        ProblemState.DROPPED: frozenset({ProblemState.FOUND}),
    },
    ClassCaseState: {
        ClassCaseState.DRAFT: frozenset({ClassCaseState.TOLD}),
        ClassCaseState.TOLD: frozenset(),
    },
    QuestionState: {
        QuestionState.OPEN: frozenset({QuestionState.SETTLED, QuestionState.DROPPED}),
        QuestionState.SETTLED: frozenset(),
        QuestionState.DROPPED: frozenset({QuestionState.OPEN}),
    },
    AgreedState: {
        AgreedState.DRAFT: frozenset({AgreedState.ASKED, AgreedState.DROPPED}),
        AgreedState.ASKED: frozenset({AgreedState.IN_FORCE, AgreedState.DRAFT}),
        AgreedState.IN_FORCE: frozenset({AgreedState.REPLACED}),
        AgreedState.REPLACED: frozenset(),
        AgreedState.DROPPED: frozenset(),
    },
    ConsultationState: {
        ConsultationState.DRAFT: frozenset({ConsultationState.ASKED}),
        ConsultationState.ASKED: frozenset({ConsultationState.CLOSED}),
        ConsultationState.CLOSED: frozenset(),
    },
    GuidanceState: {
        GuidanceState.DRAFT: frozenset({GuidanceState.SENT}),
        GuidanceState.SENT: frozenset({GuidanceState.REPLIED, GuidanceState.CLOSED}),
        GuidanceState.REPLIED: frozenset({GuidanceState.CLOSED}),
        GuidanceState.CLOSED: frozenset(),
    },
    VisitState: {
        VisitState.OPEN: frozenset({VisitState.REPORTED, VisitState.SETTLED}),
        VisitState.REPORTED: frozenset({VisitState.SETTLED}),
        VisitState.SETTLED: frozenset(),
    },
}
DRAFT = "draft"
OVER = frozenset(
    {
        ProblemState.SOLVED.value,
        ProblemState.DROPPED.value,
        ClassCaseState.TOLD.value,
        QuestionState.SETTLED.value,
        AgreedState.REPLACED.value,
        ConsultationState.CLOSED.value,
    }
)
PILLS: dict[str, tuple[str, str]] = {
    DRAFT: ("draft", "pencil"),
    "found": ("wait", "eye"),
    "measured": ("open", "list-check"),
    "tracked": ("open", "arrow-right-circle"),
    "open": ("open", "arrow-right-circle"),
    "asked": ("wait", "hourglass-split"),
    "sent": ("wait", "hourglass-split"),
    "replied": ("open", "chat-left-text"),
    "reported": ("open", "chat-left-text"),
    "in_force": ("done", "check-circle-fill"),
    "dropped": ("void", "slash-circle"),
    "replaced": ("void", "slash-circle"),
}
FINISHED = ("done", "check-circle-fill")
