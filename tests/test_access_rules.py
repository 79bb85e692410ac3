from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from guardian.models import UserObjectPermission
from rest_framework import exceptions, serializers
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from foundations.access import panels
from foundations.access.errors import RuleBroken
from foundations.access.fields import decrypt, encrypt
from foundations.access.grants import end_expired, grant, granted_ids, revoke
from foundations.access.masking import mask_name, mask_phone
from foundations.access.middleware import RuleBrokenMiddleware
from foundations.access.models import Grant
from foundations.access.secrets_marks import find_mark, refuse_marks
from foundations.access.tasks import end_expired_grants
from foundations.audit.models import AuditEntry
from members.models import Body, Organization, Person

# -- marks of secrecy

MARKED = [
    ("机密★10年 会议材料.docx", "", "机密"),
    ("（秘密）案情.pdf", "", "秘密"),
    ("绝密.docx", "", "绝密"),
    ("机 密 材料.docx", "", "机密"),
    ("材料.docx", "秘密★1年\n试验市人民政府", "秘密★"),
    ("材料.docx", "标题\n  机 密 ★ 20年\n正文", "机密★"),
    ("材料.docx", "★绝密", "★绝密"),
    ("材料.docx", "密级：秘密", "密级:秘密"),
    ("材料.docx", "机密20年", "机密20年"),
    ("材料.docx", "绝密 长期", "绝密长期"),
    ("材料.docx", "第一段\n【机密】\n第二段", "【机密】"),
    ("材料.docx", "秘密", "秘密"),
    ("材料.docx", "秘\u200b密\ufeff★", "秘密★"),
    ("机\u2060密.docx", "", "机密"),
    ("材料.docx", "　机　密　\n正文", "机密"),
]
UNMARKED = [
    ("会议材料.docx", "本案不涉及国家秘密、商业秘密和个人隐私。"),
    ("关于保守国家秘密的规定.docx", "各单位应当保守国家秘密。"),
    ("商业秘密保护指引.pdf", ""),
    ("不含秘密的声明.docx", ""),
    ("内部资料.docx", "内部★\n注意保存"),
    ("通知.docx", "泄露机密的，依法追究责任。"),
]


@pytest.mark.parametrize(("name", "text", "mark"), MARKED)
def test_a_marked_file_is_refused(name, text, mark):
    assert find_mark(name, text) == mark

    with pytest.raises(RuleBroken) as broken:
        refuse_marks(name, text)

    assert (broken.value.code, broken.value.field) == ("state_secret", "file")
    assert mark in broken.value.message
    assert "已拒收，未保存" in broken.value.message
    assert "保密员" in broken.value.message


@pytest.mark.parametrize(("name", "text"), UNMARKED)
def test_the_word_alone_is_no_mark(name, text):
    assert find_mark(name, text) == ""
    refuse_marks(name, text)


@pytest.mark.parametrize("blank", ["\n", " ", "密级 ", "秘 ", "★ "])
def test_a_text_of_blanks_is_read_in_no_time(blank):
    begun = monotonic()

    assert find_mark("材料.txt", "密级" + blank * 200_000) == ""

    assert monotonic() - begun < 10


# -- exceptional grants

UNTIL = date(2026, 12, 31)


@pytest.fixture
def granted(city):
    """The agency's contact may see the body of the joint meeting until the end of the year."""
    return grant(
        city.users["agency_contact"],
        city.body,
        by=city.users["gov_officer"],
        until=UNTIL,
        reason="列席第6次会议",
    )


def ids(city, on=date(2026, 11, 22)):
    return [row["subject_id"] for row in granted_ids(city.users["agency_contact"], Body, on)]


@pytest.mark.parametrize(
    ("on", "holds"), [(UNTIL, True), (UNTIL + timedelta(days=1), False), (date(2026, 11, 1), True)]
)
def test_a_grant_holds_to_its_last_day(city, granted, on, holds):
    assert ids(city, on) == ([city.body.pk] if holds else [])


