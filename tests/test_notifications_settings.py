"""The settings of one person, through their page, and what follows from them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from foundations.audit.models import AuditEntry
from foundations.audit.trail import acting
from foundations.notifications.models import Channel, Delivery, Notice, Preferences
from foundations.notifications.preferences import stages, stages_wanted, wants
from foundations.notifications.send import notify_once
from services.deadlines.actions import open_deadline
from services.deadlines.digests import send_digests
from services.deadlines.models import Digest
from services.deadlines.reminders import remind_due
from services.deadlines.stages import WORKDAYS_BEFORE

PAGE = reverse("notifications:settings")
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DUE = date(2026, 11, 24)  # a Tuesday
SECRET = "a-secret-of-the-messenger-of-the-office"


@pytest.fixture
def chosen(city, as_user):
    """chosen(name, **words) sends the settings form as that person; the answer."""

    def send(name="court_officer", on=("mail", "digest"), wanted=None, **words):
        user = city.users[name]
        page = as_user(user).get(PAGE)
        given = dict.fromkeys(on, "on") | {
            "stages": list(stages) if wanted is None else wanted,
            "version": page.context["form"]["version"].value(),
        }
        return as_user(user).post(PAGE, given | words)

    return send


@pytest.fixture
def _messenger(settings):
    settings.MESSENGER_URL = "http://127.0.0.1:9/hook"
    settings.MESSENGER_SECRET = SECRET


def tell(city, *names, reason="changed"):
    with acting():
        notify_once(
            [city.users[name] for name in names],
            city.organizations["justice"],
            reason=reason,
            title="单位信息已更新",
            at=AT,
        )


def limit(city, **changes):
    given = {
        "actor": None,
        "title": "报送议题",
        "jurisdiction": city.jurisdiction,
        "owed_by": city.organizations["court"],
        "trigger_on": date(2026, 11, 2),
        "due_on": DUE,
        "handler": city.users["court_officer"],
    }
    return open_deadline(city.body, "TOPICS", **given | changes)


def noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_who_chose_nothing_is_told_everything_but_by_messenger(city):
    user = city.users["court_officer"]

    assert [wants(user, wish) for wish in ("mail", "digest", "messenger")] == [True, True, False]
    assert stages_wanted(user) == {f"before-{days}" for days in WORKDAYS_BEFORE}
    assert not Preferences.objects.exists()


def test_the_account_page_leads_to_the_settings(city, as_user):
    assert PAGE in as_user(city.users["recorder"]).get(reverse("members:account")).text


def test_what_is_chosen_is_kept_and_shown(city, chosen, as_user):
    answer = chosen(on=["digest"], wanted=["before-3"])

    assert answer.status_code == 302
    user = city.users["court_officer"]
    assert [wants(user, "mail"), wants(user, "digest")] == [False, True]
    assert stages_wanted(user) == {"before-3"}
    form = as_user(user).get(PAGE).context["form"]
    assert (form["mail"].value(), form["stages"].value()) == (False, ["before-3"])
    assert AuditEntry.objects.get(action="notifications.preferences.kept").actor == user


def test_a_person_sets_only_the_own_settings(city, chosen):
    chosen("court_officer", on=[])

    assert wants(city.users["gov_officer"], "mail")


def test_of_two_windows_the_older_does_not_win(city, chosen):
    chosen(on=["mail"])

    answer = chosen(on=["digest"], version=0)

    assert answer.status_code == 422
    assert wants(city.users["court_officer"], "mail")


@pytest.mark.parametrize(("on", "mails"), [(["mail", "digest"], 1), (["digest"], 0)])
def test_mail_at_once_is_switched_off_and_the_notice_stays(city, chosen, on, mails):
    chosen(on=on)

    tell(city, "court_officer")

    assert Notice.objects.get().recipient == city.users["court_officer"]
    assert Delivery.objects.count() == mails


@pytest.mark.parametrize(
    ("on", "digests", "mails"),
    [(["mail", "digest"], 1, 1), (["digest"], 1, 1), (["mail"], 0, 0)],
)
def test_the_digest_is_a_wish_of_its_own(city, chosen, on, digests, mails):
    limit(city)
    chosen(on=on)

    send_digests(on=DUE, at=noon(DUE))

    of_user = {"recipient": city.users["court_officer"]}
    assert Digest.objects.filter(**of_user).count() == digests
    assert Delivery.objects.filter(notice__recipient=of_user["recipient"]).count() == mails


# the day of the run; what is told to whom wants no early stage at all
@pytest.mark.parametrize(
    ("day", "wanted", "told"),
    [
        (date(2026, 11, 19), ["before-3"], ["due:before-3:2026-11-24"]),
        (date(2026, 11, 19), ["before-1"], []),
        (date(2026, 11, 23), ["before-1"], ["due:before-1:2026-11-24"]),
        (date(2026, 11, 23), [], []),
        (DUE, [], ["due:today:2026-11-24"]),
        (date(2026, 11, 25), [], ["due:late-0:2026-11-24"]),
    ],
)
def test_early_stages_can_be_switched_off_and_no_others(city, chosen, day, wanted, told):
    limit(city)
    chosen(wanted=wanted)

    remind_due(on=day, at=noon(day))

    heard = Notice.objects.filter(recipient=city.users["court_officer"])
    assert list(heard.values_list("reason", flat=True)) == told


def test_a_stage_that_the_form_does_not_offer_is_refused(chosen):
    answer = chosen(wanted=["late-0"])

    assert answer.status_code == 422
    assert not Preferences.objects.exists()


def test_without_a_messenger_nothing_is_asked_about_it(city, chosen, as_user):
    assert "即时通讯账号" not in as_user(city.users["court_officer"]).get(PAGE).text

    chosen(on=["mail", "messenger"], messenger_id="li")

    assert not wants(city.users["court_officer"], "messenger")


@pytest.mark.usefixtures("_messenger")
@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("li.si", 302, ""),
        ("", 422, "请填写即时通讯账号"),
        ("li si", 422, "账号中不能有空格"),
        ("taken", 422, "已由其他用户使用"),
    ],
)
def test_the_messenger_needs_an_id_of_ones_own(city, chosen, name, status, said):
    Preferences.objects.create(user=city.users["gov_officer"], messenger_id="taken")

    answer = chosen(on=["mail", "digest", "messenger"], messenger_id=name)

    assert answer.status_code == status
    assert said in answer.text
    assert wants(city.users["court_officer"], "messenger") == (status == 302)


@pytest.mark.usefixtures("_messenger")
def test_a_notice_goes_each_way_once(city):
    Preferences.objects.create(
        user=city.users["court_officer"], messenger=True, messenger_id="li.si"
    )

    tell(city, "court_officer", "gov_officer")
    tell(city, "court_officer", "gov_officer")

    ways = Delivery.objects.filter(notice__recipient=city.users["court_officer"])
    assert {way.channel for way in ways} == {Channel.MAIL, Channel.MESSENGER}
    assert Delivery.objects.count() == 3


@pytest.mark.usefixtures("_messenger")
def test_the_messenger_needs_no_mail_address(city):
    Preferences.objects.create(
        user=city.users["court_officer"], messenger=True, messenger_id="li.si"
    )
    city.users["court_officer"].email = ""
    city.users["court_officer"].save()

    tell(city, "court_officer")

    assert Delivery.objects.get().channel == Channel.MESSENGER


@pytest.mark.usefixtures("_messenger")
def test_the_list_says_which_way_a_notice_went(city, as_user):
    Preferences.objects.create(
        user=city.users["court_officer"], messenger=True, messenger_id="li.si"
    )
    tell(city, "court_officer")

    page = as_user(city.users["court_officer"]).get(reverse("notifications:list")).text

    assert "邮件：等待" in page
    assert "办公即时通讯：等待" in page
