"""The words of disputes; imports nothing of ours. States of procedures stand in `flow`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of procedure, as `cases.flow.tables` describe them."""

    INTAKE = "intake", _("Intake")
    MEDIATION = "mediation", _("Mediation")
    CONFIRMATION = "confirmation", _("Judicial confirmation")
    RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
    FIRST_INSTANCE = "first_instance", _("First instance")
    SECOND_INSTANCE = "second_instance", _("Second instance")
    RETRIAL_REVIEW = "retrial_review", _("Retrial review")
    RETRIAL = "retrial", _("Retrial")
    NON_LITIGATION = "non_litigation", _("Non-litigation enforcement review")
    ENFORCEMENT = "enforcement", _("Enforcement")
    SUPERVISION = "supervision", _("Procuratorial supervision")
    VISIT = "visit", _("Follow-up visit")


class PartyKind(TextChoices):
    NATURAL = "natural", _("Natural person")
    LEGAL = "legal", _("Legal person")
    OTHER = "other", _("Other organization")


class PartyRole(TextChoices):
    """What somebody is in one procedure."""

    APPLICANT = "applicant", _("Applicant")
    RESPONDENT = "respondent", _("Respondent")
    PLAINTIFF = "plaintiff", _("Plaintiff")
    DEFENDANT = "defendant", _("Defendant")
    THIRD_PARTY = "third_party", _("Third party")
    APPELLANT = "appellant", _("Appellant")
    APPELLEE = "appellee", _("Appellee")
    ENFORCING = "enforcing", _("Applicant for enforcement")
    ENFORCED = "enforced", _("Person to be enforced against")
    PROSECUTOR = "prosecutor", _("Public-interest prosecutor")


AGENCY_ROLES = (PartyRole.RESPONDENT, PartyRole.DEFENDANT)
CLAIMANT_ROLES = (PartyRole.APPLICANT, PartyRole.PLAINTIFF, PartyRole.PROSECUTOR)
EITHER_ROLES = (
    PartyRole.APPELLANT,
    PartyRole.APPELLEE,
    PartyRole.ENFORCING,
    PartyRole.ENFORCED,
)
"""What a party may be as well as an agency."""


class Source(TextChoices):
    """Where a dispute came in (YC-11)."""

    WINDOW = "window", _("At the counter")
    POST = "post", _("By post")
    NATIONAL = "national", _("National platform")
    APP = "app", _("App")
    PORTAL_SITE = "portal_site", _("Government website")
    COURT = "court", _("Court filing hall")
    PETITION = "petition", _("Petition office")
    HOTLINE = "hotline", _("Hotline")
    IMPORT = "import", _("Imported")
    OTHER = "other", _("Other")


class Track(TextChoices):
    ORDINARY = "ordinary", _("Ordinary procedure")
    SIMPLIFIED = "simplified", _("Simplified procedure")


class Flag(TextChoices):
    """What makes a dispute heavier than others, or of wider interest (YC-6); risk is rated
    from some of them (A4)."""

    MASS = "mass", _("Many persons")
    GROUP = "group", _("Mass incident")
    FOREIGN = "foreign", _("Foreign-related")
    ENTERPRISE = "enterprise", _("Enterprise")
    MILITARY = "military", _("Military-related")
    PETITION = "petition", _("Petition")
    OPINION = "opinion", _("Public opinion")
    PROJECT = "project", _("Major project")
    RESOURCE = "resource", _("Protection of key resources")
    INTEREST = "interest", _("Coordination of important interests")
    PREVENTION = "prevention", _("Prevention of major risks")
    LIVELIHOOD = "livelihood", _("Livelihood")
    MAJOR = "major", _("Major")
    COMPLEX = "complex", _("Complex")
    SENSITIVE = "sensitive", _("Sensitive")
    UNFIT = "unfit", _("Unfit for judgment")


class Standing(TextChoices):
    """Where a dispute stands as a whole; derived from its procedures."""

    OPEN = "open", _("In progress")
    ONWARD = "onward", _("Mediation failed, to go on elsewhere")
    AFTERMATH = "aftermath", _("To be performed or visited")
    CLOSED = "closed", _("Closed")


NO_WAY = "none"
"""After a failed mediation the party wants no further way, or is not to be found."""
