"""Who stands in the five institutions: units with their names and successors, rosters."""

from datetime import date

import pytest

from mechanisms.queries import parties
from members.models import Person, Post
from members.rosters import roster, vacancies
from members.states import SeatRole

TODAY = date(2026, 11, 23)


def test_the_leading_group_of_gulou_stands_with_its_posts_and_its_office(loaded):
    mechanism = loaded("gulou")
    lines = roster(mechanism.body, TODAY)
    by_role = {role: [line for line in lines if line.role == role] for role in SeatRole}

    assert [line.person.name for line in lines[:4]] == ["戴继田", "古国彬", "韩刚岭", "李雅奇"]
    assert len(by_role[SeatRole.MEMBER]) == 37
    office = [(line.role, line.person.name) for line in lines[-3:]]
    assert office == [
        (SeatRole.OFFICE_DIRECTOR, "薄连营"),
        (SeatRole.OFFICE_DEPUTY_DIRECTOR, "刘亚萍"),
        (SeatRole.OFFICE_STAFF, "赵丽"),
    ]
    assert Person.objects.filter(jurisdiction=mechanism.jurisdiction).count() == 42
    assert str(parties(mechanism)[1].secretariat) == "鼓楼区人民法院行政审判庭"


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("陈卫锋", {("鼓楼区教育体育局", "局长", False), ("鼓楼区人大", "副主任", False)}),
        ("张玉兰", {("鼓楼区审计局", "局长", False), ("鼓楼区政协", "副主席", False)}),
        (
            "李希峰",
            {("鼓楼特色商业区管委会", "主任", False), ("鼓楼区相国寺办事处", "主任", False)},
        ),
        ("陈富涛", {("鼓楼区房屋征收中心", "副主任", True)}),
        ("薄连营", {("鼓楼区人民政府办公室", "主任", False)}),
    ],
)
def test_people_of_gulou_hold_the_posts_of_the_list(loaded, name, posts):
    rows = Post.objects.filter(
        person__name=name, person__jurisdiction=loaded("gulou").jurisdiction
    )

    assert {(row.organization.name, row.title, row.acting) for row in rows} == posts


@pytest.mark.parametrize(
    ("key", "unit", "names"),
    [
        ("yining", "section", ["市司法局行政复议应诉科", "行政复议应诉科"]),
        ("gulou", "justice", ["区政府法制部门"]),
        ("cenxi", "legal-office", ["市法制办"]),
    ],
)
def test_a_unit_is_known_by_the_other_names_of_the_text(loaded, key, unit, names):
    assert loaded(key).jurisdiction.organizations.get(key=unit).aliases == names


def test_the_convenors_of_wujiagang_sit_by_their_posts(loaded):
    seats = vacancies(loaded("wujiagang").body, TODAY)

    named = [
        (seat.role, str(seat.ex_officio_organization), seat.ex_officio_title) for seat in seats
    ]
    assert named[:4] == [
        (SeatRole.HEAD, "宜昌市伍家岗区人民政府", "区长"),
        (SeatRole.CONVENOR, "宜昌市伍家岗区人民政府", "常务副区长"),
        (SeatRole.CONVENOR, "宜昌市伍家岗区人民法院", "院长"),
        (SeatRole.CONVENOR, "宜昌市伍家岗区人民检察院", "检察长"),
    ]


def test_the_units_of_cenxi_that_are_no_more_name_their_successors(loaded):
    place = loaded("cenxi").jurisdiction
    ended = place.organizations.filter(valid_to__isnull=False)

    found = {unit.name: [str(one.successor) for one in unit.successions.all()] for unit in ended}

    assert found == {
        "岑溪市法制办公室": ["岑溪市司法局"],
        "岑溪市法制办公室行政复议办公室": ["岑溪市司法局"],
        "岑溪市人民检察院民行处": ["岑溪市人民检察院行政检察部门"],
    }
