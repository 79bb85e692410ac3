"""What the trail keeps of confidential topics (G3, YN-21): no words, and every reading."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from foundations.audit.models import AuditEntry
from foundations.audit.trail import WITHHELD, history_of
from foundations.notifications.actions import mark_read
from foundations.notifications.models import Notice
from meetings.actions import topics
from meetings.actions.noting import edit_resolution, remove_resolution
from meetings.actions.reports import report_progress, return_report
from meetings.actions.resolutions import cancel_resolution, change_due
from meetings.actions.session import end_session
from meetings.models import Resolution, Topic
from services.deadlines.models import Deadline
from services.documents.attachments import attach, remove
from services.documents.models import Attachment
from tests.gatherings import (
    AT,
    add_material,
    later,
    make_meeting,
    name,
    notify,
    on_agenda,
    sign,
    submit,
    text_file,
)
from tests.meeting_day import DUE, END, begun, complete

TITLE = "某案化解底线"
SECRET = "底线为撤回处罚"


@pytest.fixture
def meeting(city):
    return make_meeting(city)


@pytest.fixture
def topic(city, meeting):
    return on_agenda(city, meeting, title=TITLE, confidential=True)


def told() -> str:
    """Everything that the audit administrator reads."""
    return "".join(AuditEntry.objects.values_list("body", flat=True))


def closed_sitting(city):
    """A meeting in progress whose topic on a case is confidential, read by the court's officer."""
    sitting = begun(city)
    Topic.objects.filter(pk=sitting.topics["case"].pk).update(
        confidential=True, title=TITLE, submitted_by=city.users["gov_officer"]
    )
    closed = Topic.objects.get(pk=sitting.topics["case"].pk)
    closed.organization = city.organizations["justice"]
    closed.save()
    name(city, closed, "court_officer")
    sign(city, closed, "court_officer")
    sitting.topics["case"] = closed
    return sitting


def test_the_trail_has_no_words_of_a_confidential_topic(city):
    """The audit administrator reads the whole trail, and no business content (G3)."""
    sitting = closed_sitting(city)
    closed = sitting.topics["case"]
    attach(
        closed,
        text_file(f"{TITLE}.txt", "化解方案"),
        actor=city.users["gov_officer"],
        at=AT,
        jurisdiction=city.jurisdiction,
        declared=True,
    )
    complete(sitting)
    Resolution.objects.update(text="按底线方案调解")
    end_session(sitting.meeting.pk, actor=city.users["court_officer"], at=END)
    name(city, closed)
    for notice in Notice.objects.filter(recipient=city.users["agency_contact"]):
        mark_read(notice.pk, actor=notice.recipient, at=AT)

    words = told()
    assert "meetings.reader.struck" in words
    assert "notifications.notice.read" in words
    assert "meetings.resolution.noted" in words
    for secret in (TITLE, "按底线方案调解", "告知程序指引之1", "化解方案"):
        assert secret not in words
    assert "底线" not in "".join(Deadline.objects.values_list("title", flat=True))


@pytest.mark.parametrize("decision", ["merge", "defer", "withdraw"])
def test_the_reason_of_a_decision_is_on_the_page_and_not_in_the_trail(
    city, meeting, topic, as_user, decision
):
    into = {"into": submit(city, meeting, title="另一保密议题", confidential=True)}
    given = {"actor": city.users["gov_officer"], "at": AT, "reason": SECRET}
    name(city, topic, "court_officer")
    sign(city, topic, "court_officer")

    getattr(topics, decision)(topic.pk, **given, **(into if decision == "merge" else {}))

    page = as_user(city.users["court_officer"]).get(topic.get_absolute_url()).content.decode()
    data = history_of(topic).filter(data__has_key="reason").get().data
    assert SECRET in page
    assert SECRET not in told()
    assert data["reason"] == WITHHELD
    assert len(data["reason_digest"]) == 64


def test_why_it_came_late_is_not_in_the_trail(city, meeting):
    late = later(days=10)
    submit(city, meeting, at=late, confidential=True, late_reason=SECRET)
    submit(city, meeting, at=late, late_reason="上级新部署")

    assert SECRET not in told()
    assert "上级新部署" in told()


def test_what_is_noted_and_changed_at_the_meeting_is_not_in_the_trail(city):
    sitting = complete(closed_sitting(city))
    resolution, officer = sitting.meeting.resolutions.get(), city.users["court_officer"]
    given = {"lead": resolution.lead, "due_on": DUE}

    edit_resolution(resolution.pk, actor=officer, text=SECRET, **given)
    remove_resolution(resolution.pk, actor=officer)

    removed = history_of(sitting.meeting).get(action="meetings.resolution.removed")
    assert removed.data["text"] == WITHHELD
    assert "应先书面告知" not in told()
    assert SECRET not in told()


@pytest.mark.parametrize("deed", ["cancel", "change_due", "return"])
def test_what_is_said_of_its_resolution_is_not_in_the_trail(city, deed):
    sitting = complete(closed_sitting(city))
    end_session(sitting.meeting.pk, actor=city.users["court_officer"], at=END)
    resolution = sitting.meeting.resolutions.get()
    given = {"actor": city.users["court_officer"], "at": END, "reason": SECRET}

    if deed == "cancel":
        cancel_resolution(resolution.pk, **given)
    elif deed == "change_due":
        change_due(resolution.pk, due_on=DUE, **given)
    else:
        report = _report(city, resolution)
        return_report(report.pk, **given)

    assert WITHHELD in told()
    for words in (SECRET, "按底线办结", "底线清单"):
        assert words not in told()


