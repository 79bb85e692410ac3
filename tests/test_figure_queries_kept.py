"""Queries that are kept under a name: shared, changed and removed by their owner."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from dashboards.actions import QueryWords, change_query, remove_query
from dashboards.models import SavedQuery
from dashboards.queries.states import Grouping, Sharing, Span
from dashboards.queries.wanted import Pick, Wanted
from foundations.audit.models import AuditEntry
from tests.querying import NOW, TODAY, address, advised, flat, kept, page


@pytest.fixture
def letters(city):
    return advised(city)


@pytest.fixture
def reading(letters, as_user):
    with time_machine.travel(NOW, tick=False):
        yield lambda key: as_user(letters.users[key])


def sent(client, city, asked=None, **words):
    given = {"name": "回复率", "shared_with": "nobody", "mail_day": "", **words}
    state = {"what": "R8", "grouping": "unit"} if asked is None else asked
    url = reverse("dashboards:query-new", args=[city.mechanism.key], query=state)
    return client.post(url, given)


def test_what_is_counted_is_kept_with_a_name(letters, reading):
    client = reading("court_officer")

    answer = sent(client, letters, {"what": ["R9", "R8"], "way": ["R9:replied"]}, mail_day="5")

    query = SavedQuery.objects.get()
    assert answer.url == query.get_absolute_url()
    assert (query.name, query.owner) == ("回复率", letters.users["court_officer"])
    assert query.indicators == ["R9:replied", "R8"]
    assert (query.mail_day, query.mails_after) == (5, TODAY)
    assert "回复率" in client.get(address(letters, "queries")).content.decode()


def test_a_form_sent_twice_keeps_one(letters, reading):
    client = reading("court_officer")

    answers = [sent(client, letters, form_token="once").status_code for _again in range(2)]

    assert answers == [302, 302]
    assert SavedQuery.objects.count() == 1


REFUSED = [
    pytest.param("court_officer", {"name": "建议回复情况"}, "同名", "name", id="name taken"),
    pytest.param("court_officer", {"name": ""}, "", "name", id="no name"),
    pytest.param("court_officer", {"mail_day": "29"}, "28", "mail_day", id="no such day"),
    pytest.param(
        "agency_contact",
        {"shared_with": "all"},
        "只有联络员和领导",
        "shared_with",
        id="shared with all",
    ),
    pytest.param("court_officer", {"shared_with": "friends"}, "选择", "shared_with", id="unknown"),
]


@pytest.mark.parametrize(("reader", "words", "said", "field"), REFUSED)
def test_what_cannot_be_kept_is_said_beside_its_field(
    letters, reading, reader, words, said, field
):
    kept(letters)

    answer = sent(reading(reader), letters, **words)

    assert answer.status_code == 422
    error = answer.content.decode().split(f'id="id_{field}_error"')[1].split("</div></div>")[0]
    assert said in error
    assert SavedQuery.objects.count() == 1


def test_what_cannot_be_counted_is_not_kept(letters, reading):
    answer = sent(reading("court_officer"), letters, {"what": "R8", "span": "decade"})

    assert answer.status_code == 422
    assert "请先选择统计内容" in answer.content.decode()
    assert not SavedQuery.objects.exists()


def test_two_people_may_use_one_name(letters, reading):
    kept(letters)

    assert sent(reading("gov_officer"), letters, name="建议回复情况").status_code == 302


SEEN = [
    (Sharing.NOBODY, {"court_officer"}),
    (Sharing.ORGANIZATION, {"court_officer", "court_deputy", "court_convenor"}),
    (
        Sharing.ALL,
        {"court_officer", "court_deputy", "court_convenor", "gov_officer", "agency_contact"},
    ),
]
READERS = (
    "court_officer",
    "court_deputy",
    "court_convenor",
    "gov_officer",
    "agency_contact",
    "system_admin",
)


@pytest.mark.parametrize(("shared", "who"), SEEN)
def test_whom_it_is_shared_with_opens_it_and_nobody_else(letters, reading, shared, who):
    query = kept(letters, shared_with=shared)

    for reader in READERS:
        client = reading(reader)
        listed = client.get(address(letters, "queries"))
        assert client.get(query.get_absolute_url()).status_code == (200 if reader in who else 404)
        assert (query.public_id in listed.content.decode()) is (reader in who), reader


def test_a_shared_query_is_counted_over_the_reader_s_own_records(letters, reading):
    query = kept(letters, shared_with=Sharing.ALL)

    assert "60.00%" in page(reading("court_officer"), query)
    shown = page(reading("agency_contact"), query)
    assert "50.00%" in shown
    assert "60.00%" not in shown
    assert "数值可能与保存人看到的不同" in shown


@pytest.mark.parametrize("name", ["query-change", "query-remove"])
def test_only_its_owner_changes_or_removes_it(letters, reading, name):
    query = kept(letters, shared_with=Sharing.ALL)
    url = address(letters, name, query.public_id)

    found = {one: reading(one).get(url).status_code for one in ("court_officer", "gov_officer")}

    assert found == {"court_officer": 200, "gov_officer": 403}
    assert reading("gov_officer").post(url, {"version": 1}).status_code == 403
    with pytest.raises(PermissionDenied):
        remove_query(query.pk, actor=letters.users["gov_officer"], at=NOW)


def test_the_owner_changes_conditions_and_words(letters, reading):
    query = kept(letters, mail_day=5)
    url = address(letters, "query-change", query.public_id)
    client = reading("court_officer")
    words = {"name": "新名称", "shared_with": "organization", "mail_day": "", "version": "1"}

    answer = client.post(f"{url}?what=R10&span=last_year", words)

    assert answer.url == query.get_absolute_url()
    query.refresh_from_db()
    assert (query.name, query.indicators, query.span) == ("新名称", ["R10"], Span.LAST_YEAR)
    assert query.organization == letters.organizations["court"]
    assert (query.mail_day, query.mails_after) == (None, None)
    stale = client.post(f"{url}?what=R8", words)
    assert stale.status_code == 422
    actions = AuditEntry.objects.filter(action__startswith="dashboards.query")
    assert [one.action.rpartition(".")[2] for one in actions] == ["kept", "changed"]


def test_a_changed_query_may_keep_its_name(letters):
    query = kept(letters)

    change_query(
        query.pk,
        actor=letters.users["court_officer"],
        at=NOW,
        wanted=Wanted((Pick("R8"),)),
        words=QueryWords(query.name),
    )

    assert SavedQuery.objects.get().indicators == ["R8"]


def test_the_change_begins_with_what_is_kept(letters, reading):
    query = kept(letters, grouping=Grouping.UNIT)

    url = address(letters, "query-change", query.public_id)
    shown = flat(reading("court_officer").get(url))

    assert 'value="R8" checked' in shown
    assert 'value="R9:replied" selected' in shown
    assert '<option value="unit" selected>' in shown
    assert 'value="建议回复情况"' in shown


def test_removed_it_is_gone(letters, reading):
    query = kept(letters)
    url = address(letters, "query-remove", query.public_id)

    answer = reading("court_officer").post(url, {"version": "1"})

    assert answer.url == address(letters, "queries")
    assert not SavedQuery.objects.exists()
