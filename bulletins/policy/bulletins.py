"""A draft is its issuer's own; what was circulated is read by those whom it went to."""

from datetime import date

from django.db.models import Q, QuerySet

from bulletins.models import Bulletin, Circulation, Comment
from bulletins.states import TOLD, BulletinState
from foundations.access.policy import Policy, register
from members.models import Jurisdiction, Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import OrganizationKind, Role

NOT_ISSUING = (
    OrganizationKind.DIVISION,
    OrganizationKind.WORKROOM,
    OrganizationKind.LAW_FIRM,
    OrganizationKind.OTHER,
)


def issuers_for(user: User, jurisdiction: Jurisdiction, on: date) -> QuerySet[Organization]:
    """In whose name the user may write bulletins; never a division's."""
    mine = standing(user)
    held = Organization.objects.on(on).filter(jurisdiction=jurisdiction, pk__in=mine.organizations)
    bodies = held.exclude(kind__in=NOT_ISSUING)
    return bodies if mine.has(*WORKERS) else bodies.none()


def belongs(user: User, organization_id: int) -> bool:
    mine = standing(user)
    return mine.is_staff and organization_id in mine.organizations


def drafts(user: User, bulletin: Bulletin) -> bool:
    return bulletin.is_writable and works_for(user, bulletin.issuer)


def works_for_issuer(user: User, bulletin: Bulletin) -> bool:
    return works_for(user, bulletin.issuer)


def previews(user: User, bulletin: Bulletin) -> bool:
    return belongs(user, bulletin.issuer_id)


def is_second(user: User, bulletin: Bulletin) -> bool:
    """Somebody of the issuer who did not draft it: four eyes."""
    return belongs(user, bulletin.issuer_id) and bulletin.drafted_by_id != user.pk


def reviews(user: User, bulletin: Bulletin) -> bool:
    return bulletin.state == BulletinState.REVIEWING and is_second(user, bulletin)


def sends_back(user: User, bulletin: Bulletin) -> bool:
    waiting = (BulletinState.REVIEWING, BulletinState.APPROVED, BulletinState.SIGNED)
    return bulletin.state in waiting and is_second(user, bulletin)


def signs(user: User, bulletin: Bulletin) -> bool:
    """A leader of the issuer, or its liaison officer; never who drafted it."""
    due = bulletin.state in (BulletinState.REVIEWING, BulletinState.APPROVED)
    signer = standing(user).has(Role.LEADER, Role.LIAISON_OFFICER)
    return due and signer and is_second(user, bulletin)


def circulates(user: User, bulletin: Bulletin) -> bool:
    return bulletin.state == BulletinState.SIGNED and works_for(user, bulletin.issuer)


def corrects(user: User, bulletin: Bulletin) -> bool:
    return bulletin.state == BulletinState.CIRCULATED and works_for(user, bulletin.issuer)


def takes_part(user: User, bulletin: Bulletin) -> bool:
    """Its issuer, and each body that it went to."""
    mine = standing(user)
    if not mine.is_staff or not bulletin.is_told:
        return False
    if bulletin.issuer_id in mine.organizations:
        return True
    sent = bulletin.circulations.filter(sent_at__isnull=False)
    return sent.filter(organization__in=mine.organizations).exists()


def seen_bulletins(user: User) -> Q:
    """Restricted ones: of the issuer the leaders, the secretariat and who drafted it; of
    the others nobody but the people of the very bodies named."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    own = Q(issuer__in=mine.organizations)
    if not (mine.has(Role.LEADER) or mine.is_secretariat):
        own &= Q(restricted=False) | Q(drafted_by=user)
    return own | _told_to(mine.organizations, False) | _told_to(mine.named, True)


def _told_to(organizations: frozenset[int] | set[int], restricted: bool) -> Q:
    sent = Circulation.objects.filter(organization__in=organizations, sent_at__isnull=False)
    return Q(state__in=TOLD, restricted=restricted, pk__in=sent.values("bulletin"))


@register(Bulletin)
class BulletinPolicy(Policy):
    rules = {
        "draft": works_for_issuer,
        "preview": previews,
        "edit": drafts,
        "send": drafts,
        "discard": drafts,
        "attach": drafts,
        "review": reviews,
        "return": sends_back,
        "sign": signs,
        "circulate": circulates,
        "correct": corrects,
        "comment": takes_part,
    }

    def visible(self, user: User, rows: QuerySet[Bulletin]) -> QuerySet[Bulletin]:
        return rows.filter(seen_bulletins(user))


def receives(user: User, row: Circulation) -> bool:
    return row.sent_at is not None and works_for(user, row.organization)


def reads(user: User, row: Circulation) -> bool:
    return row.sent_at is not None and belongs(user, row.organization_id)


@register(Circulation)
class CirculationPolicy(Policy):
    rules = {"receive": receives, "read": reads}

    def visible(self, user: User, rows: QuerySet[Circulation]) -> QuerySet[Circulation]:
        return rows.filter(bulletin__in=Bulletin.objects.filter(seen_bulletins(user)))


def answers(user: User, comment: Comment) -> bool:
    return takes_part(user, comment.bulletin)


@register(Comment)
class CommentPolicy(Policy):
    rules = {"reply": answers}

    def visible(self, user: User, rows: QuerySet[Comment]) -> QuerySet[Comment]:
        return rows.filter(bulletin__in=Bulletin.objects.filter(seen_bulletins(user)))
