"""The pages on which a unit replies and its issuer decides."""

from datetime import date

import pytest
import time_machine

from services.documents.attachments import attachments_of
from suggestions.states import Attitude
from tests.answering import address, fresh, replied, said, served
from tests.gatherings import text_file
from tests.letters import account, moment, unit

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 12, 2))
A, P, N, O = Attitude.ACCEPTED, Attitude.PARTLY, Attitude.NOT_ACCEPTED, Attitude.OBJECTION  # noqa: E741


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**more) -> dict:
    return {
        "attitude_1": "accepted",
        "measure_1": "修订文书",
        "responsible_1": "马文涛",
        "due_on_1": "2026-12-31",
        "attitude_2": "partly",
        "reason_2": "需报请市里研究",
        "text": "已研究。",
        **more,
    }


def test_the_page_of_a_reply(city, as_user):
    row = served(city)
    client = as_user(city.users["agency_contact"])
    assert client.get(address("reply", row)).status_code == 200

    page = client.post(address("reply", row), typed(reason_2="", due_on_1=""))
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "due_on_1": ["整改措施应当写明内容、责任人和完成时限。"]
    }
    page = client.post(address("reply", row), typed(reason_2=""))
    assert page.context["form"].errors == {"reason_2": ["态度为“部分采纳”的，请写明理由。"]}
    assert "修订文书" in page.content.decode()

    page = client.post(address("reply", row), typed(file=text_file("回复.txt"), declared="on"))
    assert page.status_code == 302
    made = row.replies.get()
    assert (made.attitude, made.text, attachments_of(made).count()) == ("partly", "已研究。", 1)
    assert row.measures.get().responsible == "马文涛"


def test_the_page_of_a_paper_reply(city, as_user):
    row = served(city)
    client = as_user(city.users["court_officer"])
    assert client.get(address("register", row)).status_code == 200

    sent = typed(received_on="2026-09-01", file=text_file("回复.txt"), declared="on")
    page = client.post(address("register", row), sent)
    assert page.context["form"].errors == {
        "received_on": ["收到日期 2026-09-01 早于送达日期（2026-09-28），请核对两个日期。"]
    }
    sent |= {"received_on": "2026-12-01", "posted_on": "2026-11-30"}
    sent["file"] = text_file("回复.txt")
    assert client.post(address("register", row), sent).status_code == 302
    assert (row.replies.get().on_behalf, fresh(row).reply_late) == (True, False)


def test_the_pages_of_decisions(city, as_user):
    row = served(city)
    unit_side, court = city.users["agency_contact"], city.users["court_officer"]
    with time_machine.travel(moment(date(2026, 11, 4)), tick=False):
        client = as_user(unit_side)
        page = client.post(
            address("extension", row), {"until_on": "2026-12-24", "reason": "历史档案核查"}
        )
        assert page.status_code == 302
    client = as_user(court)
    request = row.extensions.get()
    assert "历史档案核查" in client.get(address("extension-answer", request)).content.decode()
    page = client.post(address("extension-answer", request), {"decision": "yes"})
    assert page.status_code == 302
    assert fresh(row).reply_due_on == date(2026, 12, 24)

    replied(city, row, said(O, O))
    assert "情况特殊" in client.get(address("objection", row)).content.decode()
    page = client.post(address("objection", row), {"decision": "no", "remark": ""})
    assert page.context["form"].errors == {"remark": ["请写明要求重新回复的原因。"]}
    client.post(address("objection", row), {"decision": "no", "remark": "管辖无误"})
    replied(city, row, said(N, N), on=NOW.date())
    client.post(address("review", row), {"decision": "yes", "remark": ""})
    assert fresh(row).state == "closed"


def test_the_number_of_a_reply_is_put_right_with_a_notice(city, as_user):
    row = served(city)
    client = as_user(city.users["agency_contact"])

    page = client.post(address("reply", row), typed(number="试综执函(2026)021"), follow=True)

    assert row.replies.get().number == "试综执函〔2026〕21号"
    assert "试综执函〔2026〕21号" in " ".join(str(one) for one in page.context["messages"])


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("agency_contact", {"reply", "extension"}),
        ("court_officer", {"register", "review", "objection"}),
        ("gov_officer", set()),
    ],
)
def test_who_opens_which_page(city, as_user, name, opens):
    row = served(city)
    client = as_user(city.users[name])
    pages = ("reply", "extension", "register", "review", "objection")

    found = {page for page in pages if client.get(address(page, row)).status_code == 200}

    assert found == opens


def test_a_stranger_knows_nothing_of_it(city, as_user):
    row = served(city)
    unit(city, "market", "试验市市场监督管理局", "市市场监管局")

    client = as_user(account(city, "market_contact", "market"))

    assert client.get(address("reply", row)).status_code == 404
    assert client.post(address("reply", row), typed()).status_code == 404
