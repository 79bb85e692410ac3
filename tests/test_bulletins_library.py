"""The library: what is found in it, by whom, and what its unit does with a text."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bulletins.actions.library import ItemWords, add_item, put_together
from bulletins.models import LibraryItem
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from mechanisms import rules
from mechanisms.states import RuleKind
from services.documents.models import OfficialDocument
from tests.clauses import clause
from tests.sitting import moment
from tests.texts import ENTERED, draft, published, with_file

LIST = reverse("bulletins:library")


def titles(answer) -> list[str]:
    return [row.title for row in answer.context["ledger"].page]


def test_a_text_goes_from_a_form_into_the_library_and_the_other_side_finds_it(city, client):
    client.force_login(city.users["court_officer"], backend="members.backends.AccountBackend")
    court = city.organizations["court"].public_id
    form = {
        "organization": court,
        "kind": "interpretation",
        "title": "关于审理行政案件若干问题的解释",
        "issued_by": "最高人民法院",
        "issued_on": "2026-02-10",
        "effective_on": "2026-03-01",
        "text": "<h2>第一条</h2><p>行政机关负责人应当出庭。</p><script>alert(1)</script>",
        "form_token": "once",
    }

    made = client.post(reverse("bulletins:library-new"), form, follow=True)
    item = LibraryItem.objects.get()
    client.post(
        reverse("bulletins:library-publish", args=[item.public_id]), {"version": item.version}
    )

    assert "存为草稿" in made.content.decode()
    item.refresh_from_db()
    assert (item.state, "script" in item.text) == ("published", False)
    client.force_login(city.users["gov_officer"], backend="members.backends.AccountBackend")
    assert titles(client.get(LIST, {"q": "负责人 解释"})) == [item.title]
    assert "第一条" in client.get(item.get_absolute_url()).content.decode()


def test_the_same_form_sent_twice_makes_one_text(city):
    words = ItemWords(city.organizations["court"], "normative", "办法")
    for _twice in range(2):
        add_item(actor=city.users["court_officer"], at=ENTERED, words=words, token="t")

    assert LibraryItem.objects.count() == 1


def test_a_draft_is_for_its_own_unit(city):
    item = draft(city)

    assert item in visible_to(city.users["court_officer"], LibraryItem)
    assert item not in visible_to(city.users["gov_officer"], LibraryItem)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param({"masked": False}, "not_masked", id="a case not masked"),
        pytest.param({"summary": ""}, "nothing_in_it", id="nothing in it"),
        pytest.param({"kind": "compilation"}, "nothing_in_it", id="an empty compilation"),
    ],
)
def test_what_keeps_a_text_out_of_the_library(city, words, code):
    with pytest.raises(RuleBroken) as broken:
        published(city, **words)

    assert broken.value.code == code
    assert not LibraryItem.objects.filter(state="published").exists()


def test_a_text_does_not_take_effect_before_it_is_issued(city, as_user):
    client = as_user(city.users["court_officer"])
    form = {
        "organization": city.organizations["court"].public_id,
        "kind": "normative",
        "title": "某办法",
        "issued_on": "2026-03-01",
        "effective_on": "2026-02-01",
    }

    answer = client.post(reverse("bulletins:library-new"), form)

    assert answer.status_code == 422
    assert "早于" in answer.context["form"].errors["effective_on"][0]
    assert answer.context["form"]["title"].value() == "某办法"


def test_words_of_the_files_are_found(city, as_user):
    item = with_file(city, draft(city), "听证程序的把握")
    client = as_user(city.users["court_officer"])
    client.post(
        reverse("bulletins:library-publish", args=[item.public_id]), {"version": item.version}
    )

    assert titles(client.get(LIST, {"q": "听证程序"})) == [item.title]
    assert titles(client.get(LIST, {"q": "没有的词"})) == []


def test_what_is_new_since_the_last_visit(city, client):
    from django.test import Client  # noqa: PLC0415 - two readers at once

    reader = Client()
    user = city.users["gov_officer"]
    reader.force_login(user, backend="members.backends.AccountBackend")
    old = published(city, title="旧案例")

    assert titles(reader.get(LIST)) == [old.title]
    visit = user.library_visit
    visit.at = moment(date(2026, 3, 3))
    visit.save()
    new = published(city, at=moment(date(2026, 3, 9)), title="新案例")

    assert titles(reader.get(LIST, {"state": "published", "new": "true"})) == [new.title]
    assert set(titles(reader.get(LIST))) == {old.title, new.title}


def test_favourites_are_the_readers_own(city, client):
    item = published(city)
    client.force_login(city.users["gov_officer"], backend="members.backends.AccountBackend")
    client.post(reverse("bulletins:library-favourite", args=[item.public_id]), {"on": "1"})

    assert titles(client.get(LIST, {"favourite": "true"})) == [item.title]
    client.force_login(city.users["court_officer"], backend="members.backends.AccountBackend")
    assert titles(client.get(LIST, {"favourite": "true"})) == []


def test_a_compilation_holds_what_was_chosen_and_goes_out_as_a_document(city, as_user):
    first, second = published(city, title="案例一"), published(city, title="案例二")
    book = draft(city, kind="compilation", title="典型案例汇编", summary="")
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:library-contents", args=[book.public_id])

    client.post(address, {"items": [first.public_id, second.public_id], "version": book.version})
    book.refresh_from_db()
    client.post(
        reverse("bulletins:library-publish", args=[book.public_id]), {"version": book.version}
    )

    paper = OfficialDocument.objects.about(book).get()
    assert [row["title"] for row in paper.context["items"]] == ["案例一", "案例二"]
    page = client.get(book.get_absolute_url()).content.decode()
    assert "案例一" in page
    assert "案例二" in page


def test_a_compilation_takes_no_draft_and_no_compilation(city):
    book = draft(city, kind="compilation", title="汇编")

    with pytest.raises(RuleBroken) as broken:
        put_together(book.pk, actor=city.users["court_officer"], at=ENTERED, items=[draft(city)])

    assert (broken.value.code, broken.value.field) == ("not_published", "items")


def test_a_text_that_ended_stays_and_says_so(city, as_user):
    item = published(city, kind="normative", issued_on=date(2025, 1, 1))
    client = as_user(city.users["court_officer"])
    address = reverse("bulletins:library-end", args=[item.public_id])

    early = client.post(address, {"on": "2024-12-31", "version": item.version})
    client.post(address, {"on": "2026-01-01", "version": item.version})

    assert early.status_code == 422
    assert "已失效" in client.get(item.get_absolute_url()).content.decode()
    assert titles(client.get(LIST, {"state": "published", "force": "true"})) == []


def test_what_is_taken_out_is_read_by_its_own_unit_alone(city, as_user):
    item = published(city)
    client = as_user(city.users["court_officer"])

    client.post(
        reverse("bulletins:library-withdraw", args=[item.public_id]),
        {"reason": "文本有误", "version": item.version},
    )

    assert "文本有误" in client.get(item.get_absolute_url()).content.decode()
    assert item not in visible_to(city.users["gov_officer"], LibraryItem)


def test_the_other_side_changes_nothing(city, as_user):
    item = published(city)
    client = as_user(city.users["gov_officer"])

    answer = client.get(reverse("bulletins:library-withdraw", args=[item.public_id]))

    assert answer.status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_text_as_for_many(
    city, as_user, rows, django_assert_max_num_queries
):
    for n in range(rows):
        published(city, title=f"案例{n}", at=ENTERED + timedelta(days=n))
    client = as_user(city.users["gov_officer"])
    client.get(LIST)

    with django_assert_max_num_queries(19):
        client.get(LIST)


@pytest.mark.parametrize(
    ("form", "kind", "on", "state"),
    [
        pytest.param("案例", "typical_case", date(2026, 3, 1), "not_yet_due", id="before"),
        pytest.param("案例", "typical_case", date(2026, 3, 2), "kept", id="on the day"),
        pytest.param("案例", "typical_case", date(2027, 3, 2), "not_yet_due", id="a year after"),
        pytest.param("资料汇编", "typical_case", date(2026, 3, 2), "not_yet_due", id="other kind"),
    ],
)
def test_whether_the_clause_on_the_library_is_kept(city, form, kind, on, state):
    published(city, kind=kind)

    found = rules.evaluate(clause(city, RuleKind.TASK, "library", on, form=form))

    assert found.state == state
