from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model, Q
from guardian.models import UserObjectPermission


class GrantQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Those that hold on `day`; the last day counts."""
        return self.filter(permission__isnull=False, until__gte=day)

    def about(self, row: Model) -> Self:
        return self.filter(subject_type=ContentType.objects.get_for_model(row), subject_id=row.pk)


class Grant(models.Model):
    """特别授权: one person may see one row, by whose leave, until when and why.

    The right itself is guardian's row; it goes when the grant is revoked or has ended,
    this one stays.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    permission = models.OneToOneField(
        UserObjectPermission, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200)
    until = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_type", "subject_id"],
                condition=Q(permission__isnull=False),
                name="access_one_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.subject} {self.until}"
