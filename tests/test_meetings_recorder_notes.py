"""What recorders write on a topic: two of them, and a lost session."""

import pytest

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from meetings.actions.session import (
    keep_draft,
    note_discussion,
)
from meetings.models import RecorderDraft
from tests.meeting_day import (
    BEGIN,
    ON_THE_DAY,
    address,
    begun,
    seen,
)

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def test_two_recorders_do_not_lose_each_others_words(city):
    topic = begun(city).topics["case"]
    began_from = seen(topic)
    note_discussion(topic.pk, actor=city.users["gov_officer"], text="府方记的", seen=began_from)

    with pytest.raises(RuleBroken) as broken:
        note_discussion(
            topic.pk, actor=city.users["court_officer"], text="院方记的", seen=began_from
        )

    topic.refresh_from_db()
    assert (broken.value.code, topic.discussion) == ("notes_conflict", "府方记的")


@ON_THE_DAY
def test_a_conflict_puts_both_texts_on_the_screen_and_the_next_save_keeps_both(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    began_from = seen(topic)
    note_discussion(
        topic.pk, actor=city.users["gov_officer"], text="共同\n府方记的", seen=began_from
    )
    client = as_user(city.users["court_officer"])

    page = client.post(
        address("record-notes", topic), {"text": "共同\n院方记的", "seen": began_from}
    )
    assert page.status_code == 409
    assert page.context["conflict"]["joined"] == "共同\n府方记的\n院方记的"
    assert "另一位记录员已先保存" in page.content.decode()
    again = client.post(
        address("record-notes", topic),
        {"text": page.context["conflict"]["joined"], "seen": page.context["desk"].seen},
    )

    topic.refresh_from_db()
    assert again.status_code == 302
    assert topic.discussion == "共同\n府方记的\n院方记的"


def test_the_same_words_saved_twice_leave_one_entry(city):
    topic = begun(city).topics["case"]
    for _time in range(2):
        note_discussion(
            topic.pk, actor=city.users["gov_officer"], text="一\r\n二", seen=seen(topic)
        )

    topic.refresh_from_db()
    assert topic.discussion == "一\n二"
    assert history_of(topic).filter(action="meetings.topic.noted").count() == 1


@ON_THE_DAY
def test_what_was_typed_survives_a_lost_session(city, as_user):
    sitting = begun(city)
    topic = sitting.topics["case"]
    client = as_user(city.users["court_officer"])
    kept = client.post(address("record-draft", topic), {"text": "打到一半"}, **JSON)
    client.logout()
    lost = client.post(address("record-draft", topic), {"text": "打到一半，又多了"}, **JSON)
    url = f"{address('recorder', sitting.meeting)}?topic={topic.public_id}"

    back = as_user(city.users["court_officer"]).get(url).content.decode()
    other = as_user(city.users["gov_officer"]).get(url).content.decode()

    assert kept.json() == {"at": "10:42:00"}
    assert lost.status_code == 302
    assert "恢复未保存的记录" in back.split("<template")[0]
    assert "打到一半" in back
    assert "打到一半" not in other


def test_a_draft_goes_once_its_words_are_in_the_record(city):
    topic = begun(city).topics["case"]
    for who in ("court_officer", "gov_officer"):
        keep_draft(topic.pk, actor=city.users[who], at=BEGIN, text="草稿")

    note_discussion(topic.pk, actor=city.users["court_officer"], text="定稿", seen=seen(topic))

    assert [draft.user for draft in RecorderDraft.objects.all()] == [city.users["gov_officer"]]
