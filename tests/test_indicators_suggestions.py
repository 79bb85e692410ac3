"""R8 to R11 and the counts of letters, each way of counting from rows counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

from services.indicators.definitions import indicator
from services.indicators.questions import UNIT, Question, answer, answered, by_group
from suggestions.actions.rectification import reopen, verify
from suggestions.actions.reviews import answer_objection, review
from suggestions.models import Addressee
from suggestions.states import AddresseeState as A
from suggestions.states import LetterState
from tests.answering import adopted, promised, replied, said, served, to_verify
from tests.letters import addressee, agencies, letter, moment, procuratorate, put_served

FIRST, LAST, ON = date(2026, 3, 1), date(2026, 10, 31), date(2026, 11, 20)
SERVED = date(2026, 1, 5)
LONG = date(2026, 12, 31)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


# what, due, state, replied on, late, attitude, what else
JUDICIAL = [
    ("in place", "03-01", A.CLOSED, "02-20", False, "accepted", {"verified_on": day("05-01")}),
    ("late", "10-31", A.RECTIFYING, "11-05", True, "partly", {"rectify_due_on": ON}),
    ("refused", "05-06", A.CLOSED, "05-06", False, "not_accepted", {}),
    ("objected", "06-10", A.OBJECTED, "06-01", False, "objection", {}),
    ("silent", "07-01", A.SERVED, None, False, "", {}),
    ("asked anew", "10-01", A.SERVED, None, False, "", {}),
    ("overdue", "04-01", A.RECTIFYING, "03-20", False, "accepted", {"rectify_due_on": ON}),
    ("reported", "04-02", A.TO_VERIFY, "03-20", False, "accepted", {}),
    ("reopened", "04-03", A.RECTIFYING, "03-20", False, "accepted", {"rectify_due_on": LONG}),
    ("the day before", "02-28", A.CLOSED, "02-20", False, "accepted", {"verified_on": ON}),
    ("the day after", "11-01", A.SERVED, None, False, "", {}),
    ("objection upheld", "08-01", A.WITHDRAWN, "07-20", False, "objection", {}),
]
PROCURATORIAL = [
    ("general", "04-10", A.CLOSED, "04-10", False, "accepted", {"verified_on": day("06-01")}),
    ("urgent", "04-20", A.RECTIFYING, "04-22", True, "accepted", {"rectify_due_on": LONG}),
    ("public_interest", "05-10", A.SERVED, None, False, "", {}),
    ("urgent", "06-01", A.SERVED, None, False, "", {}),
    ("urgent", "03-02", A.WITHDRAWN, None, False, "", {}),
]


def put(city, line, organization: str = "agency", **given) -> Addressee:
    _what, due, state, answer_on, late, attitude, more = line
    return put_served(
        addressee(city, organization, issued_on=day("01-02"), **given),
        SERVED,
        day(due),
        state=state,
        replied_on=day(answer_on) if answer_on else None,
        reply_late=late,
        attitude=attitude,
        **more,
    )


@pytest.fixture
def judicial(city):
    """Those of the table; besides, what is no judicial suggestion or stands no more."""
    rows = {line[0]: put(city, line) for line in JUDICIAL}
    rows["overdue"].rectify_due_on = day("08-01")
    rows["overdue"].store()
    rows["reopened"].verified_on = day("06-01")
    rows["reopened"].store()
    taken_back = put(city, JUDICIAL[0])  # closed before the letter was withdrawn
    taken_back.suggestion.state = LetterState.WITHDRAWN
    taken_back.suggestion.save()
    put(city, JUDICIAL[0], kind="opinion_letter")
    addressee(city, issued_on=day("04-01"))  # not served yet
    addressee(city, issued_on=day("02-28"))  # neither, of another period
    letter(city, state=LetterState.DRAFT)
    return city


@pytest.fixture
def procuratorial(city):
    issuer = procuratorate(city)
    for line in PROCURATORIAL:
        put(city, line, kind="procuratorial", form=line[0], issuer=issuer)
    put(city, JUDICIAL[0])
    return city


def ask(city, key: str, variant: str = "", **given) -> Question:
    one = indicator(key)
    way = one.variants[variant] if variant else one.usual
    days = {"first_on": FIRST, "last_on": LAST, "on": ON}
    return Question(one, way, city.jurisdiction, **{**days, **given})


def found(city, key: str, variant: str = "", **given) -> tuple:
    value = answer(ask(city, key, variant, **given))
    return value.n, value.d, dict(value.apart)


# Due from March 1 to October 31 and standing: nine. Replied: all but "silent" and "asked
# anew", seven; in time all of these but "late". Adopted: in place, late, overdue, reported,
# reopened. Confirmed by the issuer: in place alone. Withdrawn: one addressee, one letter.
WITHDRAWN = {"已撤回": 2}
NO_MORE = {"未到期": 0, **WITHDRAWN}
SPLIT = {"不予采纳或者提出异议": 2, "逾期未回复": 2, **NO_MORE}
# "late" until this very day, "reopened" until the end of the year
UNDER_WAY = {"其中整改期限未届满": 2, "未到答复期限": 0, **WITHDRAWN}
OF_COURTS = [
    ("R8", "due", 7, 9, {"未送达或者未定期限": 1, **NO_MORE}),
    ("R8a", "due", 6, 9, {"逾期回复": 1, "逾期未回复": 2, **NO_MORE}),
    ("R9", "due", 5, 9, SPLIT),
    ("R9", "replied", 5, 7, SPLIT),
    ("R10", "adopted", 1, 5, UNDER_WAY),
    ("R10", "due", 1, 9, UNDER_WAY),
]


@pytest.mark.parametrize(("key", "variant", "n", "d", "apart"), OF_COURTS)
def test_judicial_suggestions(judicial, key, variant, n, d, apart):
    assert found(judicial, key, variant) == (n, d, apart)


def test_the_printed_rates_of_judicial_suggestions(judicial):
    asked = [ask(judicial, key, variant) for key, variant, *_counts in OF_COURTS]

    assert [value.text for value in answered(asked)] == [
        "77.78%",
        "66.67%",
        "55.56%",
        "71.43%",
        "20.00%",
        "11.11%",
    ]


# Standing and due: general, urgent (replied late), public interest (silent), urgent (silent).
OF_PROCURATORATES = [
    ("R11", "due", 2, 4),
    ("R11", "urgent", 1, 2),
    ("R11", "ordinary", 1, 2),
    ("R11a", "due", 1, 4),
    ("R11a", "urgent", 0, 2),
    ("R11a", "ordinary", 1, 2),
]


@pytest.mark.parametrize(("key", "variant", "n", "d"), OF_PROCURATORATES)
def test_procuratorial_suggestions(procuratorial, key, variant, n, d):
    counted = found(procuratorial, key, variant)

    assert counted[:2] == (n, d)
    assert counted[2]["已撤回"] == (0 if variant == "ordinary" else 1)


def test_letters_to_be_answered_in_fifteen_days_are_told_apart(procuratorial):
    assert found(procuratorial, "R11")[2] == {
        "其中公益诉讼十五日内答复的": 2,
        "其中公益诉讼十五日内答复且已回复的": 1,
        "逾期回复": 1,
        "未到期": 0,
        "未送达或者未定期限": 0,
        "已撤回": 1,
    }
    told = found(procuratorial, "R11a")[2]
    assert told["其中公益诉讼十五日内答复的"] == 2
    assert told["其中公益诉讼十五日内答复且整改到位的"] == 0
    assert told["其中整改期限未届满"] == 1
    assert found(procuratorial, "R11", "ordinary")[2]["公益诉讼十五日内答复的"] == 2


# on the last day a reply can still come; the day after it is missing
@pytest.mark.parametrize(
    ("on", "d", "open_ones"), [("11-19", 0, 2), ("11-20", 0, 2), ("11-21", 1, 1), ("11-22", 2, 0)]
)
def test_a_reply_is_awaited_through_its_last_day(city, on, d, open_ones):
    for due in ("11-20", "11-21"):
        put(city, ("", due, A.SERVED, None, False, "", {}))

    n, whole, apart = found(city, "R8", last_on=LONG, on=day(on))

    assert (n, whole, apart["未到期"]) == (0, d, open_ones)


@pytest.mark.parametrize(("on", "replied_by", "confirmed"), [("04-30", 0, 0), ("05-01", 1, 0)])
def test_what_comes_later_is_not_known_yet(city, on, replied_by, confirmed):
    put(
        city,
        ("", "04-10", A.CLOSED, "05-01", True, "accepted", {"verified_on": day("05-02")}),
    )

    assert found(city, "R8", on=day(on))[:2] == (replied_by, 1)
    assert found(city, "R9", on=day(on))[:2] == (replied_by, 1)
    assert found(city, "R10", "due", on=day(on))[:2] == (confirmed, 1)
    assert found(city, "R10", "due", on=day("05-02"))[:2] == (1, 1)


def test_nothing_due_has_no_rate(city):
    put(city, ("", "11-30", A.SERVED, None, False, "", {}))

    value = answer(ask(city, "R8"))

    assert (value.n, value.d, value.text) == (0, 0, "—")


# ---- counts


@pytest.fixture
def sent(city):
    """Three judicial letters in the period, of which one to three units; one of them is let
    go. Outside: the days before and after, withdrawn, given up by all, a draft."""
    three = agencies(city, 3)
    joint = letter(city, addressees=three, issued_on=FIRST)
    joint.addressees.filter(organization=three[2]).update(state=A.WITHDRAWN)
    letter(city, addressees=three[:1], issued_on=LAST)
    letter(city, addressees=three[1:2], issued_on=day("07-01"))
    letter(city, issued_on=day("02-28"))
    letter(city, issued_on=day("11-01"))
    letter(city, issued_on=day("07-02"), state=LetterState.WITHDRAWN)
    letter(city, issued_on=day("07-03")).addressees.update(state=A.WITHDRAWN)
    letter(city, state=LetterState.DRAFT)
    letter(city, issued_on=day("07-04"), kind="opinion_letter")
    issuer = procuratorate(city)
    for form in ("general", "urgent", "public_interest"):
        letter(city, issued_on=day("07-05"), kind="procuratorial", form=form, issuer=issuer)
    return city


def counts(city, key: str, variant: str) -> tuple:
    value = answer(ask(city, key, variant))
    return value.n, dict(value.apart)


def test_how_many_letters_were_sent(sent):
    assert counts(sent, "C4", "letters") == (3, {"已撤回": 2})
    # two of the joint letter and one each of two others; let go: one of the joint letter,
    # one of the letter withdrawn, one of the letter given up by all
    assert counts(sent, "C4", "units") == (4, {"已撤回": 3})
    assert counts(sent, "C5", "letters") == (3, {"其中公益诉讼": 2, "已撤回": 0})


def test_letters_by_unit_exceed_the_whole(sent):
    """A joint letter counts once in all and once for each unit (I6)."""
    agency, natural, housing = agencies(sent, 3)
    by_unit = {key: value.n for key, value in by_group(ask(sent, "C4"), UNIT).items()}

    assert (by_unit[agency.pk], by_unit[natural.pk]) == (2, 2)
    assert by_unit.get(housing.pk, 0) == 0
    one = answer(ask(sent, "C4", narrow=((UNIT, natural.pk),)))
    assert (one.n, one.text) == (2, "2")


def test_rates_by_unit_and_by_issuer(city):
    agencies(city, 2)
    put(city, JUDICIAL[0], organization="agency")
    put(city, JUDICIAL[4], organization="agency")
    put(city, JUDICIAL[0], organization="natural")
    held, other = (city.organizations[key].pk for key in ("agency", "natural"))
    court = city.organizations["court"].pk

    found_by = by_group(ask(city, "R8"), UNIT)
    assert {key: (one.n, one.d) for key, one in found_by.items()} == {held: (1, 2), other: (1, 1)}
    of_court = by_group(ask(city, "R8"), "issuer")
    assert {key: (one.n, one.d) for key, one in of_court.items()} == {court: (2, 3)}
    words = ask(city, "R8").source.groups["issuer"].words([court])
    assert words == {court: city.organizations["court"].short_name}


# ---- readers see only theirs


@pytest.mark.parametrize(
    ("reader", "expected", "letters"),
    [
        ("court_officer", (2, 4), 3),  # issued them all
        ("agency_contact", (1, 3), 2),  # its own, and all addressees of the joint letter
        ("natural_contact", (2, 3), 2),
        ("gov_officer", (0, 1), 1),  # the bureau has a copy of one
        ("procurator", (0, 0), 0),
        ("system_admin", (0, 0), 0),
    ],
)
def test_each_reader_counts_what_it_may_open(city, reader, expected, letters):
    agency, natural = agencies(city, 2)
    procuratorate(city)
    alone = {"issued_on": FIRST, "copies": ()}
    put_served(addressee(city, "agency", issued_on=FIRST), SERVED, day("05-01"))
    put_served(
        addressee(city, "natural", **alone),
        SERVED,
        day("05-01"),
        state=A.RECTIFYING,
        replied_on=day("04-01"),
    )
    joint = letter(city, addressees=[agency, natural], **alone)
    first, second = joint.addressees.all()
    put_served(first, SERVED, day("05-02"), state=A.RECTIFYING, replied_on=day("04-02"))
    put_served(second, SERVED, day("05-02"))
    user = city.users[reader]

    value = answer(ask(city, "R8", reader=user))

    assert (value.n, value.d) == expected
    assert ask(city, "R8", reader=user).rows("d").count() == expected[1]
    assert answer(ask(city, "C4", reader=user)).n == letters
    assert answer(ask(city, "R8")).d == 4


def test_another_place_is_not_counted(city):
    put(city, JUDICIAL[0])
    question = ask(city, "R8")
    elsewhere = type(city.jurisdiction).objects.create(key="elsewhere", name="别处")

    there, here = answered([replace(question, jurisdiction=elsewhere), question])

    assert (there.d, here.d) == (0, 1)


# ---- what the actions do is what is counted


def all_rates(city, on: date) -> dict[str, tuple[int, int]]:
    asked = {
        key: ask(city, key, first_on=day("01-01"), last_on=day("12-31"), on=on)
        for key in ("R8", "R8a", "R9", "R10")
    }
    return {
        key: (value.n, value.d)
        for key, value in zip(asked, answered(list(asked.values())), strict=True)
    }


def test_a_letter_on_its_way_through_the_actions(city):
    """Served on September 28, due on November 30; carried out, confirmed, taken up again."""
    court = city.users["court_officer"]
    row = to_verify(city)
    before, after = day("11-30"), day("12-20")

    assert all_rates(city, before) == dict.fromkeys(("R8", "R8a", "R9", "R10"), (0, 0))
    one = (1, 1)
    assert all_rates(city, after) == {"R8": one, "R8a": one, "R9": one, "R10": (0, 1)}
    verify(
        row.pk,
        actor=court,
        at=moment(day("12-10")),
        on=day("12-10"),
        verdict="passed",
        effect="effective",
    )
    assert all_rates(city, after)["R10"] == one
    reopen(row.pk, actor=court, at=moment(day("12-15")), reason="又有反复", due_on=LONG)
    assert all_rates(city, after)["R10"] == (0, 1)


def test_a_reply_that_was_not_accepted_is_awaited_anew(city):
    court = city.users["court_officer"]
    row = served(city)
    replied(city, row, said("not_accepted", "not_accepted"), on=day("10-10"))
    after = day("12-25")

    assert all_rates(city, after)["R9"] == (0, 1)
    review(row.pk, actor=court, at=moment(day("10-15")), upheld=False, remark="理由不足")
    # two months from October 15 end on December 15
    assert all_rates(city, after) == {"R8": (0, 1), "R8a": (0, 1), "R9": (0, 1), "R10": (0, 0)}
    replied(city, row, adopted(measures=promised(LONG, LONG)), on=day("12-16"))
    assert all_rates(city, after) == {"R8": (1, 1), "R8a": (0, 1), "R9": (1, 1), "R10": (0, 1)}


def test_an_objection_that_holds_takes_the_unit_out(city):
    row = served(city)
    replied(city, row, said("objection", "objection"), on=day("10-10"))
    after = day("12-25")

    assert all_rates(city, after)["R8"] == (1, 1)
    answer_objection(
        row.pk, actor=city.users["court_officer"], at=moment(day("10-15")), upheld=True
    )
    assert all_rates(city, after)["R8"] == (0, 0)
    assert found(city, "R8", last_on=LONG, on=after)[2]["已撤回"] == 1


def test_before_service_nothing_is_due(city):
    row = addressee(city, issued_on=day("09-25"))
    after = day("12-25")

    assert found(city, "R8", last_on=LONG, on=after)[2]["未送达或者未定期限"] == 1
    put_served(row)
    assert found(city, "R8", last_on=LONG, on=after)[:2] == (0, 1)
    assert found(city, "R8", last_on=LONG, on=after)[2]["未送达或者未定期限"] == 0
