"""Several files at once: with a service, a letter, a measure, an answer, a talk's record."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from foundations.access.errors import RuleBroken
from services.documents.attachments import attachments_of
from services.documents.models import Attachment
from suggestions.actions.supervision import answer, record_talk
from tests.answering import address
from tests.gatherings import text_file
from tests.letters import SERVED, addressee, moment
from tests.urging import LATE, served, urge

pytestmark = pytest.mark.django_db
AFTER = moment(date(2026, 12, 9))


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(AFTER, tick=False):
        yield


def two(*names: str):
    return [text_file(name) for name in names or ("送达回证.txt", "送达笔录.txt")]


def names(row) -> list[str]:
    return [file.name for file in attachments_of(row)]


def test_a_service_is_proved_by_several_files(city, as_user):
    row = addressee(city)
    form = {"on": SERVED.isoformat(), "mode": "direct", "note": "", "declared": "on"}

    page = as_user(city.users["court_officer"]).post(
        address("serve", row), {**form, "file": two()}, follow=True
    )

    assert page.status_code == 200
    assert names(row) == ["送达回证.txt", "送达笔录.txt"]


def test_one_file_that_is_refused_keeps_all_out_and_is_named(city, as_user):
    row = addressee(city)
    form = {"on": SERVED.isoformat(), "mode": "direct", "note": "", "declared": "on"}
    files = two("送达回证.txt", "笔录（机密）.txt")

    page = as_user(city.users["court_officer"]).post(
        address("serve", row), {**form, "file": files}
    )

    assert page.status_code == 422
    assert "“笔录（机密）.txt”：" in page.content.decode()
    row.refresh_from_db()
    assert (row.served_on, Attachment.objects.exists()) == (None, False)


def test_files_without_the_declaration_are_refused(city, as_user):
    row = addressee(city)
    form = {"on": SERVED.isoformat(), "mode": "direct", "note": "", "file": two()}

    page = as_user(city.users["court_officer"]).post(address("serve", row), form)

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"declared"}
    assert not Attachment.objects.exists()


def test_an_answer_to_an_urging_letter_comes_with_files(city, as_user):
    measure = urge(city, served(city, addressee(city)))
    posted = {
        "text": "已整改，见附件。",
        "file": two("整改报告.txt", "照片.txt"),
        "declared": "on",
    }

    page = as_user(city.users["agency_contact"]).post(
        reverse("suggestions:supervision-answer", args=[measure.public_id]), posted, follow=True
    )

    assert page.status_code == 200
    assert names(measure) == ["整改报告.txt", "照片.txt"]
    assert {file.organization.key for file in attachments_of(measure)} == {"agency"}


def test_the_record_of_a_talk_comes_with_its_scan_which_the_unit_opens(city, as_user):
    row = served(city, addressee(city, copies=()))
    measure = urge(city, row, kind="talk", due_on=AFTER.date())
    given = {"on": AFTER.date(), "text": "单位负责人承诺月底前回复。"}
    court = city.users["court_officer"]

    record_talk(
        measure.pk, actor=court, at=AFTER, **given, files=two("约谈笔录.txt"), declared=True
    )

    scan = attachments_of(measure).get()
    assert (scan.name, scan.organization.key) == ("约谈笔录.txt", "court")
    unit = as_user(city.users["agency_contact"])
    assert scan.get_absolute_url() in unit.get(measure.get_absolute_url()).text
    opened = unit.get(scan.get_absolute_url())
    assert b"".join(opened.streaming_content) == "限期拆除案件情况说明".encode()
    assert as_user(city.users["gov_officer"]).get(scan.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("on_behalf", [False, True])
def test_an_answer_entered_for_a_unit_keeps_the_files_as_the_senders(city, on_behalf):
    measure = urge(city, served(city, addressee(city)))
    by = "court_officer" if on_behalf else "agency_contact"

    answer(
        measure.pk,
        actor=city.users[by],
        at=AFTER,
        text="已整改。",
        files=two("答复.txt"),
        declared=True,
        on_behalf=on_behalf,
    )

    assert attachments_of(measure).get().organization.key == ("court" if on_behalf else "agency")


def test_an_answer_with_a_refused_file_is_not_given(city):
    measure = urge(city, served(city, addressee(city)))

    with pytest.raises(RuleBroken) as broken:
        answer(
            measure.pk,
            actor=city.users["agency_contact"],
            at=LATE,
            text="已整改。",
            files=two("答复.exe"),
            declared=True,
        )

    assert (broken.value.code, broken.value.field) == ("wrong_type", "file")
    measure.refresh_from_db()
    assert measure.answered_on is None
