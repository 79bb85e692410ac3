"""The pages of coordination, defence, hand-overs, risk and contacts, through the front door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import (
    Assessment,
    Contact,
    Coordination,
    Defence,
    EarlyWarning,
    PowerOfAttorney,
    RiskRating,
    SelfCorrection,
    Transfer,
)
from tests.disputes import FILED, dispute, reconsideration, suit
from tests.test_cases_coordination import called, step
from tests.test_cases_defence import defence, sued
from tests.test_cases_risk import asked, rated, warning
from tests.test_cases_transfers import sent


def key(city, name):
    return city.organizations[name].public_id


def address(name, row):
    return reverse(f"cases:{name}", args=[row.public_id])


def posted(client, name, row, **data):
    return client.post(address(name, row), data)


def shown(client, url):
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def test_a_coordination_from_the_call_to_its_end(city, as_user):
    made = suit(city).dispute
    client = as_user(city.users["gov_officer"])
    call = {
        "opened_by": key(city, "justice"),
        "ground": "major",
        "reason": "影响较大，请共同研究。",
        "members": [key(city, "court")],
    }

    missing = posted(client, "coordination-new", made, **{**call, "ground": ""})
    assert (missing.status_code, Coordination.objects.count()) == (422, 0)
    assert posted(client, "coordination-new", made, **call).status_code == 302
    found = Coordination.objects.get()
    page = shown(client, found.get_absolute_url())
    assert "公正审判" in page
    assert "市法院" in page

    refused = posted(
        client,
        "coordination-step",
        found,
        what="组织合议",
        owed_by=key(city, "court"),
        due_on="2099-01-05",
    )
    assert refused.status_code == 422
    assert (
        posted(
            client,
            "coordination-step",
            found,
            what="走访",
            owed_by=key(city, "justice"),
            due_on="2099-01-05",
        ).status_code
        == 302
    )
    assert "走访" in shown(client, found.get_absolute_url())
    assert "重大" in shown(client, f"{made.get_absolute_url()}?tab=settling")


def test_who_declines_is_led_away(city, as_user):
    coordination = called(city)
    client = as_user(city.users["court_officer"])

    answer = posted(
        client,
        "coordination-answer",
        coordination,
        organization=key(city, "court"),
        joins="0",
        remark="尚未起诉",
    )
    assert answer.headers["Location"] == reverse("cases:list")
    assert client.get(coordination.get_absolute_url()).status_code == 404


def test_a_contact_on_a_reconsideration_is_recorded_from_its_page(city, as_user):
    case = reconsideration(city)
    address = reverse("cases:contact-new", args=[case.public_id])
    given = {
        "recorded_for": key(city, "agency"),
        "on": FILED.isoformat(),
        "who": "孙启明",
        "who_unit": "市综合执法局",
        "to_whom": "李文静",
        "manner": "phone",
        "purpose": "询问复议进度",
        "content": "请问何时作出决定",
    }
    client = as_user(city.users["agency_contact"])
    assert address in shown(client, case.dispute.get_absolute_url())
    assert posted(client, "contact-new", case, **given).status_code == 302

    page = shown(as_user(city.users["gov_officer"]), case.dispute.get_absolute_url())
    assert "请问何时作出决定" in page
    assert "公正审判" not in page


def test_a_contact_is_recorded_and_shown_to_the_court(city, as_user):
    case = suit(city)
    given = {
        "recorded_for": key(city, "agency"),
        "on": FILED.isoformat(),
        "who": "孙启明",
        "who_unit": "市综合执法局",
        "to_whom": "周明远",
        "manner": "phone",
        "purpose": "询问进度",
        "content": "请问何时开庭",
    }
    client = as_user(city.users["agency_contact"])
    assert posted(client, "contact-new", case, **given).status_code == 302
    assert Contact.objects.get().recorded_for.key == "agency"

    again = {**given, "purpose": "更正", "corrects": Contact.objects.get().public_id}
    assert posted(client, "contact-new", case, **again).status_code == 302
    assert Contact.objects.filter(corrects=None).count() == 1

    page = shown(as_user(city.users["court_officer"]), case.dispute.get_absolute_url())
    assert "请问何时开庭" in page
    assert "公正审判" in page
    assert "请问何时开庭" not in shown(
        as_user(city.users["gov_officer"]), case.dispute.get_absolute_url()
    )


def test_a_defence_and_a_power_are_shown_to_the_own_side_alone(city, as_user):
    case = sued(city)
    client = as_user(city.users["gov_officer"])
    given = {
        "organization": key(city, "gov"),
        "handled_by": key(city, "agency"),
        "named_on": FILED.isoformat(),
        "counsel": "李律师",
    }
    assert posted(client, "defence-organize", case, **given).status_code == 302
    found = Defence.objects.get()
    plan = {"strategy": "底线是减半处罚", "version": found.version}
    assert posted(client, "defence-plan", found, **plan).status_code == 302
    client = as_user(city.users["agency_contact"])
    power = {
        "organization": key(city, "agency"),
        "agent": "孙启明",
        "post": "法规科",
        "issued_on": FILED.isoformat(),
    }
    assert posted(client, "power-new", case, **power).status_code == 302
    assert PowerOfAttorney.objects.count() == 1

    url = f"{case.dispute.get_absolute_url()}?tab=settling"
    assert "底线是减半处罚" in shown(client, url)
    court = as_user(city.users["court_officer"])
    page = shown(court, url)
    assert "底线是减半处罚" not in page
    assert "授权委托" not in page
    assert court.get(address("defence-plan", found)).status_code == 404


def test_a_correction_and_its_tolerance(city, as_user):
    made = dispute(city)
    client = as_user(city.users["agency_contact"])
    given = {
        "organization": key(city, "agency"),
        "kind": "withdrawn",
        "on": FILED.isoformat(),
        "what": "撤销决定",
        "own_initiative": "on",
    }
    assert posted(client, "correction-new", made, **given).status_code == 302
    found = SelfCorrection.objects.get()
    grounds = {"grounds": "主动撤销", "version": found.version}
    assert posted(client, "tolerance", found, **grounds).status_code == 302
    assert client.get(address("tolerance-decide", found)).status_code == 403
    client = as_user(city.users["gov_officer"])
    assert client.get(address("tolerance-decide", found)).status_code == 200
    assert "撤销决定" in shown(client, f"{made.get_absolute_url()}?tab=settling")


def test_something_is_handed_over_and_signed_for(city, as_user):
    made = dispute(city)
    client = as_user(city.users["gov_officer"])
    given = {
        "kind": "material",
        "sender": key(city, "justice"),
        "receiver": key(city, "court"),
        "sent_on": FILED.isoformat(),
        "items": "执法案卷\n照片",
        "reason": "衔接",
    }
    assert posted(client, "transfer-new", made, **given).status_code == 302
    found = Transfer.objects.get()
    assert found.items == ["执法案卷", "照片"]
    client = as_user(city.users["court_officer"])
    assert "执法案卷" in shown(client, f"{made.get_absolute_url()}?tab=related")
    answer = {"received": "1", "on": timezone.localdate().isoformat(), "version": found.version}
    assert posted(client, "transfer-answer", found, **answer).status_code == 302


def test_a_rating_is_proposed_and_entered(city, as_user):
    made = dispute(city, flags=["petition"])
    client = as_user(city.users["gov_officer"])

    assert "高" in shown(client, f"{made.get_absolute_url()}?tab=settling")
    given = {"organization": key(city, "justice"), "level": "low"}
    assert posted(client, "rating-new", made, **given).status_code == 422
    assert posted(client, "rating-new", made, **{**given, "level": "high"}).status_code == 302
    assert RiskRating.objects.get().level == "high"


def test_a_warning_is_entered_followed_and_hidden_from_others(city, as_user):
    client = as_user(city.users["agency_contact"])
    given = {
        "kind": "petition",
        "level": "high",
        "title": "信访苗头",
        "noticed_on": FILED.isoformat(),
        "what": "有人称将上访",
        "responsible": key(city, "agency"),
    }
    assert client.post(reverse("cases:warning-new"), given).status_code == 302
    found = EarlyWarning.objects.get()
    entry = {"on": FILED.isoformat(), "text": "已上门沟通"}
    assert posted(client, "warning-follow", found, **entry).status_code == 302
    assert "已上门沟通" in shown(client, found.get_absolute_url())
    assert client.get(address("warning-assign", found)).status_code == 403
    court = as_user(city.users["court_officer"])
    assert court.get(found.get_absolute_url()).status_code == 404
    assert "信访苗头" not in shown(court, reverse("cases:warnings"))


def test_an_assessment_is_asked_for_and_answered(city, as_user):
    client = as_user(city.users["agency_contact"])
    given = {
        "organization": key(city, "agency"),
        "title": "集中整治",
        "area": "urban_management",
        "matter": "拟集中整治三条街",
        "invited": [key(city, "court")],
    }
    assert client.post(reverse("cases:assessment-new"), given).status_code == 302
    found = Assessment.objects.get()
    court = as_user(city.users["court_officer"])
    opinion = found.opinions.get()
    words = {
        "on": timezone.localdate().isoformat(),
        "level": "high",
        "text": "注意催告",
        "version": opinion.version,
    }
    assert posted(court, "opinion", opinion, **words).status_code == 302
    page = shown(court, found.get_absolute_url())
    assert "注意催告" in page
    assert "参考" in page


PAGES = {
    "warnings": ("warnings", lambda city, n: warning(city, title=f"苗头{n}"), 13),
    "assessments": ("assessments", lambda city, n: asked(city, title=f"决策{n}"), 14),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_list_costs_the_same_with_three_rows(city, as_user, name):
    page, make, cost = PAGES[name]
    url = reverse(f"cases:{page}")
    client = as_user(city.users["gov_officer"])
    make(city, 1)
    client.get(url)
    counted = []
    for more in ((2, 3), ()):
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        counted.append(len(found))
        for n in more:
            make(city, n)
    assert counted[0] == counted[1] == cost


FORMS = {
    "coordination-call": (lambda city: called(city), "gov_officer"),
    "coordination-log": (lambda city: called(city), "court_officer"),
    "coordination-close": (lambda city: called(city), "gov_officer"),
    "coordination-step-done": (lambda city: step(city, called(city)), "gov_officer"),
    "coordination-step-drop": (lambda city: step(city, called(city)), "gov_officer"),
    "defence-paper": (lambda city: defence(city), "agency_contact"),
    "defence-seal": (lambda city: defence(city), "agency_contact"),
    "transfer-answer": (lambda city: sent(city), "court_officer"),
    "rating-new": (lambda city: rated(city, dispute(city), "low").dispute, "agency_contact"),
    "warning-assign": (lambda city: warning(city), "gov_officer"),
    "warning-close": (lambda city: warning(city), "agency_contact"),
    "assessment-conclude": (lambda city: asked(city), "agency_contact"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_who_may_and_not_for_an_administrator(city, as_user, name):
    make, who = FORMS[name]
    row = make(city)

    assert "<form" in shown(as_user(city.users[who]), address(name, row))
    assert as_user(city.users["system_admin"]).get(address(name, row)).status_code == 404
