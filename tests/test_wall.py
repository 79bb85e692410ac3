"""大屏: a screen comes in by its link, from its address, and is no user anywhere."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from dashboards.actions import DisplayWords, make_display, note_refusal
from dashboards.models import Display, DisplayState
from dashboards.views.wall import COOKIE, ELSEWHERE, UNKNOWN, VOID
from dashboards.wall.secrets import digest_of, same_address
from foundations.audit.models import AuditEntry
from tests.test_visibility_sweep import KEYED, PUBLIC, SIGN_IN
from tests.world import CASES, LATER, addresses, client_of

WALL = reverse("dashboards:wall")
HERE, THERE = "10.23.8.16", "10.23.8.17"


@pytest.fixture
def clock(world):
    with time_machine.travel(LATER, tick=False) as travelled:
        yield travelled


@pytest.fixture
def link(world, clock):
    """link() makes a display through its page and is the path of its link."""

    def made(name="二楼大厅", reader="gov_officer", address=HERE):
        page = reverse("dashboards:display-new", args=[world.city.mechanism.key])
        answer = client_of(world.city.users[reader]).post(page, {"name": name, "address": address})
        shown = answer.context["address"]
        assert shown in answer.text
        return shown.removeprefix("http://127.0.0.1:8000")

    return made


def screen(address: str = HERE) -> Client:
    return Client(REMOTE_ADDR=address)


def paired(path: str, address: str = HERE) -> Client:
    client = screen(address)
    answer = client.post(path)
    assert (answer.status_code, answer.url) == (302, WALL)
    return client


def says(answer, words) -> bool:
    return answer.status_code == 403 and escape(str(words[0])) in answer.text


def verbs() -> list[str]:
    found = AuditEntry.objects.filter(action__startswith="dashboards.display.").order_by("pk")
    made_with_the_world = 1
    return [one.action.rpartition(".")[2] for one in found][made_with_the_world:]


def test_the_link_pairs_the_screen_once(link):
    path = link()

    asked = screen().get(path)
    client = paired(path)
    shown = client.get(WALL)
    again = screen().get(path)

    assert asked.status_code == 200
    assert COOKIE not in asked.cookies
    assert shown.status_code == 200
    assert says(again, VOID)
    assert says(screen().post(path), VOID)
    assert verbs() == ["made", "entered"]


def test_the_cookie_is_for_the_wall_alone(link, settings):
    settings.SESSION_COOKIE_SECURE = True

    cookie = screen().post(link()).cookies[COOKIE]

    kept = {name: cookie[name] for name in ("path", "httponly", "samesite", "secure")}
    assert kept == {"path": WALL, "httponly": True, "samesite": "Strict", "secure": True}


def test_nothing_of_the_secrets_is_kept(link):
    path = link()
    client = paired(path)

    token, value = path.rpartition("/")[2], client.cookies[COOKIE].value
    kept = Display.objects.filter(name="二楼大厅").values().get()
    noted = list(AuditEntry.objects.values_list("body", flat=True))

    secret = value.partition(":")[0]
    assert kept["digest"] == digest_of(secret)
    assert not any(one in str(kept) for one in (token, secret))
    assert not any(one in body for body in noted for one in (token, secret))


def test_elsewhere_the_link_opens_nothing_and_stays_good(link):
    path = link()

    assert says(screen(THERE).get(path), ELSEWHERE)
    assert says(screen(THERE).post(path), ELSEWHERE)
    assert paired(path).get(WALL).status_code == 200


def test_a_link_lapses_after_a_day(link, clock):
    path, late = link(), link("三楼")
    clock.move_to(LATER + timedelta(days=1) - timedelta(seconds=1))
    in_time = paired(path).get(WALL)
    clock.move_to(LATER + timedelta(days=1))

    assert in_time.status_code == 200
    assert says(screen().get(late), VOID)
    assert says(screen().post(late), VOID)
    assert Display.objects.get(name="三楼").state_at(LATER + timedelta(days=1)) == "lapsed"


def test_from_another_address_the_screen_is_dark(link):
    client = paired(link())

    assert says(client.get(WALL, REMOTE_ADDR=THERE), ELSEWHERE)
    assert client.get(WALL, REMOTE_ADDR=f"::ffff:{HERE}").status_code == 200


def test_a_screen_that_calls_from_elsewhere_does_not_flood_the_trail(link, clock):
    client = paired(link())
    for minute in range(61):
        clock.move_to(LATER + timedelta(minutes=minute))
        assert client.get(WALL, REMOTE_ADDR=THERE).status_code == 403

    assert verbs() == ["made", "entered", "refused", "refused"]
    entry = AuditEntry.objects.filter(action="dashboards.display.refused").first()
    assert (entry.address, entry.data["address"], entry.actor) == (THERE, THERE, None)


@pytest.mark.parametrize("cookie", ["", "made-up", "made:up:here"])
def test_without_its_cookie_nobody_reads_the_wall(world, clock, cookie):
    client = screen()
    client.cookies[COOKIE] = cookie

    assert says(client.get(WALL), UNKNOWN)


def test_who_signs_in_reads_no_wall_either(world, clock):
    assert says(client_of(world.city.users["gov_officer"]).get(WALL), UNKNOWN)


def test_a_revoked_screen_goes_dark_at_once(world, link, clock):
    client = paired(link())
    page = reverse("dashboards:displays", args=[world.city.mechanism.key])
    display = Display.objects.get(name="二楼大厅")
    officer = client_of(world.city.users["court_officer"])
    revoke = reverse(
        "dashboards:display-revoke", args=[world.city.mechanism.key, display.public_id]
    )

    answers = [officer.post(revoke), officer.post(revoke)]

    assert {answer.url for answer in answers} == {page}
    assert says(client.get(WALL), UNKNOWN)
    display.refresh_from_db()
    assert display.revoked_by == world.city.users["court_officer"]
    assert (display.digest, display.link_digest) == (None, None)
    assert verbs() == ["made", "entered", "revoked"]


def test_a_link_that_was_not_used_is_revoked_with_its_screen(world, link):
    path = link()
    display = Display.objects.get(name="二楼大厅")
    revoke = reverse(
        "dashboards:display-revoke", args=[world.city.mechanism.key, display.public_id]
    )
    client_of(world.city.users["gov_officer"]).post(revoke)

    assert says(screen().get(path), VOID)


def test_the_cookie_opens_no_other_page(world, link):
    """The test's client sends the cookie everywhere, which a browser does not."""
    client = paired(link())
    every = {name: world.address(name) for name in CASES}
    every |= {name: reverse(name) for name, parts in addresses().items() if not parts}

    open_to_it = {
        name
        for name, address in every.items()
        if name not in PUBLIC | KEYED
        for answer in (client.get(address), client.post(address))
        if answer.status_code != 405 and not answer.headers.get("Location", "").startswith(SIGN_IN)
    }

    assert open_to_it == set()
    assert client.session.get("_auth_user_id") is None


