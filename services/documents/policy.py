"""Documents and files are seen with what they are about, and by their visibility class."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from foundations.access.policy import Policy, policy_for, register, registered
from foundations.access.visibility import Visibility
from members.models import User
from members.standing import standing
from members.states import Side
from services.documents.models import Attachment, OfficialDocument
from services.documents.states import DocumentState

SIDE_CLASSES = {
    Visibility.GOV_INTERNAL: Side.GOVERNMENT,
    Visibility.COURT_INTERNAL: Side.COURT,
    Visibility.PROC_INTERNAL: Side.PROCURATORATE,
}


def of_visible_subjects(user: User, rows: QuerySet) -> QuerySet:
    """The rows whose subject the user may see, and whose class admits the user's side.

    What names people in full is for whoever may read the papers of its subject in full.
    """
    found = set(rows.order_by().values_list("subject_type", flat=True).distinct())
    about = Q(pk__in=())
    policies = registered()
    for key in sorted(found):
        model = ContentType.objects.get_for_id(key).model_class()
        if model in policies:
            seen = policies[model].visible(user, model._default_manager.all()).values("pk")
            about |= Q(subject_type=key, subject_id__in=seen) & _unsealed(user, rows, model)
    sides = standing(user).sides
    closed = [name for name, side in SIDE_CLASSES.items() if side not in sides]
    return rows.filter(about).exclude(visibility__in=closed)


def _unsealed(user: User, rows: QuerySet, model: type[Model]) -> Q:
    policy = registered()[model]
    if rows.model is not OfficialDocument or type(policy).in_full is Policy.in_full:
        return Q()
    full = policy.in_full(user, model._default_manager.all()).values("pk")
    return Q(sealed="") | Q(subject_id__in=full)


def acts_for(user: User, row: OfficialDocument | Attachment) -> bool:
    """Does the user do the secretariat's work of the organization it comes from?"""
    mine = standing(user)
    return mine.is_secretariat and row.organization_id in mine.organizations


def does_secretariat(user: User, row: OfficialDocument | Attachment) -> bool:
    mine = standing(user)
    return mine.is_secretariat and row.jurisdiction_id in mine.jurisdictions


def may_take_word(user: User, document: OfficialDocument) -> bool:
    """The Word file of an internal document is for those who draft it only."""
    return not document.internal or acts_for(user, document)


@register(OfficialDocument)
class DocumentPolicy(Policy):
    """A draft is seen by the secretariats (YN-5), an issued document with its subject."""

    rules = {
        "void": acts_for,
        "retry": does_secretariat,
        "word": may_take_word,
    }

    def visible(self, user: User, rows: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
        seen = of_visible_subjects(user, rows)
        if standing(user).is_secretariat:
            return seen
        return seen.exclude(state=DocumentState.DRAFT)


def may_open(user: User, attachment: Attachment) -> bool:
    """A confidential file is opened only by those whom the subject's policy names."""
    if not attachment.confidential:
        return True
    policy = policy_for(attachment.subject)
    named = "open_confidential" in policy.rules
    return named and policy.can(user, "open_confidential", attachment.subject)


@register(Attachment)
class AttachmentPolicy(Policy):
    rules = {
        "open": may_open,
        "remove": lambda user, row: row.uploaded_by_id == user.pk or acts_for(user, row),
    }

    def visible(self, user: User, rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
        return of_visible_subjects(user, rows.filter(removed_at__isnull=True))
