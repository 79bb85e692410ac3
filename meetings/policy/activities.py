"""Who sees joint activities and what hangs on them.

The hosts' people write. The plan of the year is kept by the secretariats and seen by the
leaders; whoever is asked sees an activity from its announcement, the whole institution once
it took place. Names of people and scores of files have readers of their own.
"""

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, register
from mechanisms.models import Mechanism
from meetings.models import (
    Activity,
    ActivityInvitation,
    ActivityOpinion,
    ActivityReport,
    ReviewedFile,
)
from meetings.states import TAKEN_PLACE, ActivityState, GuestGroup
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import Standing, standing
from members.states import OrganizationKind, Role

SEEN_WHEN_ASKED = TAKEN_PLACE | {ActivityState.ANNOUNCED, ActivityState.CANCELLED}


def hosting_units(user: User, mechanism: Mechanism) -> QuerySet[Organization]:
    """The units in whose name the user may plan an activity of the institution."""
    mine = standing(user)
    rows = Organization.objects.filter(jurisdiction=mechanism.jurisdiction_id)
    if not mine.has(*WORKERS) or mechanism.jurisdiction_id not in mine.jurisdictions:
        return rows.none()
    own = rows.filter(pk__in=mine.organizations).exclude(kind=OrganizationKind.DIVISION)
    return own.order_by("order", "pk")


def hosts(user: User, activity: Activity) -> bool:
    """Does the user work for one of its hosts?"""
    return any(works_for(user, one) for one in activity.hosts)


def plans(user: User, activity: Activity) -> bool:
    return works_for(user, activity.host)


def signs_up(user: User, invitation: ActivityInvitation) -> bool:
    """A unit for itself; the hosts for guests, and for a unit that answers on paper."""
    if invitation.organization is not None and works_for(user, invitation.organization):
        return True
    return hosts(user, invitation.activity)


def reads_names(user: User, invitation: ActivityInvitation) -> bool:
    """Who signed up and came, by name: the hosts, and the unit itself."""
    mine = standing(user)
    if mine.is_staff and invitation.organization_id in mine.organizations:
        return True
    return _of_hosts(mine, invitation.activity)


def says(user: User, opinion: ActivityOpinion) -> bool:
    """Whoever was there: a unit for itself, the hosts for guests."""
    activity = opinion.activity
    if works_for(user, opinion.organization):
        asked = activity.invitations.filter(organization=opinion.organization)
        return hosts(user, activity) or asked.exists()
    return False


def opinion_units(user: User, activity: Activity) -> QuerySet[Organization]:
    """In whose name the user may say something of an activity: of hosts and invited units."""
    near = {one.pk for one in activity.hosts}
    asked = activity.invitations.filter(group=GuestGroup.UNIT)
    near |= set(asked.values_list("organization", flat=True))
    mine = standing(user)
    own = mine.organizations if mine.has(*WORKERS) else frozenset()
    return Organization.objects.filter(pk__in=near & own).order_by("order", "pk")


def _of_hosts(mine: Standing, activity: Activity) -> bool:
    return mine.is_staff and any(one.pk in mine.organizations for one in activity.hosts)


def _hosted(mine: Standing) -> Q:
    shared = Activity.co_hosts.through.objects.filter(organization__in=mine.organizations)
    return Q(host__in=mine.organizations) | Q(pk__in=shared.values("activity"))


def _asked(mine: Standing) -> Q:
    told = ActivityInvitation.objects.filter(
        organization__in=mine.organizations, told_at__isnull=False
    )
    return Q(pk__in=told.values("activity"), state__in=SEEN_WHEN_ASKED)


def near_units(mine: Standing) -> Q:
    """Hosted by the units, or with an invitation for one of them."""
    told = ActivityInvitation.objects.filter(organization__in=mine.organizations)
    return _hosted(mine) | Q(pk__in=told.filter(told_at__isnull=False).values("activity"))


def seen_activities(user: User) -> QuerySet[Activity]:
    return ActivityPolicy().visible(user, Activity.objects.all())


@register(Activity)
class ActivityPolicy(Policy):
    rules = {
        "plan": plans,
        "edit": hosts,
        "announce": hosts,
        "move": hosts,
        "cancel": hosts,
        "hold": hosts,
        "report": hosts,
        "review": hosts,
        "conclude": hosts,
        "attach": hosts,
    }

    def visible(self, user: User, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        near = _hosted(mine) | _asked(mine) | Q(state__in=TAKEN_PLACE)
        if mine.is_secretariat or mine.has(Role.LEADER):
            near |= Q(mechanism__jurisdiction__in=mine.jurisdictions)
        return rows.filter(near, mechanism__jurisdiction__in=mine.jurisdictions)


@register(ActivityInvitation)
class ActivityInvitationPolicy(Policy):
    """Whoever sees the activity sees who was asked, and how many came; not their names."""

    rules = {"answer": signs_up, "names": reads_names}

    def visible(
        self, user: User, rows: QuerySet[ActivityInvitation]
    ) -> QuerySet[ActivityInvitation]:
        return rows.filter(activity__in=seen_activities(user).values("pk"))


@register(ActivityOpinion)
class ActivityOpinionPolicy(Policy):
    rules = {"give": says}

    def visible(self, user: User, rows: QuerySet[ActivityOpinion]) -> QuerySet[ActivityOpinion]:
        return rows.filter(activity__in=seen_activities(user).values("pk"))


@register(ActivityReport)
class ActivityReportPolicy(Policy):
    def visible(self, user: User, rows: QuerySet[ActivityReport]) -> QuerySet[ActivityReport]:
        return rows.filter(activity__in=seen_activities(user).values("pk"))


@register(ReviewedFile)
class ReviewedFilePolicy(Policy):
    """A score is read by the hosts of the review and by the unit whose file it is."""

    def visible(self, user: User, rows: QuerySet[ReviewedFile]) -> QuerySet[ReviewedFile]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        hosted = Activity.objects.filter(_hosted(mine)).values("pk")
        shown = Q(activity__in=hosted) | Q(
            organization__in=mine.organizations, activity__state__in=TAKEN_PLACE
        )
        return rows.filter(shown)
