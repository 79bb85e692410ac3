from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record


class SavedView(Record):
    """视图: the filters and order of a ledger under a name of its owner's."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    ledger = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "ledger", "name"],
                name="ledgers_view_name",
                violation_error_message=_("You have a view of this name."),
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.owner.audit_chain
