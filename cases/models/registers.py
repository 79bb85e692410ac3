from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from members.models import Jurisdiction, Organization
from members.models.terms import Term


class Profession(models.TextChoices):
    MEDIATOR = "mediator", _("Mediator")
    LAWYER = "lawyer", _("Lawyer")
    EXPERT = "expert", _("Expert")
    ADVISER = "adviser", _("Legal adviser")
    ASSESSOR = "assessor", _("People's assessor")


class Professional(MadeByForm, Term):
    """登记在册的调解员、律师、专家、顾问: who may be assigned to a dispute.

    `organization` is where somebody works: who works for the agency in dispute doesn't
    mediate in it. `user` is set for one who has an account.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    profession = models.CharField(_("listed as"), max_length=10, choices=Profession)
    name = models.CharField(_("name"), max_length=60)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    firm = models.CharField(_("where from"), max_length=120, blank=True)
    fields = models.CharField(_("special fields"), max_length=200, blank=True)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    phone = EncryptedTextField(_("phone"), blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Term.Meta):
        ordering = ["profession", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key
