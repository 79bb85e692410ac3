"""What steps ask for: one meaning for a name, in every table."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.states import Source


class Shape(StrEnum):
    """How a form asks for it."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    YES = "yes"
    CASE_NUMBER = "case_number"
    MODE = "mode"
    PARTICIPANT = "participant"
    USER = "user"
    ORGANIZATION = "organization"
    PROFESSIONAL = "professional"
    LINES = "lines"
    WITHIN = "within"


@dataclass(frozen=True)
class Ask:
    """`choices` are (key, Chinese name); `optional` may stay empty."""

    label: Promise
    shape: Shape
    choices: tuple[tuple[str, Promise], ...] = ()
    optional: bool = False


TRACKS = (("ordinary", _("Ordinary procedure")), ("simplified", _("Simplified procedure")))
CHANNELS = (
    ("people", _("People's mediation")),
    ("administrative", _("Administrative mediation")),
    ("reconsideration", _("Mediation in reconsideration")),
    ("judicial", _("Judicial mediation")),
)
MEDIATION_ROLES = (
    ("first", _("Mediated first by the parties")),
    ("joined", _("People's mediation joins")),
    ("together", _("Mediated together")),
)
REFERRALS = (
    ("before_filing", _("Entrusted before filing")),
    ("in_trial", _("Entrusted in trial")),
    ("own", _("Mediated by the organ itself")),
)
GROUNDS = (
    ("death", _("Death of the applicant, heirs not known")),
    ("incapacity", _("Loss of capacity, representative not known")),
    ("missing", _("Whereabouts of the applicant unknown")),
    ("extinct", _("Organization ended, successor not known")),
    ("majeure", _("Force majeure")),
    ("other_case", _("Waits for the outcome of another case")),
    ("interpretation", _("Waits for an interpretation of law")),
    ("mediation", _("Mediation, agreed by both")),
    ("normative", _("Review of a normative document")),
    ("other", _("Other ground of the law")),
)
LOSS_GROUNDS = (
    ("evidence", _("Main evidence insufficient")),
    ("law", _("Law misapplied")),
    ("procedure", _("Statutory procedure violated")),
    ("beyond", _("Powers exceeded")),
    ("abuse", _("Powers abused")),
    ("unfair", _("Manifestly improper")),
    ("inaction", _("Duty not performed")),
)
EXCLUSIONS = (
    ("announcement", _("Service by announcement")),
    ("appraisal", _("Expert appraisal")),
    ("mediation", _("Mediation or coordination")),
    ("suspension", _("Suspension of the suit")),
    ("jurisdiction", _("Dispute on jurisdiction")),
)
"""What is not counted in the limit of a trial (行诉解释 50)."""
COMMITTEE_GROUNDS = (
    ("complex", _("Major, difficult or complex")),
    ("technical", _("Highly specialised or technical")),
    ("provincial", _("Case of article 24 paragraph 2")),
    ("needed", _("The reconsideration organ finds it necessary")),
)
"""When the committee must be asked (复议法 52)."""
SUIT_KINDS = (
    ("ordinary", _("Ordinary suit")),
    ("with_compensation", _("Suit that also claims compensation")),
    ("compensation", _("Suit for compensation alone")),
    ("public_interest", _("Public-interest suit")),
)
NORMATIVE_ROUTES = (
    ("own", _("Reviewed by the reconsideration organ itself")),
    ("forwarded", _("Forwarded to the organ that may review it")),
)
"""Who reviews a normative document along with the act (复议法 56, 57)."""
INSTANCES = (("first", _("First instance")), ("second", _("Second instance")))
METHODS = (
    ("in_person", _("In person")),
    ("phone", _("By phone")),
    ("video", _("By video")),
    ("writing", _("In writing")),
)
VISIT_REASONS = (
    ("reconsideration", _("Decision in reconsideration to be performed")),
    ("settlement", _("Settled or withdrawn case")),
    ("judgment", _("Effective judgment")),
)
EXECUTORS = (("court", _("The court")), ("agency", _("The agency, organized by it")))

