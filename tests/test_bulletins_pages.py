"""Bulletins in the browser: written, sent on, read, signed for; who is let in; what it costs."""

import pytest
from django.urls import reverse

from bulletins.actions import bulletins as actions
from bulletins.actions.comments import comment
from bulletins.models import Bulletin, Comment, Instalment
from bulletins.states import BulletinState
from bulletins.work import items
from foundations.access.rich_text import clean_rich
from tests.issues import AT, DAY, circulated, drafted, instalment, obligation, reviewing, signed

SEEN = {
    "drafted": {"court_officer", "court_deputy", "court_convenor"},
    "circulated": {
        *("court_officer", "court_deputy", "court_convenor"),
        *("gov_officer", "gov_deputy", "gov_convenor", "recorder"),
    },
    "restricted": {
        *("court_officer", "court_deputy", "court_convenor"),
        *("gov_officer", "gov_deputy", "recorder"),
    },
}
MADE = {
    "drafted": drafted,
    "circulated": circulated,
    "restricted": lambda city: circulated(
        city, restricted=True, recipients=(city.organizations["justice"].pk,)
    ),
}


@pytest.mark.parametrize("stage", MADE)
def test_who_reads_it(city, client, stage):
    made = MADE[stage](city)
    seen = set()
    for name, user in city.users.items():
        client.force_login(user, backend="members.backends.AccountBackend")
        answer = client.get(made.get_absolute_url())
        assert answer.status_code in (200, 404)
        if answer.status_code == 200:
            seen.add(name)

    assert seen == SEEN[stage]


def sheet(city, **more) -> dict:
    given = {
        "title": "十月行政审判情况通报",
        "kind": "notice",
        "matter": "审判动态",
        "recipients": "市政府、市司法局",
        "body": "<h2>基本情况</h2><p>收案平稳。</p>",
        "form_token": "token-1",
    }
    return {**given, **more}


def test_an_instalment_is_told_from_its_page(city, as_user):
    row = obligation(city, figures="suits")
    part = instalment(row)
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:new") + f"?instalment={part.public_id}"

    page = client.get(address).content.decode()
    assert "2026年10月行政诉讼案件审理情况（suits）通报" in page
    assert 'value="市政府、市司法局"' in page
    assert "data-django-prose-editor" in page
    answer = client.post(
        address, sheet(city, matter="", covers=f"i-{part.public_id}", tables="suits", go="send")
    )

    made = Bulletin.objects.get()
    assert answer.status_code == 302
    assert made.state == BulletinState.REVIEWING
    assert made.covered.get().instalment == part
    assert [table.key for table in made.tables.all()] == ["suits"]
    assert made.days == (part.first_on, part.last_on)


