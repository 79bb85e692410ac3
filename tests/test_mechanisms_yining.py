"""The institution of Yining as it was issued: 45 provisions, its head, its roster."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from mechanisms.loading.validating import load_source
from mechanisms.models import Mechanism, Provision
from mechanisms.profile import get_profile
from mechanisms.states import RuleKind
from members.rosters import roster
from members.states import SeatRole

PATH = Path(__file__).parent.parent / "mechanisms" / "profiles" / "yining.yaml"
DAY = date(2023, 6, 12)


@pytest.fixture
def yining(db) -> Mechanism:
    call_command("load_profile", PATH, verbosity=0)
    return Mechanism.objects.get(key="yining")


@pytest.fixture
def provisions(yining) -> list[Provision]:
    return list(Provision.objects.filter(version__mechanism=yining))


def test_all_45_provisions_stand_in_the_order_of_the_text(provisions):
    assert [row.number for row in provisions] == [f"YN-{n}" for n in range(1, 46)]


def test_each_provision_has_its_words_a_rule_and_a_place(provisions):
    kinds = set(RuleKind.values)
    for row in provisions:
        assert row.operative in row.text, row.number
        assert row.rule_kind in kinds, row.number
        assert row.subject, row.number
        assert row.duty_bearers, row.number
        assert {"room", "record"} <= row.realised_by.keys(), row.number
        assert row.operative or row.number == "YN-45"


@pytest.mark.parametrize(
    ("number", "clause", "modal", "kind", "parameters"),
    [
        (
            "YN-2",
            "印发通知抄送栏",
            "shall",
            "copy_to",
            {"recipients": ["市委办", "人大办", "政协办"]},
        ),
        ("YN-6", "一（三）", "shall", "roster", {"counts": {"convenor": 2, "deputy_convenor": 2}}),
        (
            "YN-14",
            "三（一）",
            "shall",
            "meeting_cadence",
            {"every_months": 2, "hosting": "alternate"},
        ),
        ("YN-17", "三（一）", "shall", "ad_hoc_meeting", {"hosting": "proposer"}),
        (
            "YN-23",
            "三（六）",
            "shall",
            "roster",
            {"counts": {"liaison_officer": 1}, "each_side": True},
        ),
        (
            "YN-26",
            "四（一）1（3）",
            "shall",
            "exchange",
            {"matter": "负责人出庭应诉", "as_needed": True},
        ),
        ("YN-36", "四（二）2", "may", "copy_to", {"recipients": ["市人民政府", "市司法局"]}),
        ("YN-42", "四（三）3", "may", "task", {"form": "联合调研", "as_needed": True}),
    ],
)
def test_the_rule_of_a_clause(provisions, number, clause, modal, kind, parameters):
    row = next(row for row in provisions if row.number == number)

    assert (row.clause, row.modal, row.rule_kind) == (clause, modal, kind)
    assert row.parameters == parameters


def test_one_paragraph_carries_several_provisions(provisions):
    of_paragraph = [row.number for row in provisions if row.clause == "三（一）"]

    assert of_paragraph == ["YN-13", "YN-14", "YN-15", "YN-16", "YN-17", "YN-18"]
    assert len({row.text for row in provisions if row.clause == "三（一）"}) == 1


def test_may_stays_may(provisions):
    """T8: what the text allows is not made a duty, and the other way round."""
    for row in provisions:
        allows = any(word in row.operative for word in ("可邀请", "可同时", "可适时"))
        if allows and row.modal != "may":
            pytest.fail(f"{row.number} allows: {row.operative}")
        if any(word in row.operative for word in ("应", "不得")) and row.modal != "shall":
            pytest.fail(f"{row.number} binds: {row.operative}")


def test_the_words_are_those_of_the_document():
    """Typed anew from the paper, to notice a clause that drifted."""
    source = load_source(PATH)
    whole = "\n".join(clause["text"] for part in source["text"] for clause in part["clauses"])

    for words in (
        "由市司法局代表市人民政府与市中级人民法院对接具体事宜",
        "轮流召开和主持，每两个月召开一次，可邀请有关行政机关、人大代表、政协委员、律师代表参会",
        "仅供内部参考，不得转发，不得作为行政复议、行政审判等有关对外公文具体引用的依据",
        "已生效判决（特别是最高人民法院指导性案例）等审判实务工作的培训",
        "联席会议制度的解释权归市人民政府和市人民法院",
    ):
        assert words in whole


def test_the_head_of_the_document(yining):
    profile = get_profile(yining, DAY)

    assert profile.document_number == "伊市政办〔2023〕136号"
    assert (profile.issued_on, profile.issued_on_precision) == (DAY, "day")
    assert profile.trial
    assert profile.issuers == ("伊宁市人民政府", "伊宁市人民法院")
    assert profile.issued_by == "伊宁市人民政府办公室"
    assert profile.copy_groups == (("市委办", "人大办", "政协办"),)
    assert profile.meeting.cadence_months == 2
    assert profile.meeting.invitees["ad_hoc"] == (
        "member",
        "government_leader",
        "agency",
        "congress_deputy",
        "consultative_member",
        "lawyer",
    )
    assert "government_leader" not in profile.meeting.invitees["regular"]


def test_the_court_that_signs_is_the_city_court(yining):
    """T1: the text says 市中级人民法院 by mistake; the organization is the one that signs."""
    names = set(yining.jurisdiction.organizations.values_list("name", flat=True))

    assert "伊宁市人民法院" in names
    assert not any("中级" in name for name in names)


def test_the_roster_of_the_day_of_issue(yining):
    lines = [
        (line.role, line.person.name, str(line.post.organization), line.post.title)
        for line in roster(yining.body, DAY)
    ]

    assert lines == [
        (SeatRole.CONVENOR, "热孜艳·买买提明", "伊宁市人民政府", "副市长"),
        (SeatRole.CONVENOR, "多力坤·热依木", "伊宁市人民法院", "院长"),
        (SeatRole.DEPUTY_CONVENOR, "王彬", "伊宁市司法局", "副局长"),
        (SeatRole.DEPUTY_CONVENOR, "叶尔夏提·吐尔汗", "伊宁市人民法院", "副院长"),
        (SeatRole.MEMBER, "马刚", "伊宁市人民法院行政庭", "副庭长"),
        (SeatRole.MEMBER, "何先玲", "伊宁市司法局行政复议与应诉科", "科长"),
    ]
