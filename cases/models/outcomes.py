"""What follows a decision or a judgment: copies of it, why it was lost, questions answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.flow.asks import LOSS_GROUNDS
from cases.models.parties import Participant
from cases.models.procedures import Procedure
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm, Record
from members.models import Jurisdiction, Organization


class To(models.TextChoices):
    """The two addressees of an outcome notice (YC-15)."""

    UPPER = "upper", _("Reconsideration body at the next level")
    SUPERIOR = "superior", _("Superior department of the respondent")


class Route(models.TextChoices):
    SINGLE = "single", _("One by one")
    COLLECTED = "collected", _("Collected")


class NoticeState(models.TextChoices):
    WAITING = "waiting", _("To be sent")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Receipt returned")
    OMITTED = "omitted", _("Not sent")


NOTICE_PILLS = {
    NoticeState.WAITING: ("wait", "hourglass-split"),
    NoticeState.SENT: ("open", "send"),
    NoticeState.RECEIVED: ("done", "check-circle-fill"),
    NoticeState.OMITTED: ("void", "slash-circle"),
}


class NoticeList(MadeByForm):
    """集中抄告: the outcomes of a period that one addressee is told of in one letter."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(_("to"), max_length=10, choices=To)
    addressee = models.CharField(_("addressee"), max_length=120)
    first_on = models.DateField(_("decided from"))
    last_on = models.DateField(_("decided until"))
    number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    sent_on = models.DateField(_("sent on"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")), name="cases_list_period"
            )
        ]
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.addressee} {self.first_on}..{self.last_on}"

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    def get_absolute_url(self) -> str:
        return reverse("cases:notice-lists")


class OutcomeNoticeQuerySet(models.QuerySet["OutcomeNotice"]):
    def for_listing(self) -> Self:
        return self.select_related(
            "procedure__dispute__jurisdiction", "procedure__organ", "agency", "listed"
        )

    def waiting(self) -> Self:
        return self.filter(state=NoticeState.WAITING)


class OutcomeNotice(Record):
    """抄告: one addressee is told how a procedure was closed (复议法 79, YC-15).

    `agency` is the respondent whose superior department is meant. `addressee` may be empty
    until it is sent; it is a name, for most addressees are not in this portal.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="notices")
    to = models.CharField(_("to"), max_length=10, choices=To)
    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(_("how it is told"), max_length=10, choices=Route)
    addressee = models.CharField(_("addressee"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NoticeState, default=NoticeState.WAITING
    )
    number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    received_on = models.DateField(_("received on"), null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    listed = models.ForeignKey(
        NoticeList, null=True, editable=False, on_delete=models.PROTECT, related_name="notices"
    )
    objects = OutcomeNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "to", "agency"], name="cases_notice_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "received"))
                | (Q(sent_on__isnull=False) & ~Q(addressee="")),
                name="cases_notice_sent",
            ),
        ]
        ordering = ["procedure", "to", "pk"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.addressee or self.get_to_display()}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.procedure.dispute.get_absolute_url()}?tab=related#n-{self.public_id}"

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*NOTICE_PILLS[NoticeState(self.state)], str(self.get_state_display()))


class LossState(models.TextChoices):
    OWED = "owed", _("To be analysed")
    WRITTEN = "written", _("To be reviewed")
    RETURNED = "returned", _("Sent back")
    ACCEPTED = "accepted", _("Analysis accepted")
    RECTIFIED = "rectified", _("Rectified")
    WAIVED = "waived", _("Fell away")


LOSS_PILLS = {
    LossState.OWED: ("wait", "hourglass-split"),
    LossState.WRITTEN: ("soon", "clipboard-check"),
    LossState.RETURNED: ("late", "arrow-return-left"),
    LossState.ACCEPTED: ("open", "tools"),
    LossState.RECTIFIED: ("done", "check-circle-fill"),
    LossState.WAIVED: ("void", "slash-circle"),
}


class LossAnalysisQuerySet(models.QuerySet["LossAnalysis"]):
    def for_listing(self) -> Self:
        return self.select_related("procedure__dispute__jurisdiction", "organization")


class LossAnalysis(Record):
    """败诉原因分析 (YC-30): why an agency lost, what it learns, what it puts right by when.

    The agency's own, and the justice bureau's, which reviews it. `asked_by` is the day by
    which the bureau wants it; `rectify_by` the one the agency sets itself.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="losses")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="losses")
    state = models.CharField(_("state"), max_length=10, choices=LossState, default=LossState.OWED)
    asked_by = models.DateField(_("wanted by"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=10, choices=LOSS_GROUNDS, blank=True)
    analysis = models.TextField(_("what went wrong"), blank=True)
    lesson = models.TextField(_("lesson"), blank=True)
    rectification = models.TextField(_("rectification"), blank=True)
    rectify_by = models.DateField(_("to be rectified by"), null=True, blank=True)
    written_on = models.DateField(null=True, editable=False)
    accepted_on = models.DateField(null=True, editable=False)
    rectified_on = models.DateField(_("rectified on"), null=True, editable=False)
    remark = models.CharField(_("remark of the reviewer"), max_length=500, blank=True)
    objects = LossAnalysisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "organization"], name="cases_loss_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("written", "accepted", "rectified"))
                | (Q(rectify_by__isnull=False, written_on__isnull=False) & ~Q(cause="")),
                name="cases_loss_written",
            ),
        ]
        ordering = ["-procedure__closed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.organization.short_name}"

    @property
    def audit_chain(self) -> str:
        return self.procedure.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.procedure.dispute.get_absolute_url()}?tab=related#a-{self.public_id}"

    @property
    def state_pill(self) -> tuple[str, str, str]:
        return (*LOSS_PILLS[LossState(self.state)], str(self.get_state_display()))


class Acceptance(models.TextChoices):
    ACCEPTED = "accepted", _("Accepts the judgment")
    PARTLY = "partly", _("Accepts it in part")
    REFUSED = "refused", _("Does not accept it")


class Intention(models.TextChoices):
    NONE = "none", _("Will not appeal")
    UNDECIDED = "undecided", _("Undecided")
    APPEAL = "appeal", _("Will appeal")


class Explanation(MadeByForm):
    """判后答疑 (WJ-67…70): a party is told that questions are answered, and asks them.

    The notice goes with the judgment; the appeal period runs on whatever is asked. The
    court's own: who asks, what and whether they mean to appeal is nobody else's.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="explanations"
    )
    notified_on = models.DateField(_("notice served on"))
    window = models.CharField(_("place and phone"), max_length=200)
    answered_by = models.CharField(_("who answers"), max_length=120)
    held_on = models.DateField(_("questions answered on"), null=True, editable=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    attendees = EncryptedTextField(_("who was there"), blank=True, default="")
    questions = EncryptedTextField(_("questions"), blank=True, default="")
    answers = EncryptedTextField(_("answers"), blank=True, default="")
    acceptance = models.CharField(_("acceptance"), max_length=10, choices=Acceptance, blank=True)
    intention = models.CharField(
        _("intention to appeal"), max_length=10, choices=Intention, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant"], name="cases_explained_once"),
            models.CheckConstraint(
                condition=Q(held_on=None) | ~Q(acceptance="", intention=""),
                name="cases_explained",
            ),
        ]
        ordering = ["notified_on", "pk"]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def procedure(self) -> Procedure:
        return self.participant.procedure

    @property
    def audit_chain(self) -> str:
        return self.participant.audit_chain

    def get_absolute_url(self) -> str:
        return f"{self.procedure.dispute.get_absolute_url()}?tab=related#q-{self.public_id}"