def test_a_grant_is_for_one_person_and_one_row(city, granted):
    assert list(granted_ids(city.users["recorder"], Body, UNTIL)) == []
    assert list(granted_ids(city.users["agency_contact"], Organization, UNTIL)) == []
    assert city.users["agency_contact"].has_perm("members.view_body", city.body)


def test_a_grant_given_again_takes_the_new_day(city, granted):
    again = grant(
        city.users["agency_contact"],
        city.body,
        by=None,
        until=date(2027, 1, 31),
        reason="会议延期",
    )

    assert again.pk == granted.pk
    assert ids(city, date(2027, 1, 31)) == [city.body.pk]
    assert AuditEntry.objects.filter(action="access.grant.given").count() == 2


def test_a_revoked_grant_leaves_its_record(city, granted):
    revoke(city.users["agency_contact"], city.body, by=None, reason="不再列席")

    assert ids(city) == []
    assert not UserObjectPermission.objects.exists()
    assert Grant.objects.get().reason == "列席第6次会议"
    assert AuditEntry.objects.filter(action="access.grant.revoked").exists()


def test_ended_grants_are_swept(city, granted, time_machine):
    assert end_expired(on=UNTIL) == 0
    time_machine.move_to(datetime(2027, 1, 2, tzinfo=UTC))

    end_expired_grants()

    assert not UserObjectPermission.objects.exists()
    assert Grant.objects.get().permission is None
    assert AuditEntry.objects.filter(action="access.grant.ended").count() == 1


# -- panels


def show_person(request, person):
    return "parts/side.html", {"key": "court", "mark": person.name}


@pytest.fixture
def _panel():
    panels.register(Person, show_person)
    panels.register(Person, show_person)
    panels.register(Person, lambda request, person: None)
    yield
    panels._panels.pop(Person)


@pytest.mark.usefixtures("_panel")
def test_panels_are_shown_once_and_only_with_something_to_show(city):
    request = RequestFactory().get("/")

    person = city.people["gov_officer"]
    template = Template("{% panels person %}")
    page = template.render(Context({"request": request, "person": person}))

    assert page.count("fy-side--court") == 1
    assert len(panels.panels_of(Person)) == 2


# -- personal data

NAMES = [
    ("张三", "张某"),
    ("欧阳修", "欧某"),
    ("阿依努尔·麦麦提江", "阿依努尔·某"),
    ("𠮷野", "𠮷某"),
    ("", ""),
]
PHONES = [("13812345678", "138****5678"), ("0999-8123456", "099****3456"), ("12345", "****")]


@pytest.mark.parametrize(("name", "masked"), NAMES)
def test_names_in_lists_are_masked(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(("phone", "masked"), PHONES)
def test_telephones_in_lists_are_masked(phone, masked):
    assert mask_phone(phone) == masked


def stored(person) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM members_person WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def person(city, settings, tmp_path):
    """One whose telephone is known; the keys may change, no other test's files stand here."""
    settings.MEDIA_ROOT = tmp_path
    person = city.people["gov_officer"]
    person.phone = "13812345678"
    person.save()
    return person


def test_the_database_does_not_know_the_telephone(person):
    assert "138" not in stored(person)
    assert Person.objects.get(pk=person.pk).phone == "13812345678"


def test_the_same_text_is_stored_differently_each_time():
    assert encrypt("13812345678") != encrypt("13812345678")
    assert decrypt(encrypt("g1:abc")) == "g1:abc"
    assert encrypt("") == decrypt("") == ""


def test_keys_are_rotated_and_the_old_one_goes(person, settings, capsys):
    old, before = settings.FIELD_KEYS, stored(person)
    settings.FIELD_KEYS = ["a new key of the year 2027, long enough", *old]
    call_command("rotate_field_keys", "--dry-run")
    assert stored(person) == before

    call_command("rotate_field_keys")
    call_command("rotate_field_keys")

    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert Person.objects.get(pk=person.pk).phone == "13812345678"
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if "Person.phone" in line] == [
        "members.Person.phone：1 条使用旧密钥",
        "members.Person.phone：1 条使用旧密钥，已更新",
        "members.Person.phone：0 条使用旧密钥，已更新",
    ]
    assert AuditEntry.objects.filter(action="access.field_key.rotated").count() == 1


