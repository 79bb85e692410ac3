"""大屏: what whoever passes may read is counts and units, and the same as leaders read."""

import re
from datetime import date, time
from operator import itemgetter

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from bulletins.models import Bulletin
from cases.models import Dispute, Party, Procedure
from dashboards.actions import DisplayWords, enter_display, make_display
from dashboards.figures.asked import Asked
from dashboards.leaders.board import Board
from dashboards.views.wall import COOKIE, SALT
from dashboards.wall.duties import KINDS, kind_of
from dashboards.wall.page import WallPage
from foundations.access.visibility import Visibility
from meetings.models import Meeting, Topic
from meetings.states import MeetingKind, MeetingState
from members.models import Person
from members.states import Side
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from suggestions.models import Suggestion
from tests.world import LATER

HERE = "10.23.8.16"
WALL = reverse("dashboards:wall")
LINKED = re.compile(r'/figures/[^/"]+/(R[1-5])/[^/"]+/rows\?[^"]*part=([nd])[^"]*">(\d+)</a>')
NUMBER = re.compile(r"[〔（(]\d{4}[〕）)]\S{0,12}\d+号")


@pytest.fixture
def screen(world):
    """A browser that is a screen of the city."""
    with time_machine.travel(LATER, tick=False):
        words = DisplayWords("二楼", HERE)
        link = make_display(world.city.mechanism.pk, actor=None, at=LATER, words=words)
        secret = enter_display(link, at=LATER, address=HERE)
        answer, client = HttpResponse(), Client(REMOTE_ADDR=HERE)
        answer.set_signed_cookie(COOKIE, secret, salt=SALT)
        client.cookies[COOKIE] = answer.cookies[COOKIE].value
        yield client


def named(world) -> set[str]:
    """Every name, title and number of a record that the city holds, units aside."""
    columns = [
        (Party, "name"),
        (Party, "shown_name"),
        (Person, "name"),
        (Dispute, "title"),
        (Dispute, "number"),
        (Dispute, "act_number"),
        (Procedure, "number"),
        (Deadline, "title"),
        (Topic, "title"),
        (Suggestion, "title"),
        (Suggestion, "number"),
        (Bulletin, "title"),
        (OfficialDocument, "number"),
    ]
    held = (set(model.objects.values_list(column, flat=True)) for model, column in columns)
    return {one for one in set.union(*held) if re.search(r"[^\d-]", one)}


def test_nothing_of_a_record_is_on_the_wall(world, screen):
    Deadline.objects.duties().update(due_on=date(2026, 11, 1))

    shown = screen.get(WALL).text

    names = named(world)
    assert "张三" in names
    assert any(NUMBER.search(one) for one in names)
    assert len(names) > 30
    assert {one for one in names if escape(one) in shown} == set()
    assert not NUMBER.search(shown)
    assert "<a " not in shown.partition("data-wall")[2]


def test_what_is_overdue_is_a_kind_and_a_unit(world, screen):
    Deadline.objects.duties().update(due_on=date(2026, 12, 31))
    late = Deadline.objects.duties().filter(jurisdiction=world.city.jurisdiction).first()
    Deadline.objects.filter(pk=late.pk).update(due_on=date(2026, 11, 17))

    shown = screen.get(WALL)

    owed = shown.context["wall"].owed
    expected = (kind_of(late.rule), late.owed_by.short_name, date(2026, 11, 17), 1)
    assert [(one.kind, one.unit, one.due_on, one.n) for one in owed] == [expected]
    assert "逾期 9 天" in shown.text
    assert escape(kind_of(late.rule)) in shown.text
    assert late.title not in shown.text


def test_every_kind_of_duty_has_a_name(world):
    rules = set(Deadline.objects.values_list("rule", flat=True))

    assert {rule for rule in rules if kind_of(rule) == kind_of("NOT-A-RULE")} == set()
    assert len(rules & set(KINDS)) > 3


