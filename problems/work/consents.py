"""Texts that wait for the consent of the own side, and those of ours that wait for others."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.models import User
from members.policy import WORKERS
from members.standing import Standing, standing
from problems.models import Agreed, Interpretation, Standard
from problems.policy.circle import of_a_side
from problems.states import AgreedState
from services.consents.models import Consent


def items(user: User, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    if not mine.has(*WORKERS):
        return []
    sides = dict(of_a_side(mine).values_list("mechanism", "side"))
    return [item for model in (Standard, Interpretation) for item in _of(model, mine, sides)]


def _of(model: type[Agreed], mine: Standing, sides: dict[int, str]) -> list[WorkItem]:
    asked = model._default_manager.filter(mechanism__in=sides, state=AgreedState.ASKED)
    rows = {row.pk: row for row in asked.select_related("organization")}
    if not rows:
        return []
    kind = ContentType.objects.get_for_model(model)
    consents = Consent.objects.open().filter(subject_type=kind, subject_id__in=rows)
    return [
        _item(rows[one.subject_id], one, sides[rows[one.subject_id].mechanism_id])
        for one in consents.prefetch_related("answers")
        if _concerns(rows[one.subject_id], one, mine, sides)
    ]


def _concerns(row: Agreed, consent: Consent, mine: Standing, sides: dict[int, str]) -> bool:
    own = row.organization_id in mine.organizations
    return own or sides[row.mechanism_id] in consent.waiting_for


def _item(row: Agreed, consent: Consent, side: str) -> WorkItem:
    answers = side in consent.waiting_for
    url = reverse(f"problems:{row.page}-answer", args=[row.public_id])
    return WorkItem(
        "sign" if answers else "waiting",
        row.title,
        url if answers else row.get_absolute_url(),
        _("Answer for your side") if answers else _("Look"),
        meta=(_("Consent of the sides"),),
        party=row.organization.short_name,
    )
