"""Who is invited: the roster of the day, and what the text allows for the kind (YN-15, 18)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for, visible_to
from meetings.actions.invitations import (
    correct_invitation,
    drop_invitation,
    invite,
    prepare_invitations,
)
from meetings.models import Invitation
from meetings.states import MeetingKind
from members.models import Seat
from tests.gatherings import AT, invitation_of, make_meeting, notified_meeting

GUEST = {"category": "lawyer", "name": "何敏", "unit_and_title": "示例律师事务所律师"}


@pytest.fixture
def meeting(city):
    return make_meeting(city)


def add(city, meeting, by="gov_officer", side="government", **given):
    return invite(meeting.pk, side=side, actor=city.users[by], at=AT, **{**GUEST, **given})


def test_the_roster_of_the_day_is_invited_once(city, meeting):
    prepare_invitations(meeting.pk, actor=None, at=AT)
    prepare_invitations(meeting.pk, actor=None, at=AT)

    rows = meeting.invitations.order_by("order")
    assert [(row.name, row.side, row.seat_role) for row in rows] == [
        ("热依古丽·阿不都", "government", "convenor"),
        ("陈维嘉", "court", "convenor"),
        ("王彬", "government", "deputy_convenor"),
        ("林浩然", "court", "deputy_convenor"),
        ("马刚", "court", "member"),
        ("何先", "government", "member"),
        ("李文静", "government", "liaison_officer"),
        ("周明远", "court", "liaison_officer"),
    ]
    assert rows[2].unit_and_title == "试验市司法局副局长"


def test_the_page_of_the_meeting_names_units_shortly_and_guests_as_typed(city, meeting, as_user):
    prepare_invitations(meeting.pk, actor=None, at=AT)
    add(city, meeting)

    page = as_user(city.users["gov_officer"]).get(meeting.get_absolute_url()).content.decode()

    people = page.partition('id="people"')[2].partition("</section>")[0]
    assert "市司法局副局长" in people
    assert "试验市司法局" not in people
    assert "示例律师事务所律师" in people


def test_a_side_prepares_its_own_list(city, meeting):
    prepare_invitations(meeting.pk, actor=city.users["court_officer"], at=AT, side="court")

    assert set(meeting.invitations.values_list("side", flat=True)) == {"court"}
    with pytest.raises(PermissionDenied):
        prepare_invitations(
            meeting.pk, actor=city.users["court_officer"], at=AT, side="government"
        )


def test_who_left_the_roster_before_the_day_is_not_invited(city, meeting):
    Seat.objects.filter(person=city.people["court_member"]).update(valid_to=date(2026, 12, 14))

    prepare_invitations(meeting.pk, actor=None, at=AT)

    assert not meeting.invitations.filter(person=city.people["court_member"]).exists()


ALLOWED = {
    "regular": {"member", "agency", "congress_deputy", "consultative_member", "lawyer", "staff"},
    "ad_hoc": {
        "member",
        "agency",
        "congress_deputy",
        "consultative_member",
        "lawyer",
        "government_leader",
        "staff",
    },
}


@pytest.mark.parametrize("kind", MeetingKind.values)
@pytest.mark.parametrize(
    "category",
    [
        "member",
        "agency",
        "congress_deputy",
        "consultative_member",
        "lawyer",
        "government_leader",
        "staff",
    ],
)
def test_whom_the_text_lets_a_kind_of_meeting_invite(city, kind, category):
    meeting = make_meeting(city, kind=kind)

    if category in ALLOWED[kind]:
        assert add(city, meeting, category=category).category == category
    else:
        with pytest.raises(RuleBroken, match=r"定期会议.*政府领导") as refused:
            add(city, meeting, category=category)
        assert (refused.value.code, refused.value.field) == ("category_not_allowed", "category")


@pytest.mark.parametrize(
    ("by", "side", "allowed"),
    [
        ("gov_officer", "government", True),
        ("recorder", "government", True),
        ("gov_officer", "court", False),
        ("court_officer", "court", True),
        ("court_officer", "government", False),
        ("gov_convenor", "government", False),
        ("agency_contact", "government", False),
        ("security_admin", "government", False),
    ],
)
def test_each_side_keeps_its_own_list(city, meeting, by, side, allowed):
    row = Invitation(meeting=meeting, side=side)

    assert policy_for(Invitation).can(city.users[by], "edit", row) is allowed


def test_nobody_is_on_the_list_twice(city, meeting):
    add(city, meeting)
    prepare_invitations(meeting.pk, actor=None, at=AT)

    with pytest.raises(RuleBroken) as guest:
        add(city, meeting)
    with pytest.raises(RuleBroken) as member:
        add(city, meeting, category="member", person=city.people["gov_member"])

    assert (guest.value.code, guest.value.field) == ("invited_already", "name")
    assert (member.value.code, member.value.field) == ("invited_already", "person")


def test_a_person_of_the_directory_comes_in_their_post(city, meeting):
    row = add(
        city, meeting, category="agency", person=city.people["agency_contact"], unit_and_title=""
    )

    assert row.organization == city.organizations["agency"]
    assert row.unit_and_title == "试验市综合行政执法局法规科科长"


def test_a_guest_needs_a_name(city, meeting):
    with pytest.raises(RuleBroken) as refused:
        add(city, meeting, name=" ")

    assert (refused.value.code, refused.value.field) == ("no_name", "name")


def test_a_stale_correction_is_refused(city, meeting):
    row = add(city, meeting)
    officer = city.users["gov_officer"]
    correct_invitation(row.pk, actor=officer, at=AT, version=row.version, name="何敏娟")

    with pytest.raises(RuleBroken) as refused:
        correct_invitation(row.pk, actor=officer, at=AT, version=row.version, name="何某")

    row.refresh_from_db()
    assert (refused.value.code, row.name) == ("stale", "何敏娟")


def test_who_is_notified_stays_on_the_list(city):
    meeting = notified_meeting(city)
    row = invitation_of(city, meeting, "gov_member")

    with pytest.raises(RuleBroken, match="请假") as refused:
        drop_invitation(row.pk, actor=city.users["gov_officer"], at=AT)

    assert refused.value.code == "already_notified"
    assert Invitation.objects.filter(pk=row.pk).exists()


def test_the_list_closes_when_the_meeting_begins(city):
    meeting = make_meeting(city, state="notified", started_at=AT)

    with pytest.raises(RuleBroken) as refused:
        add(city, meeting)

    assert refused.value.code == "meeting_over"


def test_a_guest_sees_this_meeting_and_the_own_invitation_only(city):
    meeting, other = notified_meeting(city), make_meeting(city, title="另一次")
    guest = city.users["agency_contact"]
    own = Invitation.objects.create(
        meeting=meeting,
        side="government",
        category="lawyer",
        person=guest.person,
        name=guest.person.name,
        notified_at=AT,
    )

    seen = visible_to(guest, Invitation)

    assert list(seen) == [own]
    assert list(visible_to(guest, type(meeting))) == [meeting]
    assert other.pk


class TestPages:
    def test_a_category_that_the_text_lacks_is_refused_with_its_clause(
        self, city, meeting, as_user
    ):
        client = as_user(city.users["gov_officer"])

        answer = client.post(
            reverse("meetings:invite", args=[meeting.public_id]),
            {**GUEST, "category": "government_leader"},
        )

        assert answer.status_code == 422
        assert "没有规定" in answer.content.decode()
        assert "何敏" in answer.content.decode()

    def test_the_list_is_prepared_added_to_and_taken_from(self, city, meeting, as_user):
        client = as_user(city.users["gov_officer"])
        page = reverse("meetings:invitations", args=[meeting.public_id])

        client.post(reverse("meetings:invitations-prepare", args=[meeting.public_id]))
        client.post(reverse("meetings:invite", args=[meeting.public_id]), GUEST)
        first = invitation_of(city, meeting, "gov_member")
        client.post(reverse("meetings:invitation-drop", args=[first.public_id]))

        shown = client.get(page).content.decode()
        assert "何敏" in shown
        assert "何先" not in set(meeting.invitations.values_list("name", flat=True))
        assert set(meeting.invitations.values_list("side", flat=True)) == {"government"}

    def test_the_other_sides_list_is_not_ours(self, city, meeting, as_user):
        row = add(city, meeting, by="court_officer", side="court")
        client = as_user(city.users["gov_officer"])

        assert client.get(reverse("meetings:invitation", args=[row.public_id])).status_code == 403
        assert (
            client.post(reverse("meetings:invitation-drop", args=[row.public_id])).status_code
            == 403
        )

    @pytest.mark.parametrize("guests", [1, 3])
    def test_queries_do_not_grow_with_people(
        self, city, meeting, as_user, django_assert_num_queries, guests
    ):
        for number in range(guests):
            add(city, meeting, name=f"何敏{number}")
        client = as_user(city.users["gov_officer"])

        with django_assert_num_queries(16):
            client.get(reverse("meetings:invitations", args=[meeting.public_id]))
