from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.fields import EncryptedTextField
from foundations.access.masking import mask_phone
from foundations.access.rows import Record
from members.models.organizations import Jurisdiction, Organization
from members.models.terms import Term, TermQuerySet
from members.states import Rank


class Person(Record):
    """人员: one human being, whatever posts they hold. The name is kept as published."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(_("name"), max_length=60)
    initials = models.CharField(max_length=30, blank=True, editable=False)
    phone = EncryptedTextField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("members:person", args=[self.public_id])

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone else ""

    @property
    def paper_name(self) -> str:
        """As official papers print it: two characters are parted by a wide space."""
        return f"{self.name[0]}\u3000{self.name[1]}" if len(self.name) == 2 else self.name


class Post(Record, Term):
    """职务: what a person is in an organization from one day to another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("title"), max_length=60)
    rank = models.CharField(_("rank"), max_length=8, choices=Rank, default=Rank.OTHER)
    acting = models.BooleanField(_("acting"), default=False)
    objects = TermQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organization}{self.title} {self.person}"

    @property
    def audit_chain(self) -> str:
        return self.organization.audit_chain