def test_the_counts_are_those_of_the_leaders_page(world, screen, as_user):
    """The government's officer sees every reconsideration, the court's every suit: a figure is
    that of whichever of them sees all of its rows."""
    shown = screen.get(WALL).context["wall"]
    address = reverse("dashboards:leaders", args=[world.city.mechanism.key])
    pages = [as_user(world.city.users[key]).get(address).text for key in READERS]

    told = {card.key: (card.line.value.n, card.line.value.d) for card in shown.five}
    read = [ratios(page) for page in pages]
    assert set(told) == {"R1", "R2", "R3", "R4", "R5"}
    assert told == {key: max((one[key] for one in read), key=itemgetter(1)) for key in told}
    assert sum(d for _n, d in told.values()) > 0


READERS = ("gov_officer", "court_officer")


def ratios(page: str) -> dict[str, tuple[int, int]]:
    """Of a leaders' page, by indicator: the n and d that lead to their rows."""
    found = {(key, part): int(count) for key, part, count in LINKED.findall(page)}
    return {key: (found[key, "n"], found[key, "d"]) for key, part in found if part == "d"}


def test_what_is_overdue_is_counted_for_the_whole_place(world, screen):
    Deadline.objects.duties().update(due_on=date(2026, 11, 1))

    shown = screen.get(WALL).context["wall"]

    rows = Deadline.objects.duties().filter(jurisdiction=world.city.jurisdiction)
    assert shown.overdue == rows.count() > 0
    assert shown.soon == 0
    assert sum(one.n for one in shown.owed) <= shown.overdue


def test_only_units_with_ten_hearings_are_ranked(world, screen):
    found = screen.get(WALL).context["wall"].units

    assert all(not line.appeared.is_small for line in found)


def _meeting(world, title, kind, day, **given) -> Meeting:
    return Meeting.objects.create(
        mechanism=world.city.mechanism,
        kind=kind,
        title=title,
        state=MeetingState.COLLECTING,
        planned_on=day,
        host=Side.COURT,
        host_organization=world.city.organizations["court"],
        **given,
    )


def test_the_next_meeting_says_day_time_and_host(world, screen):
    day = date(2026, 11, 27)
    _meeting(world, "联席会议第9次会议", MeetingKind.REGULAR, day, starts_at=time(9, 30))

    shown = screen.get(WALL)

    assert "11月27日 周五 09:30" in shown.text
    assert "联席会议第9次会议" in shown.text
    assert world.city.organizations["court"].name in shown.text


def test_what_an_ad_hoc_meeting_is_about_is_not_said(world, screen):
    _meeting(world, "张三强拆案专题会议", MeetingKind.AD_HOC, date(2026, 11, 27))

    shown = screen.get(WALL)

    assert shown.context["wall"].meeting.on == date(2026, 11, 27)
    assert "张三" not in shown.text


def test_a_meeting_of_one_side_is_nothing_for_the_wall(world, screen):
    day = date(2026, 11, 27)
    kept = Visibility.COURT_INTERNAL
    _meeting(world, "法院内部会", MeetingKind.REGULAR, day, visibility=kept)

    shown = screen.get(WALL)

    assert "法院内部会" not in shown.text


def test_it_says_when_it_was_counted_and_calls_again(world, screen):
    shown = screen.get(WALL)

    assert "16:00" in shown.text
    assert 'data-wall="on"' in shown.text
    assert "data-lost hidden" in shown.text
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in shown.text
    assert "no-store" in shown.headers["Cache-Control"]


def test_an_institution_that_has_nothing_yet_has_a_wall_too(world, screen):
    with time_machine.travel(LATER, tick=False):
        page = WallPage(world.elsewhere.mechanism, LATER)

    assert (page.owed, page.units, page.meeting, page.whole) == ([], [], None, None)
    assert page.lost_text == "—"
    assert page.areas["areas"] == []


def test_without_a_reader_the_board_counts_the_whole_place(world):
    on = LATER.date()
    asked = Asked(world.city.mechanism, date(2026, 1, 1), on, on, reader=None)
    board = Board(asked)

    assert (board.meeting, board.regular) == (None, None)
    held = Dispute.objects.filter(jurisdiction=world.city.jurisdiction)
    assert 0 < len(board.stages) <= held.count()


def test_the_wall_is_cheap(world, screen, django_assert_max_num_queries):
    screen.get(WALL)

    with django_assert_max_num_queries(40):
        screen.get(WALL)
