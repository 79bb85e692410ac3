"""Who assesses, who objects, who reads.

The organ that scores works on its drafts alone. A unit assessed finds its own marks once
they are told to it; from the publication on every unit assessed and every side of the
institution reads all of them. Nobody else finds anything here.
"""

from django.db.models import Q, QuerySet

from assessments.models import Assessed, Item, Objection, Scheme, Score, Sheet
from assessments.states import OPEN_TO_SIDES, TOLD, USABLE, SheetState
from foundations.access.policy import Policy, register
from mechanisms.models import Mechanism, MechanismParty
from mechanisms.queries import parties
from members.models import Organization, User
from members.policy import works_for
from members.standing import Standing, standing
from members.states import Role, Side

SCORERS = (Role.LIAISON_OFFICER, Role.RECORDER)


def organ_of(mechanism: Mechanism) -> Organization | None:
    """Who assesses in the name of the government: the organ that acts for it."""
    found = next((one for one in parties(mechanism) if one.side == Side.GOVERNMENT), None)
    return found.acting if found else None


def organs_of(user: User) -> dict[int, Organization]:
    """The institutions in which the user drafts and scores, with the organ it does it for."""
    mine = standing(user)
    if not mine.has(*SCORERS):
        return {}
    rows = MechanismParty.objects.filter(side=Side.GOVERNMENT, acting__in=mine.named)
    return {row.mechanism_id: row.acting for row in rows.select_related("acting").order_by("pk")}


def scores_for(user: User, row: Scheme | Sheet) -> bool:
    """Drafts, scores and answers: the daily work of the organ, under its own name."""
    mine = standing(user)
    return mine.has(*SCORERS) and row.organization_id in mine.named


def publishes(user: User, row: Scheme | Sheet) -> bool:
    """What others are bound by is done by the liaison officer of the organ."""
    return scores_for(user, row) and standing(user).has(Role.LIAISON_OFFICER)


def drafts(user: User, row: Scheme | Sheet) -> bool:
    return row.is_draft and scores_for(user, row)


def _sides(mine: Standing) -> QuerySet[MechanismParty]:
    units = mine.organizations
    led = Q(lead__in=units) | Q(acting__in=units) | Q(secretariat__in=units)
    return MechanismParty.objects.filter(led)


def seen_sheets(user: User) -> Q:
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    own = Assessed.objects.filter(organization__in=mine.organizations).values("sheet")
    near = Q(scheme__mechanism__in=_sides(mine).values("mechanism"))
    return (
        Q(organization__in=mine.named)
        | Q(state__in=OPEN_TO_SIDES) & near
        | Q(state__in=TOLD, pk__in=own)
    )


@register(Scheme)
class SchemePolicy(Policy):
    """Adopted ones are read by the sides, and by the units on a sheet that they see."""

    rules = {
        "write": scores_for,
        "edit": drafts,
        "adopt": publishes,
        "use": scores_for,
    }

    def visible(self, user: User, rows: QuerySet[Scheme]) -> QuerySet[Scheme]:
        mine = standing(user)
        if not mine.is_staff:
            return rows.none()
        near = Q(mechanism__in=_sides(mine).values("mechanism"))
        sheets = Sheet.objects.filter(seen_sheets(user)).values("scheme")
        told = Q(state__in=USABLE) & (near | Q(pk__in=sheets))
        return rows.filter(Q(organization__in=mine.named) | told)


@register(Item)
class ItemPolicy(Policy):
    rules = {"edit": lambda user, item: drafts(user, item.scheme)}

    def visible(self, user: User, rows: QuerySet[Item]) -> QuerySet[Item]:
        schemes = SchemePolicy().visible(user, Scheme.objects.all())
        return rows.filter(scheme__in=schemes.values("pk"))


@register(Sheet)
class SheetPolicy(Policy):
    rules = {
        "write": scores_for,
        "score": drafts,
        "announce": lambda user, sheet: sheet.is_draft and publishes(user, sheet),
        "publish": lambda user, sheet: (
            sheet.state == SheetState.ANNOUNCED and publishes(user, sheet)
        ),
        "correct": lambda user, sheet: (
            sheet.state == SheetState.PUBLISHED and publishes(user, sheet)
        ),
    }

    def visible(self, user: User, rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
        return rows.filter(seen_sheets(user))


def seen_units(user: User) -> Q:
    """Of a sheet that is told and not published, each unit finds its own line alone."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    sheets = Sheet.objects.filter(seen_sheets(user))
    whole = sheets.filter(Q(organization__in=mine.named) | Q(state__in=OPEN_TO_SIDES))
    own = Q(organization__in=mine.organizations, sheet__in=sheets.values("pk"))
    return Q(sheet__in=whole.values("pk")) | own


def objects(user: User, row: Assessed) -> bool:
    return row.sheet.is_open_to_objections and works_for(user, row.organization)


def follows(user: User, row: Assessed) -> bool:
    """The organ that scores, and the unit itself; what they said is no part of the result."""
    mine = standing(user)
    near = row.organization_id in mine.organizations or row.sheet.organization_id in mine.named
    return mine.is_staff and near


@register(Assessed)
class AssessedPolicy(Policy):
    rules = {"object": objects, "agree": objects, "follow": follows}

    def visible(self, user: User, rows: QuerySet[Assessed]) -> QuerySet[Assessed]:
        return rows.filter(seen_units(user))


@register(Score)
class ScorePolicy(Policy):
    rules = {
        "judge": lambda user, score: drafts(user, score.assessed.sheet),
        "object": lambda user, score: objects(user, score.assessed),
    }

    def visible(self, user: User, rows: QuerySet[Score]) -> QuerySet[Score]:
        seen = Assessed.objects.filter(seen_units(user))
        return rows.filter(assessed__in=seen.values("pk"))


def answers(user: User, objection: Objection) -> bool:
    """The organ that scores, as long as the sheet is not published."""
    sheet = objection.score.assessed.sheet
    return sheet.is_open_to_objections and scores_for(user, sheet)


def reads_objections(user: User) -> Q:
    """What a unit says is between it and the organ that scores."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    organ = Q(score__assessed__sheet__organization__in=mine.named)
    return organ | Q(score__assessed__organization__in=mine.organizations)


@register(Objection)
class ObjectionPolicy(Policy):
    rules = {"answer": answers}

    def visible(self, user: User, rows: QuerySet[Objection]) -> QuerySet[Objection]:
        return rows.filter(reads_objections(user))
