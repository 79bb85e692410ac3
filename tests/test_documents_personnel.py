"""Rosters on paper, notices of their changes, hand-over sheets: through the pages."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from foundations.audit.trail import history_of
from members.actions import change_roster, hand_over
from members.models import RosterChange
from services.documents import actions, tasks
from services.documents.models import NumberSeries, OfficialDocument
from tests.city import make_city
from tests.paperwork import AT

ON = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def change(city) -> RosterChange:
    return departure(city, "gov_member")


def departure(city, who: str, reason: str = "工作调动") -> RosterChange:
    seat = city.people[who].seats.get()
    return change_roster(city.body.pk, actor=None, on=ON, reason=reason, ended=[seat.pk])


def page_of(change, name: str = "change-notice") -> str:
    return reverse(f"documents:{name}", args=[change.public_id])


def text_of(answer) -> str:
    content = b"".join(answer.streaming_content)
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_roster_prints_as_of_the_day_of_the_page(city, as_user, change):
    client = as_user(city.users["agency_contact"])
    before = ON - timedelta(days=1)

    for day, sits in ((before, True), (ON, False)):
        page = client.get(city.body.get_absolute_url(), {"on": day.isoformat()})
        address = reverse("documents:roster-paper", args=[city.body.public_id])
        assert f'href="{address}?on={day}"' in page.content.decode()
        paper = client.get(address, {"on": day.isoformat()})
        words = "".join(text_of(paper).split())
        assert ("科长" in words, "李文静" in words) == (sits, True)
        assert paper.headers["Content-Disposition"].startswith("inline")


def test_an_officer_issues_the_notice_of_a_change_once(city, as_user, change):
    client = as_user(city.users["gov_officer"])
    link = f'href="{page_of(change)}"'
    assert link in client.get(city.body.get_absolute_url()).content.decode()
    shown = client.get(page_of(change)).content.decode()
    assert "不再担任成员" in shown
    assert "因工作调动，自2026年11月23日起" in shown

    sent = client.post(page_of(change), {"series": "gov-letter"})

    notice = OfficialDocument.objects.get()
    tasks.render_document(notice.pk)
    assert sent.headers["Location"] == notice.get_absolute_url()
    assert (notice.number, notice.subject) == ("试司函〔2026〕1号", change)
    assert notice.organization == city.organizations["justice"]
    assert "documents.change_notice.issued" in history_of(change).values_list("action", flat=True)
    roster = client.get(city.body.get_absolute_url()).content.decode()
    assert notice.number in roster
    assert reverse("documents:file", args=[notice.public_id, "pdf"]) in roster
    assert link not in roster
    about = client.get(notice.get_absolute_url()).content.decode()
    assert f'href="{change.get_absolute_url()}"' in about
    again = client.post(page_of(change), {"series": "gov-letter"})
    assert again.headers["Location"] == notice.get_absolute_url()
    assert OfficialDocument.objects.count() == 1


def test_a_void_notice_leaves_room_for_another(city, as_user, change):
    client = as_user(city.users["gov_officer"])
    client.post(page_of(change), {"series": ""})
    notice = OfficialDocument.objects.get()
    tasks.render_document(notice.pk)
    actions.void(notice.pk, actor=city.users["gov_officer"], at=AT, reason="姓名有误")

    client.post(page_of(change), {"series": "gov-letter"})

    numbers = OfficialDocument.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["", "试司函〔2026〕1号"]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"series": "court-letter"}, "series", "court-letter"),
        ({"series": "gov-letter", "number": ""}, "number", "请填写"),
        ({"series": "gov-letter", "number": "试法函〔2026〕3号"}, "number", "〔2026〕3号"),
    ],
)
def test_a_number_that_cannot_be_taken_is_refused_beside_its_field(
    city, as_user, change, given, field, words
):
    """The government's letters are numbered by its own office system here."""
    NumberSeries.objects.filter(key="gov-letter").update(mode=NumberSeries.Mode.EXTERNAL)
    client = as_user(city.users["gov_officer"])

    refused = client.post(page_of(change), given)

    assert refused.status_code == 422
    assert words in " ".join(refused.context["form"].errors[field])
    assert not OfficialDocument.objects.exists()
    client.post(page_of(change), {"series": "gov-letter", "number": "试司函[2026]第3号"})
    assert OfficialDocument.objects.get().number == "试司函〔2026〕3号"


@pytest.mark.parametrize(
    ("who", "page", "notice"),
    [
        ("gov_officer", 200, 200),
        ("court_officer", 200, 403),
        ("recorder", 200, 403),
        ("gov_convenor", 200, 403),
        ("system_admin", 404, 404),
    ],
)
def test_who_may_print_and_who_may_issue(city, as_user, change, who, page, notice):
    client = as_user(city.users[who])

    roster = client.get(reverse("documents:roster-paper", args=[city.body.public_id]))
    answers = [
        client.get(page_of(change)),
        client.get(page_of(change, "change-notice-preview")),
        client.post(page_of(change), {"series": ""}),
    ]

    assert roster.status_code == page
    assert [answer.status_code for answer in answers] == (
        [200, 200, 302] if notice == 200 else [notice] * 3
    )
    assert OfficialDocument.objects.exists() == (notice == 200)


def test_another_city_s_changes_are_not_there(city, as_user, change):
    other = make_city("elsewhere")

    answer = as_user(other.users["gov_officer"]).post(page_of(change), {"series": ""})

    assert answer.status_code == 404


def test_a_hand_over_has_its_sheet(city, as_user):
    handover = hand_over(
        city.people["gov_officer"].pk,
        actor=None,
        taker_id=city.people["recorder"].pk,
        on=ON,
        reason="岗位调整",
        at=AT,
    )
    sheet = reverse("documents:handover-sheet", args=[handover.public_id])
    client = as_user(city.users["recorder"])

    page = client.get(handover.get_absolute_url()).content.decode()

    assert f'href="{sheet}"' in page
    assert "岗位调整" in text_of(client.get(sheet))
    assert as_user(city.users["agency_contact"]).get(sheet).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_papers_of_a_roster_cost_the_same_for_any_number_of_changes(
    city, as_user, django_assert_max_num_queries, count
):
    client = as_user(city.users["gov_officer"])
    for who in ("gov_member", "gov_deputy", "gov_convenor")[:count]:
        client.post(page_of(departure(city, who)), {"series": ""})
    client.get(city.body.get_absolute_url())

    with django_assert_max_num_queries(31):
        client.get(city.body.get_absolute_url())
