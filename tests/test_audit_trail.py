import json
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.template import Context, Template
from django.utils.translation import gettext_lazy as _

from foundations.audit import guards
from foundations.audit.models import AuditEntry, AuditHead
from foundations.audit.origin import Origin, reset_origin, set_origin
from foundations.audit.timeline import sentence_of, timeline, verbs
from foundations.audit.trail import acting, action, canonical, link, record, record_reading
from foundations.audit.verify import Chain, Finding, verify
from members.models import Organization


@action
def note(actor, verb, subject, **data):
    record(actor, verb, subject, **data)


@pytest.fixture
def three_entries(city):
    for number in (1, 2, 3):
        note(city.users["gov_officer"], "tests.body.changed", city.body, number=number)
    return city


def test_an_entry_says_who_did_what_to_which_record(city):
    note(city.users["gov_officer"], "tests.body.changed", city.body, before="甲", after="乙")

    entry = AuditEntry.objects.get(action="tests.body.changed")
    assert (entry.actor, entry.actor_label) == (city.users["gov_officer"], "李文静")
    assert (entry.subject, entry.subject_label) == (city.body, str(city.body))
    assert entry.data == {"before": "甲", "after": "乙"}
    assert entry.digest == link("", entry.body)


def test_an_entry_outside_an_action_is_refused(city):
    with pytest.raises(RuntimeError):
        record(None, "tests.body.changed", city.body)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "kept"),
    [
        (0, "", "10.9.9.9"),
        (0, "10.1.1.1", "10.9.9.9"),  # anybody's invention
        (1, "10.1.1.1", "10.1.1.1"),
        (1, "6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (2, "6.6.6.6, 10.1.1.1, 10.2.2.2", "10.1.1.1"),
        (2, "10.1.1.1", ""),
        (1, "", ""),
        (1, "nonsense", ""),
    ],
)
def test_the_address_is_whom_our_own_outermost_proxy_saw(
    city, client, settings, proxies, forwarded, kept
):
    settings.PROXY_COUNT = proxies

    client.post(
        "/sign-in/",
        {"username": "gov_officer", "password": "wrong"},
        REMOTE_ADDR="10.9.9.9",
        HTTP_X_FORWARDED_FOR=forwarded,
    )

    refused = AuditEntry.objects.get(action="members.account.sign_in_refused")
    assert refused.address == kept


def test_a_failed_action_leaves_no_entry(city):
    @action
    def fail():
        record(None, "tests.body.changed", city.body)
        raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert not AuditEntry.objects.filter(action="tests.body.changed").exists()


def test_an_inner_action_that_failed_takes_only_its_own_entries_along(city):
    @action
    def inner():
        record(None, "tests.inner", city.body)
        raise LookupError

    with acting():
        record(None, "tests.before", city.body)
        with pytest.raises(LookupError):
            inner()
        record(None, "tests.after", city.body)

    kept = AuditEntry.objects.filter(action__startswith="tests.").order_by("seq")
    assert [entry.action for entry in kept] == ["tests.before", "tests.after"]
    assert verify().findings == ()


def test_an_entry_can_be_neither_saved_again_nor_deleted(three_entries):
    entry = AuditEntry.objects.first()

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.fixture
def _guarded(db):
    guards.install(connection)
    yield
    guards.drop(connection)


