"""Error pages: Chinese, a reference number that is in the log, no session, no database."""

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path

REFERENCE = re.compile(r"编号 ([0-9a-f]{8})")


def failing(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400", failing(SuspiciousOperation("odd"))),
    path("403", failing(PermissionDenied("no"))),
    path("404", failing(Http404("none"))),
    path("413", failing(RequestDataTooBig("large"))),
    path("500", failing(ZeroDivisionError("ours"))),
    path("503", failing(OperationalError("away"))),
]
handler400 = "liaison_portal.errors.bad_request"
handler403 = "liaison_portal.errors.forbidden"
handler404 = "liaison_portal.errors.not_found"
handler500 = "liaison_portal.errors.server_error"


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "请求无法识别"),
        (403, "无权办理"),
        (404, "未找到"),
        (413, "内容过大"),
        (500, "平台出错"),
        (503, "暂时无法使用"),
    ],
)
def test_an_error_page_has_words_and_a_reference(caplog, status, heading):
    client = Client(raise_request_exception=False)

    answer = client.get(f"/{status}")

    page = answer.content.decode()
    assert answer.status_code == status
    assert heading in page
    assert f"reference={REFERENCE.search(page)[1]}" in caplog.text
    assert not answer.cookies
    assert ("Retry-After" in answer) == (status == 503)


@override_settings(ROOT_URLCONF=__name__)
def test_a_form_without_its_token_gets_the_same_page():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/404")

    assert answer.status_code == 403
    assert "无权办理" in answer.content.decode()