def test_of_a_matter_what_falls_due_first_is_told(city, as_user):
    row = obligation(city)
    later, first = instalment(row, 11), instalment(row, 10)
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:new") + f"?obligation={row.public_id}"

    form = client.get(address).context["form"]
    assert form["covers"].value() == [f"i-{first.public_id}"]
    Instalment.objects.exclude(pk=later.pk).update(state="sent", done_on=DAY)
    assert client.get(address).context["form"]["covers"].value() == [f"i-{later.public_id}"]
    Instalment.objects.update(state="sent", done_on=DAY)
    assert client.get(address).context["form"]["covers"].value() == [f"o-{row.public_id}"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"recipients": "市检察院"}, "没有"),
        ({"first_on": "2026-10-31", "last_on": "2026-10-01"}, "止日早于起日"),
        ({"title": ""}, "该字段是必填项"),
        ({"recipients": "市法院"}, "编发单位本身"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(city, as_user, more, said):
    client = as_user(city.users["court_officer"])

    answer = client.post(reverse("bulletins:new"), sheet(city, **more))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "收案平稳" in answer.content.decode()
    assert not Bulletin.objects.exists()


def test_a_draft_that_lacks_something_is_saved_and_told_so(city, as_user):
    client = as_user(city.users["court_officer"])

    answer = client.post(reverse("bulletins:new"), sheet(city, matter="", go="send"))

    made = Bulletin.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择通报的是哪项应通报事项" in page
    assert f'action="{reverse("bulletins:edit", args=[made.public_id])}"' in page
    again = sheet(city, go="send", version=made.version)
    assert client.post(reverse("bulletins:edit", args=[made.public_id]), again).status_code == 302
    made.refresh_from_db()
    assert made.state == BulletinState.REVIEWING


def test_two_people_write_and_nothing_is_lost(city, as_user):
    made = drafted(city)
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:edit", args=[made.public_id])
    first = sheet(city, version=made.version, title="先保存的标题")
    assert client.post(address, first).status_code == 302

    late = client.post(address, sheet(city, version=made.version, title="后保存的标题"))

    page = late.content.decode()
    made.refresh_from_db()
    assert late.status_code == 422
    assert "后保存的标题" in page
    assert f'name="version" value="{made.version}"' in page
    assert made.title == "先保存的标题"


def test_the_whole_way_by_buttons(city, client):
    def press(who, name):
        client.force_login(city.users[who], backend="members.backends.AccountBackend")
        made.refresh_from_db()
        address = reverse(f"bulletins:{name}", args=[made.public_id])
        return client.post(address, {"version": made.version}, follow=True)

    made = drafted(city)
    assert "已送审" in press("court_officer", "send").content.decode()
    assert "审核通过" in press("court_deputy", "approve").content.decode()
    assert "已签发" in press("court_convenor", "sign").content.decode()
    assert "已印发" in press("court_officer", "circulate").content.decode()
    assert "已签收" in press("gov_officer", "receive").content.decode()
    made.refresh_from_db()
    assert made.circulations.filter(received_at__isnull=False).count() == 2


def test_the_first_opening_is_noted(city, as_user):
    made = circulated(city)
    page = as_user(city.users["gov_officer"]).get(made.get_absolute_url()).content.decode()
    row = made.circulations.get(organization=city.organizations["justice"])
    assert row.read_by == city.users["gov_officer"]
    assert row.received_at is None
    assert "签收" in page


def test_recipients_do_not_read_how_it_was_drafted(city, client):
    made = circulated(city)
    shown = {}
    for who in ("court_officer", "gov_officer"):
        client.force_login(city.users[who], backend="members.backends.AccountBackend")
        moments = client.get(made.get_absolute_url()).context["moments"]
        shown[who] = {one.sentence for one in moments}
    assert "起草" in shown["court_officer"]
    assert "起草" not in shown["gov_officer"]


def test_several_are_signed_for_in_the_list(city, as_user):
    rows = [circulated(city, title=f"通报{n}") for n in range(3)]
    client = as_user(city.users["gov_officer"])

    page = client.get(reverse("bulletins:list"), {"box": "receive"}).content.decode()
    assert page.count('name="bulletin"') == 3
    chosen = [row.public_id for row in rows[:2]]
    answer = client.post(reverse("bulletins:receive-several"), {"bulletin": chosen}, follow=True)

    assert "已签收 4 期" in answer.content.decode() or "已签收" in answer.content.decode()
    left = client.get(reverse("bulletins:list"), {"box": "receive"}).content.decode()
    assert left.count('name="bulletin"') == 1
    # Signed for in the list is not read: the text was not opened.
    unread = client.get(reverse("bulletins:list"), {"box": "unread"}).context["ledger"]
    assert unread.page.paginator.count == 3
    client.get(rows[0].get_absolute_url())
    assert [row.circulations.exclude(read_at=None).count() for row in rows] == [2, 0, 0]


@pytest.mark.parametrize(
    ("who", "box", "count"),
    [
        ("gov_officer", "in", 1),
        ("gov_officer", "out", 0),
        ("court_officer", "out", 1),
        ("court_officer", "hand", 1),
        ("gov_officer", "hand", 0),
        ("agency_contact", "", 0),
    ],
)
def test_boxes_of_the_list(city, as_user, who, box, count):
    circulated(city)
    drafted(city, title="草稿")
    page = as_user(city.users[who]).get(reverse("bulletins:list"), {"box": box})
    assert len(page.context["ledger"].page.object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    city, as_user, count, django_assert_max_num_queries
):
    for _n in range(count):
        circulated(city)
    client = as_user(city.users["gov_officer"])
    with django_assert_max_num_queries(26):
        client.get(reverse("bulletins:list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_length(
    city, as_user, count, django_assert_max_num_queries
):
    made = circulated(city)
    for _n in range(count):
        comment(made.pk, actor=city.users["gov_officer"], at=AT, text="意见")
    client = as_user(city.users["court_officer"])
    client.get(made.get_absolute_url())
    with django_assert_max_num_queries(40):
        client.get(made.get_absolute_url())


def test_opinions_and_answers_by_forms(city, client):
    made = circulated(city)
    client.force_login(city.users["gov_officer"], backend="members.backends.AccountBackend")
    address = reverse("bulletins:comment", args=[made.public_id])
    assert client.post(address, {"text": ""}).status_code == 422
    client.post(address, {"text": "建议统一执行标准", "topic": "non_litigation"})
    asked = Comment.objects.get()
    client.force_login(city.users["court_officer"], backend="members.backends.AccountBackend")
    client.post(reverse("bulletins:reply", args=[asked.public_id]), {"text": "将研究"})
    page = client.get(made.get_absolute_url()).content.decode()
    assert "行政非诉执行" in page
    assert "将研究" in page


def test_figures_are_typed_in_a_grid(city, as_user):
    made = drafted(city, tables=("enforcement",))
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:table", args=[made.public_id, "enforcement"])
    assert 'name="c-0-0"' in client.get(address).content.decode()
    given = {"version": made.version, "c-0-0": "市城管局", "c-0-1": "12"}
    assert client.post(address, given).status_code == 302
    assert made.tables.get().rows == [["市城管局", 12, "", "", "", ""]]
    assert client.post(address, given).status_code == 422


def test_the_paper_is_previewed(city, as_user):
    made = signed(
        city,
        tables=("own",),
        body="<h2>一、基本情况</h2><ol><li><p>甲</p></li></ol>"
        "<table><tbody><tr><th><p>项</p></th><td><p>1</p></td></tr></tbody></table>",
    )
    client = as_user(city.users["court_officer"])
    answer = client.get(reverse("bulletins:preview", args=[made.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.getvalue().startswith(b"%PDF")


def test_what_lies_on_whose_desk(city):
    reviewing(city, title="待审核的通报")
    circulated(city, title="待签收的通报")
    sent_back = reviewing(city, title="退回的通报")
    deputy = city.users["court_deputy"]
    actions.return_draft(sent_back.pk, actor=deputy, at=AT, reason="数据有误")

    people = ("court_officer", "court_deputy", "gov_officer", "gov_deputy", "agency_contact")
    found = {
        who: {(one.group, one.title) for one in items(city.users[who], DAY)} for who in people
    }

    assert found == {
        "court_officer": {("returned", "退回的通报")},
        "court_deputy": {("todo", "待审核的通报")},
        "gov_officer": {("sign", "待签收的通报")},
        "gov_deputy": set(),
        "agency_contact": set(),
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一行\n二行", "<p>一行</p><p>二行</p>"),
        ("3 < 5", "<p>3 &lt; 5</p>"),
        ("<h1 class=MsoTitle>题</h1><p>文</p>", "<h2>题</h2><p>文</p>"),
        ("<p><b style='mso-x:y'>粗</b><o:p></o:p></p>", "<p><strong>粗</strong></p>"),
        ("<p>甲<script>alert(1)</script></p>", "<p>甲</p>"),
        ('<p><a href="javascript:x" onclick="y">甲</a></p>', "<p><a>甲</a></p>"),
        ("<p></p>", ""),
        ("", ""),
    ],
)
def test_rich_text_keeps_what_the_editor_makes(typed, kept):
    assert clean_rich(typed) == kept
