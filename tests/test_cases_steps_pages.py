"""Any step of any procedure is recorded on a page made from its table."""

import re
from datetime import date

import pytest
from django.utils import timezone

from cases.actions.access import admit
from cases.flow.table import table_of, tables
from cases.forms.steps import form_of
from cases.models import Procedure
from services.deadlines.models import Deadline
from tests.disputes import (
    accepted,
    agency_part,
    dispute,
    filed,
    party_part,
    reconsideration,
    stepped,
    suit,
)

NUMBER = "试府复〔2026〕1号"


@pytest.fixture
def today(city):
    return city.jurisdiction.calendar.previous_workday(timezone.localdate())


def address(procedure: Procedure, key: str) -> str:
    base = procedure.dispute.get_absolute_url()
    return f"{base}procedures/{procedure.public_id}/{key}/"


def recent(city, today):
    """A reconsideration received on the last working day."""
    return reconsideration(city, dispute(city, filed_on=today), today)


def test_the_form_asks_what_the_table_says(city, as_user, today):
    made = recent(city, today)
    page = as_user(city.users["gov_officer"]).get(address(made, "accept")).content.decode()
    for label in ("案号", "程序", "简易程序", "发生日期"):
        assert label in page
    assert "复议决定" in page or "行政复议决定" in page
    assert timezone.localdate().isoformat() in page


def test_a_step_is_recorded_with_its_limits(city, as_user, today):
    made = recent(city, today)
    given = {"on": today, "number": NUMBER, "track": "ordinary", "version": made.version}
    answer = as_user(city.users["gov_officer"]).post(address(made, "accept"), given)
    assert (answer.status_code, answer.url) == (302, made.dispute.get_absolute_url())
    made.refresh_from_db()
    assert (made.state, made.number) == ("accepted", NUMBER)
    assert Deadline.objects.about(made).open().filter(rule="FY-DEC").exists()


