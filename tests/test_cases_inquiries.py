"""An agency asks the justice bureau for advice; the bureau supervises a unit."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases.actions.inquiries import InquiryWords, send_inquiry
from cases.models import Inquiry
from cases.work import items
from foundations.notifications.models import Notice
from tests.disputes import account, centre, dispute, limits, moment, reconsideration, suit, unit

TODAY = timezone.localdate()
DAY, DUE = date(2026, 3, 4), date(2026, 3, 12)


def settling(client, of) -> str:
    return client.get(of.get_absolute_url(), {"tab": "settling"}).content.decode()


def asked(city, of, by="agency", to="justice", **changes) -> Inquiry:
    units = {"asked_by": city.organizations[by], "asked_of": city.organizations[to]}
    given = {"kind": "advice", "text": "能否先行和解？", "asked_on": DAY, **units, **changes}
    actor = city.users["agency_contact" if by == "agency" else "gov_officer"]
    return send_inquiry(of.pk, actor=actor, at=moment(DAY), words=InquiryWords(**given))


def test_an_agency_asks_for_advice_and_the_bureau_answers(city, as_user):
    of = dispute(city)
    clerk, officer = city.users["agency_contact"], city.users["gov_officer"]
    units = {
        "asked_by": city.organizations["agency"].public_id,
        "asked_of": city.organizations["justice"].public_id,
    }
    given = {**units, "kind": "advice", "text": "能否先行和解？", "asked_on": TODAY}
    url = reverse("cases:inquiry-new", args=[of.public_id])

    assert "咨询和督办" in settling(as_user(clerk), of)
    assert as_user(clerk).post(url, {**given, "form_token": "a1"}).status_code == 302
    made = Inquiry.objects.get()
    assert Notice.objects.filter(recipient=officer, subject_id=made.pk).exists()
    answer = reverse("cases:inquiry-answer", args=[made.public_id])
    assert answer in [item.url for item in items(officer, TODAY)]

    words = {"on": TODAY, "answer": "可以，须经集体研究。", "version": made.version}
    assert as_user(clerk).post(answer, words).status_code == 403
    assert as_user(officer).post(answer, words).status_code == 302
    again = {**words, "version": made.version + 1}
    assert as_user(officer).post(answer, again).status_code == 422
    assert "可以，须经集体研究。" in settling(as_user(clerk), of)
    assert answer not in [item.url for item in items(officer, TODAY)]


def test_the_bureau_supervises_with_a_day_that_is_watched(city):
    made = asked(city, dispute(city), "justice", "agency", kind="order", due_on=DUE)

    assert limits(made) == {"INQUIRY-ANSWER": DUE}
    assert [item.day for item in items(city.users["agency_contact"], DAY) if "督办" in item.title]


@pytest.mark.parametrize(
    ("who", "changes", "field"),
    [
        pytest.param("gov_officer", {"kind": "order", "due_on": ""}, "due_on", id="no day"),
        pytest.param("gov_officer", {"due_on": date(2026, 1, 5)}, "due_on", id="day before"),
        pytest.param("gov_officer", {"kind": "advice"}, "asked_of", id="advice of an agency"),
        pytest.param("gov_officer", {"text": ""}, "text", id="nothing asked"),
        pytest.param("agency_contact", {}, "asked_by", id="in the name of another"),
    ],
)
def test_what_is_wrong_stands_at_its_field(city, as_user, who, changes, field):
    of = dispute(city)
    given = {
        "kind": "order",
        "asked_by": city.organizations["justice"].public_id,
        "asked_of": city.organizations["agency"].public_id,
        "text": "请于期限内提出化解意见",
        "asked_on": TODAY,
        "due_on": TODAY,
        "form_token": "b1",
    }
    url = reverse("cases:inquiry-new", args=[of.public_id])

    refused = as_user(city.users[who]).post(url, {**given, **changes})

    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not Inquiry.objects.exists()


def test_neither_court_nor_centre_nor_another_agency_reads_it(city, as_user):
    of = dispute(city)
    reconsideration(city, of)
    suit(city, of)
    made = asked(city, of)
    unit(city, "other", "试验市林业局", "市林业局")
    account(city, "stranger", "other")
    centre(city)

    for key in ("court_officer", "centre_clerk", "stranger"):
        client = as_user(city.users[key])
        assert "能否先行和解" not in settling(client, of), key
        answer = reverse("cases:inquiry-answer", args=[made.public_id])
        assert client.get(answer).status_code == 404
    assert "能否先行和解" in settling(as_user(city.users["gov_officer"]), of)


def test_a_unit_that_takes_no_part_is_not_asked(city):
    apart = unit(city, "parks", "试验市园林局", "市园林局")

    with pytest.raises(PermissionDenied):
        send_inquiry(
            dispute(city).pk,
            actor=city.users["gov_officer"],
            at=moment(DAY),
            words=InquiryWords(
                "order", city.organizations["justice"], apart, "限期答复", DAY, DUE
            ),
        )
    assert not Inquiry.objects.exists()
