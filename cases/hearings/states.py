"""The words of hearings; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HearingState(TextChoices):
    SET = "set", _("Day is set")
    HELD = "held", _("Hearing held")
    ADJOURNED = "adjourned", _("Adjourned")
    CANCELLED = "cancelled", _("Cancelled")


class Manner(TextChoices):
    PUBLIC = "public", _("In public")
    CLOSED = "closed", _("Not in public")
    ONLINE = "online", _("Online")


class Cause(TextChoices):
    """Why a hearing is adjourned; `HEAD` is art. 9(3) of 法释〔2020〕3号."""

    HEAD = "head", _("The agency asked: its head cannot come")
    PARTY = "party", _("A party cannot come")
    ORGAN = "organ", _("Decided by the organ itself")
    OTHER = "other", _("Another reason")


class Due(TextChoices):
    """Why a head has to come (行诉法 3(3); 法释〔2020〕3号 4; 解释 129; 复议法 51(3))."""

    GENERAL = "general", _("The defendant's head shall appear (行政诉讼法第三条)")
    PUBLIC_INTEREST = "public_interest", _("Food, drugs, environment or health at stake")
    ATTENTION = "attention", _("High public attention")
    GROUP = "group", _("May lead to mass incidents")
    RIGHTS = "rights", _("Weighty personal or property rights")
    PROSECUTOR = "prosecutor", _("Administrative public-interest suit")
    SUPERIOR = "superior", _("Document of a superior organ asks for it")
    COURT = "court", _("The court finds it necessary")
    SUGGESTED = "suggested", _("The court suggested it in writing")
    LOCAL = "local", _("Local rule asks for it")
    RECONSIDERATION = "reconsideration", _("Hearing in reconsideration (行政复议法第五十一条)")


class Call(TextChoices):
    """The paper by which a court calls a head: a notice, or a letter suggesting it (CX-20)."""

    NOTICE = "notice", _("Notice to appear")
    SUGGESTION = "suggestion", _("Letter suggesting appearance")


class Level(TextChoices):
    """Of whoever comes; the first three are heads (法释〔2020〕3号 art. 2)."""

    HEAD = "head", _("Principal head")
    DEPUTY = "deputy", _("Deputy head")
    CHARGE = "charge", _("Other head in charge of the matter")
    OTHER = "other", _("No head")


class Belongs(TextChoices):
    """Whose head somebody is; one of another body does not count (art. 2(2))."""

    OWN = "own", _("The agency itself")
    SUBORDINATE = "subordinate", _("An agency below it")
    ENTRUSTED = "entrusted", _("A body that it entrusted")


class Identity(TextChoices):
    """The court's check of the proof of identity (art. 6)."""

    NONE = "none", _("Not handed in")
    HANDED = "handed", _("Handed in")
    ACCEPTED = "accepted", _("Found valid")
    TO_CORRECT = "to_correct", _("To be corrected")
    REJECTED = "rejected", _("Not valid")


class Ground(TextChoices):
    """Why a head cannot come (art. 8)."""

    MAJEURE = "majeure", _("Force majeure")
    ACCIDENT = "accident", _("Accident")
    DUTY = "duty", _("Official duty that nobody else can perform")
    OTHER = "other", _("Other good reason")


class Finding(TextChoices):
    """What the organ says of the reasons given (art. 9(2))."""

    PENDING = "pending", _("Under examination")
    ACCEPTED = "accepted", _("Good reason")
    REJECTED = "rejected", _("No good reason")


class Joint(TextChoices):
    """Whose head comes for several defendants (art. 3)."""

    PROPOSED = "proposed", _("Proposed to the co-defendant")
    AGREED = "agreed", _("Agreed among the co-defendants")
    ORGAN = "organ", _("Decided by the court")


class Speech(TextChoices):
    """On what a head spoke (art. 11)."""

    ANSWER = "answer", _("Statement and answer")
    EVIDENCE = "evidence", _("Evidence")
    ARGUMENT = "argument", _("Argument and last word")
    NORM = "norm", _("Explanation of a normative document")
    RESOLUTION = "resolution", _("Substantive resolution of the dispute")


class AppearanceState(TextChoices):
    """How an agency stands at one hearing; derived."""

    AWAITED = "awaited", _("Hearing to come")
    UNRECORDED = "unrecorded", _("Not recorded yet")
    APPEARED = "appeared", _("Head appeared")
    JOINT = "joint", _("Co-defendant's head appeared")
    EARLIER = "earlier", _("Head appeared at an earlier hearing")
    EXCUSED = "excused", _("Absent for a good reason")
    ABSENT = "absent", _("Head did not appear")
    OFF = "off", _("Hearing fell away")


class Breach(TextChoices):
    """The five situations of 法释〔2020〕3号 art. 12, in which a court shall suggest."""

    UNEXPLAINED = "unexplained", _("Absent without a good reason")
    AGAIN = "again", _("Absent again after an adjournment")
    NOBODY = "nobody", _("Neither head nor staff came")
    LEFT = "left", _("Left without leave")
    REFUSED = "refused", _("Refused to explain, so that the hearing could not go on")


class Task(TextChoices):
    """What an agency prepares before a hearing (CX-14)."""

    FILE = "file", _("Head has read the file")
    ANSWER = "answer", _("Answer and evidence checked")
    LAW = "law", _("Legal grounds and normative documents at hand")
    QUESTIONS = "questions", _("Questions to be expected rehearsed")
    PLAN = "plan", _("Opinion on resolving the dispute decided")
    POWERS = "powers", _("Power of attorney and proof of identity sealed")
    STAFF = "staff", _("Staff and lawyer told of their parts")
