"""A dispute is registered from the form, with what a first look at it finds."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cases.actions.disputes import DisputeWords, PartyWords
from cases.actions.intake import GuidanceWords, IntakeWords, PartyEntry, record_guidance
from cases.dictionaries import act_kinds, area_choices, area_name, grounds
from cases.first import ground_for, periods_of
from cases.identity import credit_fault, district_of, id_fault, is_known_place
from cases.models import Agent, Concerned, Dispute, Guidance, Intake, Party
from foundations.access.errors import RuleBroken
from foundations.audit.models import AuditEntry
from foundations.notifications.models import Notice
from services.documents.models import NumberSeries
from tests.disputes import accepted, dispute, moment, reconsideration, unit

TODAY = date(2026, 11, 20)
ID = "42050319910101001X"
COMPANY_CODE = "91110000600037341L"


@pytest.fixture
def desk(city, as_user):
    """The intake form as the justice bureau's officer has it, on a Friday in November."""
    NumberSeries.objects.create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["justice"],
        key="dispute",
        name="争议登记号",
        pattern="试争〔{year}〕{n}号",
    )
    with time_machine.travel(moment(TODAY, 10), tick=False):
        yield as_user(city.users["gov_officer"])


def form(city, **changes) -> dict:
    """What is typed into the form: its needed fields, and whatever a test is about."""
    return {
        "registered_by": city.organizations["justice"].pk,
        "agency": city.organizations["agency"].pk,
        "source": "window",
        "area": "urban_management",
        "act_kind": "行政处罚",
        "act": "责令限期拆除临时构筑物",
        "filed_on": TODAY.isoformat(),
        "party-count": "1",
        "party-0-kind": "natural",
        "party-0-name": "张三丰",
        **changes,
    }


def send(client, city, **changes):
    return client.post(reverse("cases:new"), form(city, **changes))


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_needed_fields_are_enough(city, desk):
    response = send(desk, city)

    made = Dispute.objects.get()
    assert response.status_code == 302
    assert response.url == made.get_absolute_url()
    assert (made.number, made.title) == ("试争〔2026〕1号", "张某与市综合执法局行政处罚争议")
    assert made.procedures.get().state == "registered"
    assert Intake.objects.get().dispute == made
    assert Concerned.objects.get().organization == city.organizations["agency"]
    assert Notice.objects.filter(recipient=city.users["agency_contact"]).exists()


def test_a_form_sent_twice_registers_once(city, desk):
    send(desk, city, form_token="once")

    response = send(desk, city, form_token="once")

    assert response.status_code == 302
    assert Dispute.objects.count() == 1


def test_the_rest_is_kept_too(city, desk):
    natural = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    send(
        desk,
        city,
        **{
            "act_number": "试执罚[2026]07号",
            "act_on": "2026-10-12",
            "known_on": "2026-10-14",
            "enterprise": "on",
            "track": "simplified",
            "flags": ["foreign"],
            "concerned": [natural.pk],
            "missing_items": "身份证复印件\n\n送达回证\n",
            "missing_due": "2026-11-30",
            "party-count": "2",
            "party-0-id_number": "420503 19910101 001x",
            "party-0-address": "湖北省宜昌市伍家岗区伍家乡12号",
            "party-0-agent_name": "赵六",
            "party-0-agent_profession": "律师",
            "party-0-agent_special": "on",
            "party-1-kind": "legal",
            "party-1-name": "试验建材有限公司",
            "party-1-id_number": COMPANY_CODE,
        },
    )

    made = Dispute.objects.get()
    person, company = made.parties.all()
    assert made.act_number == "试执罚〔2026〕7号"
    assert made.flags == ["foreign", "enterprise"]
    assert made.enterprise
    assert (person.id_number, person.born_on, person.gender) == (ID, "1991-01-01", "男")
    assert person.district == "湖北省宜昌市伍家岗区"
    assert company.shown_name == "试验建材有限公司"
    assert [str(agent) for agent in Agent.objects.all()] == ["赵某"]
    assert set(Concerned.objects.values_list("organization__key", flat=True)) == {
        "agency",
        "natural",
    }
    assert Intake.objects.get().track == "simplified"
    procedure = made.procedures.get()
    assert procedure.fact("missing_items") == ["身份证复印件", "送达回证"]
    assert procedure.events.last().step == "register_first"


