"""A confirmed text is issued as a document, once, with the number its class has."""

import pytest
import time_machine
from django.urls import reverse

from foundations.notifications.models import Notice
from meetings.policy.texts import may_attach
from meetings.states import TextState
from services.consents.models import Consent
from services.documents.models import NumberSeries, OfficialDocument
from tests.meeting_after import WRITTEN, confirmed, drafted, issued
from tests.meeting_day import address

pytestmark = pytest.mark.django_db
CLAUSE = "会议讨论意见仅供内部参考"


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(WRITTEN, tick=False):
        yield


def test_issued_minutes_are_a_numbered_internal_document_for_their_list(city):
    text = issued(city)

    document = text.document
    assert (document.kind, document.number) == ("minutes", "试府院纪〔2026〕1号")
    assert (document.internal, document.mark, document.visibility) == (True, "内部资料", "joint")
    context = document.context
    assert context["clause"].startswith(CLAUSE)
    assert context["red_head"] == "行政复议与行政诉讼联席会议纪要"
    assert context["resolved"][0] == {
        "n": 1,
        "text": "印发违法建设查处告知程序指引之1",
        "lead": "试验市综合行政执法局",
        "support": "试验市司法局",
        "due": "2026年12月18日",
    }
    assert [one["name"] for one in context["present"]][:2] == ["王　彬", "林浩然"]
    assert context["circulation"] == ["试验市司法局", "试验市人民法院", "试验市综合行政执法局"]
    assert context["copy_to"] == "市委办、人大办、政协办"
    told = set(
        Notice.objects.filter(reason="issued").values_list("recipient__username", flat=True)
    )
    assert told == {
        "gov_officer",
        "court_officer",
        "gov_deputy",
        "court_deputy",
        "agency_contact",
        "gov_convenor",
        "court_convenor",
    }


def test_an_opinion_has_no_number_no_list_and_no_other_side_to_ask(city):
    text = issued(city, "opinion")

    assert (text.state, Consent.objects.count()) == (TextState.ISSUED, 0)
    document = text.document
    assert (document.number, document.visibility) == ("", "meeting")
    assert (document.context["circulation"], document.context["copy_to"]) == ([], "")
    leaders = Notice.objects.filter(reason="issued", recipient=city.users["gov_convenor"])
    assert not leaders.exists()


def test_a_consensus_has_no_internal_clause(city):
    text = issued(city, "consensus")

    assert (text.internal, text.document.internal, text.document.mark) == (False, False, "")
    assert "clause" not in text.document.context
    assert text.document.context["issuers"] == ["试验市人民政府", "试验市人民法院"]


def test_a_series_kept_elsewhere_asks_for_its_number(city, as_user):
    NumberSeries.objects.filter(key="minutes").update(mode=NumberSeries.Mode.EXTERNAL)
    text = confirmed(city)
    client = as_user(city.users["court_officer"])

    silent = client.post(address("text-issue", text), {"version": text.version})
    typed = client.post(
        address("text-issue", text), {"version": text.version, "number": "试府院纪〔2026〕12号"}
    )

    assert (silent.status_code, typed.status_code) == (422, 302)
    assert OfficialDocument.objects.get().number == "试府院纪〔2026〕12号"


def test_issuing_twice_takes_one_number(city, as_user):
    text = confirmed(city)
    client = as_user(city.users["court_officer"])

    first = client.post(address("text-issue", text), {"version": text.version})
    second = client.post(address("text-issue", text), {"version": text.version})

    assert (first.status_code, second.status_code) == (302, 422)
    assert OfficialDocument.objects.exclude(number="").count() == 1


def test_the_preview_is_a_draft_that_the_issue_takes_over(city, as_user):
    text = drafted(city)
    client = as_user(city.users["court_officer"])

    for _time in range(2):
        page = client.get(address("text-preview", text))
        assert page.status_code == 302

    document = OfficialDocument.objects.get()
    assert (document.state, document.number) == ("draft", "")
    assert page.url == reverse("documents:preview", args=[document.public_id])


@pytest.mark.parametrize(
    ("kind", "state", "may"),
    [
        ("opinion", "issued", False),
        ("minutes", "issued", False),
        ("consensus", "issued", True),
        ("consensus", "draft", False),
    ],
)
def test_an_internal_text_is_never_attached_to_anything(city, kind, state, may):
    text = issued(city, kind) if state == "issued" else drafted(city, kind)

    assert may_attach(text) is may