REFUSED = [
    ({"number": ""}, "number"),
    ({"number": "（2026）鄂0199行初1号"}, "number"),
    ({"track": ""}, "track"),
    ({"track": "quick"}, "track"),
    ({"on": "2199-01-01"}, "on"),
    ({"on": "yesterday"}, "on"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED)
def test_what_is_wrong_stands_beside_its_field(city, as_user, today, changes, field):
    made = recent(city, today)
    given = {"on": today, "number": NUMBER, "track": "ordinary", "version": made.version}
    answer = as_user(city.users["gov_officer"]).post(address(made, "accept"), given | changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "没有保存" in page
    made.refresh_from_db()
    assert made.state == "received"


def test_a_late_record_says_why(city, as_user):
    made = reconsideration(city, dispute(city))
    client = as_user(city.users["gov_officer"])
    assert "为何现在" not in client.get(address(made, "examine")).content.decode()
    given = {"on": "2026-03-03", "version": made.version}
    refused = client.post(address(made, "examine"), given)
    assert refused.status_code == 422
    assert 'name="reason"' in refused.content.decode()
    done = client.post(address(made, "examine"), given | {"reason": "纸质材料补录"})
    assert done.status_code == 302
    event = made.events.get(step="examine")
    assert (event.backdated, event.reason) == (True, "纸质材料补录")


def test_a_stale_form_is_told(city, as_user, today):
    made = recent(city, today)
    given = {"on": today, "number": NUMBER, "track": "ordinary", "version": made.version - 1}
    answer = as_user(city.users["gov_officer"]).post(address(made, "accept"), given)
    assert answer.status_code == 422


def test_a_closing_step_offers_its_modes_alone(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    page = as_user(city.users["gov_officer"]).get(address(made, "end")).content.decode()
    assert "终止（和解撤回）" in page
    assert "驳回复议请求" not in page


def test_only_agencies_can_answer(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    made = stepped(made, "send", date(2026, 3, 4))
    page = as_user(city.users["agency_contact"]).get(address(made, "answered")).content.decode()
    assert agency_part(made).public_id in page
    assert party_part(made).public_id not in page


WHO = [
    ("gov_officer", "examine", 200),
    ("agency_contact", "examine", 403),
    ("court_officer", "examine", 404),
    ("gov_officer", "open", 404),
    ("gov_officer", "no_such_step", 404),
    ("gov_officer", "decide", 409),
]


@pytest.mark.parametrize(("who", "key", "status"), WHO)
def test_who_may_record_what(city, as_user, who, key, status):
    made = reconsideration(city)
    assert as_user(city.users[who]).get(address(made, key)).status_code == status


def test_a_court_s_step_is_recorded_by_the_court_alone(city, as_user):
    made = filed(suit(city), date(2026, 3, 4))
    assert as_user(city.users["court_officer"]).get(address(made, "hear")).status_code == 409
    assert as_user(city.users["court_officer"]).get(address(made, "suspend")).status_code == 200
    assert as_user(city.users["gov_officer"]).get(address(made, "suspend")).status_code == 403


def test_the_limits_are_foreseen_with_each_answer(city, as_user):
    made = reconsideration(city)
    client = as_user(city.users["gov_officer"])
    asked = {"foresee": 1, "on": "2026-11-06", "track": "ordinary"}
    part = client.get(address(made, "accept"), asked).content.decode()
    assert "<html" not in part
    assert "2027-01-05" in part
    assert "30 日" not in part
    simple = client.get(address(made, "accept"), asked | {"track": "simplified"}).content.decode()
    assert "2027-01-05" not in simple


def test_foreseen_is_what_opens(city, as_user, today):
    """The day that the page tells is the one that is then set."""
    made = recent(city, today)
    client = as_user(city.users["gov_officer"])
    asked = {"foresee": 1, "on": today.isoformat(), "track": "simplified"}
    told = client.get(address(made, "accept"), asked).content.decode()
    given = {"on": today, "number": NUMBER, "track": "simplified", "version": made.version}
    client.post(address(made, "accept"), given)
    for limit in Deadline.objects.about(made).open():
        assert limit.due_on.isoformat() in told


def upheld(city) -> Procedure:
    made = accepted(reconsideration(city), date(2026, 3, 3))
    made = stepped(made, "send", date(2026, 3, 4))
    made = stepped(made, "answered", date(2026, 3, 5), respondent=agency_part(made))
    made = stepped(made, "heard", date(2026, 3, 6), method="phone", note="听取了意见")
    return stepped(made, "decide", date(2026, 3, 10), mode="upheld")


def opening(earlier: Procedure, kind: str) -> str:
    base = earlier.dispute.get_absolute_url()
    return f"{base}procedures/new/{kind}/?after={earlier.public_id}"


def ticked(page: str, name: str) -> set[str]:
    boxes = re.findall(rf'<input type="checkbox" name="{name}"[^>]*>', page)
    values = (re.search(r'value="([^"]+)"', box) for box in boxes if " checked" in box)
    return {found.group(1) for found in values if found}


@pytest.fixture
def court(city, as_user):
    """The court's worker, who sees the dispute since its party sued there."""

    def seeing(procedure: Procedure):
        admit(procedure.dispute, [city.organizations["court"]], "organ")
        return as_user(city.users["court_officer"])

    return seeing


def test_after_upholding_both_organs_are_proposed_and_sued(city, court):
    made = upheld(city)
    client = court(made)
    page = client.get(opening(made, "first_instance")).content.decode()
    both = {city.organizations[key].public_id for key in ("agency", "gov")}
    assert ticked(page, "agencies") == both
    assert "行政诉讼法第二十六条第二款" in page
    given = {
        "organ": city.organizations["court"].public_id,
        "on": "2026-03-20",
        "source": "court",
        "claimants": [one.public_id for one in made.dispute.parties.all()],
        "agencies": list(both),
        "late": "补录",
        "form_token": "t1",
    }
    answer = client.post(opening(made, "first_instance"), given)
    assert answer.status_code == 302
    suit_made = made.dispute.procedures.get(kind="first_instance")
    assert {one.organization_id for one in suit_made.participants.agencies()} == {
        city.organizations[key].pk for key in ("agency", "gov")
    }
    assert [link.reason for link in suit_made.origins.all()] == ["不服复议"]


def test_opening_without_parties_is_refused_beside_its_field(city, court):
    made = upheld(city)
    given = {"organ": city.organizations["court"].public_id, "on": "2026-03-20", "late": "补录"}
    answer = court(made).post(opening(made, "first_instance"), given | {"source": "court"})
    assert answer.status_code == 422
    assert 'id="id_claimants_error"' in answer.content.decode()
    assert not made.dispute.procedures.filter(kind="first_instance").exists()


OPENED = [
    ("court_officer", "first_instance", 200),
    ("gov_officer", "first_instance", 403),
    ("agency_contact", "first_instance", 403),
    ("court_officer", "second_instance", 404),
    ("court_officer", "no_such_kind", 404),
]


@pytest.mark.parametrize(("who", "kind", "status"), OPENED)
def test_who_may_open_what(city, as_user, court, who, kind, status):
    made = upheld(city)
    court(made)
    assert as_user(city.users[who]).get(opening(made, kind)).status_code == status


def test_the_ways_on_are_offered_with_their_reasons(city, court):
    made = upheld(city)
    page = court(made).get(f"{made.dispute.get_absolute_url()}procedures/").content.decode()
    assert "不服复议" in page
    assert "第二审" not in page


@pytest.mark.parametrize("kind", list(tables()))
def test_every_step_of_every_table_has_a_form(city, kind):
    """No table asks for what no field is made for."""
    made = dispute(city)
    table = table_of(kind)
    planned = made.procedures.filter(kind=kind).first() or Procedure(
        dispute=made,
        kind=kind,
        organ=city.organizations["court"],
        state=table.first,
        opened_on=date(2026, 3, 2),
    )
    planned.store()
    for step in table.steps.values():
        form = form_of(planned, step, date(2026, 3, 3), late=True)()
        assert set(form.fields) >= {"on", "version"}
        assert form.as_p()
