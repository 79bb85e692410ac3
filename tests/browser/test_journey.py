"""A regular meeting from the agreed day to the issued minutes, as newcomers go through it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser import steps

DESKTOP, PHONE = 1360, 390
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
TOPICS = {
    "行政处罚听证笔录的证据效力": "建议统一听证笔录的格式，由主持人和当事人逐页签名。",
    "复议与诉讼衔接中的材料移送": "建议复议机关在收到应诉通知后五个工作日内移送案卷。",
}
NOTES = "市人民法院认为听证笔录应当逐页签名，市司法局同意并提出先行试点。"
RESOLUTION = "制定行政处罚听证笔录示范文本并印发各执法单位"
CLAUSE = "仅供内部参考，不得转发"
WHY = "有关事项紧迫，双方召集人商定提前召开"


class Sitting:
    """One meeting and the two officers at their own desks."""

    def __init__(self, portal, browser_page, width: int):
        self.portal, self.browser_page, self.width = portal, browser_page, width
        self.by_keyboard = width == DESKTOP
        self.government = self.signed_in("liwenjing")
        self.court = self.signed_in("zhoumingyuan")
        self.title = self.url = self.minutes_url = ""

    def signed_in(self, username: str):
        page = self.browser_page(self.width)
        self.portal.sign_in(page, username)
        return page

    def agree_on_the_day(self) -> None:
        page = self.government
        steps.work(page, "会议日期：提议")
        page.get_by_label("答复").select_option(label="同意")
        steps.go_on(page, "提交答复")
        expect(page.locator(".fy-rec__state")).to_contain_text("征集议题")
        self.title = page.locator("h1").inner_text()
        self.url = page.url

    def collect_topics(self) -> None:
        for n, (title, opinion) in enumerate(TOPICS.items(), start=1):
            steps.submit_topic(self.government, title=title, opinion=opinion, paper=f"材料{n}.txt")
        for title in TOPICS:
            steps.accept_topic(self.government, title)

    def issue_notice(self, page, party: str) -> bytes:
        """The side's notice, once the worker has made it."""
        page.goto(self.url)
        steps.go_on(page, "发出本方通知")
        steps.go_on(page, "发出并通知")
        steps.said(page, "通知已发出")
        own = page.locator(".fy-att li").filter(has_text=party)
        own.locator("a[href*='/documents/']").click()
        return steps.paper(page)

    def return_receipts(self) -> None:
        """The officer's own from the workbench, and one on behalf of a colleague."""
        page = self.court
        steps.work(page, "填写回执", self.title)
        steps.return_receipt(page)
        page.goto(self.url)
        page.locator("#people").get_by_role("link", name="名单").click()
        row = page.locator("tr").filter(has_text="沈若谷")
        row.get_by_role("link", name="回执", exact=True).click()
        expect(page.locator(".fy-mark")).to_contain_text("代")
        steps.return_receipt(page)

    def record(self) -> None:
        page = self.court
        page.goto(self.url)
        steps.begin_early(page, WHY)
        first = page.locator("#rc-att li").first
        self.mark_present(first)
        for place in range(page.locator("#rc-topics ol > li").count()):
            if place:
                self.next_topic()
            self.treat(page.locator("#rc-now h2").inner_text())

    def mark_present(self, row) -> None:
        if self.by_keyboard:
            self.court.keyboard.press("a")
            self.court.keyboard.press(row.get_attribute("data-letter"))
        else:
            row.locator("summary").click()
            row.get_by_role("button", name="出席", exact=True).click()
        expect(row.locator(".fy-tick--ok")).to_be_visible()

    def treat(self, headline: str) -> None:
        """The notes, what is resolved, and the outcome of a topic."""
        page = self.court
        if next(iter(TOPICS)) in headline:
            if self.by_keyboard:
                page.keyboard.press("e")
                page.keyboard.type(NOTES)
            else:
                steps.notes(page).press_sequentially(NOTES)
            steps.is_saved(page)
            page.keyboard.press("Escape")
            self.resolve()
        outcome = page.get_by_role("button", name="形成意见")
        if self.by_keyboard:
            page.keyboard.press("Escape")
            page.keyboard.press("o")
            page.keyboard.press(outcome.get_attribute("data-outcome"))
        else:
            outcome.click()
        expect(outcome).to_have_attribute("aria-pressed", "true")

    def resolve(self) -> None:
        page, form = self.court, self.court.locator("#rc-new")
        if self.by_keyboard:
            page.keyboard.press("n")
            page.keyboard.type(RESOLUTION)
        else:
            form.locator("[name=text]").fill(RESOLUTION)
        lead = form.locator("[name=lead]")
        lead.press_sequentially("sfj")
        option = form.get_by_role("option", name="示范市司法局", exact=True)
        option.click()
        expect(lead).to_have_value("市司法局")
        form.locator("[name=when]").select_option(label="另定日期")
        form.locator("[name=due_on]").fill(str(TODAY + timedelta(days=60)))
        if self.by_keyboard:
            page.keyboard.press("Control+Enter")
        else:
            form.get_by_role("button", name="记入议定事项").click()
        expect(page.locator("#rc-resolutions li").first).to_contain_text(RESOLUTION)

    def next_topic(self) -> None:
        page = self.court
        before = page.locator("#rc-now h2").inner_text()
        if self.by_keyboard:
            page.keyboard.press("Escape")
            page.keyboard.press("Control+Enter")
        else:
            page.get_by_role("button", name="保存并转到下一个议题").click()
        expect(page.locator("#rc-now h2")).not_to_have_text(before)

    def end(self) -> None:
        page = self.court
        page.get_by_role("link", name="结束会议").click()
        page.get_by_label("未到人员记为缺席").check()
        steps.go_on(page, "结束会议")
        expect(page.locator(".fy-rec__state")).to_contain_text("已召开")
        expect(page.locator("#resolutions")).to_contain_text(RESOLUTION)

    def draft_minutes(self) -> None:
        page = self.court
        steps.go_on(page, "起草纪要")
        steps.go_on(page, "按记录起草")
        expect(page.get_by_label("会议认为")).to_contain_text(NOTES.rstrip("。"))
        steps.go_on(page, "保存草稿")
        steps.go_on(page, "提请各方确认")
        expect(page.locator(".fy-rec__state")).to_contain_text("待确认")

    def confirm_minutes(self) -> None:
        page = self.government
        steps.work(page, self.title, "纪要", "确认")
        expect(page.locator(".fy-banner--inner")).to_contain_text(CLAUSE)
        page.get_by_role("button", name="确认", exact=True).click()
        expect(page.locator(".fy-rec__state")).to_contain_text("已确认")
        self.minutes_url = page.url

    def issue_minutes(self) -> bytes:
        """The copy that is made for its reader."""
        page = self.government
        steps.go_on(page, "印发")
        expect(page.locator("h1")).to_have_text("印发文本")
        steps.go_on(page, "印发")
        steps.go_on(page, "打开公文")
        return steps.paper(page)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_meeting_from_the_agreed_day_to_its_minutes(portal, browser_page, width):
    sitting = Sitting(portal, browser_page, width)
    sitting.agree_on_the_day()
    sitting.collect_topics()

    notice = steps.words(sitting.issue_notice(sitting.government, "市政府"))
    for told in (sitting.title, f"示司函〔{TODAY.year}〕", *TOPICS):
        assert told in notice
    other = steps.words(sitting.issue_notice(sitting.court, "市人民法院"))
    assert f"示法函〔{TODAY.year}〕" in other

    sitting.return_receipts()
    sitting.record()
    sitting.end()
    sitting.draft_minutes()
    sitting.confirm_minutes()

    minutes = sitting.issue_minutes()
    for told in (sitting.title, CLAUSE, NOTES.rstrip("。"), RESOLUTION):
        assert told in steps.words(minutes)
    assert steps.is_stamped(minutes, "李文静")
    assert not steps.is_stamped(minutes, "周明远")

    stranger = sitting.signed_in("tangxiaozhou")
    for address in (sitting.minutes_url, sitting.government.url):
        assert stranger.goto(address).status == 404