REFUSED = [
    pytest.param({"party-0-name": ""}, "请填写每一名当事人", id="party without name"),
    pytest.param(
        {"party-0-id_number": "420503199101010018"},
        "校验码是“8”；按前 17 位应为“X”",
        id="wrong check digit",
    ),
    pytest.param({"party-0-id_number": "4205031991"}, "身份证号应为 18 位", id="too short"),
    pytest.param(
        {"party-0-id_number": "420503199113010018"}, "不是可能的出生日期", id="thirteenth month"
    ),
    pytest.param(
        {"party-0-kind": "legal", "party-0-id_number": "9111000060003734OL"},
        "统一社会信用代码中没有“O”。是否为“0”？",
        id="letter O",
    ),
    pytest.param({"filed_on": "2026-11-21"}, "请填写", id="tomorrow"),
    pytest.param(
        {"known_on": "2026-10-01", "act_on": "2026-10-02"}, "不会知道", id="known before"
    ),
    pytest.param({"missing_items": "身份证复印件"}, "补齐", id="missing without day"),
    pytest.param({"agency": ""}, "必填", id="no agency"),
    pytest.param({"party-0-agent_firm": "某律所"}, "代理人", id="agent without name"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_bad_input_is_told_beside_its_field_and_nothing_is_written(city, desk, changes, message):
    response = send(desk, city, **changes)

    assert response.status_code == 422
    assert message in text_of(response)
    assert not Dispute.objects.exists()
    assert not Party.objects.exists()
    assert "张三丰" in response.content.decode() or changes.get("party-0-name") == ""


def test_a_passport_is_not_checked(city, desk):
    changes = {"party-0-id_number": "E12345678", "party-0-other_document": "on"}

    assert send(desk, city, **changes).status_code == 302


def test_another_party_is_added_and_taken_out_without_being_judged(city, desk):
    more = send(desk, city, row="add", **{"party-0-name": ""})
    assert more.status_code == 200
    assert 'name="party-1-name"' in more.content.decode()

    two = {"party-count": "2", "party-1-kind": "legal", "party-1-name": "甲公司"}
    less = send(desk, city, row="drop 0", **two)
    assert 'value="甲公司"' in less.content.decode()
    assert "张三丰" not in less.content.decode()
    assert not Dispute.objects.exists()


def test_who_registers_nothing_gets_no_form(city, as_user):
    assert as_user(city.users["agency_contact"]).get(reverse("cases:new")).status_code == 403
    assert as_user(city.users["system_admin"]).get(reverse("cases:new")).status_code in (403, 404)


def test_the_court_registers_for_itself(city, desk, as_user):
    client = as_user(city.users["court_officer"])
    response = send(client, city, registered_by=city.organizations["court"].pk, source="court")

    assert response.status_code == 302
    assert Dispute.objects.get().registered_by == city.organizations["court"]


def test_nobody_registers_for_another_unit(city, desk):
    response = send(desk, city, registered_by=city.organizations["court"].pk)

    assert response.status_code == 422
    assert not Dispute.objects.exists()


# What looks like a dispute that was registered before


def test_the_same_party_and_agency_ask_for_a_reason(city, desk):
    send(desk, city)

    again = send(desk, city, act="另一处罚决定")
    assert again.status_code == 422
    assert "试争〔2026〕1号" in text_of(again)
    assert Dispute.objects.count() == 1

    send(desk, city, act="另一处罚决定", alike_reason="另一份处罚决定")
    second = Intake.objects.order_by("pk").last()
    assert second.alike_reason == "另一份处罚决定"
    assert [one.number for one in second.alike.all()] == ["试争〔2026〕1号"]


def test_the_same_number_of_a_person_is_found_under_another_name(city, desk):
    send(desk, city, **{"party-0-id_number": ID})

    again = send(desk, city, **{"party-0-name": "张山丰", "party-0-id_number": ID})

    assert again.status_code == 422


NOT_ALIKE = [
    pytest.param({"party-0-name": "李四光"}, id="other party"),
    pytest.param({"agency": "natural"}, id="other agency, no number"),
]


@pytest.mark.parametrize("changes", NOT_ALIKE)
def test_another_matter_is_not_asked_about(city, desk, changes):
    natural = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    send(desk, city)

    given = {**changes, "agency": natural.pk} if "agency" in changes else changes

    assert send(desk, city, **given).status_code == 302


def test_a_year_later_it_is_another_dispute(city, desk):
    dispute(city, filed_on=date(2025, 11, 19), parties=[PartyWords("natural", "张三丰")])

    assert send(desk, city).status_code == 302


def test_what_the_reader_does_not_see_is_told_without_its_title(city, desk, as_user):
    dispute(city, parties=[PartyWords("natural", "张三丰")])
    court = as_user(city.users["court_officer"])

    again = send(court, city, registered_by=city.organizations["court"].pk)

    assert again.status_code == 422
    assert "由市司法局登记" in text_of(again)
    assert "试争〔2026〕1号" not in text_of(again)


def test_an_accepted_reconsideration_is_a_conflict(city, desk):
    first = dispute(city, parties=[PartyWords("natural", "张三丰")])
    accepted(reconsideration(city, first), date(2026, 3, 6))

    again = send(desk, city)

    assert again.status_code == 422
    assert "先受理的机关" in text_of(again)
    assert "行诉解释第五十七条" in text_of(again)


# Reconsideration first

FIRST = [
    ("行政处罚", [], None),
    ("行政处罚", ["on_the_spot"], "on_the_spot"),
    ("行政许可", ["on_the_spot"], None),
    ("政府信息公开", [], None),
    ("政府信息公开", ["not_disclosed"], "not_disclosed"),
    ("不履行法定职责", [], "inaction"),
    ("行政处理", ["resources"], "resources"),
    ("行政协议", ["other_law"], "other_law"),
]


@pytest.mark.parametrize(("kind", "ticked", "key"), FIRST)
def test_the_ground_follows_from_the_kind_and_the_answers(kind, ticked, key):
    found = ground_for(kind, ticked, TODAY)

    assert (found.key if found else None) == key
    assert ground_for(kind, ticked, date(2023, 12, 31)) is None


def test_the_ground_is_proposed_and_decided(city, desk):
    asked = send(desk, city, act_kind="不履行法定职责")
    assert asked.status_code == 422
    assert "行政复议法第二十三条第一款第三项" in text_of(asked)

    unsaid = send(desk, city, act_kind="不履行法定职责", first="no")
    assert "为何不先行复议" in text_of(unsaid)
    assert not Dispute.objects.exists()

    send(desk, city, act_kind="不履行法定职责", first="yes")
    made = Dispute.objects.get()
    assert made.reconsideration_first == "未履行法定职责（行政复议法第二十三条第一款第三项）"


def test_a_ground_that_is_not_followed_keeps_its_reason(city, desk):
    send(desk, city, act_kind="不履行法定职责", first="no", first_refused="属于给付之诉")

    made = Dispute.objects.get()
    assert made.reconsideration_first == ""
    assert made.intake.first_refused == "属于给付之诉"


def test_the_periods_are_a_hint(city):
    made = dispute(city, known_on=date(2026, 2, 10))

    found = {one.rule.key: (one.due_on, one.passed) for one in periods_of(made, TODAY)}

    assert found == {
        "FY-APPLY": (date(2026, 4, 13), True),
        "XS-SUE": (date(2026, 8, 10), True),
    }
    inaction = dispute(city, known_on=date(2026, 2, 10), act_kind="不履行法定职责")
    assert periods_of(inaction, TODAY) == []


def test_where_the_agency_did_not_act_a_wait_comes_first(city, as_user):
    made = dispute(city, act_on=date(2026, 2, 10), act_kind="不履行法定职责")

    page = text_of(
        as_user(city.users["gov_officer"]).get(f"{made.get_absolute_url()}?tab=settling")
    )

    assert "不履行法定职责：起诉前的等待期届满" in page
    assert "届满仍不履行的，次日起可以起诉" in page
    assert [one.missed for one in periods_of(made, date(2026, 10, 11))] == [False, True]


# Many persons


@pytest.mark.parametrize(
    ("count", "size", "mass"),
    [(4, "", False), (5, "", True), (1, "5", True), (1, "4", False)],
)
def test_many_persons_mark_it(city, desk, count, size, mass):
    rows = {f"party-{n}-name": f"王{n}号" for n in range(count)}
    rows |= {f"party-{n}-kind": "natural" for n in range(count)}

    send(desk, city, **rows, **{"party-count": str(count), "group_size": size})

    assert ("mass" in Dispute.objects.get().flags) is mass


def test_a_minor_without_guardian_is_told(city, desk):
    minor = {"party-0-born_on": "2012-05-06"}
    response = desk.post(reverse("cases:new"), form(city, **minor), follow=True)

    assert "未满 18 周岁" in text_of(response)


# Guidance (YC-20)


def guide(made, actor, **words) -> Guidance:
    given = {"organization": made.registered_by, "possible": True, **words}
    return record_guidance(
        made.pk,
        actor=actor,
        at=moment(TODAY),
        words=GuidanceWords(**given),
    )


UNGUIDED = [
    ({"guided_on": date(2026, 11, 21)}, "future", "guided_on"),
    ({"guided_on": date(2026, 3, 1)}, "too_early", "guided_on"),
    ({"chose": "suit"}, "not_guided", "guided_on"),
    ({"guided_on": date(2026, 3, 3), "chose": "suit"}, "why_otherwise", "reason"),
    ({}, "why_otherwise", "reason"),
]


@pytest.mark.parametrize(("words", "code", "field"), UNGUIDED)
def test_guidance_is_refused(city, words, code, field):
    made = dispute(city)

    with pytest.raises(RuleBroken) as broken:
        guide(made, city.users["gov_officer"], **words)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert not Guidance.objects.exists()


def test_guidance_is_recorded_and_corrected_on_its_page(city, as_user):
    made = dispute(city)
    client = as_user(city.users["gov_officer"])
    address = reverse("cases:guidance", args=[made.public_id])
    typed = {
        "version": 0,
        "organization": city.organizations["justice"].pk,
        "possible": "yes",
        "guided_on": "2026-03-03",
        "chose": "reconsideration",
    }
    with time_machine.travel(moment(TODAY), tick=False):
        assert client.post(address, typed).status_code == 302
        stale = client.post(address, typed)
        assert client.get(f"{made.get_absolute_url()}?tab=settling").status_code == 200

    assert stale.status_code == 422
    kept = Guidance.objects.get()
    assert (kept.possible, kept.chose, kept.version) == (True, "reconsideration", 1)
    assert as_user(city.users["agency_contact"]).get(address).status_code == 403


# Dictionaries and numbers


def test_the_dictionaries_hold_together():
    assert area_name("land") == "自然资源（土地）"
    assert area_name("gone") == "gone"
    assert len(area_choices()) == 24
    firsts = {kind.first for kind in act_kinds().values()} - {""}
    assert firsts <= grounds().keys()
    assert all(len(f"{one.name}（{one.basis}）") <= 60 for one in grounds().values())


NUMBERS = [
    pytest.param(id_fault, ID, True, id="identity"),
    pytest.param(id_fault, "４2050319910101001Ｘ", True, id="full-width"),
    pytest.param(id_fault, "11010519491231002x", True, id="small x"),
    pytest.param(id_fault, "999999199101010013", True, id="unknown division"),
    pytest.param(id_fault, "110105194912310021", False, id="X wanted"),
    pytest.param(credit_fault, "9111 0000 6000 3734 1L", True, id="credit"),
    pytest.param(credit_fault, "911100006000373411", False, id="credit check"),
]


@pytest.mark.parametrize(("fault", "number", "right"), NUMBERS)
def test_numbers_are_checked(fault, number, right):
    found = fault(number, on=TODAY) if fault is id_fault else fault(number)

    assert (found == "") is right


def test_an_unknown_division_is_only_told():
    assert not is_known_place("999999199101010013")
    assert is_known_place(ID)


@pytest.mark.parametrize(
    ("address", "district"),
    [
        ("湖北省宜昌市伍家岗区伍家乡12号", "湖北省宜昌市伍家岗区"),
        ("新疆维吾尔自治区伊犁州伊宁市解放路3号", "新疆维吾尔自治区伊犁州伊宁市"),
        ("伊宁市阳光小区3栋", "伊宁市"),
        ("无名路12号", ""),
    ],
)
def test_an_address_is_shown_as_far_as_its_district(address, district):
    assert district_of(address) == district


def test_words_are_what_the_action_takes(city):
    """The engineer's own door: tests, imports and the demo go through it as the form does."""
    words = DisputeWords(
        registered_by=city.organizations["justice"],
        agency=city.organizations["agency"],
        source="import",
        area="land",
        act_kind="行政登记",
        act="不予登记",
        parties=(),
        filed_on=TODAY,
    )
    entry = PartyEntry(PartyWords("natural", "张三丰"))

    assert IntakeWords(words, [entry]).parties == (entry.words,)


def test_nothing_of_a_person_is_in_the_trail(city, desk):
    send(
        desk,
        city,
        **{
            "party-0-id_number": ID,
            "party-0-phone": "13800005678",
            "party-0-agent_name": "赵六合",
        },
    )

    bodies = "".join(AuditEntry.objects.values_list("body", flat=True))
    assert "cases.dispute.registered" in bodies
    for secret in ("张三丰", ID, "13800005678", "赵六合"):
        assert secret not in bodies
