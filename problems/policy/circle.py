"""Who takes part in a matter: the questions that the policies of this room share."""

from django.db.models import Q, QuerySet

from foundations.access.policy import Policy, visible_to
from mechanisms.models import Mechanism, MechanismParty
from mechanisms.queries import parties
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import Standing, standing
from problems.models import Matter
from problems.models.matters import Part
from problems.states import DRAFT


def of_a_side(mine: Standing) -> QuerySet[MechanismParty]:
    """As which parties of which institutions a person acts."""
    units = mine.organizations
    led = Q(lead__in=units) | Q(acting__in=units) | Q(secretariat__in=units)
    return MechanismParty.objects.filter(led)


def works_for_a_side(user: User) -> bool:
    """Of any institution."""
    mine = standing(user)
    return mine.has(*WORKERS) and of_a_side(mine).exists()


def mechanisms_of(user: User) -> QuerySet[Mechanism]:
    """The institutions of which the user's organization is a side."""
    return Mechanism.objects.filter(pk__in=of_a_side(standing(user)).values("mechanism"))


def side_of(user: User, mechanism: Mechanism) -> str:
    """The side of the institution for which the user does the daily work; "" for none."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return ""
    for one in parties(mechanism):
        if mine.organizations & {one.lead_id, one.acting_id, one.secretariat_id}:
            return str(one.side)
    return ""


def writing_units(user: User, mechanism: Mechanism) -> QuerySet[Organization]:
    """In whose name the user may write: the organs of the own side that take part."""
    mine = standing(user)
    if not mine.has(*WORKERS):
        return Organization.objects.none()
    organs = {pk for one in parties(mechanism) for pk in (one.acting_id, one.lead_id)}
    return Organization.objects.filter(pk__in=organs & mine.organizations).order_by("-order")


def writes(user: User, matter: Matter) -> bool:
    """May the user lay it before the others in the name of its organ?"""
    organs = {pk for one in parties(matter.mechanism) for pk in (one.acting_id, one.lead_id)}
    return matter.organization_id in organs and works_for(user, matter.organization)


def keeps(user: User, matter: Matter) -> bool:
    return works_for(user, matter.organization)


def drafts(user: User, matter: Matter) -> bool:
    return matter.is_draft and keeps(user, matter)


def joins(user: User, matter: Matter) -> bool:
    """Whoever works for a side, or for a unit that takes part."""
    if side_of(user, matter.mechanism):
        return True
    return any(works_for(user, unit) for unit in matter.units.all())


def answers_for_side(user: User, matter: Matter) -> bool:
    return side_of(user, matter.mechanism) != ""


class MatterPolicy(Policy):
    """The sides see every matter of their institution, other units those in which they take
    part; what is `private` is its writer's alone."""

    private: tuple[str, ...] = (DRAFT,)

    rules = {
        "write": writes,
        "keep": keeps,
        "edit": drafts,
        "attach": keeps,
        "join": joins,
        "answer": answers_for_side,
    }

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        own = Q(organization__in=mine.organizations)
        near = Q(mechanism__in=of_a_side(mine).values("mechanism")) | self.admitted(user, rows)
        return rows.filter(own | near & ~Q(state__in=self.private))

    def admitted(self, user: User, rows: QuerySet) -> Q:
        """Those in which a unit of the user takes part."""
        part = rows.model.units.through.objects.filter(
            organization__in=standing(user).organizations
        )
        name = rows.model._meta.model_name
        return Q(pk__in=part.values(name))


class PartPolicy(Policy):
    """What belongs to a matter is seen with it."""

    of: tuple[type[Matter], str]

    def visible(self, user: User, rows: QuerySet) -> QuerySet:
        model, path = self.of
        return rows.filter(**{f"{path}__in": visible_to(user, model).values("pk")})


def works_for_unit(user: User, part: Part) -> bool:
    """For the unit of a part: the one that owes it, or wrote it."""
    unit: Organization = getattr(part, "unit", None) or part.organization  # type: ignore[attr-defined]
    return works_for(user, unit)