@pytest.fixture
def recording(portal, browser_page):
    """A recorder on the screen of a meeting that both sides have told their people of."""
    page = browser_page(DESKTOP)
    portal.sign_in(page, "xuruoqing")
    page.locator("aside").get_by_role("link", name="专题会议").first.click()
    steps.begin_early(page, WHY)
    return page


def test_a_lost_session_loses_no_notes(portal, recording):
    screen = recording.url
    steps.notes(recording).press_sequentially("市市场监管局说明")
    recording.context.clear_cookies()
    steps.notes(recording).press_sequentially("听证标准")
    steps.saves(recording, "signed-out", "已存本机")

    portal.sign_in(recording, "xuruoqing")
    recording.goto(screen)
    offer = recording.get_by_role("status").filter(has_text="市市场监管局说明听证标准")
    offer.get_by_role("button", name="恢复未保存的记录").click()

    steps.is_saved(recording)
    expect(steps.notes(recording)).to_have_value("市市场监管局说明听证标准")
    recording.reload()
    expect(steps.notes(recording)).to_have_value("市市场监管局说明听证标准")


def test_notes_go_on_without_the_network(recording):
    recording.context.set_offline(True)
    steps.notes(recording).press_sequentially("网络中断期间的发言")
    steps.saves(recording, "offline", "已存本机")

    recording.context.set_offline(False)
    steps.is_saved(recording)

    recording.keyboard.press("Escape")
    steps.is_saved(recording)
    recording.reload()
    expect(steps.notes(recording)).to_have_value("网络中断期间的发言")
