"""A judicial suggestion to three agencies, from its draft to what each of them made of it."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from chinese_calendar import holidays, workdays
from playwright.sync_api import Locator, Page, expect

from tests.browser import steps

DESKTOP, PHONE = 1360, 390
FRIDAY = 4
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
ISSUED, SERVED = TODAY - timedelta(days=74), TODAY - timedelta(days=72)
"""Two months after SERVED is over by today, wherever a holiday moves the last day."""
TITLE = "关于规范行政执法公示有关问题的司法建议"
PROMPT, LATE, SILENT = "市市场监管局", "市卫生健康委", "市农业农村局"
CLERKS = {PROMPT: "heyan", LATE: "tansuxin", SILENT: "tianye"}
LATER = ((1, "tianye"), (15, "liwenjing"), (30, "guchengping"))
"""Days from now, and who of the ladder has heard by then: handler, officer, convenor."""
FULL = {PROMPT: "示范市市场监督管理局", SILENT: "示范市农业农村局"}
MEASURE = "七日内公开全部处罚决定信息"


class Letter:
    """The letter, with everybody at a desk of their own."""

    def __init__(self, portal, browser_page, width: int):
        self.portal, self.browser_page, self.width = portal, browser_page, width
        self.court = self.signed_in("zhoumingyuan")
        self.address = ""

    def signed_in(self, username: str) -> Page:
        page = self.browser_page(self.width)
        self.portal.sign_in(page, username)
        return page

    def issue(self) -> None:
        page = self.court
        page.goto("/suggestions/")
        steps.go_on(page, "制作建议")
        kinds = page.locator(".fy-sec").filter(has_text="司法建议").first
        kinds.get_by_role("link", name="类案").click()
        for name, words in {
            "title": TITLE,
            "addressees": "、".join(CLERKS),
            "background": "本院在审理案件中发现，处罚决定信息未按期公开。",
            "legal_basis": "《中华人民共和国行政处罚法》第四十八条",
            "problem": "处罚决定信息未在七个工作日内公开。",
            "advice": "按期公开处罚决定信息，明确专人负责。",
            "contact": "周明远",
        }.items():
            page.locator(f"[name={name}]").first.fill(words)
        justice = page.locator("label").filter(has_text="示范市司法局").locator("[name=copies]")
        expect(justice).to_be_checked()
        steps.go_on(page, "保存并预览")
        expect(page.locator("h1")).to_have_text("签发")
        page.locator("[name=on]").fill(str(ISSUED))
        steps.go_on(page, "签发并送出")
        expect(page.locator("h1")).to_have_text(TITLE)
        self.address = page.url.partition("#")[0]

    def sign_copy(self) -> None:
        page = self.signed_in("liwenjing")
        page.goto(self.address)
        page.get_by_role("button", name="签收").first.click()
        expect(page.locator(".fy-rec__act").get_by_role("button", name="签收")).to_have_count(0)

    def cells(self, page: Page, unit: str) -> Locator:
        """The unit's line in the table of addressees, by its anchor."""
        return page.locator("#addressees .fy-adr__u").filter(has_text=unit)

    def serve(self, unit: str) -> None:
        page = self.court
        page.goto(self.address)
        key = self.cells(page, unit).get_attribute("id").removeprefix("a-")
        page.goto(f"/suggestions/addressees/{key}/serve/")
        page.locator("[name=on]").fill(str(SERVED))
        page.locator("[name=mode]").select_option("direct")
        self.upload(page, "送达回证.txt")
        self.send(page)
        expect(page.locator("#addressees")).to_be_visible()

    def upload(self, page: Page, name: str) -> None:
        page.locator("[name=file]").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": name.encode()}
        )
        page.locator("[name=declared]").check()

    def send(self, page: Page) -> None:
        """The verb in the head of a form; what it leads to is no form any more."""
        verb = page.locator(".fy-head__act button.btn-primary")
        expect(verb).to_be_visible()
        before = page.url
        steps.fits(page)
        verb.click()
        expect(page).not_to_have_url(before)

    def sign(self, unit: str) -> Page:
        page = self.signed_in(CLERKS[unit])
        steps.work(page, TITLE)
        page.locator("#addressees").get_by_role("button", name="签收").click()
        expect(page.locator("#addressees").get_by_role("link", name="回复")).to_be_visible()
        return page

    def reply(self, page: Page) -> None:
        steps.work(page, TITLE)
        page.locator("[name=attitude_1]").select_option("accepted")
        page.locator("[name=measure_1]").fill(MEASURE)
        page.locator("[name=responsible_1]").fill("法规科科长")
        page.locator("[name=due_on_1]").fill(str(TODAY + timedelta(days=20)))
        page.locator("[name=text]").fill("完全采纳，立即整改。")
        self.send(page)
        expect(page.locator("#addressees")).to_contain_text("采纳")

    def carry_out(self, page: Page) -> None:
        steps.work(page, MEASURE)
        page.locator("[name=on]").fill(str(TODAY))
        page.locator("[name=note]").fill("全部信息已公开，附网页截图说明。")
        self.upload(page, "公开情况.txt")
        self.send(page)
        steps.work(page, TITLE)
        expect(page).to_have_url(re.compile("/finish/$"))
        self.send(page)

    def verify(self, unit: str) -> None:
        page = self.court
        steps.work(page, TITLE, "核查", unit)
        page.locator("[name=verdict][value=passed]").check()
        page.locator("[name=effect]").select_option("effective")
        page.locator("[name=on]").fill(str(TODAY))
        self.send(page)
        expect(page.locator("#addressees")).to_contain_text("有效")

    def counts_agree(self, expected: dict[str, dict[str, int]]) -> None:
        """Every number of a unit is that of the letters in the ledger behind it."""
        page = self.court
        for unit, numbers in expected.items():
            page.goto("/suggestions/units/")
            steps.fits(page)
            page.get_by_role("link", name=FULL[unit], exact=True).click()
            expect(page.locator("h1")).to_have_text(FULL[unit])
            strip = {
                one.locator(".fy-strip__l").inner_text().strip(): (
                    int(one.locator(".fy-strip__n").inner_text()),
                    one.get_attribute("href"),
                )
                for one in page.locator(".fy-strip a").all()
            }
            for stage, number in numbers.items():
                assert strip[stage][0] == number, (unit, stage)
            for stage, (number, address) in strip.items():
                assert self.listed(address) == number, (unit, stage)

    def listed(self, address: str) -> int:
        """How many letters the ledger shows at an address."""
        page = self.court
        page.goto(address)
        steps.fits(page)
        expect(page.locator("#ledger")).to_be_visible()
        foot = page.locator("#ledger .fy-foot [role=status]")
        if not foot.count():
            return 0
        return int(re.search(r"(\d+) 件", foot.inner_text()).group(1))

    def is_to_be_urged(self, unit: str) -> None:
        self.court.goto("/")
        matters = self.court.locator(".fy-work li").filter(has_text=TITLE)
        expect(matters.filter(has_text="发督办函").filter(has_text=unit)).to_have_count(1)
        expect(matters.filter(has_text="发督办函")).to_have_count(1)

    def ladder_climbs(self) -> None:
        """With every day that the letter stays without a reply, one more is told."""
        last = self.signed_in(LATER[-1][1])
        self.has_heard(last, times=0)
        for days, username in LATER:
            day = workday(TODAY + timedelta(days=days))
            self.portal.manage("remind", f"--on={day}")
            self.has_heard(last if username == LATER[-1][1] else self.signed_in(username))

    def has_heard(self, page: Page, times: int | None = None) -> None:
        """How often on all pages of the notices; at least once without a number. Whoever hears
        of everything that is late has more than one page."""
        heard, n, more = 0, 0, 1
        while more:
            n += 1
            page.goto(f"/notices/?page={n}")
            said = page.locator("#notices li").filter(has_text=f"回复：{TITLE}")
            heard += said.filter(has_text="已逾期").count()
            more = page.locator(f"a[href*='page={n + 1}']").count()
        assert heard == times if times is not None else heard > 0


def workday(day: date) -> date:
    """`day` itself, or the first working day after it."""
    while day in holidays or (day.weekday() > FRIDAY and day not in workdays):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_letter_to_three_agencies(portal, browser_page, width):
    letter = Letter(portal, browser_page, width)
    letter.issue()
    letter.sign_copy()
    letter.serve(LATE)
    letter.serve(SILENT)
    prompt = letter.sign(PROMPT)
    letter.reply(prompt)
    late = letter.signed_in(CLERKS[LATE])
    letter.reply(late)

    letter.court.goto(letter.address)
    told = letter.court.locator("#addressees")
    for words in ("按期采纳", "逾期回复采纳", "未见回复"):
        expect(told).to_contain_text(words)
    expect(letter.court.locator(".fy-rec__state")).to_contain_text("逾期")
    letter.is_to_be_urged(SILENT)

    letter.carry_out(prompt)
    letter.verify(PROMPT)
    letter.counts_agree({SILENT: {"逾期未见回复": 1}, PROMPT: {"已办结": 1}})
    letter.ladder_climbs()
