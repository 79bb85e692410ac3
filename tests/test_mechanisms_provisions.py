"""The five institutions as they were issued: 276 provisions, their words, pages and rosters."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from bulletins.models import Obligation
from foundations.access.policy import visible_to
from mechanisms.loading.checks import provisions_of
from mechanisms.models import Mechanism, Provision
from mechanisms.page import RECORDS, page_of
from mechanisms.profile import get_profile
from mechanisms.queries import parties
from mechanisms.states import Modal
from members.actions.accounts import bind_role, create_account
from members.actions.people import begin_post, create_person
from members.models import Organization, User
from members.states import Role
from returns.models import ReturnDuty
from suggestions.copying import copy_lines
from suggestions.profile import rules_of
from tests.profiles import PROFILES, everything
from workplans.models import TaskList

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NUMBERS = {
    "yining": ("YN", 45),
    "gulou": ("GL", 46),
    "wujiagang": ("WJ", 87),
    "cenxi": ("CX", 61),
    "yinchuan": ("YC", 37),
}
KEYS = [*NUMBERS]
STATEMENTS = {"GL-2", "WJ-3", "CX-4", "YC-1"}
"""Principles that no record can show; all others are judged by their records."""
ALLOWED = {"YN-12", "YN-16", "YN-39"}
"""What a text lets be done without the word 可."""
FINGERPRINTS = {
    "yining": "dce9b40e237c0744c3b0eff39ede8810129592c94bc3281014862847abc18a79",
    "gulou": "8321c7b08370a520e5f01b60ffe85ba2d9a8a3187ac3fb48dfbf7f689ad365c4",
    "wujiagang": "c01ccbb4d67bc347bac84d278b1b00aed0f0aba6992b0a0f7629a8543d883cd1",
    "cenxi": "080e17f14f877fb77e7e89b3951261b47b8bdbda7cc8f5f681c214d1713b9eaf",
    "yinchuan": "e65109e6d38113550f7d3009ce41751cd0ec710f249aa4120f8a5a05e01173ee",
}


@pytest.fixture
def five(db) -> dict[str, Mechanism]:
    """All five institutions in one database."""
    for key in KEYS:
        call_command("load_profile", PROFILES / f"{key}.yaml", verbosity=0)
    return {mechanism.key: mechanism for mechanism in Mechanism.objects.all()}


def officer_of(mechanism: Mechanism) -> User:
    place, unit = mechanism.jurisdiction, parties(mechanism)[0].acting
    person = create_person(place.pk, actor=None, name="秦安")
    begin_post(person.pk, actor=None, organization=unit, title="四级主任科员")
    user, _password = create_account(
        person.pk, actor=None, at=NOW, username=f"{place.key}-officer"
    )
    given = {"organization": unit, "valid_from": date(2026, 1, 1)}
    bind_role(user.pk, actor=None, role=Role.LIAISON_OFFICER, jurisdiction=place, **given)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    return User.objects.get(pk=user.pk)


def _provisions(mechanism: Mechanism) -> list[Provision]:
    return list(mechanism.versions.get().provisions.all())


def test_all_276_provisions_are_there_in_the_order_of_their_texts(five):
    found = {key: [row.number for row in _provisions(five[key])] for key in KEYS}

    for key, (prefix, last) in NUMBERS.items():
        assert found[key] == [f"{prefix}-{n}" for n in range(1, last + 1)]
    assert sum(len(numbers) for numbers in found.values()) == 276


def test_each_provision_has_its_words_its_bearers_and_a_record(five):
    """What the text allows (T8) is not made a duty, and the other way round."""
    for row in Provision.objects.all():
        assert row.operative in row.text, row.number
        assert row.operative or row.number in {"YN-45", "GL-45"}
        assert row.duty_bearers, row.number
        assert row.realised_by["record"] in RECORDS, row.number
        assert row.realised_by["page"], row.number
        words = row.operative.replace("可能", "").replace("可操作", "").replace("可以先行", "")
        assert (row.modal == Modal.MAY) == (row.number in ALLOWED or "可" in words), row.number


def test_only_principles_are_left_to_a_statement(five):
    named = Provision.objects.filter(rule_kind="statement").values_list("number", flat=True)

    assert set(named) == STATEMENTS


@pytest.mark.parametrize("key", KEYS)
def test_the_words_are_those_of_the_document(loaded, key):
    """Told from the whole text, so that a clause which drifts is noticed."""
    source = loaded(key).versions.get().source
    parts = [
        [part["chapter"], part.get("section", ""), part.get("lead", ""), *_clauses(part)]
        for part in source["text"]
    ]
    words = json.dumps(parts, ensure_ascii=False).encode()

    assert hashlib.sha256(words).hexdigest() == FINGERPRINTS[key]


def _clauses(part: dict) -> list[list[str]]:
    return [[clause["clause"], clause["text"]] for clause in part["clauses"]]


@pytest.mark.parametrize(
    ("key", "number", "rule", "parameters"),
    [
        ("gulou", "GL-4", "meeting_cadence/joint_meeting", {"hosting": "fixed"}),
        ("gulou", "GL-42", "roster/secretariat", {"units": ["区法院行政审判庭"]}),
        ("gulou", "GL-45", "roster/annex", {"counts": {"head": 1, "member": 37}}),
        ("wujiagang", "WJ-7", "roster/seat", {"counts": {"head": 1, "convenor": 3}}),
        ("wujiagang", "WJ-84", "task/return", {}),
        ("cenxi", "CX-26", "report_deadline/suggestion_report", {"every_months": 12}),
        ("cenxi", "CX-45", "task/white_paper", {"every_months": 12}),
        ("cenxi", "CX-50", "task/standard", {"as_needed": True}),
        ("yinchuan", "YC-16", "count_per_period/research_report", {"times": (1, "half_year")}),
        ("yinchuan", "YC-19", "rate_target/mediation", {"at_least": 20}),
        ("yinchuan", "YC-27", "rate_target/appearance", {"at_least": 100}),
        ("yinchuan", "YC-28", "count_per_period/return", {"times": (4, "year")}),
        ("yinchuan", "YC-34", "count_per_period/guidance_session", {"times": (1, "month")}),
        ("yinchuan", "YC-35", "task/staff", {"persons": {"count": 2, "qualified": True}}),
    ],
)
def test_the_rule_of_a_clause(loaded, key, number, rule, parameters):
    row = next(row for row in _provisions(loaded(key)) if row.number == number)
    found = dict(row.parameters)
    if "times" in found:
        found["times"] = (found["times"]["count"], found["times"]["per"])

    assert f"{row.rule_kind}/{row.subject}" == rule
    for name, value in parameters.items():
        if isinstance(value, dict):
            assert value.items() <= found[name].items()
        else:
            assert found[name] == value


@pytest.mark.parametrize("key", KEYS)
def test_every_clause_leads_an_officer_to_the_page_where_it_is_kept(loaded, client, key):
    mechanism = loaded(key)
    client.force_login(officer_of(mechanism), backend="members.backends.AccountBackend")
    rows = _provisions(mechanism)
    pages = {row.number: page_of(mechanism, row.realised_by) for row in rows}

    opened = {page for page in set(pages.values()) if page and client.get(page).status_code == 200}

    assert {number for number, page in pages.items() if page not in opened} == set()


def test_the_users_of_a_city_see_their_own_institution_and_what_is_owed_under_it(five, client):
    for key, own in five.items():
        user = officer_of(own)
        assert list(visible_to(user, Mechanism)) == [own]
        for model in (Obligation, TaskList, ReturnDuty):
            rows = visible_to(user, model)
            assert set(rows) == set(rows.filter(mechanism=own)), model
        units = visible_to(user, Organization)
        assert set(units) == set(units.filter(jurisdiction=own.jurisdiction))

        client.force_login(user, backend="members.backends.AccountBackend")
        states = {other: reverse("dashboards:compliance", args=[other]) for other in KEYS}
        found = {other for other, page in states.items() if client.get(page).status_code == 200}
        assert found == {key}


def test_loading_them_again_changes_nothing_and_makes_no_account(five, capsys):
    before = everything()

    for key in KEYS:
        call_command("load_profile", PROFILES / f"{key}.yaml", "--format", "json")
        told = json.loads(capsys.readouterr().out)
        assert [change["outcome"] for change in told["changes"]] == ["leave"]

    assert everything() == before
    assert not User.objects.exists()


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
                "government": "岑溪市司法局",
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


@pytest.mark.parametrize(
    ("key", "kind", "copies"),
    [
        ("cenxi", "judicial", [("岑溪市司法局", "forced", "CX-22")]),
        ("cenxi", "procuratorial", [("岑溪市司法局", "forced", "CX-22")]),
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
    ("key", "numbers"),
    [
        ("gulou", {"GL-3", "GL-5", *(f"GL-{n}" for n in range(11, 25))}),
        ("wujiagang", {"WJ-50", "WJ-74"}),
        ("cenxi", {"CX-26", "CX-27", *(f"CX-{n}" for n in range(28, 44)), "CX-45"}),
        ("yinchuan", {"YC-24"}),
    ],
)
def test_the_matters_owed_cite_their_clauses(loaded, key, numbers):
    rows = Obligation.objects.filter(mechanism=loaded(key))

    assert {row.number for row in rows} == numbers


@pytest.mark.parametrize(
    ("number", "office"),
    [
        ("CX-29", "岑溪市司法局"),
        ("CX-36", "岑溪市人民法院行政审判庭"),
        ("CX-40", "岑溪市人民检察院行政检察部门"),
    ],
)
def test_the_responsible_office_of_a_matter_is_named(loaded, number, office):
    rows = Obligation.objects.filter(mechanism=loaded("cenxi"), number=number)

    assert [row.office.name for row in rows] == [office]


def test_the_list_of_yinchuan_has_its_37_tasks_under_8_heads(loaded):
    mechanism = loaded("yinchuan")
    source = mechanism.versions.get().source
    tasks = TaskList.objects.get(mechanism=mechanism).tasks.order_by("number")

    assert [task.provision_number for task in tasks] == [f"YC-{n}" for n in range(1, 38)]
    assert len({task.main_task for task in tasks}) == 8
    assert [task.number for task in tasks if task.lead_text != "市司法局"] == [23]
    texts = {given["number"]: clause["text"] for *_at, clause, given in provisions_of(source)}
    assert all(task.measure == texts[task.provision_number] for task in tasks)


@pytest.mark.parametrize(
    ("key", "words", "issued", "cited"),
    [
        ("gulou", "<u>区政府牵头组织召开定期与不定期联席会议</u>", "2020年<", "引言"),
        ("wujiagang", "任召集人", "2024年6月24日，试行", "印发通知"),
        ("cenxi", "例行会议和不定期召开的临时会议</u>", "2018年4月3日<", "引言"),
        ("yinchuan", "应积极推动召开府院联席会议", "", "清单第1项"),
    ],
)
def test_staff_read_the_text_and_come_to_it_from_the_list(
    loaded, client, key, words, issued, cited
):
    mechanism = loaded(key)
    client.force_login(officer_of(mechanism), backend="members.backends.AccountBackend")

    listed = client.get(reverse("mechanisms:list")).content.decode()
    shown = client.get(reverse("mechanisms:text", args=[key])).content.decode()
    plan = client.get(reverse("meetings:plan", args=[key])).content.decode()

    assert f'href="/mechanisms/{key}/"' in listed
    assert words in shown
    assert f"<dd>{issued}" in shown if issued else "<dt>印发</dt>" not in shown
    assert "条文未规定召开间隔" in plan
    assert _provisions(mechanism)[0].citation == cited
    assert "None" not in shown + listed
    signed = "<dt>发文机关</dt>" in shown
    assert signed == (key != "yinchuan")