def test_rotation_stops_at_what_no_key_opens(person, settings):
    settings.FIELD_KEYS = ["a key that never wrote anything at all"]

    with pytest.raises(CommandError, match="无法用现有密钥打开"):
        call_command("rotate_field_keys")


KEYS = [
    (["k" * 32], []),
    ([], ["access.E001"]),
    (["k" * 32, "short"], ["access.E001"]),
    (["the-secret-key-itself-of-the-portal"], ["access.E002"]),
]


@pytest.mark.parametrize(("keys", "errors"), KEYS)
def test_the_check_asks_for_proper_keys(settings, keys, errors):
    settings.FIELD_KEYS, settings.SECRET_KEY = keys, "the-secret-key-itself-of-the-portal"

    found = run_checks(tags=["security"], include_deployment_checks=True)

    assert [error.id for error in found if error.id.startswith("access.")] == errors


# -- problem details

PROBLEMS = [
    (RuleBroken("answered", "贵方已答复。"), 409, "answered", "贵方已答复。", None),
    (
        RuleBroken("remark_needed", "请写明。", field="remark"),
        409,
        "remark_needed",
        "请写明。",
        {"remark": ["请写明。"]},
    ),
    (PermissionDenied("answer"), 403, "forbidden", "没有办理此事项的权限。", None),
    (Http404(), 404, "not_found", "没有这条记录，或者没有查看权限。", None),
    (exceptions.NotFound(), 404, "not_found", "没有这条记录，或者没有查看权限。", None),
    (
        ValidationError({"day": ["日期不对"]}),
        400,
        "invalid",
        "没有保存，请按各栏提示修改。",
        {"day": ["日期不对"]},
    ),
    (
        ValidationError("整体不对"),
        400,
        "invalid",
        "没有保存，请按各栏提示修改。",
        {"": ["整体不对"]},
    ),
    (
        serializers.ValidationError({"day": ["必填"]}),
        400,
        "invalid",
        "没有保存，请按各栏提示修改。",
        {"day": ["必填"]},
    ),
    (
        serializers.ValidationError(["必填"]),
        400,
        "invalid",
        "没有保存，请按各栏提示修改。",
        {"": ["必填"]},
    ),
    (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed", None, None),
    (exceptions.Throttled(wait=3), 429, "throttled", None, None),
]


@pytest.mark.parametrize(("error", "status", "code", "detail", "errors"), PROBLEMS)
def test_the_api_answers_with_problem_details(error, status, code, detail, errors):
    class Failing(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request):
            raise error

    response = Failing.as_view()(APIRequestFactory().get("/"))
    response.render()

    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.data["status"]) == (status, status)
    assert response.data["code"] == code
    assert response.data["type"] == f"urn:liaison-portal:{code}"
    assert detail in (None, response.data["detail"])
    assert response.data.get("errors") == errors


def test_a_fault_of_ours_stays_a_fault():
    class Failing(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request):
            raise KeyError("x")

    with pytest.raises(KeyError):
        Failing.as_view()(APIRequestFactory().get("/"))


# -- one line


def test_a_title_sent_with_line_breaks_is_kept_on_one_line(city):
    unit = city.organizations["agency"]
    unit.name = "试验市\r\nBcc: all@example.test\x00\u2028综合行政执法局"

    unit.store()

    unit.refresh_from_db()
    assert unit.name == "试验市 Bcc: all@example.test 综合行政执法局"


# -- the page after a broken rule


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/people/", "http://testserver/people/"),
        ("https://evil.example/sign-in/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_from_a_broken_rule_stays_in_the_portal(rf, came_from, back):
    request = rf.get("/", headers={"referer": came_from})
    request.htmx, request.user = False, AnonymousUser()

    page = RuleBrokenMiddleware(None).process_exception(request, RuleBroken("x", "不行"))

    assert f'href="{back}"' in page.content.decode()
