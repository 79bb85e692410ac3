"""Who signs the notice of a change, under which numbers, and whether there is one."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from foundations.access.policy import policy_for
from members.models import Organization, RosterChange, User
from members.states import Role
from services.documents.models import NumberSeries, OfficialDocument
from services.documents.states import DocumentState

STANDING = (DocumentState.DRAFT, DocumentState.ISSUING, DocumentState.ISSUED)


def notices_about(user: User, changes: list[RosterChange]) -> dict[int, list[OfficialDocument]]:
    """By the key of the change, the notices that the reader may see, newest first; void
    ones too."""
    if not changes:
        return {}
    rows = OfficialDocument.objects.filter(
        kind="change_notice",
        subject_type=ContentType.objects.get_for_model(RosterChange),
        subject_id__in=[change.pk for change in changes],
    )
    found: dict[int, list[OfficialDocument]] = {}
    for notice in policy_for(OfficialDocument).visible(user, rows).order_by("-pk"):
        found.setdefault(notice.subject_id, []).append(notice)
    return found


def standing_notice(change: RosterChange) -> OfficialDocument | None:
    rows = OfficialDocument.objects.about(change).filter(kind="change_notice")
    return rows.filter(state__in=STANDING).first()


def series_of(signer: Organization) -> QuerySet[NumberSeries]:
    """The number series of the unit that signs."""
    rows = NumberSeries.objects.filter(jurisdiction=signer.jurisdiction_id, organization=signer)
    return rows.order_by("pk")


def signer_of(user: User, change: RosterChange, on: date) -> Organization:
    """Who issues the notice: the unit of the liaison officer `user` on a day."""
    roles = user.bindings.on(on).filter(
        role=Role.LIAISON_OFFICER, jurisdiction=change.body.jurisdiction_id
    )
    return roles.select_related("organization__parent").earliest("pk").organization.lead
