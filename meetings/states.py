"""States of meetings and all that hangs on them; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """Kinds; the mechanism's profile says what they are called."""

    REGULAR = "regular", _("Regular meeting")
    AD_HOC = "ad_hoc", _("Ad-hoc meeting")


class MeetingState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    REFUSED = "refused", _("Not agreed to")
    PLANNED = "planned", _("Planned")
    COLLECTING = "collecting", _("Collecting topics")
    NOTIFIED = "notified", _("Notified")
    HELD = "held", _("Held")
    DRAFTED = "drafted", _("Minutes drafted")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


S = MeetingState
MEETING_MOVES: dict[str, frozenset[str]] = {
    S.PROPOSED: frozenset({S.COLLECTING, S.REFUSED, S.CANCELLED}),
    S.REFUSED: frozenset(),
    S.PLANNED: frozenset({S.COLLECTING, S.CANCELLED}),
    S.COLLECTING: frozenset({S.NOTIFIED, S.CANCELLED, S.PLANNED}),
    S.NOTIFIED: frozenset({S.HELD, S.CANCELLED, S.COLLECTING}),
    S.HELD: frozenset({S.DRAFTED}),
    S.DRAFTED: frozenset({S.CONFIRMED}),
    S.CONFIRMED: frozenset({S.CLOSED, S.DRAFTED}),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}
AHEAD = frozenset({S.PROPOSED, S.PLANNED, S.COLLECTING, S.NOTIFIED})
HELD = frozenset({S.HELD, S.DRAFTED, S.CONFIRMED, S.CLOSED})
CALLED = frozenset({S.COLLECTING, S.NOTIFIED}) | HELD


