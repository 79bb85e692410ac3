"""Words and moves of suggestions; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    JUDICIAL = "judicial", _("Judicial suggestion")
    PROCURATORIAL = "procuratorial", _("Procuratorial suggestion")
    RECONSIDERATION_OPINION = "reconsideration_opinion", _("Reconsideration opinion letter")
    RECONSIDERATION_SUGGESTION = "reconsideration_suggestion", _("Reconsideration suggestion")
    OPINION_LETTER = "opinion_letter", _("Opinion letter")


class Form(TextChoices):
    """How far a letter reaches, and for the procuratorate of what nature it is."""

    INDIVIDUAL = "individual", _("Individual case")
    CLASS = "class", _("Class of cases")
    COMPREHENSIVE = "comprehensive", _("Comprehensive governance")
    NORM = "norm", _("Normative document")
    GENERAL = "general", _("General")
    PUBLIC_INTEREST = "public_interest", _("Public interest")
    URGENT = "urgent", _("Public interest, urgent")


FORMS: dict[str, tuple[str, ...]] = {
    Kind.JUDICIAL: (Form.INDIVIDUAL, Form.CLASS, Form.COMPREHENSIVE, Form.NORM),
    Kind.PROCURATORIAL: (Form.GENERAL, Form.PUBLIC_INTEREST, Form.URGENT),
    Kind.RECONSIDERATION_OPINION: (Form.INDIVIDUAL,),
    Kind.RECONSIDERATION_SUGGESTION: (Form.CLASS, Form.NORM),
    Kind.OPINION_LETTER: (Form.INDIVIDUAL, Form.CLASS),
}
"""Which forms a kind knows; the first is the usual one."""

REPLY_RULES: dict[tuple[str, str], str] = {
    (Kind.JUDICIAL, Form.NORM): "SJ-ND-REPLY",
    (Kind.JUDICIAL, ""): "SJ-REPLY",
    (Kind.PROCURATORIAL, Form.PUBLIC_INTEREST): "JC-GY",
    (Kind.PROCURATORIAL, Form.URGENT): "JC-GY-U",
    (Kind.PROCURATORIAL, ""): "JC-REPLY",
    (Kind.RECONSIDERATION_OPINION, ""): "FY-OPN",
    (Kind.RECONSIDERATION_SUGGESTION, ""): "FY-SUGG",
    (Kind.OPINION_LETTER, ""): "YJ-REPLY",
}
"""The rule of the reply period by kind and form; "" stands for every other form."""


def reply_rule(kind: str, form: str) -> str:
    return REPLY_RULES.get((kind, form)) or REPLY_RULES[kind, ""]


class Trigger(TextChoices):
    """Why a letter is written (GL-26); a letter may have several."""

    GENERAL_MEANING = "general_meaning", _("Of general meaning")
    PROCEDURAL = "procedural", _("Procedural problem")
    EARLY_SIGN = "early_sign", _("Early sign")
    TENDENCY = "tendency", _("Tendency")
    MASS_INCIDENT = "mass_incident", _("May lead to a mass incident")
    STABILITY = "stability", _("Touches stability")
    OTHER = "other", _("Other")


class LetterState(TextChoices):
    """What is kept of the letter as a whole; how it stands is derived from its addressees."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LETTER_MOVES: dict[str, frozenset[str]] = {
    LetterState.DRAFT: frozenset({LetterState.ISSUED, LetterState.WITHDRAWN}),
    LetterState.ISSUED: frozenset({LetterState.WITHDRAWN}),
    LetterState.WITHDRAWN: frozenset(),
}


class AddresseeState(TextChoices):
    """One addressee's way; each has clocks of its own."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("To be served")
    SERVED = "served", _("To be replied to")
    OBJECTED = "objected", _("Objection under review")
    REFUSED = "refused", _("Not adopted, under review")
    RECTIFYING = "rectifying", _("Being carried out")
    TO_VERIFY = "to_verify", _("To be verified")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = AddresseeState
ADDRESSEE_MOVES: dict[str, frozenset[str]] = {
    A.DRAFT: frozenset({A.SENT}),
    A.SENT: frozenset({A.SERVED, A.WITHDRAWN}),
    A.SERVED: frozenset({A.RECTIFYING, A.REFUSED, A.OBJECTED, A.WITHDRAWN}),
    A.OBJECTED: frozenset({A.SERVED, A.WITHDRAWN}),
    A.REFUSED: frozenset({A.SERVED, A.CLOSED, A.WITHDRAWN}),
    A.RECTIFYING: frozenset({A.TO_VERIFY, A.WITHDRAWN}),
    A.TO_VERIFY: frozenset({A.RECTIFYING, A.CLOSED, A.WITHDRAWN}),
    A.CLOSED: frozenset({A.RECTIFYING}),
    A.WITHDRAWN: frozenset(),
}
LIVE = frozenset({A.SENT, A.SERVED, A.OBJECTED, A.REFUSED, A.RECTIFYING, A.TO_VERIFY})


class Attitude(TextChoices):
    """What an addressee says of a problem, or of the whole letter."""

    ACCEPTED = "accepted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    NOT_ACCEPTED = "not_accepted", _("Not adopted")
    OBJECTION = "objection", _("Objection")


NEEDS_REASON = frozenset({Attitude.PARTLY, Attitude.NOT_ACCEPTED, Attitude.OBJECTION})


class ServiceMode(TextChoices):
    PORTAL = "portal", _("Signed for in the portal")
    DIRECT = "direct", _("Handed over")
    POST = "post", _("By post")
    ELECTRONIC = "electronic", _("By electronic delivery")
    ANNOUNCED = "announced", _("Announced and handed over")


NEEDS_PROOF = frozenset({ServiceMode.DIRECT, ServiceMode.POST, ServiceMode.ANNOUNCED})


class MeasureState(TextChoices):
    OPEN = "open", _("Under way")
    DONE = "done", _("Carried out")


class Verdict(TextChoices):
    PASSED = "passed", _("Verified")
    FAILED = "failed", _("Not yet in place")


class Effect(TextChoices):
    EFFECTIVE = "effective", _("Effective")
    PARTLY = "partly", _("Partly effective")
    NONE = "none", _("Without effect")


class CopyMode(TextChoices):
    """How far the institution's clause obliges to copy a letter."""

    FORCED = "forced", _("Always copied")
    DEFAULT = "default", _("Copied unless taken out")
    OPTIONAL = "optional", _("May be copied")


class MeasureKind(TextChoices):
    """Supervision measures."""

    URGING = "urging", _("Urging letter")
    TALK = "talk", _("Talk")
    ORDER = "order", _("Order to perform by a day")


class UrgingLevel(TextChoices):
    GENERAL = "general", _("General")
    KEY = "key", _("Key matter")
    LISTED = "listed", _("Listed for supervision")


class SupervisionState(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Settled")


class ProposalState(TextChoices):
    WAITING = "waiting", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    DISMISSED = "dismissed", _("Dismissed")


class Status(TextChoices):
    """How a letter stands as a whole: derived from its addressees, never stored."""

    DRAFT = "draft", _("Draft")
    TO_SERVE = "to_serve", _("To be served")
    OVERDUE = "overdue", _("Overdue, no reply seen")
    NO_REPLY = "no_reply", _("To be replied to")
    PARTLY_REPLIED = "partly_replied", _("Partly replied to")
    UNDER_REVIEW = "under_review", _("Reply under review")
    RECTIFYING = "rectifying", _("Being carried out")
    TO_VERIFY = "to_verify", _("To be verified")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
