from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundations.access.rows import Record
from members.models import Jurisdiction, Organization
from suggestions.models.addressees import Addressee, OfAddressee
from suggestions.states import MeasureKind, ProposalState, SupervisionState, UrgingLevel

URGE = "URGE"
PILLS: dict[str, tuple[str, str]] = {
    SupervisionState.OPEN: ("wait", "hourglass-split"),
    SupervisionState.ANSWERED: ("open", "chat-left-text"),
    SupervisionState.CLOSED: ("done", "check-circle-fill"),
    ProposalState.WAITING: ("wait", "inbox"),
    ProposalState.ACCEPTED: ("done", "check-circle-fill"),
    ProposalState.DISMISSED: ("void", "x-circle"),
}
TALK_WORDS = {
    SupervisionState.OPEN: _("Talk to be held"),
    SupervisionState.ANSWERED: _("Talk was held"),
}


class Supervision(OfAddressee):
    """督办: an urging letter, a talk, or an order to perform by a day, on one addressee.

    `by_organization` is the issuer, or whoever the institution lets urge (YN-38, WJ-18).
    `due_on` is the last day to answer or to perform; of a talk, its day, with `starts_at`
    and `place` where they are settled already. `record` is the answer, or the record of
    the talk, of `answered_on`.
    """

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="supervisions")
    kind = models.CharField(_("kind"), max_length=8, choices=MeasureKind)
    level = models.CharField(
        _("level"), max_length=8, choices=UrgingLevel, default=UrgingLevel.GENERAL
    )
    by_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("day"))
    due_on = models.DateField(_("answer by"))
    reason = models.TextField(_("reason"))
    number = models.CharField(_("document number"), max_length=80, blank=True)
    copied_to: models.ManyToManyField = models.ManyToManyField(
        Organization, blank=True, related_name="+"
    )
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    record = models.TextField(_("record"), blank=True)
    answered_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        max_length=8, choices=SupervisionState, default=SupervisionState.OPEN, editable=False
    )
    settled_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.addressee}"

    @property
    def is_talk(self) -> bool:
        return self.kind == MeasureKind.TALK

    @property
    def is_running(self) -> bool:
        return self.state != SupervisionState.CLOSED

    @property
    def met_on(self) -> date | None:
        """The day that ends its limit: of the answer, or of a settlement without one."""
        return self.answered_on or self.settled_on

    @property
    def state_words(self) -> str:
        """A talk is held, not answered."""
        words = TALK_WORDS.get(SupervisionState(self.state)) if self.is_talk else None
        return str(words) if words else self.get_state_display()

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.state_words

    def get_absolute_url(self) -> str:
        return reverse("suggestions:supervision", args=[self.public_id])


class Proposal(Record):
    """待确认建议: something that the portal noticed; a person accepts or dismisses it.

    `reason` is the rule's key, `mark` what makes it one of its kind: the same is never
    proposed twice. `data` tells the facts, as JSON, for the page and for what follows.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    to_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    mark = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    noticed_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=ProposalState, default=ProposalState.WAITING, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, editable=False)
    remark = models.CharField(max_length=300, blank=True)
    suggestion = models.ForeignKey(
        "suggestions.Suggestion", null=True, on_delete=models.PROTECT, related_name="proposals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "reason", "mark"], name="suggestions_proposed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["to_organization"],
                name="suggestions_waiting",
                condition=Q(state="waiting"),
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reason} {self.organization}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING

    @property
    def state_pill(self) -> tuple[str, str, str]:
        kind, icon = PILLS[self.state]
        return kind, icon, self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("suggestions:proposal", args=[self.public_id])
