"""The pages from the measures to the closing, and of what is taken up again."""

from datetime import date

import pytest
import time_machine

from suggestions.actions.rectification import verify
from suggestions.models import Verification
from suggestions.states import Attitude
from tests.answering import (
    address,
    fresh,
    replied,
    said,
    served,
    to_verify,
)
from tests.gatherings import text_file
from tests.letters import moment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 10)
NOW = moment(TODAY)
BACK = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(NOW, tick=False):
        yield


def checked(city, row, *, at=NOW, **given) -> Verification:
    words = {"on": TODAY, "verdict": "passed", "effect": "effective", **given}
    return verify(row.pk, actor=city.users["court_officer"], at=at, **words)


def test_the_pages_from_measures_to_closing(city, as_user):
    row = served(city)
    replied(city, row, said(Attitude.ACCEPTED, Attitude.NOT_ACCEPTED))
    client = as_user(city.users["agency_contact"])

    page = client.get(address("measures", row))
    assert page.context["form"]["problem_1"].value() == "1"
    half = {"problem_1": "1", "measure_1": "修订文书", "responsible_1": "马文涛"}
    page = client.post(address("measures", row), half)
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "due_on_1": ["整改措施应当写明内容、责任人和完成时限。"]
    }
    page = client.post(address("measures", row), {**half, "due_on_1": "2026-12-31"})
    assert page.status_code == 302
    one = row.measures.get()

    page = client.post(address("finish", row))
    assert "还有措施没有完成：修订文书" in page.content.decode()
    page = client.post(address("measure-done", one), {"on": "2026-12-11"})
    assert list(page.context["form"].errors) == ["on"]
    done = {"on": "2026-12-08", "file": text_file("佐证.txt"), "declared": "on"}
    assert client.post(address("measure-done", one), done).status_code == 302
    assert "佐证.txt" in client.get(address("finish", row)).content.decode()
    assert client.post(address("finish", row)).status_code == 302

    client = as_user(city.users["court_officer"])
    assert "佐证.txt" in client.get(address("verify", row)).content.decode()
    back = {"verdict": "failed", "on": "2026-12-10", "remark": "", "due_on": "2027-01-15"}
    page = client.post(address("verify", row), back)
    assert page.context["form"].errors == {"remark": ["请写明还缺什么、为什么。"]}
    back |= {"remark": "未培训", "again": [one.public_id]}
    assert client.post(address("verify", row), back).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.due_on) == ("open", BACK)


def test_the_page_of_reopening(city, as_user):
    row = to_verify(city)
    checked(city, row)

    client = as_user(city.users["court_officer"])
    page = client.post(address("reopen", row), {"due_on": "2027-01-15", "reason": "反弹"})

    assert page.status_code == 302
    assert fresh(row).state == "rectifying"
    assert as_user(city.users["agency_contact"]).get(address("reopen", row)).status_code == 403
    assert as_user(city.users["gov_officer"]).get(address("measures", row)).status_code == 403
