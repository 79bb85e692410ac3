"""The institutions of which the clauses on meetings, letters and disputes are entered so far."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from mechanisms.models import Mechanism
from mechanisms.page import RECORDS, page_of
from mechanisms.profile import get_profile
from mechanisms.queries import parties
from members.models import Person, Seat, User
from suggestions.copying import copy_lines
from suggestions.profile import rules_of
from tests.profiles import everything, load

PROFILES = settings.BASE_DIR / "mechanisms" / "profiles"
TODAY = date(2026, 11, 22)
KEYS = ["gulou", "wujiagang", "cenxi", "yinchuan"]
WUJIAGANG = [
    *(*range(4, 11), *range(12, 19), *range(20, 44), 45, 46, 52),
    *(*range(54, 72), 76, 77, *range(80, 84), 86),
]
"""What the plan says of meetings, suggestions and disputes."""
YINCHUAN = [2, *range(4, 8), *range(11, 16), 17, 19, 20, 24, 26, 27, 30]


@pytest.fixture
def loaded(db, capsys):
    """loaded(key) is the institution of that key, just loaded."""

    def loaded(key: str) -> Mechanism:
        load(PROFILES / f"{key}.yaml", capsys)
        return Mechanism.objects.get(key=key)

    return loaded


@pytest.mark.parametrize("key", KEYS)
def test_loading_twice_changes_nothing_and_makes_nobody(loaded, capsys, key):
    loaded(key)
    before = everything()

    again = load(PROFILES / f"{key}.yaml", capsys)

    assert [change["outcome"] for change in again["changes"]] == ["leave"]
    assert everything() == before
    assert not any(model.objects.exists() for model in (Person, Seat, User))


@pytest.mark.parametrize(
    ("key", "code", "number", "precision", "since", "trial", "issuers", "sides"),
    [
        pytest.param(
            *("gulou", "410204", "鼓政〔2020〕20号", "year", date(2020, 12, 31), False),
            ("鼓楼区人民政府", "鼓楼区人民法院"),
            {"government": "鼓楼区人民政府", "court": "鼓楼区人民法院"},
            id="gulou",
        ),
        pytest.param(
            *("wujiagang", "420503", "宜伍府发〔2024〕4号", "day", date(2024, 6, 24), True),
            ("宜昌市伍家岗区人民政府", "宜昌市伍家岗区人民检察院", "宜昌市伍家岗区人民法院"),
            {
                "government": "宜昌市伍家岗区人民政府",
                "procuratorate": "宜昌市伍家岗区人民检察院",
                "court": "宜昌市伍家岗区人民法院",
            },
            id="wujiagang",
        ),
        pytest.param(
            *("cenxi", "450481", "岑法制发〔2018〕1号", "day", date(2018, 4, 3), False),
            ("岑溪市法制办公室", "岑溪市人民法院", "岑溪市人民检察院"),
            {
                "government": "岑溪市法制办公室",
                "court": "岑溪市人民法院",
                "procuratorate": "岑溪市人民检察院",
            },
            id="cenxi",
        ),
        pytest.param(
            *("yinchuan", "640100", "", "none", date(2023, 12, 31), False),
            (),
            {"government": "银川市人民政府", "court": "银川市中级人民法院"},
            id="yinchuan",
        ),
    ],
)
def test_the_head_says_what_the_document_says(
    loaded, key, code, number, precision, since, trial, issuers, sides
):
    mechanism = loaded(key)
    profile = get_profile(mechanism, TODAY)

    assert mechanism.jurisdiction.division_code == code
    assert (profile.document_number, profile.trial, profile.issuers) == (number, trial, issuers)
    assert (profile.issued_on_precision, profile.effective_from) == (precision, since)
    assert (profile.issued_on is None) == (precision == "none")
    assert {party.side: party.lead.name for party in parties(mechanism)} == sides
    convening = {"government"} if key == "gulou" else set(sides)  # GL-4: the government leads
    assert set(profile.meeting.proposers) == set(profile.meeting.hosts) == convening
    assert profile.meeting.cadence_months is None
    assert "以后录入" in mechanism.versions.get().source["mechanism"]["note"]


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("gulou", [f"GL-{n}" for n in (4, *range(8, 11), *range(25, 31), *range(32, 43))]),
        ("wujiagang", [f"WJ-{n}" for n in WUJIAGANG]),
        ("cenxi", [f"CX-{n}" for n in (2, 3, *range(5, 27), 30, 50, *range(54, 59))]),
        ("yinchuan", [f"YC-{n}" for n in YINCHUAN]),
    ],
)
def test_the_clauses_that_are_entered_name_no_interval_of_meetings(loaded, key, numbers):
    provisions = list(loaded(key).versions.get().provisions.all())

    assert [row.number for row in provisions] == numbers
    for row in provisions:
        allows = "可" in row.operative.replace("可能", "")
        assert row.modal == ("may" if allows else "shall"), row.number
        timed = {"every_months", "times", "within"} & row.parameters.keys()
        assert bool(timed) == (row.number == "CX-26"), row.number


@pytest.mark.parametrize(
    ("key", "kind", "copies"),
    [
        ("cenxi", "judicial", [("岑溪市法制办公室", "forced", "CX-22")]),
        ("cenxi", "procuratorial", [("岑溪市法制办公室", "forced", "CX-22")]),
        ("cenxi", "reconsideration_opinion", []),
        ("gulou", "judicial", [("鼓楼区司法局", "forced", "GL-27")]),
        ("gulou", "opinion_letter", [("鼓楼区司法局", "forced", "GL-27")]),
        ("gulou", "reconsideration_suggestion", [("鼓楼区人民法院", "forced", "GL-28")]),
        ("wujiagang", "judicial", [("伍家岗区行政争议化解中心", "default", "WJ-18")]),
        ("wujiagang", "procuratorial", []),
        ("yinchuan", "reconsideration_suggestion", []),
    ],
)
def test_letters_are_copied_by_the_clause_that_says_so(loaded, key, kind, copies):
    lines = copy_lines(loaded(key), kind, TODAY)

    assert [(line.organization.name, line.mode, line.provision.number) for line in lines] == copies


@pytest.mark.parametrize(
    ("key", "urging", "yearly"),
    [
        ("cenxi", ("legal-office",), "CX-26"),
        ("gulou", (), ""),
        ("wujiagang", ("centre",), ""),
        ("yinchuan", (), ""),
    ],
)
def test_who_urges_and_reports_is_said_by_the_text(loaded, key, urging, yearly):
    rules = rules_of(loaded(key), TODAY)

    assert (rules.urged_by, rules.yearly_provision) == (urging, yearly)


@pytest.mark.parametrize(
    ("key", "words", "issued", "cited"),
    [
        ("gulou", "<u>区政府牵头组织召开定期与不定期联席会议</u>", "2020年<", "意见二（二）"),
        ("wujiagang", "任召集人", "2024年6月24日，试行", "方案二（二）"),
        ("cenxi", "例行会议和不定期召开的临时会议</u>", "2018年4月3日<", "规则一（一）"),
        ("yinchuan", "应积极推动召开府院联席会议", "", "清单第2项"),
    ],
)
def test_staff_read_the_text_and_come_to_it_from_the_list(
    loaded, city, as_user, key, words, issued, cited
):
    mechanism = loaded(key)
    client = as_user(city.users["gov_officer"])

    listed = client.get(reverse("mechanisms:list")).content.decode()
    shown = client.get(reverse("mechanisms:text", args=[key])).content.decode()
    plan = client.get(reverse("meetings:plan", args=[key])).content.decode()

    assert f'href="/mechanisms/{key}/"' in listed
    assert words in shown
    assert f"<dd>{issued}" in shown if issued else "<dt>印发</dt>" not in shown
    assert "以后录入" in shown
    assert "条文未规定召开间隔" in plan
    assert mechanism.versions.get().provisions.first().citation == cited
    assert "None" not in shown + listed


def test_a_text_that_nobody_signed_shows_no_issuers(loaded, city, as_user):
    loaded("yinchuan")
    loaded("cenxi")
    client = as_user(city.users["gov_officer"])

    signed, unsigned = (
        client.get(reverse("mechanisms:text", args=[key])).content.decode()
        for key in ("cenxi", "yinchuan")
    )

    assert "<dt>发文机关</dt>" in signed
    assert "<dt>发文机关</dt>" not in unsigned


@pytest.mark.parametrize("key", ["yining", *KEYS])
def test_every_clause_on_disputes_leads_to_the_page_where_it_is_kept(loaded, city, as_user, key):
    mechanism = loaded(key)
    client = as_user(city.users["gov_officer"])

    kept = [
        row.realised_by
        for row in mechanism.versions.get().provisions.all()
        if row.realised_by["room"] == "cases"
    ]
    pages = {page_of(mechanism, where) for where in kept}

    assert kept
    assert {where["record"] for where in kept} <= RECORDS.keys()
    assert [client.get(page).status_code for page in sorted(pages)] == [200] * len(pages)