@pytest.mark.parametrize(
    ("reader", "found"),
    [
        ("gov_officer", 200),
        ("court_officer", 200),
        ("gov_deputy", 200),
        ("system_admin", 200),
        ("agency_contact", 404),
        ("recorder", 404),
        ("audit_admin", 404),
        ("security_admin", 404),
    ],
)
def test_who_keeps_the_screens(world, clock, reader, found):
    key = world.city.mechanism.key
    display = Display.objects.get()
    client = client_of(world.city.users[reader])

    pages = [client.get(reverse(f"dashboards:{name}", args=[key])).status_code for name in PAGES]
    posted = client.post(reverse("dashboards:display-revoke", args=[key, display.public_id]))

    assert pages == [found, found]
    assert posted.status_code == (302 if found == 200 else 404)


PAGES = ("displays", "display-new")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        pytest.param({"name": "大厅", "address": "10.1.2"}, "address", id="no address"),
        pytest.param({"name": "大厅", "address": "::"}, "address", id="every address"),
        pytest.param({"name": "大厅", "address": "224.0.0.1"}, "address", id="many addresses"),
        pytest.param({"name": "大厅", "address": "10.0.0.0/8"}, "address", id="a network"),
        pytest.param({"name": "", "address": HERE}, "name", id="no name"),
        pytest.param({"name": "一楼大厅", "address": HERE}, "name", id="name taken"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, clock, given, field):
    page = reverse("dashboards:display-new", args=[world.city.mechanism.key])

    answer = client_of(world.city.users["gov_officer"]).post(page, given)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert f'id="id_{field}_error"' in answer.text
    assert Display.objects.count() == 1


def test_a_form_sent_twice_makes_one_screen_with_the_last_link(world, clock):
    page = reverse("dashboards:display-new", args=[world.city.mechanism.key])
    given = {"name": "二楼大厅", "address": HERE, "form_token": "twice"}
    client = client_of(world.city.users["gov_officer"])

    links = [client.post(page, given).context["address"] for _ in range(2)]
    first, last = (one.removeprefix("http://127.0.0.1:8000") for one in links)

    assert Display.objects.filter(name="二楼大厅").count() == 1
    assert says(screen().get(first), VOID)
    assert paired(last).get(WALL).status_code == 200
    assert client.post(page, given).status_code == 422


def test_the_list_says_when_a_screen_was_last_seen(world, link, clock):
    client = paired(link())
    clock.move_to(LATER + timedelta(minutes=5))
    client.get(WALL)
    display = Display.objects.get(name="二楼大厅")
    page = reverse("dashboards:displays", args=[world.city.mechanism.key])

    shown = client_of(world.city.users["gov_officer"]).get(page)

    assert display.last_seen_at == LATER + timedelta(minutes=5)
    assert "11-26 16:05" in shown.text
    assert HERE in shown.text
    assert display.state_at(LATER + timedelta(minutes=15)) == DisplayState.ON
    assert display.state_at(LATER + timedelta(minutes=16)) == DisplayState.SILENT


def test_another_institution_revokes_nothing_here(world, link):
    link()
    display = Display.objects.get(name="二楼大厅")
    officer = client_of(world.elsewhere.users["gov_officer"])
    keys = (world.elsewhere.mechanism.key, world.city.mechanism.key)

    answers = [
        officer.post(reverse("dashboards:display-revoke", args=[key, display.public_id]))
        for key in keys
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert Display.objects.get(pk=display.pk).revoked_at is None


def test_an_address_in_ipv6_is_one_address(world, clock):
    words = DisplayWords("走廊", "2001:DB8:0:0::1")
    make_display(world.city.mechanism.pk, actor=None, at=LATER, words=words)

    assert Display.objects.get(name="走廊").address == "2001:db8::1"
    assert same_address("2001:db8::1", "2001:DB8:0::0:1")
    assert not same_address("", "")
    assert not same_address("2001:db8::1", "2001:db8::2")


def test_a_refusal_is_noted_again_only_after_an_hour(world, clock):
    display = Display.objects.get()
    for minutes in (0, 59, 60):
        note_refusal(display.pk, at=LATER + timedelta(minutes=minutes), address=THERE)

    assert verbs() == ["refused", "refused"]