ASKS: dict[str, Ask] = {
    "number": Ask(_("Case number"), Shape.CASE_NUMBER),
    "track": Ask(_("Track"), Shape.CHOICE, TRACKS),
    "mode": Ask(_("Closed by"), Shape.MODE),
    "reason": Ask(_("Reason"), Shape.LONG, optional=True),
    "note": Ask(_("What was said or done"), Shape.LONG),
    "handler": Ask(_("Handler"), Shape.USER, optional=True),
    "panel": Ask(_("Panel or handler"), Shape.TEXT, optional=True),
    "source": Ask(_("Came in by"), Shape.CHOICE, tuple(Source.choices), optional=True),
    "suit_kind": Ask(_("Kind of suit"), Shape.CHOICE, SUIT_KINDS, optional=True),
    "enterprise": Ask(_("Green channel for enterprises"), Shape.YES, optional=True),
    "subject_matter": Ask(_("What the suit asks for"), Shape.LONG, optional=True),
    "missing_items": Ask(_("What is missing"), Shape.LINES),
    "missing_due": Ask(_("To be supplied by"), Shape.DAY),
    "channel": Ask(_("Channel of mediation"), Shape.CHOICE, CHANNELS),
    "mediation_role": Ask(_("Part of mediation"), Shape.CHOICE, MEDIATION_ROLES, optional=True),
    "within": Ask(_("Mediated within"), Shape.WITHIN, optional=True),
    "consents": Ask(_("Consent of the parties"), Shape.LINES),
    "referral": Ask(_("Entrusted how"), Shape.CHOICE, REFERRALS),
    "mediator": Ask(_("Mediator"), Shape.PROFESSIONAL),
    "until": Ask(_("Until"), Shape.DAY),
    "length_days": Ask(_("Days"), Shape.NUMBER),
    "answer_days": Ask(
        _("Days to answer, if the court sets fewer than 15"), Shape.NUMBER, optional=True
    ),
    "ground": Ask(_("Ground"), Shape.CHOICE, GROUNDS),
    "normative_route": Ask(_("Who reviews the document"), Shape.CHOICE, NORMATIVE_ROUTES),
    "exclusion": Ask(_("Not counted because of"), Shape.CHOICE, EXCLUSIONS),
    "committee_ground": Ask(_("Why the committee is asked"), Shape.CHOICE, COMMITTEE_GROUNDS),
    "supervision_ground": Ask(_("Ground of supervision"), Shape.TEXT, optional=True),
    "ground_of_loss": Ask(_("Why the agency lost"), Shape.CHOICE, LOSS_GROUNDS, optional=True),
    "against_agency": Ask(_("The agency lost"), Shape.YES, optional=True),
    "norm_unlawful": Ask(_("A normative document was found unlawful"), Shape.YES, optional=True),
    "performance_due": Ask(_("To be performed by"), Shape.DAY, optional=True),
    "respondent": Ask(_("Whose answer"), Shape.PARTICIPANT),
    "served_party": Ask(_("Who was served"), Shape.PARTICIPANT),
    "party": Ask(_("Who appeals"), Shape.PARTICIPANT),
    "method": Ask(_("How"), Shape.CHOICE, METHODS),
    "court": Ask(_("Court"), Shape.ORGANIZATION),
    "instance": Ask(_("Tried anew in"), Shape.CHOICE, INSTANCES),
    "urged_on": Ask(_("Reminder served on"), Shape.DAY),
    "obstacle_ended_on": Ask(_("Obstacle ended on"), Shape.DAY),
    "suit_period_ended_on": Ask(_("Period to sue ended on"), Shape.DAY),
    "obvious_illegality": Ask(_("Obviously unlawful"), Shape.YES, optional=True),
    "organ_carries_out": Ask(_("Carried out by the agency"), Shape.YES, optional=True),
    "executor": Ask(_("Executed by"), Shape.CHOICE, EXECUTORS),
    "visit_reason": Ask(_("Visit after"), Shape.CHOICE, VISIT_REASONS),
    "visited_person": Ask(_("Who was visited"), Shape.TEXT, optional=True),
}