@pytest.mark.usefixtures("_guarded")
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(actor_label="别人"),
        lambda: AuditEntry.objects.all()._raw_delete("default"),
    ],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_the_trail(three_entries, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()

    assert guards.installed(connection)
    assert AuditEntry.objects.filter(action="tests.body.changed").count() == 3


def test_the_guards_can_be_taken_away(three_entries):
    guards.install(connection)
    guards.drop(connection)

    assert not guards.installed(connection)
    assert AuditEntry.objects.update(actor_label="别人") == 3


# -- verification


def tamper(where, **columns):
    AuditEntry.objects.filter(action="tests.body.changed", seq=where).update(**columns)


TAMPERINGS = [
    (lambda: None, []),
    (lambda: tamper(2, actor_label="别人"), [(2, "body")]),
    (lambda: tamper(2, data={"number": 9}), [(2, "body")]),
    (lambda: tamper(2, body="{}"), [(2, "link"), (2, "body")]),
    (lambda: tamper(3, digest="0" * 64), [(3, "link"), (3, "head")]),
    (lambda: AuditEntry.objects.filter(seq=2)._raw_delete("default"), [(3, "gap"), (3, "link")]),
    (lambda: AuditEntry.objects.filter(seq=3)._raw_delete("default"), [(2, "head")]),
    (lambda: AuditHead.objects.all().delete(), [(3, "head")]),
]


@pytest.mark.parametrize(("tampering", "found"), TAMPERINGS)
def test_verification_finds(three_entries, tampering, found):
    tampering()

    assert verify().findings == tuple(Finding("testing", seq, what) for seq, what in found)


def rewrite_from(seq):
    """What the owner of the database can do: change an entry and rehash what follows."""
    digest = AuditEntry.objects.get(chain="testing", seq=seq - 1).digest
    for entry in AuditEntry.objects.filter(chain="testing", seq__gte=seq).order_by("seq"):
        body = json.loads(entry.body) | {"actor_label": "别人"}
        text = canonical(body)
        digest = link(digest, text)
        AuditEntry.objects.filter(pk=entry.pk).update(body=text, digest=digest, actor_label="别人")
    AuditHead.objects.filter(chain="testing").update(digest=digest)


def test_a_rewritten_chain_is_found_by_a_digest_kept_outside(three_entries, tmp_path, capsys):
    call_command("verify_audit", "--format", "json")
    kept = tmp_path / "yesterday.json"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    rewrite_from(2)

    assert verify().findings == ()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--anchor", str(kept))
    assert ended.value.code == 1
    assert "与此前留存的摘要不符" in capsys.readouterr().out


def test_an_anchor_beyond_the_end_shows_that_entries_are_missing(three_entries):
    assert verify((Chain("testing", 5, "a" * 64),)).findings == (Finding("testing", 5, "anchor"),)


def test_the_command_prints_every_chain(three_entries, capsys):
    call_command("verify_audit")

    assert "testing：3 条" in capsys.readouterr().out


def test_the_command_says_when_it_cannot_check(db, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--anchor", str(tmp_path / "missing.json"))

    assert refused.value.returncode == 2


def test_verification_reads_each_chain_once(three_entries, django_assert_num_queries):
    with django_assert_num_queries(4):
        verify()


# -- the timeline


@pytest.fixture
def _told():
    verbs["tests.body.changed"] = _("Changed %(number)s")
    yield
    del verbs["tests.body.changed"]


@pytest.mark.usefixtures("_told")
def test_the_timeline_tells_in_sentences_newest_first(three_entries):
    told = timeline(three_entries.body)

    assert [moment.sentence for moment in told] == ["Changed 3", "Changed 2", "Changed 1"]
    assert told[0].actor_label == "李文静"


@pytest.mark.usefixtures("_told")
def test_readings_are_not_in_the_timeline(three_entries):
    record_reading(three_entries.users["recorder"], three_entries.body, where="page")

    assert AuditEntry.objects.get(action="members.body.read").data == {"where": "page"}
    assert len(timeline(three_entries.body)) == 3


@pytest.mark.usefixtures("_told")
def test_an_old_entry_without_a_field_is_still_told(city):
    note(None, "tests.body.changed", city.body)

    assert timeline(city.body)[0].sentence == "Changed —"
    assert timeline(city.body)[0].actor_label == "平台"
    assert sentence_of(AuditEntry(action="tests.unknown", data={})) == "tests.unknown"


@pytest.mark.usefixtures("_told")
def test_the_timeline_is_one_query(three_entries, django_assert_num_queries):
    subjects = three_entries.body, three_entries.jurisdiction
    timeline(*subjects)
    with django_assert_num_queries(1):
        timeline(*subjects)


@pytest.mark.usefixtures("_told")
def test_the_timeline_on_a_page(three_entries):
    page = Template("{% load audit_tags %}{% timeline body %}")

    shown = page.render(Context({"body": three_entries.body}))
    empty = page.render(Context({"body": three_entries.jurisdiction}))

    assert shown.count("<li") == 3
    assert "<small>李文静</small>" in shown
    assert "尚无记录" in empty


# -- two writers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_writers_never_fork_a_chain(city):
    together = Barrier(2)

    def write(name):
        together.wait()
        try:
            for number in range(20):
                note(None, "tests.organization.changed", city.organizations[name], number=number)
        finally:
            connection.close()

    writers = [Thread(target=write, args=(name,)) for name in ("gov", "court")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    entries = AuditEntry.objects.filter(chain="testing").order_by("seq")
    assert [entry.seq for entry in entries] == list(range(1, 41))
    assert {entry.subject_type.model_class() for entry in entries} == {Organization}
    assert verify().findings == ()


def test_the_demo_may_say_when_something_happened(city):
    token = set_origin(Origin(at=datetime(2025, 3, 4, 5, 6, tzinfo=UTC)))
    try:
        note(None, "tests.body.changed", city.body)
    finally:
        reset_origin(token)

    assert AuditEntry.objects.get().at == datetime(2025, 3, 4, 5, 6, tzinfo=UTC)
