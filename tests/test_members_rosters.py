"""Bodies and seats: who sits where on a day, and what a change may be."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.urls import reverse
from django.utils import translation

from foundations.access.errors import RuleBroken
from members import expectations
from members.actions import (
    NewSeat,
    begin_post,
    begin_seat,
    change_roster,
    create_body,
    create_person,
    end_post,
    end_seat,
)
from members.expectations import Expectation
from members.models import RoleBinding, RosterChange, Seat
from members.papers import change_notice_context, roster_context
from members.rosters import holders, officers, roster, vacancies
from members.states import Role, SeatRole, Side
from tests.city import make_city

DAY = date(2026, 5, 1)
BEFORE = DAY - timedelta(days=1)


def names(city, on, role=None) -> list[str]:
    return [line.person.name for line in roster(city.body, on) if role in (None, line.role)]


def seat_of(city, key) -> Seat:
    return city.people[key].seats.get()


def new_seat(city, key, role=SeatRole.MEMBER, **given) -> NewSeat:
    person = city.people[key]
    post = person.posts.first()
    return NewSeat(role, post.organization.side, person=person, post=post, **given)


def change(city, actor=None, **given) -> RosterChange:
    return change_roster(city.body.pk, actor=actor, on=DAY, reason="人事变动", **given)


def test_the_roster_is_in_the_order_of_roles(city):
    assert names(city, DAY) == [
        "热依古丽·阿不都",
        "陈维嘉",
        "王彬",
        "林浩然",
        "马刚",
        "何先",
        "李文静",
        "周明远",
    ]


def test_a_change_begins_on_its_day_and_not_before(city):
    change(
        city,
        ended=[seat_of(city, "gov_deputy").pk],
        begun=[new_seat(city, "gov_member", SeatRole.DEPUTY_CONVENOR)],
    )

    deputies = [names(city, day, SeatRole.DEPUTY_CONVENOR) for day in (BEFORE, DAY)]
    assert deputies == [["王彬", "林浩然"], ["林浩然", "何先"]]
    government = holders(city.body, SeatRole.DEPUTY_CONVENOR, DAY, Side.GOVERNMENT)
    assert [line.person.name for line in government] == ["何先"]


@pytest.mark.parametrize(
    ("who", "role", "code", "words"),
    [
        ("gov_member", SeatRole.MEMBER, "overlapping_term", "何先在此期间已任成员，任期重叠。"),
        (
            "recorder",
            SeatRole.LIAISON_OFFICER,
            "second_liaison_officer",
            "政府方已有在任联络员李文静，请先办理工作交接。",
        ),
    ],
)
def test_a_seat_that_is_refused_says_so_beside_its_row(city, as_user, who, role, code, words):
    """A good row before it is not begun either: all or nothing."""
    good = {"begun-0-role": SeatRole.MEMBER, "begun-0-post": post_of(city, "agency_contact")}
    bad = {"begun-2-role": role, "begun-2-post": post_of(city, who)}

    answer = as_user(city.users["gov_officer"]).post(
        reverse("members:roster-change", args=[city.body.public_id]),
        {"on": DAY.isoformat(), "reason": "增补", **good, **bad},
    )

    assert answer.status_code == 422
    assert answer.context["forms"].rows[2].errors["post"] == [words]
    assert not RosterChange.objects.exists()
    assert "阿依努尔·麦麦提江" not in names(city, DAY)
    with pytest.raises(RuleBroken) as refused:
        change(city, begun=[new_seat(city, who, role)])
    assert refused.value.code == code


def post_of(city, key) -> int:
    return city.people[key].posts.first().pk


def test_a_liaison_officer_follows_another_without_a_gap(city):
    change(
        city,
        ended=[seat_of(city, "gov_officer").pk],
        begun=[new_seat(city, "recorder", SeatRole.LIAISON_OFFICER)],
    )

    held = [
        [line.person.name for line in holders(city.body, "liaison_officer", day, "government")]
        for day in (BEFORE, DAY)
    ]
    assert held == [["李文静"], ["许若晴"]]


def test_a_term_with_an_end_overlaps_only_within_it(city):
    member = seat_of(city, "gov_member")
    end_seat(member.pk, actor=None, on=DAY, reason="期满")

    again = begin_seat(
        city.body.pk, actor=None, on=DAY, reason="连任", seat=new_seat(city, "gov_member")
    )

    member.refresh_from_db()
    assert (member.valid_to, again.valid_from) == (BEFORE, DAY)
    with pytest.raises(RuleBroken, match="早于起始日"):
        end_seat(again.pk, actor=None, on=DAY, reason="误")


@pytest.mark.parametrize(
    ("who", "own", "other"),
    [
        ("gov_officer", True, False),
        ("court_officer", False, True),
        ("recorder", False, False),
        ("gov_convenor", False, False),
    ],
)
def test_a_side_changes_its_own_seats(city, who, own, other):
    for key, may in (("gov_member", own), ("court_member", other)):
        seat = seat_of(city, key)
        if may:
            change(city, actor=city.users[who], ended=[seat.pk])
        else:
            with pytest.raises(PermissionDenied):
                change(city, actor=city.users[who], ended=[seat.pk])


def test_an_ex_officio_seat_follows_its_post(city):
    court = city.organizations["court"]
    convenor = city.people["court_convenor"].posts.get()
    change(
        city,
        ended=[seat_of(city, "court_convenor").pk],
        begun=[
            NewSeat(
                SeatRole.CONVENOR,
                Side.COURT,
                ex_officio_organization=court,
                ex_officio_title="院长",
            )
        ],
    )
    assert "陈维嘉" in names(city, DAY, SeatRole.CONVENOR)
    end_post(convenor.pk, actor=None, on=DAY + timedelta(days=9), reason="调离")
    successor = create_person(city.jurisdiction.pk, actor=None, name="新院长")
    begin_post(
        successor.pk,
        actor=None,
        organization=court,
        title="院长",
        valid_from=DAY + timedelta(days=20),
    )

    held = [names(city, DAY + timedelta(days=days), SeatRole.CONVENOR)[1:] for days in (9, 10, 20)]

    assert held == [["陈维嘉"], [], ["新院长"]]
    assert [seat.ex_officio_title for seat in vacancies(city.body, DAY + timedelta(days=10))] == [
        "院长"
    ]


def test_officers_of_a_side_are_those_whose_account_may_be_used(city):
    officer = city.users["gov_officer"]
    assert officers(city.jurisdiction, Side.GOVERNMENT, DAY) == [officer]

    officer.expires_on = BEFORE
    officer.save()

    assert officers(city.jurisdiction, Side.GOVERNMENT, DAY) == []


def test_the_page_shows_the_roster_of_a_day_and_its_changes(city, as_user):
    change(city, ended=[seat_of(city, "gov_member").pk])
    client = as_user(city.users["court_officer"])

    before = client.get(city.body.get_absolute_url(), {"on": BEFORE.isoformat()})
    after = client.get(city.body.get_absolute_url(), {"on": DAY.isoformat()})
    nonsense = client.get(city.body.get_absolute_url(), {"on": "2026-02-30"})

    assert ("何先" in roster_part(before), "何先" in roster_part(after)) == (True, False)
    assert "人事变动" in after.content.decode()
    assert nonsense.status_code == 200


def roster_part(answer) -> str:
    return answer.content.decode().partition("<aside>")[0]


def test_what_the_document_wants_is_shown_as_kept_or_not(city, as_user):
    def two_and_two(body, on):
        return [
            Expectation(SeatRole.CONVENOR, 2, "制度二（三）"),
            Expectation(SeatRole.DEPUTY_CONVENOR, 2, "制度二（三）"),
        ]

    change(city, ended=[seat_of(city, "gov_deputy").pk])
    expectations.register(two_and_two)
    try:
        answer = as_user(city.users["gov_officer"]).get(
            city.body.get_absolute_url(), {"on": DAY.isoformat()}
        )
    finally:
        expectations.unregister(two_and_two)

    found = [(f.expectation.role, f.found, f.kept) for f in answer.context["findings"]]
    assert found == [("convenor", 2, True), ("deputy_convenor", 1, False)]
    assert "副召集人应为 2 名，现有 1 名" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("recorder", 403), ("agency_contact", 403), ("system_admin", 404)]
)
def test_the_change_form_is_for_officers(city, as_user, who, status):
    client = as_user(city.users[who])

    assert client.get(f"{city.body.get_absolute_url()}change/").status_code == status


@pytest.mark.parametrize(
    ("who", "published", "status"),
    [
        ("gov_officer", True, 200),
        ("agency_contact", True, 200),
        ("gov_officer", False, 404),
        ("system_admin", True, 404),
        ("security_admin", True, 404),
        ("audit_admin", True, 404),
    ],
)
def test_staff_elsewhere_read_a_published_roster_alone(city, as_user, who, published, status):
    other = make_city("elsewhere")
    body = create_body(
        city.jurisdiction.pk, actor=None, key="other", name="其他机构", published=published
    )
    client = as_user(other.users[who])

    assert client.get(body.get_absolute_url()).status_code == status
    listed = client.get(reverse("members:rosters"), follow=True)
    assert body.public_id not in listed.content.decode()


def test_a_guest_reads_no_roster(city, as_user):
    RoleBinding.objects.filter(user=city.users["agency_contact"]).update(role=Role.GUEST)

    client = as_user(city.users["agency_contact"])

    assert client.get(city.body.get_absolute_url()).status_code == 404


def test_elsewhere_a_roster_is_names_posts_and_seats_as_of_a_day(city, as_user):
    """No link, no action, no change and no finding about how it is kept."""
    change(city, ended=[seat_of(city, "gov_member").pk])
    client = as_user(make_city("elsewhere").users["gov_officer"])

    before, after = (
        client.get(city.body.get_absolute_url(), {"on": day.isoformat()}) for day in (BEFORE, DAY)
    )

    assert ("何先" in roster_part(before), "何先" in roster_part(after)) == (True, False)
    main = after.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "人事变动" not in main
    assert re.findall('href="([^"]+)"', main) == [city.body.get_absolute_url()]  # 今天


def test_papers_say_the_roster_and_the_change(city):
    made = change(
        city,
        ended=[seat_of(city, "gov_deputy").pk],
        begun=[new_seat(city, "recorder", SeatRole.DEPUTY_CONVENOR)],
    )

    with translation.override("en"):
        paper = roster_context(city.body, DAY)
    assert [(group["label"], len(group["lines"])) for group in paper["groups"]] == [
        ("召集人", 2),
        ("副召集人", 2),
        ("成员", 2),
        ("联络员", 2),
    ]
    assert paper["groups"][2]["lines"][0]["paper_name"] == "马　刚"
    notice = change_notice_context(made)
    assert [(seat["name"], seat["organization"], seat["title"]) for seat in notice["ended"]] == [
        ("王彬", "试验市司法局", "副局长")
    ]
    assert [seat["name"] for seat in notice["begun"]] == ["许若晴"]


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_costs_the_same_for_any_length(city, as_user, django_assert_num_queries, more):
    for n in range(more):
        person = create_person(city.jurisdiction.pk, actor=None, name=f"增员{n}")
        post = begin_post(
            person.pk, actor=None, organization=city.organizations["agency"], title="局长"
        )
        begun = NewSeat(SeatRole.MEMBER, Side.GOVERNMENT, person=person, post=post)
        change(city, begun=[begun])
    change(city, ended=[seat_of(city, "gov_member").pk], begun=[new_seat(city, "recorder")])
    client = as_user(city.users["gov_officer"])

    with django_assert_num_queries(27):
        client.get(city.body.get_absolute_url(), {"on": DAY.isoformat()})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_liaison_officers_at_once_one_is_refused():
    """Both terms have an end, so that no index stands in for the lock on the body."""
    if connection.vendor != "postgresql":
        pytest.skip("row locks are those of PostgreSQL")
    city = make_city()
    end_seat(seat_of(city, "gov_officer").pk, actor=None, on=DAY, reason="调离")
    start = threading.Barrier(2)
    outcomes = []

    def begin(key):
        seat = new_seat(city, key, SeatRole.LIAISON_OFFICER, valid_to=DAY + timedelta(days=90))
        start.wait(timeout=10)
        try:
            begin_seat(city.body.pk, actor=None, on=DAY, reason="新任", seat=seat)
            outcomes.append("begun")
        except RuleBroken as broken:
            outcomes.append(broken.code)
        finally:
            connections.close_all()

    both = [threading.Thread(target=begin, args=[key]) for key in ("recorder", "gov_member")]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=20)

    assert sorted(outcomes) == ["begun", "second_liaison_officer"]
