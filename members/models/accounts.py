from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models.organizations import Jurisdiction, Organization
from members.models.people import Person
from members.models.terms import Term, TermQuerySet
from members.states import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """账号: one a person, never shared. There is no superuser (GB/T 22239 8.1.5)."""

    username = models.CharField(_("account"), max_length=40, unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )
    display_name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    session_key = models.CharField(max_length=40, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="members_no_superuser")
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("members:account-detail", args=[self.username])

    @property
    def audit_chain(self) -> str:
        return self.person.jurisdiction.key if self.person else "portal"

    @property
    def state_pill(self) -> tuple[str, str, str]:
        if not self.is_active:
            return "void", "slash-circle", str(_("Disabled"))
        if self.last_login is None:
            return "draft", "hourglass", str(_("Never used"))
        return "done", "check-circle-fill", str(_("In use"))


class RoleBinding(Record, Term):
    """角色授权: a role in an organization for a term; ends by date, is never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bindings")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="bindings"
    )
    objects = TermQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def label(self) -> str:
        """联络员 市司法局行政复议与应诉科."""
        unit = self.organization.name if self.organization else ""
        return f"{self.get_role_display()} {unit}".strip()

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key


class PasswordRecord(models.Model):
    """A password that an account had; the last five cannot be taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d}"
