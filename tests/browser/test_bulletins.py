"""Cenxi's first quarter: the court tells each of its matters, the others sign and read."""

import re
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from bulletins.actions.obligations import open_instalments
from bulletins.models import Obligation
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.tables import seed_notices
from mechanisms.actions import load_profile
from mechanisms.loading.validating import load_source
from members.models import Organization, Person, RoleBinding, User
from members.states import Role
from services.documents.models import OfficialDocument
from services.documents.tasks import render_document
from tests.browser import steps
from tests.browser.conftest import PASSWORD, Portal
from tests.letters import moment

DESKTOP, PHONE = 1360, 390
PROFILE = Path("mechanisms/profiles/cenxi.yaml")
LOADED, NOW = date(2027, 1, 5), datetime(2027, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ACCOUNTS = (
    # name of the account, of the person, unit, role
    ("court-clerk", "莫书言", "division", Role.LIAISON_OFFICER),
    ("court-judge", "覃明远", "division", Role.RECORDER),
    ("court-president", "陆景行", "court", Role.LEADER),
    ("justice", "黎安之", "justice", Role.LIAISON_OFFICER),
    ("prosecutor", "甘若水", "administrative-inspection", Role.LIAISON_OFFICER),
    ("chief-prosecutor", "岑知白", "procuratorate", Role.LEADER),
)
GREEN = ".fy-cell--recv, .fy-cell--read"
FIGURES = ("司法建议", "3", "均已回复")
"""One line of a table that is typed."""


@pytest.fixture(scope="session", autouse=True)
def _beside_the_loop():
    """Playwright keeps a loop running in this thread, which asks nothing of the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def portal(live_server):
    """Cenxi alone, on the twenty-fifth of March, in the tests' own database."""
    with time_machine.travel(NOW, tick=True):
        seed_notices(HolidayYear, HolidayDay)
        load_profile(load_source(PROFILE), actor=None, at=moment(LOADED))
        kept = make_password(PASSWORD)
        for account in ACCOUNTS:
            _open_account(kept, *account)
        open_instalments(on=timezone.localdate())
        yield Portal(live_server.url, PASSWORD, {})


def _open_account(password: str, username: str, name: str, unit: str, role: str) -> None:
    organization = Organization.objects.get(key=unit)
    place = organization.jurisdiction
    person = Person.objects.create(jurisdiction=place, name=name)
    user = User.objects.create(
        username=username,
        password=password,
        person=person,
        display_name=name,
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    RoleBinding.objects.create(
        user=user, role=role, organization=organization, jurisdiction=place, valid_from=LOADED
    )


class Quarter:
    """The desks of a quarter, each account signed in once."""

    def __init__(self, portal: Portal, browser_page):
        self.portal, self.browser_page = portal, browser_page
        self.desks: dict[str, Page] = {}

    def desk(self, username: str, width: int) -> Page:
        """An account has one session: its window is made as wide as is asked."""
        if username not in self.desks:
            self.desks[username] = self.browser_page(width)
            self.portal.sign_in(self.desks[username], username)
        page = self.desks[username]
        page.set_viewport_size({"width": width, "height": 900})
        return page

    def row(self, page: Page, matter: Obligation) -> Locator:
        """The line of a matter on the board, found by where it leads."""
        self.board(page)
        return page.locator(".fy-board tr").filter(
            has=page.locator(f"a[href='{matter.get_absolute_url()}']")
        )

    def board(self, page: Page) -> None:
        page.goto("/bulletins/")
        expect(page.locator(".fy-board")).to_be_visible()
        steps.fits(page)

    def write(self, page: Page, matter: Obligation) -> None:
        """The form begins with what the matter says."""
        expect(page.locator("[name=title]")).to_have_value(re.compile(matter.name))
        expect(page.locator("[name=recipients]")).not_to_have_value("")
        page.locator(".ProseMirror").fill("现将有关情况通报如下。")

    def circulate_by_all_forms(self, matter: Obligation, width: int) -> str:
        """Figures, a file, returned once, reviewed, signed by a third person, circulated."""
        clerk = self.desk("court-clerk", width)
        self.row(clerk, matter).locator("a.fy-board__m").click()
        steps.go_on(clerk, "发通报")
        self.write(clerk, matter)
        clerk.get_by_label("统计期间自").fill("2027-01-01")
        clerk.get_by_label("统计期间至").fill("2027-03-24")
        clerk.get_by_label("其他统计").check()
        steps.go_on(clerk, "保存草稿")
        self.type_figures(clerk)
        steps.more(clerk, "添加附件")
        clerk.locator("[name=file]").set_input_files(
            {"name": "附件.txt", "mimeType": "text/plain", "buffer": "另附。".encode()}
        )
        clerk.locator("[name=declared]").check()
        send(clerk)
        press(clerk, "送审", "已送审")
        title = clerk.locator("h1").inner_text()
        self.review(title, width, "退回")
        steps.work(clerk, title)
        clerk.locator(".ProseMirror").fill("现将有关情况通报如下。数据见所附统计表。")
        steps.go_on(clerk, "保存并送审")
        self.review(title, width, "审核通过")
        president = self.desk("court-president", width)
        steps.work(president, title)
        press(president, "签发", "已签发")
        steps.work(clerk, title, "印发")
        press(clerk, "印发", "已印发")
        return title

    def type_figures(self, clerk: Page) -> None:
        clerk.get_by_role("link", name="填报数据").click()
        expect(clerk.locator("[name=c-0-0]")).to_be_visible()
        for place, words in enumerate(FIGURES):
            clerk.locator(f"[name=c-0-{place}]").fill(words)
        send(clerk)
        expect(clerk.locator("#figures")).to_contain_text(FIGURES[0])

    def review(self, title: str, width: int, verdict: str) -> None:
        judge = self.desk("court-judge", width)
        steps.work(judge, title, "审核")
        if verdict == "退回":
            steps.more(judge, verdict)
            judge.locator("[name=reason]").fill("请补充数据的来源。")
            send(judge)
        else:
            press(judge, verdict, verdict)

    def talk_about(self, title: str, width: int) -> None:
        """Signed for from the desk, an opinion given, answered by the court."""
        justice = self.desk("justice", width)
        steps.work(justice, title, "签收")
        press(justice, "签收", "已签收")
        steps.more(justice, "发表意见")
        justice.locator("[name=text]").fill("请按领域列出件数。")
        send(justice)
        clerk = self.desk("court-clerk", width)
        clerk.goto(justice.url)
        clerk.locator("#opinions").get_by_role("link", name="答复").click()
        clerk.locator("[name=text]").fill("下一期起按领域列出。")
        send(clerk)
        expect(clerk.locator("#opinions")).to_contain_text("下一期起")

    def circulate(self, matter: Obligation, clerk: str, signer: str) -> None:
        """The shortest way that the pages leave: written, signed by another, circulated."""
        page, second = self.desk(clerk, DESKTOP), self.desk(signer, DESKTOP)
        page.goto(f"/bulletins/issues/new/?obligation={matter.public_id}")
        self.write(page, matter)
        steps.go_on(page, "保存并送审")
        steps.said(page, "已送审")
        second.goto(page.url)
        press(second, "签发", "已签发")
        page.reload()
        press(page, "印发", "已印发")

    def sign_for_all(self, username: str, width: int, count: int) -> None:
        """In the list, all at once; what was not opened stays to be read."""
        page = self.desk(username, width)
        page.goto("/bulletins/issues/?box=receive")
        steps.fits(page)
        boxes = page.locator("input[name=bulletin]")
        expect(boxes).to_have_count(count)
        for box in boxes.all():
            box.check()
        steps.go_on(page, "签收所选")
        steps.said(page, "已签收")

    def green(self, matters: list[Obligation]) -> set[str]:
        """Of these matters, those with a green cell: signed for, or read, by all."""
        page = self.desk("court-clerk", DESKTOP)
        self.board(page)
        shown = page.locator(".fy-board tr").filter(has=page.locator(GREEN))
        links = shown.locator("a.fy-board__m").evaluate_all("all => all.map(a => a.pathname)")
        return {one.key for one in matters if one.get_absolute_url() in links}

    def material(self, username: str, titles: set[str]) -> None:
        """The first quarter as a table and as a paper: both name every bulletin."""
        page = self.desk(username, DESKTOP)
        self.board(page)
        steps.go_on(page, "季度材料包")
        page.get_by_label("年度").select_option("2027")
        page.get_by_label("季度", exact=True).select_option("1")
        page.get_by_role("button", name="显示").click()
        expect(page.locator("h1")).to_contain_text("2027年第一季度")
        sheet = page.locator(".fy-rec__act").get_by_role("link", name="导出 Excel")
        table = cells(page.request.get(sheet.get_attribute("href")).body())
        steps.go_on(page, "制作材料包")
        steps.said(page, "材料包已制作")
        steps.go_on(page, "PDF 和 Word")
        expect(page.locator("main")).to_contain_text("正在生成")
        document = OfficialDocument.objects.get(public_id=page.url.split("/")[-2])
        render_document(document.pk)
        page.reload()
        paper = steps.words(steps.paper(page))
        for title in titles:
            assert title in table
            assert title in paper


def send(page: Page) -> None:
    """The verb in the head of a form; what it leads to is no form any more."""
    verb = page.locator(".fy-head__act button.btn-primary")
    expect(verb).to_be_visible()
    steps.fits(page)
    before = page.url
    verb.click()
    expect(page).not_to_have_url(before)


def press(page: Page, name: str, said: str) -> None:
    """A button in the head of a record, which does it at once."""
    button = page.locator(".fy-rec__act").get_by_role("button", name=name, exact=True)
    expect(button).to_be_visible()
    steps.fits(page)
    button.click()
    steps.said(page, said)


def cells(workbook: bytes) -> str:
    rows = load_workbook(BytesIO(workbook)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def test_the_first_quarter(portal, browser_page):
    quarter = Quarter(portal, browser_page)
    owed = {one.key: one for one in Obligation.objects.all()}
    court = [one for one in owed.values() if one.debtor.key == "court"]
    procuratorate = owed["suggestions-procuratorate"]
    by_all_forms = {DESKTOP: owed["court-problems"], PHONE: owed["court-policies"]}
    others = [one for one in court if one not in by_all_forms.values()]
    assert len(others) == 6
    assert quarter.green(court) == set()

    for width, matter in by_all_forms.items():
        title = quarter.circulate_by_all_forms(matter, width)
        quarter.talk_about(title, width)
    for matter in others:
        quarter.circulate(matter, "court-clerk", "court-president")
    quarter.circulate(procuratorate, "prosecutor", "chief-prosecutor")

    # What went to the government alone is green once the justice office has signed for it.
    quarter.sign_for_all("justice", DESKTOP, len([*others, procuratorate]))
    assert quarter.green(court) == {"suggestions-court", "white-paper"}
    quarter.sign_for_all("prosecutor", PHONE, 6)
    assert quarter.green(court) == {one.key for one in court}
    quarter.material("court-clerk", {one.name for one in court})
    quarter.material("prosecutor", {procuratorate.name})