def test_the_officers_are_told_of_a_report_without_its_words(city):
    sitting = complete(closed_sitting(city))
    end_session(sitting.meeting.pk, actor=city.users["court_officer"], at=END)
    resolution = sitting.meeting.resolutions.get()

    _report(city, resolution)

    notices = Notice.objects.filter(reason__startswith="report:")
    assert {notice.recipient.username for notice in notices} == {"gov_officer", "court_officer"}
    for notice in notices:
        assert "内部保密议题" in notice.title
        assert resolution.text not in notice.title
        assert notice.text == ""


def _report(city, resolution):
    return report_progress(
        resolution.pk,
        actor=city.users["agency_contact"],
        at=END,
        text="按底线办结",
        done=True,
        upload=text_file("底线清单.txt"),
        declared=True,
    )


def test_why_its_material_is_removed_is_not_in_the_trail(city, topic):
    remove(Attachment.objects.get().pk, actor=city.users["gov_officer"], at=AT, reason=SECRET)

    assert SECRET not in told()


def test_an_open_topics_reasons_stay_readable(city, meeting):
    topic = submit(city, meeting)
    add_material(city, topic)

    topics.defer(topic.pk, actor=city.users["gov_officer"], at=AT, reason="待研究")

    assert history_of(topic).last().data["reason"] == "待研究"


# -- every reading -----------------------------------------------------------------------------
READ = "meetings.topic.read"


def pages_of(meeting, topic) -> dict[str, str]:
    return {
        "topic": topic.get_absolute_url(),
        "topic-edit": reverse("meetings:topic-edit", args=[topic.public_id]),
        "topic-decide": reverse("meetings:topic-decide", args=[topic.public_id, "defer"]),
        "agenda": reverse("meetings:agenda", args=[meeting.public_id]),
        "meeting": meeting.get_absolute_url(),
    }


@pytest.mark.parametrize("where", ["topic", "topic-edit", "topic-decide", "agenda", "meeting"])
def test_each_page_with_its_words_is_read_on_record_once(city, meeting, topic, as_user, where):
    on_agenda(city, meeting)
    name(city, topic, "recorder")
    sign(city, topic, "recorder")

    answer = as_user(city.users["recorder"]).get(pages_of(meeting, topic)[where])

    assert TITLE in answer.content.decode()
    (entry,) = AuditEntry.objects.filter(action=READ)
    assert (entry.subject, entry.actor) == (topic, city.users["recorder"])
    assert TITLE not in entry.body


@pytest.mark.parametrize("sent", [{"title": ""}, {"title": TITLE, "opinion": ""}])
def test_a_form_that_comes_back_is_read_on_record_too(city, meeting, topic, as_user, sent):
    url = pages_of(meeting, topic)["topic-edit"]

    answer = as_user(city.users["gov_officer"]).post(url, {**sent, "version": topic.version})

    assert answer.status_code == 422
    assert history_of(topic).filter(action=READ).count() == 1


@pytest.mark.parametrize("where", ["agenda", "meeting"])
def test_a_reader_who_has_not_signed_is_told_the_title_and_no_more(
    city, meeting, topic, as_user, where
):
    Topic.objects.filter(pk=topic.pk).update(reason=SECRET, late_reason="迟报之由")
    name(city, topic, "court_officer")
    url = pages_of(meeting, topic)[where]

    before = as_user(city.users["court_officer"]).get(url).content.decode()
    assert not history_of(topic).filter(action=READ).exists()
    sign(city, topic, "court_officer")
    after = as_user(city.users["court_officer"]).get(url).content.decode()

    for words in (SECRET, "迟报之由", "林浩然"):
        assert (words in before, words in after) == (False, True), words
    assert TITLE in before
    assert history_of(topic).filter(action=READ).count() == 1


def test_an_open_topic_is_read_without_a_record(city, meeting, as_user):
    topic = on_agenda(city, meeting)

    for url in pages_of(meeting, topic).values():
        as_user(city.users["gov_officer"]).get(url)

    assert not AuditEntry.objects.filter(action=READ).exists()


def test_material_given_before_the_topic_was_confidential_is_read_on_record(
    city, meeting, as_user
):
    topic = on_agenda(city, meeting, title=TITLE)
    Topic.objects.filter(pk=topic.pk).update(confidential=True)
    given = Attachment.objects.get()

    as_user(city.users["gov_officer"]).get(given.get_absolute_url()).getvalue()

    assert history_of(given).filter(action="documents.attachment.read").count() == 1


def test_papers_hold_nothing_of_it_to_be_read(city, meeting, topic, as_user):
    on_agenda(city, meeting, title="公开议题")
    client = as_user(city.users["gov_officer"])
    sheet = reverse("meetings:sheet", args=[meeting.public_id, "agenda"])

    agenda = text_of(client.get(sheet))
    draft = text_of(client.get(reverse("meetings:notice-preview", args=[meeting.public_id])))
    issued = notify(city, meeting).document.context

    for paper in (agenda, draft, str(issued)):
        assert "公开议题" in paper
        assert TITLE not in paper
    assert "内部保密议题" in agenda
    assert not AuditEntry.objects.filter(action=READ).exists()


def text_of(answer) -> str:
    """What a PDF says, without its line breaks."""
    pages = PdfReader(io.BytesIO(b"".join(answer))).pages
    return "".join("".join(page.extract_text() for page in pages).split())
