"""What the meeting decides, noted line by line on the recorder's screen."""

from datetime import date

import pytest

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from meetings.actions.noting import add_resolution, edit_resolution
from meetings.models import Resolution
from meetings.states import (
    ResolutionState,
)
from tests.meeting_day import DUE, ON_THE_DAY, address, begun, complete

pytestmark = pytest.mark.django_db


@ON_THE_DAY
@pytest.mark.parametrize(
    ("given", "due_on", "wrong"),
    [
        pytest.param({}, date(2026, 12, 24), "", id="within a month"),
        pytest.param({"when": "day", "due_on": "2026-12-18"}, DUE, "", id="on a day"),
        pytest.param({"when": "day"}, None, "due_on", id="no day"),
        pytest.param({"when": "day", "due_on": "2026-11-23"}, None, "due_on", id="before"),
        pytest.param({"lead": "zhzfj"}, date(2026, 12, 24), "", id="unit by initials"),
        pytest.param({"lead": "综合"}, date(2026, 12, 24), "", id="unit by part of its name"),
        pytest.param({"lead": "试验市"}, None, "lead", id="unit ambiguous"),
        pytest.param({"lead": "无此单位"}, None, "lead", id="unit unknown"),
        pytest.param({"lead": ""}, None, "lead", id="no unit"),
        pytest.param({"text": ""}, None, "text", id="no words"),
    ],
)
def test_noting_a_resolution(city, as_user, given, due_on, wrong):
    sitting = begun(city)
    agency = city.organizations["agency"]
    type(agency).objects.filter(pk=agency.pk).update(initials="szhzfj")
    typed = {"text": "统一样式", "lead": "市综合执法局", "when": "month", **given}

    page = as_user(city.users["court_officer"]).post(
        address("record-resolution", sitting.topics["case"]), typed
    )

    noted = list(Resolution.objects.values_list("lead__key", "due_on", "state"))
    if wrong:
        assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
        assert noted == []
    else:
        assert page.status_code == 302
        assert noted == [("agency", due_on, ResolutionState.DRAFT)]


def test_a_double_submit_notes_one_resolution(city):
    sitting = complete(begun(city))
    given = {
        "topic": sitting.topics["case"],
        "text": "印发违法建设查处告知程序指引之1",
        "lead": city.organizations["agency"],
        "due_on": DUE,
    }

    with pytest.raises(RuleBroken, match="已经记入"):
        add_resolution(sitting.meeting.pk, actor=city.users["court_officer"], **given)

    assert sitting.meeting.resolutions.count() == 1


def test_a_stale_edit_of_a_resolution_changes_nothing(city):
    resolution = complete(begun(city)).meeting.resolutions.get()
    given = {"actor": city.users["gov_officer"], "lead": resolution.lead, "due_on": DUE}
    version = resolution.version
    edit_resolution(resolution.pk, text="先改的", version=version, **given)

    with pytest.raises(RuleBroken) as broken:
        edit_resolution(resolution.pk, text="后改的", version=version, **given)

    resolution.refresh_from_db()
    assert (broken.value.code, resolution.text) == ("stale", "先改的")


@ON_THE_DAY
def test_a_line_is_changed_and_taken_off_again(city, as_user):
    sitting = complete(begun(city))
    resolution = sitting.meeting.resolutions.get()
    client = as_user(city.users["gov_officer"])
    url = f"{address('recorder', sitting.meeting)}?topic={sitting.topics['case'].public_id}"

    form = client.get(f"{url}&edit={resolution.public_id}").context["form"]
    typed = {"text": "改过的", "lead": "市司法局", "when": "day", "due_on": "2026-12-20"}
    client.post(address("record-edit", resolution), {**typed, "version": resolution.version})
    resolution.refresh_from_db()
    client.post(address("record-remove", resolution))

    assert form.initial["lead"] == city.organizations["agency"]
    assert (resolution.text, resolution.lead) == ("改过的", city.organizations["justice"])
    assert not Resolution.objects.exists()
    removed = history_of(sitting.meeting).get(action="meetings.resolution.removed")
    assert removed.data["text"] == "改过的"
