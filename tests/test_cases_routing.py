"""The registration ends with what follows it, by the closing mode of 5.2."""

from datetime import date

import pytest

from cases.models import Dispute
from cases.onward import ways
from services.deadlines.models import Deadline
from tests.disputes import centre, dispute, opened, procuratorate, reconsideration, stepped

ON = date(2026, 3, 5)
GIVEN = {
    "mediation": {"channel": "people"},
    "reconsideration": {"source": "window"},
    "first_instance": {"source": "court"},
    "non_litigation": {
        "urged_on": date(2026, 2, 2),
        "suit_period_ended_on": date(2026, 2, 10),
    },
    "enforcement": {"executor": "agency", "because": "依法执行"},
    "supervision": {"number": "试检行监〔2026〕1号"},
    "visit": {"visit_reason": "settlement"},
}
ORGANS = {"mediation": "centre", "reconsideration": "gov", "supervision": "procuratorate"}
FOLLOWS = [
    ("reconsideration", "to_reconsideration", "引导复议"),
    ("first_instance", "to_suit", "引导起诉"),
    ("mediation", "to_mediation", "转调解"),
    ("non_litigation", "other", "其他"),
    ("enforcement", "other", "其他"),
    ("supervision", "other", "其他"),
    ("visit", "other", "其他"),
]


def followed(city, kind: str, of: Dispute, on: date = ON, **more):
    made = {"centre": centre, "procuratorate": procuratorate}
    name = ORGANS.get(kind, "court")
    office = made[name](city) if name in made else name
    given = {"actor": None} if kind == "supervision" else {}
    return opened(city, kind, of, office, on, **GIVEN[kind], **given, **more)


@pytest.mark.parametrize(("kind", "mode", "name"), FOLLOWS)
def test_what_follows_closes_the_registration(city, kind, mode, name):
    made = dispute(city)
    later = followed(city, kind, made)
    intake = made.procedures.get(kind="intake")
    assert (intake.mode, intake.state, intake.closed_on) == (mode, "routed", ON)
    assert intake.outcome.name == name
    assert later.origins.get().earlier == intake
    made.refresh_from_db()
    assert (made.kind, made.state) == (later.kind, later.state)
    event = intake.events.get(step="pass_on")
    assert (event.name, event.on, event.backdated) == ("转入后续程序", ON, False)


def test_it_is_closed_once(city):
    made = dispute(city)
    first = reconsideration(city, made, ON)
    stepped(first, "refuse", date(2026, 3, 9))
    later = followed(city, "first_instance", made, date(2026, 3, 10), earlier=first)
    intake = made.procedures.get(kind="intake")
    assert (intake.mode, intake.events.filter(step="pass_on").count()) == (
        "to_reconsideration",
        1,
    )
    assert later.origins.get().earlier == first


def test_what_was_routed_by_hand_stays_as_it_was(city):
    made = dispute(city)
    intake = made.procedures.get()
    stepped(intake, "close", date(2026, 3, 4), mode="to_petition", reason="属信访事项")
    followed(city, "reconsideration", made)
    intake.refresh_from_db()
    assert intake.mode == "to_petition"


def test_what_begins_before_the_last_entry_is_told_as_entered_later(city):
    made = dispute(city)
    stepped(made.procedures.get(), "route", date(2026, 3, 6))
    followed(city, "reconsideration", made, ON, recorded=date(2026, 3, 6))
    event = made.procedures.get(kind="intake").events.get(step="pass_on")
    assert event.backdated
    assert event.reason


def test_what_was_missing_falls_away(city):
    missing = {"missing_items": ["身份证明"], "missing_due": date(2026, 3, 20)}
    made = dispute(city, **missing)
    followed(city, "reconsideration", made)
    assert Deadline.objects.get(rule="MISSING").state == "cancelled"


def test_the_registration_offers_its_way_only_while_nothing_followed(city):
    made = dispute(city)
    stepped(made.procedures.get(), "close", ON, mode="to_reconsideration", reason="")
    first = [way.reason for way in ways(made.procedures.all()) if way.earlier]
    assert first == ["引导复议"]
    reconsideration(city, made, ON)
    assert [way for way in ways(made.procedures.all()) if way.earlier] == []


def test_nobody_records_it_by_hand(city, as_user):
    made = dispute(city)
    intake = made.procedures.get()
    where = f"/disputes/{made.public_id}/procedures/{intake.public_id}/pass_on/"
    answer = as_user(city.users["gov_officer"]).get(where)
    assert answer.status_code == 403
    assert (
        where
        not in as_user(city.users["gov_officer"]).get(made.get_absolute_url()).content.decode()
    )
