"""Cases and material go from one body to another, which signs for them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.transfers import TransferWords, answer_transfer, send_transfer
from cases.models import Dispute, Transfer
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from tests.disputes import account, dispute, limits, moment, procuratorate, worker

DAY = date(2026, 3, 4)
DUE = date(2026, 3, 9)


def sent(city, of=None, to="court", by="justice", **changes) -> Transfer:
    made = of or dispute(city)
    given = {
        "kind": "material",
        "sender": city.organizations[by],
        "receiver": city.organizations[to],
        "items": ["执法案卷一册", "现场照片12张"],
        "reason": "行政执法与行政审判衔接",
        "sent_on": DAY,
        "due_on": DUE,
    }
    actor = changes.pop("actor", worker(city, city.organizations[by]))
    words = TransferWords(**{**given, **changes})
    return send_transfer(made.pk, actor=actor, at=moment(DAY), words=words)


def test_the_receiver_sees_the_dispute_and_signs(city):
    transfer = sent(city)
    court = city.users["court_officer"]

    assert visible_to(court, Dispute).exists()
    assert limits(transfer) == {"TRANSFER-RECEIPT": DUE}
    signed = answer_transfer(transfer.pk, actor=court, at=moment(DUE), on=DUE, received=True)
    assert (signed.state, signed.answered_by) == ("received", court)
    assert limits(transfer) == {}
    with pytest.raises(RuleBroken) as refused:
        answer_transfer(transfer.pk, actor=court, at=moment(DUE), on=DUE, received=True)
    assert refused.value.code == "answered"


def test_it_goes_back_only_with_a_reason(city):
    transfer = sent(city)
    plain = {"actor": city.users["court_officer"], "at": moment(DUE), "on": DUE}

    with pytest.raises(RuleBroken) as refused:
        answer_transfer(transfer.pk, received=False, **plain)
    assert refused.value.field == "remark"
    back = answer_transfer(transfer.pk, received=False, remark="不属本院管辖", **plain)
    assert back.state == "returned"


def test_only_the_two_bodies_and_the_bureau_see_it(city):
    procuratorate(city)
    clerk = account(city, "procurator_clerk", "procuratorate")
    made = dispute(city)
    between = sent(city, made, to="court", by="agency")

    def sees(user):
        return visible_to(user, Transfer).filter(pk=between.pk).exists()

    assert sees(city.users["agency_contact"])
    assert sees(city.users["court_officer"])
    assert sees(city.users["gov_officer"])
    assert not sees(clerk)


def test_nobody_sends_or_signs_for_another(city):
    with pytest.raises(PermissionDenied):
        sent(city, actor=city.users["agency_contact"])
    transfer = sent(city)
    with pytest.raises(PermissionDenied):
        answer_transfer(
            transfer.pk, actor=city.users["gov_officer"], at=moment(DUE), on=DUE, received=True
        )


REFUSED = {
    "to itself": ({"to": "justice"}, "same_body", "receiver"),
    "nothing": ({"items": []}, "nothing_listed", "items"),
    "tomorrow": ({"sent_on": date(2026, 3, 5)}, "future", "sent_on"),
    "received before": ({"due_on": date(2026, 3, 3)}, "bad_day", "due_on"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(city, name):
    changes, code, field = REFUSED[name]

    with pytest.raises(RuleBroken) as refused:
        sent(city, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
