"""What the text wants of the roster, shown beside the roster with its clause."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
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
    return Body.objects.get()


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
