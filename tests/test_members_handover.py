"""Hand-over: all that a leaving person holds moves at once, or none of it does."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundations.access.errors import RuleBroken
from foundations.ledgers.models import SavedView
from members import holdings
from members.actions import end_role, hand_over
from members.models import Handover
from members.papers import handover_context
from members.rosters import holders, officers
from members.standing import standing
from members.states import Role, SeatRole, Side


@pytest.fixture
def views(city):
    """What stands for open work here: the saved views of the giver's account."""
    giver = city.users["gov_officer"]
    rows = [
        SavedView.objects.create(owner=giver, ledger="people", name=name) for name in ("甲", "乙")
    ]

    def list_open(person):
        held = SavedView.objects.filter(owner__person=person).order_by("pk")
        return [(view.pk, view.name, "/people/") for view in held]

    def reassign(ids, to_person, *, actor, at):
        SavedView.objects.filter(pk__in=ids).update(owner=to_person.user)

    holdings.register("views", "视图", list_open, reassign)
    yield rows
    holdings.unregister("views")


def give(city, actor=None, taker="recorder", on=None, giver="gov_officer") -> Handover:
    now = timezone.now()
    return hand_over(
        city.people[giver].pk,
        actor=actor,
        taker_id=city.people[taker].pk,
        on=on or timezone.localdate(now),
        reason="调离",
        at=now,
    )


def owners() -> set[str]:
    return set(SavedView.objects.values_list("owner__username", flat=True))


def test_work_role_and_seat_move_on_the_day(city, views):
    today = timezone.localdate()
    before = today - timedelta(days=1)

    handover = give(city)

    assert owners() == {"recorder"}
    assert officers(city.jurisdiction, Side.GOVERNMENT, before) == [city.users["gov_officer"]]
    assert officers(city.jurisdiction, Side.GOVERNMENT, today) == [city.users["recorder"]]
    seats = [
        [line.person.name for line in holders(city.body, SeatRole.LIAISON_OFFICER, day)]
        for day in (before, today)
    ]
    assert seats == [["李文静", "周明远"], ["许若晴", "周明远"]]
    assert not standing(city.users["gov_officer"], today).roles
    assert handover_context(handover)["groups"] == [{"label": "视图", "titles": ["甲", "乙"]}]


def test_a_coming_day_leaves_the_role_until_then(city, views):
    today = timezone.localdate()

    give(city, on=today + timedelta(days=3))

    giver = city.users["gov_officer"]
    assert standing(giver, today + timedelta(days=2)).roles
    assert not standing(giver, today + timedelta(days=3)).roles


def test_what_cannot_move_keeps_everything_where_it_is(city, views):
    def refuse(ids, to_person, *, actor, at):
        raise RuleBroken("stuck", "不能移交")

    holdings.register("last", "最后一项", lambda person: [(1, "一项", "/")], refuse)
    try:
        with pytest.raises(RuleBroken, match="不能移交"):
            give(city)
    finally:
        holdings.unregister("last")

    assert owners() == {"gov_officer"}
    assert not Handover.objects.exists()
    assert city.people["gov_officer"].seats.get().valid_to is None
    assert city.users["gov_officer"].bindings.get().valid_to is None


def test_a_leaders_role_stays_for_the_security_administrator(city):
    give(city, giver="gov_deputy", taker="gov_convenor")

    assert city.users["gov_deputy"].bindings.get().valid_to is None
    assert city.users["gov_convenor"].bindings.count() == 1


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"taker": "gov_officer"}, "same_person", "taker"),
        ({"taker": "gov_member"}, "taker_without_account", "taker"),
        ({"on": date(2026, 1, 5)}, "past_day", "on"),
    ],
)
def test_hand_overs_that_are_refused(city, views, given, code, field):
    with pytest.raises(RuleBroken) as refused:
        give(city, **given)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert owners() == {"gov_officer"}


def test_a_role_that_has_hardly_begun_is_not_moved_backwards(city, views):
    city.users["gov_officer"].bindings.update(valid_from=timezone.localdate())

    with pytest.raises(RuleBroken) as refused:
        give(city)

    assert refused.value.code == "term_backwards"
    assert owners() == {"gov_officer"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("recorder", True),
        ("gov_officer", True),
        ("court_officer", False),
        ("gov_convenor", False),
        ("agency_contact", False),
        ("security_admin", False),
    ],
)
def test_the_giver_and_the_officer_of_the_side_may_hand_over(city, who, may):
    """The giver holds no seat, so nothing but the rule on hand-overs decides."""
    given = {"giver": "recorder", "taker": "gov_officer", "actor": city.users[who]}
    if may:
        give(city, **given)
    else:
        with pytest.raises(PermissionDenied):
            give(city, **given)


def test_the_page_shows_what_moves_before_it_does(city, as_user, views):
    giver = city.people["gov_officer"]
    client = as_user(city.users["gov_officer"])
    address = reverse("members:handover-new", args=[giver.public_id])
    page = client.get(address).content.decode()
    day = timezone.localdate() + timedelta(days=1)

    refused = client.post(address, {"taker": giver.pk, "on": day.isoformat(), "reason": "调离"})
    done = client.post(
        address,
        {"taker": city.people["recorder"].pk, "on": day.isoformat(), "reason": "调离"},
    )

    for shown in ("联络员</b> 联席会议", "试验市司法局行政复议与应诉科", "甲", "乙"):
        assert shown in page
    assert (refused.status_code, done.status_code) == (422, 302)
    handover = Handover.objects.get()
    assert "乙" in client.get(handover.get_absolute_url()).content.decode()
    other = as_user(city.users["agency_contact"])
    assert other.get(handover.get_absolute_url()).status_code == 404


def test_without_the_officer_the_successor_is_bound_first(city, views):
    """An officer who is gone: the security administrator moves the role, the new
    officer moves the rest."""
    yesterday = timezone.localdate() - timedelta(days=1)
    city.users["recorder"].bindings.update(role=Role.LIAISON_OFFICER)
    end_role(
        city.users["gov_officer"].bindings.get().pk,
        actor=city.users["security_admin"],
        on=yesterday,
        reason="辞职",
    )

    give(city, actor=city.users["recorder"])

    assert owners() == {"recorder"}
    today = timezone.localdate()
    held = holders(city.body, SeatRole.LIAISON_OFFICER, today, Side.GOVERNMENT)
    assert [line.person.name for line in held] == ["许若晴"]
