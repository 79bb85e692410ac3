"""Words of the rosters: sides, kinds of organization, roles; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """方: which side an organization stands on; INVITED are guests of a meeting."""

    GOVERNMENT = "government", _("Government")
    COURT = "court", _("Court")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    CENTRE = "centre", _("Dispute-resolution centre")
    INVITED = "invited", _("Invited")


class OrganizationKind(TextChoices):
    GOVERNMENT = "government", _("People's government")
    GOVERNMENT_OFFICE = "government_office", _("Government office")
    JUSTICE_BUREAU = "justice_bureau", _("Justice bureau")
    LEGAL_AFFAIRS_OFFICE = "legal_affairs_office", _("Legal affairs office")
    AGENCY = "agency", _("Agency")
    TOWNSHIP = "township", _("Township or subdistrict")
    COURT = "court", _("People's court")
    PROCURATORATE = "procuratorate", _("People's procuratorate")
    DIVISION = "division", _("Division")
    CENTRE = "centre", _("Dispute-resolution centre")
    WORKROOM = "workroom", _("Workroom")
    CONGRESS = "congress", _("People's congress")
    CONSULTATIVE = "consultative", _("CPPCC")
    PARTY = "party", _("Party office")
    LAW_FIRM = "law_firm", _("Law firm")
    OTHER = "other", _("Other")


class Rank(TextChoices):
    """Whether a post is the head of its organization, a deputy, or neither."""

    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy head")
    OTHER = "other", _("Other post")


class SeatRole(TextChoices):
    """The role of a seat in a body, in the order in which rosters are printed."""

    HEAD = "head", _("Head of the group")
    EXECUTIVE_DEPUTY_HEAD = "executive_deputy_head", _("Executive deputy head")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of the group")
    CONVENOR = "convenor", _("Convenor")
    DEPUTY_CONVENOR = "deputy_convenor", _("Deputy convenor")
    MEMBER = "member", _("Member")
    LIAISON_OFFICER = "liaison_officer", _("Liaison officer")
    OFFICE_DIRECTOR = "office_director", _("Office director")
    OFFICE_DEPUTY_DIRECTOR = "office_deputy_director", _("Deputy office director")
    OFFICE_STAFF = "office_staff", _("Office staff")


class Role(TextChoices):
    """What an account may do; bound to an organization and a term."""

    LIAISON_OFFICER = "liaison_officer", _("Liaison officer")
    RECORDER = "recorder", _("Recorder")
    LEADER = "leader", _("Leader")
    MEMBER_UNIT = "member_unit", _("Member unit")
    GUEST = "guest", _("Guest")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("Audit administrator")


ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
STAFF = frozenset({Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER, Role.MEMBER_UNIT})
