"""Returns: opened a unit and term, handed in, accepted or sent back, summed."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from foundations.notifications.models import Notice
from returns.actions import duties
from returns.fields import cleaned
from returns.matrix import matrix_of
from returns.models import Return
from services.deadlines.models import Deadline, DeadlineState
from tests.gatherings import text_file
from tests.handing_in import (
    AT,
    FIELDS,
    GOOD,
    OPENED,
    TODAY,
    acting,
    duty,
    group,
    handed_in,
    opened,
)
from tests.letters import account, moment, unit

LATER = moment(TODAY, 15)


def test_a_year_is_opened_once_a_unit_each_with_its_limits(city):
    row = duty(city, "natural")

    made = duties.open_returns(on=OPENED, at=moment(OPENED))
    again = duties.open_returns(on=OPENED, at=moment(OPENED))

    assert (made.made, again.made) == (8, 0)
    first = row.returns.get(organization=city.organizations["agency"], n=1)
    limit = Deadline.objects.about(first).get()
    assert (first.due_on, limit.due_on) == (date(2026, 4, 15), date(2026, 4, 15))
    assert limit.owed_by == city.organizations["agency"]
    assert limit.provision.number == "T-28"


def test_who_joins_the_group_owes_from_the_running_term_on(city):
    row = duty(city)
    duties.open_returns(on=OPENED, at=moment(OPENED))
    group(city, "natural")

    duties.open_returns(on=TODAY, at=AT)

    joined = row.returns.filter(organization=unit(city, "natural"))
    assert list(joined.values_list("n", flat=True)) == [4]


def test_a_group_that_is_empty_is_told_and_nothing_is_half_done(city, capsys):
    row = duty(city)
    group(city).organizations.clear()

    with time_machine.travel(AT, tick=False):
        call_command("open_returns", "--on", "2026-01-05")

    assert "law-study: departments" in capsys.readouterr().out
    assert not row.returns.exists()
    told = Notice.objects.filter(recipient=city.users["gov_officer"])
    assert [notice.title for notice in told] == ["报送事项的单位类别中没有单位"]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        pytest.param({"studies": None}, "studies", "missing", id="a figure is missing"),
        pytest.param({"studies": -1}, "studies", "no_count", id="below nought"),
        pytest.param({"review": [9, 8]}, "review", "no_rate", id="more than the whole"),
    ],
)
def test_figures_are_checked(given, field, code):
    with pytest.raises(RuleBroken) as broken:
        cleaned(FIELDS, {**GOOD, **given})

    assert (broken.value.code, broken.value.field) == (code, field)


@pytest.mark.parametrize(
    ("nil", "remark", "allowed", "code"),
    [
        pytest.param(True, "本季度未召开会议", True, "", id="with its reason"),
        pytest.param(True, " ", True, "no_reason", id="no reason"),
        pytest.param(True, "本季度未召开会议", False, "no_nil", id="not taken"),
    ],
)
def test_nil_returns(city, nil, remark, allowed, code):
    row = opened(city, nil=allowed)[3]
    figures = duties.Figures({}, nil=nil, remark=remark)

    if code:
        with pytest.raises(RuleBroken) as broken:
            duties.send_return(row.pk, **acting(city), figures=figures)
        assert broken.value.code == code
    else:
        sent = duties.send_return(row.pk, **acting(city), figures=figures)
        assert (sent.nil, sent.state_words, sent.values) == (True, "零报告", {})


def test_a_return_that_needs_evidence_is_not_taken_without_a_file(city):
    row = opened(city, evidence=True)[3]

    with pytest.raises(RuleBroken) as broken:
        duties.send_return(row.pk, **acting(city), figures=duties.Figures(GOOD))

    assert (broken.value.code, broken.value.field) == ("no_evidence", "file")
    given = duties.Figures(GOOD, files=[text_file()], declared=True)
    assert duties.send_return(row.pk, **acting(city), figures=given).state == "sent"


@pytest.mark.parametrize(
    ("who", "may"),
    [("agency_contact", True), ("gov_officer", False), ("court_officer", False)],
)
def test_only_the_unit_hands_in(city, who, may):
    row = opened(city)[2]

    if may:
        assert handed_in(city, row, who=who).state == "sent"
    else:
        with pytest.raises(PermissionDenied):
            handed_in(city, row, who=who)


def test_the_limit_is_met_and_runs_anew_when_it_is_sent_back(city):
    row = handed_in(city, opened(city)[2])

    assert Deadline.objects.about(row).get().state == DeadlineState.MET_LATE
    back = duties.send_back(
        row.pk, **acting(city, "gov_officer"), reason="次数有误", due_on=date(2026, 11, 30)
    )

    limit = Deadline.objects.about(row).get(state=DeadlineState.OPEN)
    assert (back.state, limit.due_on) == ("returned", date(2026, 11, 30))
    assert handed_in(city, back, studies=3).values["studies"] == 3


def test_a_term_that_has_not_begun_is_not_reported(city):
    row = opened(city)[3]

    with pytest.raises(RuleBroken, match="尚未开始"):
        handed_in(city, row, on=date(2026, 9, 1))


def test_the_year_is_summed_a_unit_each(city):
    first, second, third, _fourth = opened(city)
    handed_in(city, first, studies=1, review=[4, 5])
    handed_in(city, second, studies=1, review=[5, 5])
    duties.send_return(
        third.pk, **acting(city), figures=duties.Figures({}, nil=True, remark="未召开会议")
    )

    matrix = matrix_of(first.duty, first.duty.returns.all(), 2026, TODAY)

    (line,) = matrix.lines
    assert [one.shown for one in line.sums] == ["2次", "90.00%（9 / 10）", "2", "—"]
    assert [one.short for one in line.sums] == [True, True, False, False]
    assert matrix.counts()["late"] == 3
    assert matrix.covered == (3, 4)


def test_the_form_is_made_of_the_fields_and_keeps_what_was_typed(city, as_user):
    row = opened(city)[3]
    url = reverse("returns:send", args=[row.public_id])
    with time_machine.travel(LATER, tick=False):
        client = as_user(city.users["agency_contact"])
        page = client.get(url).content.decode()
        refused = client.post(
            url, {"studies": "3", "review_0": "9", "review_1": "8", "remark": "", "version": "1"}
        )
        sent = client.post(
            url,
            {"studies": "3", "review_0": "8", "review_1": "8", "reported": "on", "version": "1"},
        )

    assert all(label in page for label in ("会前学法", "法制审核", "是否述法"))
    assert refused.status_code == 422
    assert "分子不能大于分母" in refused.content.decode()
    assert 'value="9"' in refused.content.decode()
    assert sent.status_code == 302
    row.refresh_from_db()
    assert row.values == {"studies": 3, "review": [8, 8], "reported": True, "note": None}


def test_the_matrix_shows_a_unit_its_own_line_and_takes_the_table_away(city, as_user):
    rows = opened(city, "natural")
    natural = account(city, "natural_clerk", "natural")
    url = reverse("returns:duty", args=[rows[0].duty.public_id])
    with time_machine.travel(LATER, tick=False):
        whole = as_user(city.users["gov_officer"]).get(url)
        sheet = as_user(city.users["gov_officer"]).get(f"{url}?export=xlsx")
        own = as_user(natural).get(url)
        closed = as_user(city.users["court_officer"]).get(url)

    assert len(whole.context["matrix"].lines) == 2
    assert sheet["Content-Type"].endswith("sheet")
    assert AuditEntry.objects.filter(action="returns.duty.exported").count() == 1
    assert [line.organization.key for line in own.context["matrix"].lines] == ["natural"]
    assert closed.status_code == 404


@pytest.mark.parametrize("part", ["over", "soon", "due", "in", "short", "anything"])
def test_each_count_above_the_matrix_shows_what_it_counts(city, as_user, part):
    rows = opened(city, "natural")
    url = reverse("returns:duty", args=[rows[0].duty.public_id])
    with time_machine.travel(LATER, tick=False):
        page = as_user(city.users["gov_officer"]).get(url, {"show": part})

    strip = {one.key: one for one in page.context["strip"]}
    lines = page.context["matrix"].lines
    counted = [cell for line in lines for cell in line.cells if cell]
    assert [one.key for one in strip.values() if one.chosen] == [part] * (part in strip)
    if part == "short":
        assert len(lines) == strip[part].n
    elif part in strip:
        assert len(counted) == strip[part].n
    assert any(one.n for one in strip.values())


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_length(city, as_user, django_assert_max_num_queries, count):
    opened(city, *("natural", "housing")[: count - 1])
    client = as_user(city.users["gov_officer"])

    with time_machine.travel(LATER, tick=False):
        client.get(reverse("returns:filed"))
        with django_assert_max_num_queries(21):
            page = client.get(reverse("returns:filed"))

    assert Return.objects.count() == 4 * count
    assert page.status_code == 200
