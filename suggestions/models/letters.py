from collections.abc import Iterable
from datetime import date
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Procedure
from foundations.access.fields import EncryptedTextField
from foundations.access.rows import MadeByForm
from foundations.access.visibility import Visibility
from mechanisms.models import Mechanism, Provision
from members.models import Jurisdiction, Organization
from services.deadlines.models import Deadline
from suggestions.states import (
    AddresseeState,
    CopyMode,
    Form,
    Kind,
    LetterState,
    Status,
    reply_rule,
)

A = AddresseeState


class SuggestionQuerySet(models.QuerySet):
    def with_status(self, on: date) -> Self:
        """Adds `status` (a value of Status), derived from the addressees on a day."""
        states = {
            Status.TO_VERIFY: (A.TO_VERIFY,),
            Status.UNDER_REVIEW: (A.OBJECTED, A.REFUSED),
            Status.RECTIFYING: (A.RECTIFYING,),
            Status.TO_SERVE: (A.SENT,),
        }
        some_replied = _some(A.RECTIFYING, A.TO_VERIFY, A.CLOSED, A.OBJECTED, A.REFUSED)
        waiting = _some(A.SERVED)
        return self.annotate(
            status=models.Case(
                models.When(state=LetterState.DRAFT, then=Value(Status.DRAFT)),
                models.When(state=LetterState.WITHDRAWN, then=Value(Status.WITHDRAWN)),
                models.When(_reply_overdue(on), then=Value(Status.OVERDUE)),
                models.When(waiting & some_replied, then=Value(Status.PARTLY_REPLIED)),
                models.When(waiting, then=Value(Status.NO_REPLY)),
                *(models.When(_some(*held), then=Value(name)) for name, held in states.items()),
                models.When(_some(A.CLOSED), then=Value(Status.CLOSED)),
                default=Value(Status.WITHDRAWN),
                output_field=models.CharField(),
            )
        )

    def for_listing(self) -> Self:
        return self.select_related("issuer", "jurisdiction").order_by("-issued_on", "-pk")


def _addressees() -> models.QuerySet:
    """By name: the model stands below, and points back to this one."""
    return apps.get_model("suggestions", "Addressee")._default_manager.all()


def _some(*states: str) -> Exists:
    rows = _addressees().filter(suggestion=OuterRef("pk"), state__in=states)
    return Exists(rows)


def _reply_overdue(on: date) -> Exists:
    """Has an addressee that was served let the last day for its reply pass?"""
    rows = _addressees().filter(suggestion=OuterRef("pk"), state=A.SERVED, reply_due_on__lt=on)
    return Exists(rows)


class Suggestion(MadeByForm):
    """建议: one letter of advice, of any kind, to one or several addressees.

    `reply_length` and `reply_unit` are the letter's own reply period; without them the
    rule's applies. The number is the document's, or typed from the issuer's own system.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT)
    kind = models.CharField(_("kind"), max_length=28, choices=Kind)
    form = models.CharField(_("form"), max_length=16, choices=Form)
    issuer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="suggestions_issued"
    )
    division = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    area = models.CharField(_("area"), max_length=40, blank=True)
    triggers = models.JSONField(_("why it is written"), default=list, blank=True)
    background = models.TextField(_("what happened, and what is done already"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    reply_length = models.PositiveSmallIntegerField(_("reply within"), null=True, blank=True)
    reply_unit = models.CharField(max_length=8, blank=True)
    heard_on = models.DateField(_("addressee heard on"), null=True, blank=True)
    heard_note = models.TextField(_("what the addressee said"), blank=True)
    deliberated_on = models.DateField(_("deliberated on"), null=True, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = EncryptedTextField(_("contact's phone"), blank=True, default="")
    visibility = models.CharField(max_length=16, choices=Visibility, default=Visibility.JOINT)
    state = models.CharField(
        max_length=10, choices=LetterState, default=LetterState.DRAFT, editable=False
    )
    issued_on = models.DateField(null=True, blank=True, editable=False)
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)
    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"], condition=~Q(number=""), name="suggestions_number"
            )
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-issued_on"], name="suggestions_place"),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def audit_chain(self) -> str:
        return self.jurisdiction.key

    @property
    def reply_rule(self) -> str:
        return reply_rule(self.kind, self.form)

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    def get_absolute_url(self) -> str:
        return reverse("suggestions:detail", args=[self.public_id])


class Problem(models.Model):
    """A problem and the advice on it, one to one, in the order of the letter."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="problems")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("problem"))
    advice = models.TextField(_("advice"))
    tag = models.CharField(_("kind of problem"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "order"], name="suggestions_problem_order"
            )
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.order}. {self.advice[:40]}"


class CaseLink(models.Model):
    """The number of a case from which the letter comes, as it is normalised.

    `procedure` is the one of that number, where the portal knows it; its page is shown to
    those alone who may see the dispute.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="cases")
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    number = models.CharField(_("case number"), max_length=60)
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "number"], name="suggestions_case")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class Copy(models.Model):
    """抄送: whom a letter is copied to, by which clause, and when it was signed for."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="copies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    provision = models.ForeignKey(
        Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField(max_length=8, choices=CopyMode, default=CopyMode.OPTIONAL)
    sent_on = models.DateField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "organization"], name="suggestions_copy_once"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.organization)


class Access(models.Model):
    """Who takes part in a letter: written with what makes an organization take part."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="access")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "suggestion"], name="suggestions_access_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.organization_id}"


def admit(suggestion: Suggestion, organizations: Iterable[Organization]) -> None:
    """Let organizations see a letter; called by the actions that make them take part."""
    Access.objects.bulk_create(
        [Access(suggestion=suggestion, organization=one) for one in organizations],
        ignore_conflicts=True,
    )


def limits_of(suggestion: Suggestion) -> models.QuerySet[Deadline]:
    """The limits of all its addressees."""
    return Deadline.objects.filter(
        subject_type__app_label="suggestions",
        subject_type__model="addressee",
        subject_id__in=suggestion.addressees.values("pk"),
    )
