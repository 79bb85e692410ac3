"""Texts that wait for the consent of the own side, and those of ours that wait for others."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.ledgers.work import WorkItem
from members.desk import Desk, Sort, Sorts
from members.standing import Standing
from problems.models import Agreed, Interpretation, Standard
from problems.policy.circle import of_a_side
from problems.states import AgreedState
from services.consents.models import Consent


def sorts(desk: Desk) -> Sorts:
    circle = of_a_side(desk.mine).values("mechanism")
    for model in (Standard, Interpretation):
        rows = model._default_manager.filter(mechanism__in=circle, state=AgreedState.ASKED)
        yield Sort(rows, _asked)


def _asked(desk: Desk, asked: QuerySet[Agreed]) -> list[WorkItem]:
    mine, sides = desk.mine, dict(of_a_side(desk.mine).values_list("mechanism", "side"))
    rows = {row.pk: row for row in asked.select_related("organization")}
    kind = ContentType.objects.get_for_model(asked.model)
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
