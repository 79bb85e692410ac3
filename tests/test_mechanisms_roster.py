"""What the text wants of the roster, shown beside the roster with its clause."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from members.actions import end_seat
from members.models import Body, Organization, RoleBinding, Seat, User
from members.states import Role, SeatRole

PATH = Path(__file__).parent.parent / "mechanisms" / "profiles" / "yining.yaml"
DAY = date(2026, 11, 23)
WANTED = [
    ("召集人", 2, "制度一（三）"),
    ("副召集人", 2, "制度一（三）"),
    ("联络员", 2, "制度三（六）"),
]


@pytest.fixture
def body(db) -> Body:
    call_command("load_profile", PATH, verbosity=0)
    return Body.objects.get(jurisdiction__key="yining")


@pytest.fixture
def reader(body) -> User:
    user = User.objects.create(
        username="reader", must_change_password=False, password_changed_at=timezone.now()
    )
    unit = Organization.objects.get(jurisdiction=body.jurisdiction, key="justice")
    RoleBinding.objects.create(
        user=user, role=Role.MEMBER_UNIT, organization=unit, jurisdiction=body.jurisdiction
    )
    return user


def shown(client, body, on: date) -> list[tuple]:
    page = client.get(body.get_absolute_url(), {"on": on.isoformat()})
    for finding in page.context["findings"]:
        assert f'href="{finding.expectation.url}"' in page.content.decode()
    return [
        (found.role_name, found.expectation.count, found.expectation.citation, found.found)
        for found in page.context["findings"]
    ]


PUBLISHED = [
    ("召集人", "热孜艳·买买提明", "伊宁市人民政府", "副市长"),
    ("召集人", "多力坤·热依木", "伊宁市人民法院", "院长"),
    ("副召集人", "王彬", "伊宁市司法局", "副局长"),
    ("副召集人", "叶尔夏提·吐尔汗", "伊宁市人民法院", "副院长"),
    ("成员", "马刚", "伊宁市人民法院行政庭", "副庭长"),
    ("成员", "何先玲", "伊宁市司法局行政复议与应诉科", "科长"),
]


def test_staff_of_another_city_read_the_published_roster_of_its_day(body, city, as_user):
    client = as_user(city.users["agency_contact"])

    text = client.get(reverse("mechanisms:text", args=["yining"])).content.decode()
    page = client.get(body.get_absolute_url(), {"on": "2023-06-12"})
    before = client.get(body.get_absolute_url(), {"on": "2023-06-11"})

    assert f'href="{body.get_absolute_url()}"' in text
    lines = [
        (group["label"], line.person.name, line.post.organization.name, line.post.title)
        for group in page.context["groups"]
        for line in group["lines"]
    ]
    assert lines == PUBLISHED
    for words in {word for line in PUBLISHED for word in line}:
        assert words in page.content.decode()
    assert before.context["groups"] == []


def test_the_roster_page_says_whether_the_text_is_kept(body, reader, as_user):
    client = as_user(reader)
    convenor = Seat.objects.filter(body=body, role=SeatRole.CONVENOR).order_by("pk").first()
    end_seat(convenor.pk, actor=None, on=DAY, reason="调离")

    before = shown(client, body, DAY - timedelta(days=1))
    after = shown(client, body, DAY)

    assert [row[:3] for row in before] == WANTED
    assert [row[3] for row in before] == [2, 2, 0]
    assert [row[3] for row in after] == [1, 2, 0]
    page = client.get(body.get_absolute_url(), {"on": DAY.isoformat()}).content.decode()
    assert page.count("未落实") == 2
