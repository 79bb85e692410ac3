from django.db.models import Q

from foundations.access.policy import Policy, register
from meetings.models import Invitation, Meeting, MeetingSeries
from meetings.policy.circle import invited, is_officer, is_secretariat
from members.standing import standing
from members.states import Role


@register(Meeting)
class MeetingPolicy(Policy):
    """Secretariats and leaders see their jurisdiction's meetings; others those that they
    are invited to or owe something from."""

    rules = {
        "propose_day": is_officer,
        "answer": is_officer,
        "postpone": is_officer,
        "cancel": is_officer,
        "swap": is_officer,
        "notify": is_officer,
        "arrange": is_secretariat,
        "record": is_secretariat,
    }

    def visible(self, user, rows):
        mine = standing(user)
        near = Q(
            pk__in=Invitation.objects.filter(invited(user), notified_at__isnull=False).values(
                "meeting"
            )
        )
        if mine.has(Role.MEMBER_UNIT):
            near |= Q(resolutions__lead__in=mine.organizations)
            near |= Q(topics__organization__in=mine.organizations)
        if mine.has(Role.LIAISON_OFFICER, Role.RECORDER, Role.LEADER):
            near |= Q(mechanism__jurisdiction__in=mine.jurisdictions)
        return rows.filter(pk__in=rows.model.objects.filter(near).values("pk"))


@register(MeetingSeries)
class SeriesPolicy(Policy):
    rules = {"restart": lambda user, series: standing(user).has(Role.LIAISON_OFFICER)}

    def visible(self, user, rows):
        return rows.filter(mechanism__jurisdiction__in=standing(user).jurisdictions)