class TopicState(TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("On the agenda")
    MERGED = "merged", _("Merged")
    DEFERRED = "deferred", _("Deferred")
    WITHDRAWN = "withdrawn", _("Withdrawn")


T = TopicState
TOPIC_MOVES: dict[str, frozenset[str]] = {
    T.SUBMITTED: frozenset({T.ACCEPTED, T.MERGED, T.DEFERRED, T.WITHDRAWN}),
    T.ACCEPTED: frozenset({T.SUBMITTED, T.MERGED, T.DEFERRED, T.WITHDRAWN}),
    T.MERGED: frozenset(),
    T.DEFERRED: frozenset({T.SUBMITTED}),
    T.WITHDRAWN: frozenset(),
}


class TopicOutcome(TextChoices):
    """What the meeting made of a topic."""

    REPORTED = "reported", _("Reported")
    OPINION = "opinion", _("Opinion formed")
    CARRIED = "carried", _("Carried to the next meeting")
    WITHDRAWN = "withdrawn", _("Withdrawn at the meeting")


class InviteeCategory(TextChoices):
    """Who is invited; the profile says which the text allows for which kind (YN-15, 18)."""

    MEMBER = "member", _("Member")
    AGENCY = "agency", _("Administrative organ")
    CONGRESS_DEPUTY = "congress_deputy", _("Deputy of the people's congress")
    CONSULTATIVE_MEMBER = "consultative_member", _("CPPCC member")
    LAWYER = "lawyer", _("Lawyer")
    GOVERNMENT_LEADER = "government_leader", _("Leader of the government")
    STAFF = "staff", _("Staff")


class ReceiptState(TextChoices):
    NONE = "none", _("No receipt yet")
    ATTENDING = "attending", _("Will attend")
    SUBSTITUTE = "substitute", _("Sends a substitute")
    LEAVE = "leave", _("On leave")


class AttendanceState(TextChoices):
    UNKNOWN = "unknown", _("Not arrived")
    PRESENT = "present", _("Present")
    SUBSTITUTE = "substitute", _("Substitute present")
    LEAVE = "leave", _("On leave")
    ABSENT = "absent", _("Absent")


class TextClass(TextChoices):
    """The three texts a meeting may leave; they are never one document."""

    OPINION = "opinion", _("Meeting opinion")
    MINUTES = "minutes", _("Minutes")
    CONSENSUS = "consensus", _("Consensus")


class TextState(TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    ISSUED = "issued", _("Has been issued")


X = TextState
TEXT_MOVES: dict[str, frozenset[str]] = {
    X.DRAFT: frozenset({X.PROPOSED}),
    X.PROPOSED: frozenset({X.DRAFT, X.CONFIRMED}),
    X.CONFIRMED: frozenset({X.ISSUED, X.DRAFT}),
    X.ISSUED: frozenset(),
}


class ResolutionState(TextChoices):
    DRAFT = "draft", _("Noted at the meeting")
    OPEN = "open", _("In progress")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


R = ResolutionState
RESOLUTION_MOVES: dict[str, frozenset[str]] = {
    R.DRAFT: frozenset({R.OPEN, R.CANCELLED}),
    R.OPEN: frozenset({R.DONE, R.CANCELLED}),
    R.DONE: frozenset({R.OPEN}),
    R.CANCELLED: frozenset(),
}


class ReportVerdict(TextChoices):
    """What the secretariats say to a unit that reports its matter as carried out."""

    NONE = "none", _("Not checked yet")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")


# Rules of the time limits that meetings open in `services.deadlines`.
DUTY = "MT-REG"
TOPICS = "TOPICS"
ANSWER_DAY = "ANSWER-DAY"
ANSWER_AD_HOC = "ANSWER-AD-HOC"


class ActivityKind(TextChoices):
    """联合活动: what the sides do together besides meeting; a clause of an institution names
    one of these words as the subject of its rule."""

    TRAINING = "training", _("Training")
    JOINT_RESEARCH = "joint_research", _("Joint research")
    STUDY_VISIT = "study_visit", _("Research visit to a unit")
    SEMINAR = "seminar", _("Seminar")
    HEARING_OBSERVATION = "hearing_observation", _("Hearing observation")
    RECONSIDERATION_OBSERVATION = (
        "reconsideration_observation",
        _("Observation of a reconsideration hearing"),
    )
    FILE_REVIEW = "file_review", _("Case-file review")
    CASE_LECTURE = "case_lecture", _("Lecture on cases")
    GUIDANCE_SESSION = "guidance_session", _("Guidance and review session")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    PUBLICITY = "publicity", _("Publicity")
    PUSH_MEETING = "push_meeting", _("Push meeting")
    ENTERPRISE_SERVICE = "enterprise_service", _("Service for enterprises")


OBSERVED = frozenset({ActivityKind.HEARING_OBSERVATION, ActivityKind.RECONSIDERATION_OBSERVATION})
RESEARCHED = frozenset({ActivityKind.JOINT_RESEARCH, ActivityKind.STUDY_VISIT})
PUBLISHED = frozenset({ActivityKind.PUBLICITY, ActivityKind.PRESS_CONFERENCE})


class ActivityState(TextChoices):
    PLANNED = "planned", _("In the plan")
    ANNOUNCED = "announced", _("Announced")
    HELD = "held", _("Took place")
    CONCLUDED = "concluded", _("Activity concluded")
    CANCELLED = "cancelled", _("Activity called off")


A = ActivityState
ACTIVITY_MOVES: dict[str, frozenset[str]] = {
    A.PLANNED: frozenset({A.ANNOUNCED, A.HELD, A.CANCELLED}),
    A.ANNOUNCED: frozenset({A.HELD, A.CANCELLED}),
    A.HELD: frozenset({A.CONCLUDED}),
    A.CONCLUDED: frozenset(),
    A.CANCELLED: frozenset(),
}
TAKEN_PLACE = frozenset({A.HELD, A.CONCLUDED})
COMING = frozenset({A.PLANNED, A.ANNOUNCED})


class GuestGroup(TextChoices):
    """Who is asked to an activity: a unit by name, or a group of people from outside."""

    UNIT = "unit", _("Unit")
    CONGRESS_DEPUTIES = "congress_deputies", _("Deputies of the people's congress")
    CONSULTATIVE_MEMBERS = "consultative_members", _("CPPCC members")
    LAWYERS = "lawyers", _("Lawyers")
    ENTERPRISES = "enterprises", _("Enterprises and chambers of commerce")
    PUBLIC = "public", _("Members of the public")


class AnswerState(TextChoices):
    NONE = "none", _("No answer yet")
    COMING = "coming", _("Signed up")
    DECLINED = "declined", _("Does not come")


class Medium(TextChoices):
    EVENT = "event", _("Event on the spot")
    PORTAL = "portal", _("Government portal")
    PRESS = "press", _("Press, radio or television")
    NEW_MEDIA = "new_media", _("Social media")
    OTHER = "other", _("Other")


class PublicityContent(TextChoices):
    """What is published (CX-60)."""

    DEPLOYMENT = "deployment", _("What the government has set in motion")
    RESULT = "result", _("Results of the courts and procuratorates")
    TYPICAL_CASE = "typical_case", _("Typical cases")
    LAW = "law", _("Knowledge of the law")
    OTHER = "other", _("Other")


ACTIVITY_REPORT = "ACT-REPORT"
