"""Who may know a record at all, before any finer rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """The classes of visibility; a row has one from its first day."""

    COURT_INTERNAL = "court_internal", _("Court only")
    GOV_INTERNAL = "gov_internal", _("Government only")
    PROC_INTERNAL = "proc_internal", _("Procuratorate only")
    JOINT = "joint", _("All sides")
    MEETING = "meeting", _("Participants of the meeting")
    INVITED = "invited", _("Named guests")
    PUBLISHABLE = "publishable", _("May be published")
