"""Two disputes from registration to the follow-up visit, each step by whose job it is."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.disputing import Desk

DESKTOP, PHONE = 1360, 390
CENTRE, COURT, GOVERNMENT = "示范市行政争议化解中心", "示范市人民法院", "示范市人民政府"
MEDIATION, RECONSIDERATION, SUIT, CONFIRMATION = "诉前调解", "行政复议", "一审", "司法确认"
ENFORCEMENT = "市综合行政执法局"
FINE = "逯某与市综合行政执法局行政处罚争议"
LICENCE = "示范晨光食品有限公司与市市场监管局行政许可争议"


class Course:
    """One dispute, and the desks of those who work on it."""

    def __init__(self, portal, browser_page, width: int, title: str):
        self.portal, self.browser_page, self.width, self.title = portal, browser_page, width, title
        self.desks: dict[str, Desk] = {}

    def __getattr__(self, username: str) -> Desk:
        """The desk of an account, signed in once."""
        if username not in self.desks:
            page = self.browser_page(self.width)
            self.portal.sign_in(page, username)
            self.desks[username] = Desk(page)
        return self.desks[username]

    def at(self, username: str, tab: str = "") -> Desk:
        """The same, on the dispute's page as it stands now."""
        desk = getattr(self, username)
        desk.find(self.title)
        if tab:
            desk.tab(tab)
        return desk

    def register(self, **given: str) -> None:
        desk = self.liwenjing
        desk.nav("争议")
        desk.page.get_by_role("link", name="登记争议", exact=True).click()
        desk.send(registered_by="示范市司法局", **given)
        expect(desk.page.locator("h1")).to_have_text(self.title)
        expect(desk.page.locator(".fy-rec__no")).to_contain_text("示争〔2026〕")

    def look(self, on: str) -> None:
        desk = self.at("liwenjing", "化解")
        desk.page.get_by_role("link", name="填写“八看”").click()
        looks = desk.page.locator("select[name^=look_]")
        expect(looks).to_have_count(8)
        for place in range(8):
            looks.nth(place).select_option(label="符合")
        desk.send(on=on, decision="诉前协调", reason="双方均有调解意愿")
        expect(desk.page.locator("main")).to_contain_text("诉前协调")

    def list_mediator(self) -> None:
        """The register's keeper enters the centre's deputy head as a mediator."""
        desk = self.liwenjing
        desk.nav("争议")
        desk.page.get_by_role("link", name="名册", exact=True).click()
        if desk.page.locator("#ledger tbody").filter(has_text="邓知秋").count():
            return
        desk.page.get_by_role("link", name="登记入册").click()
        desk.send(
            profession="调解员",
            name="邓知秋",
            organization=CENTRE,
            user="邓知秋",
            valid_from="2025-01-02",
        )

    def entrust(self, number: str, opened: str, asked: str, referred: str) -> None:
        """The bureau opens the mediation; the centre asks the parties and names a mediator."""
        desk = self.at("liwenjing")
        desk.open(
            MEDIATION,
            "转调解",
            on=opened,
            organ=CENTRE,
            channel="行政调解",
            mediation_role="先调",
        )
        desk = self.at("dengzhiqiu")
        desk.begin(MEDIATION, "当事人同意调解")
        desk.send(on=asked, answer_0="同意", method_0="当面", number=number)
        desk.find(self.title)
        desk.record(
            MEDIATION, "委派（委托）调解", referred, referral="立案前委派", mediator="邓知秋"
        )

    def hold_session(self, day: str, offered: str, agreed: str = "") -> None:
        desk = self.at("dengzhiqiu", "化解")
        desk.page.get_by_role("link", name="安排调解").click()
        desk.send(day=day, time="09:30", place="化解中心调解室", method="当面")
        desk.page.get_by_role("link", name="记录调解情况").click()
        desk.send(came=["申请人", "被申请人"], offered=offered, agreed=agreed)
        expect(desk.page.locator("main")).to_contain_text(offered)


def mediated_in_vain(course: Course) -> None:
    course.entrust("(2026)示0102行诉前调918号", "2026-03-04", "2026-03-05", "2026-03-06")
    desk = course.at("dengzhiqiu")
    desk.limit("调解员确认接受", "2026-03-11")  # TJ-ACK: 3 working days
    desk.record(MEDIATION, "调解员确认接受", "2026-03-10")
    desk.limit("诉前委派调解", "2026-04-09")  # TJ-PRE: 30 days
    desk.record(MEDIATION, "开始调解", "2026-03-12")
    course.hold_session("2026-03-20", "机关愿减轻处罚，申请人坚持撤销。")
    desk.find(course.title)
    desk.record(MEDIATION, "结束调解", "2026-04-08", mode="调解不成", reason="双方差距较大")
    expect(desk.page.locator(".fy-rec__state")).to_contain_text("调解未成，待另行处理")
    desk.tab("化解")
    desk.page.get_by_role("link", name="告知出路").click()
    desk.send(way="引导复议", on="2026-04-08", reason="复议便捷，不收费用")


def upheld(course: Course) -> None:
    desk = course.at("liwenjing")
    desk.open(RECONSIDERATION, "引导复议", on="2026-04-10", organ=GOVERNMENT)
    desk.limit("行政复议申请审查", "2026-04-17")  # FY-ACCEPT: 5 working days
    number = "示府复[2026]929号"
    desk.record(RECONSIDERATION, "受理", "2026-04-15", number=number, track="普通程序")
    desk.limit("发送申请书副本", "2026-04-24")  # FY-SEND: 7 working days
    desk.limit("行政复议决定", "2026-06-15")  # FY-DEC: 60 days end on Sunday 06-14
    desk.record(RECONSIDERATION, "向被申请人发送申请书副本", "2026-04-20")
    desk.limit("被申请人答复", "2026-05-07")  # FY-ANS: 10 working days over Labour Day
    answering = course.at("dingyifan")
    answering.record(RECONSIDERATION, "收到答复和证据", "2026-04-29", respondent=ENFORCEMENT)
    desk.find(course.title)
    note = "申请人坚持原请求。"
    desk.record(RECONSIDERATION, "听取意见", "2026-05-12", method="当面", note=note)
    desk.record(
        RECONSIDERATION, "作出复议决定", "2026-06-03", mode="维持", reason="事实清楚，程序合法"
    )
    desk.record(RECONSIDERATION, "送达决定", "2026-06-05", served_party="逯某")
    desk.limit("不服复议决定起诉", "2026-06-22")  # FY-SUE: 15 days end in the holiday of 06-20
    right = desk.page.locator(".fy-limits tr").filter(has_text="不服复议决定起诉")
    expect(right).to_contain_text("申请人 逯某")
    desk.tab("关联")
    desk.page.get_by_role("link", name="移送", exact=True).click()
    desk.send(
        kind="案件",
        sender="示范市司法局",
        receiver=COURT,
        items="行政复议案卷一册",
        reason="申请人不服复议决定，拟提起诉讼",
        sent_on="2026-06-15",
    )


def sued(course: Course) -> None:
    court = course.at("zhoumingyuan")
    court.page.locator(".fy-sec__h").get_by_role("link", name="登记新程序").click()
    way = court.page.locator("main tr").filter(has_text=SUIT).filter(has_text="不服复议")
    way.get_by_role("link").click()
    ticked = court.page.locator("[name=agencies]:checked")
    proposed = court.page.locator("label").filter(has=ticked)
    expect(proposed).to_have_text(["示范市综合行政执法局", GOVERNMENT])
    expect(court.page.locator("#id_agencies")).to_contain_text("行政诉讼法第二十六条第二款")
    court.send(on="2026-06-18", source="法院诉讼服务大厅")
    court.limit("立案决定", "2026-06-25")  # XS-LA: 7 days
    number = "(2026)示0102行初937号"
    court.record(SUIT, "立案", "2026-06-24", number=number, track="普通程序")
    court.limit("发送起诉状副本", "2026-06-29")  # XS-SEND: 5 days
    court.limit("一审审理", "2026-12-24")  # XS-1: 6 months
    for defendant in (ENFORCEMENT, "市政府"):
        court.record(SUIT, "送达起诉状副本", "2026-06-26", served_party=defendant)
    court.limit("被告答辩和举证", "2026-07-13", times=2)  # XS-ANS: 15 days end on Saturday
    court.limit("管辖异议", "2026-07-13", times=2)  # XS-JX: the same
    for username, defendant, day in (
        ("dingyifan", ENFORCEMENT, "2026-07-08"),
        ("liwenjing", "市政府", "2026-07-09"),
    ):
        desk = course.at(username)
        desk.record(SUIT, "收到答辩状和证据", day, respondent=defendant)
    court.find(course.title)
    court.limit("发送答辩状副本", "2026-07-14")  # XS-ANS2: 5 days from the later answer
    court.record(SUIT, "答辩状副本送原告", "2026-07-10")


def heard(course: Course) -> None:
    court = course.at("zhoumingyuan")
    court.page.get_by_role("link", name="安排开庭").click()
    court.send(on="2026-07-30", starts_at="09:00", place="第三审判庭")
    told = court.page.locator("dt").filter(has_text="最迟通知").locator("+ dd")
    expect(told).to_contain_text("07-27")  # XS-CP: 3 days before
    why = court.page.locator("aside dd .fy-why")
    for words in ("2026年7月30日", "3 日", "2026年7月27日", "第七十一条"):
        expect(why).to_contain_text(words)
    court.at_hearing(ENFORCEMENT, "通知负责人出庭")
    court.send(call="出庭通知书", served_on="2026-07-20")
    agency = course.at("dingyifan")
    agency.page.locator("#hearings a.t").click()
    agency.at_hearing(ENFORCEMENT, "出庭回执")
    agency.send(coming="负责人出庭", name="马立新", post="局长", level="正职负责人")
    court.page.reload()
    court.page.get_by_role("link", name="登记已开庭").click()
    court.send()
    court.at_hearing(ENFORCEMENT, "登记出庭情况")
    court.send(
        came="负责人到庭",
        head_name="马立新",
        head_post="局长",
        level="正职负责人",
        speech=["陈述答辩", "实质性化解争议"],
    )
    expect(court.agency(ENFORCEMENT)).to_contain_text("马立新 局长")
    expect(court.agency(ENFORCEMENT)).to_contain_text("实质性化解争议")


def settled(course: Course) -> None:
    court = course.at("zhoumingyuan")
    court.record(
        SUIT,
        "宣判（裁定）",
        "2026-08-20",
        mode="准许撤诉（和解）",
        reason="双方和解",
        performance_due="2026-09-10",
    )
    court.record(SUIT, "送达裁判文书", "2026-08-21", served_party="逯某")
    court.record(SUIT, "生效", "2026-08-21", performance_due="2026-09-10")
    court.limit("准许撤诉（和解）", "2026-09-10")  # PERFORMANCE: the day of the settlement
    court.limit("申请再审", "2027-02-22")  # XS-RE: 6 months end on Sunday 02-21
    court.limit("申请强制执行", "2028-09-11")  # XS-EXE: 2 years end on Sunday 09-10


def performed(course: Course) -> None:
    court, agency = course.zhoumingyuan, course.at("dingyifan", "化解")
    agency.page.locator("#performance").get_by_role("link", name="已履行").click()
    agency.send(on="2026-09-04", remark="已变更处罚并退还罚款")
    court.find(course.title)
    court.tab("化解")
    court.page.locator("#performance").get_by_role("link", name="确认").click()
    court.send(on="2026-09-07", done="已全部履行")


def visited(course: Course) -> None:
    court = course.at("zhoumingyuan", "化解")
    court.page.locator("#visits").get_by_role("link", name="安排回访").click()
    court.send(on="2026-09-14")
    court.find(course.title)
    court.tab("化解")
    court.page.locator("#visits").get_by_role("link", name="填写回访记录").click()
    court.send(on="2026-09-18", method="电话", person="逯某", result="已履行", said="没有异议")
    court.find(course.title)
    expect(court.page.locator(".fy-rec__state")).to_contain_text("已办结")
    expect(court.procedure("回访")).to_contain_text("已履行")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_dispute_until_the_follow_up_visit(portal, browser_page, width):
    course = Course(portal, browser_page, width, FINE)
    course.list_mediator()
    course.register(
        agency="示范市综合行政执法局",
        area="城管、综合执法",
        act_kind="行政处罚",
        act="责令限期拆除临时构筑物并处罚款",
        filed_on="2026-03-02",
        **{"party-0-name": "逯一舟"},
    )
    course.look("2026-03-03")
    mediated_in_vain(course)
    upheld(course)
    sued(course)
    heard(course)
    settled(course)
    performed(course)
    visited(course)
    steps.fits(course.zhoumingyuan.page)


def mediated(course: Course) -> None:
    course.entrust("(2026)示0102行诉前调927号", "2026-07-08", "2026-07-09", "2026-07-10")
    desk = course.at("dengzhiqiu")
    desk.limit("调解员确认接受", "2026-07-15")  # TJ-ACK: 3 working days over a weekend
    desk.record(MEDIATION, "调解员确认接受", "2026-07-14")
    desk.limit("诉前委派调解", "2026-08-13")  # TJ-PRE: 30 days
    course.hold_session("2026-07-21", "机关愿重新审查申请。", "就重新审查达成一致。")


def agreed(course: Course) -> None:
    """What is promised has its day; the parties want it confirmed."""
    desk = course.at("dengzhiqiu", "化解")
    desk.page.get_by_role("link", name="拟写协议").click()
    desk.send(
        kind="调解协议",
        facts="申请人申请食品经营许可，机关以场所不符合要求为由不予许可。",
        confirmation="申请司法确认",
        owed_by_1="市市场监管局",
        what_1="重新审查许可申请并书面答复",
        due_on_1="2026-08-21",
        owed_by_2="示范晨光食品有限公司",
        what_2="补齐场所平面图",
        due_on_2="2026-07-31",
    )
    desk.page.get_by_role("link", name="登记签署").click()
    desk.send(
        on="2026-07-24",
        effective_on="2026-07-24",
        court=COURT,
        voluntary="自愿",
        harmless="不损害",
    )
    desk.find(course.title)
    expect(desk.procedure(MEDIATION)).to_contain_text("调解成功")


def confirmed(course: Course) -> None:
    desk = course.dengzhiqiu
    desk.limit("申请司法确认", "2026-08-24")  # TJ-SFQR: 30 days end on Sunday 08-23
    desk.limit("协议履行", "2026-08-21")  # TJ-PERF: the day that was agreed
    window = desk.page.locator(".fy-limits tr").filter(has_text="申请司法确认")
    expect(window).to_contain_text("双方当事人")
    desk.record(CONFIRMATION, "共同申请", "2026-07-30")
    court = course.at("zhoumingyuan")
    number = "(2026)示0102诉前调确912号"
    court.record(CONFIRMATION, "受理审查", "2026-08-03", number=number, handler="周明远")
    court.record(CONFIRMATION, "裁定", "2026-08-12", mode="确认有效", reason="自愿合法")
    expect(court.procedure(CONFIRMATION)).to_contain_text("确认有效")


def performed_late(course: Course) -> None:
    agency = course.at("heyan", "化解")
    owed = agency.page.locator("#performance tr").filter(has_text="重新审查许可申请")
    owed.get_by_role("link", name="已履行").click()
    agency.send(on="2026-09-02", remark="已作出准予许可决定")
    agency.find(course.title)
    agency.tab("化解")
    expect(owed).to_contain_text("逾期履行")


def suggested(course: Course) -> None:
    """WJ-77: the court finds it among the proposals and makes a draft that names the case."""
    court = course.zhoumingyuan
    court.nav("建议")
    court.page.locator(".fy-rec__act summary, .fy-head__act summary").first.click()
    court.page.get_by_role("link", name="待确认建议").click()
    court.page.locator("#ledger").get_by_role("link", name="2026-09-02履行").click()
    expect(court.page.locator("h1")).to_contain_text("市市场监管局逾期履行")
    expect(court.page.get_by_role("link", name=course.title)).to_be_visible()
    steps.fits(court.page)
    court.page.get_by_role("button", name="据此起草").click()
    expect(court.page.get_by_role("status").filter(has_text="草稿")).to_be_visible()
    court.find(course.title)
    court.tab("关联")
    court.page.get_by_role("link", name="关于依法履行调解（和解）协议的司法建议").click()
    expect(court.page.locator(".fy-rec__state")).to_contain_text("草稿")
    expect(court.page.get_by_role("link", name="行诉前调927号")).to_be_visible()
    steps.fits(court.page)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_an_agreement_that_is_performed_late_until_the_judicial_suggestion(
    portal, browser_page, width
):
    course = Course(portal, browser_page, width, LICENCE)
    course.list_mediator()
    course.register(
        agency="示范市市场监督管理局",
        area="市场监管",
        act_kind="行政许可",
        act="不予食品经营许可",
        filed_on="2026-07-06",
        **{"party-0-kind": "法人", "party-0-name": "示范晨光食品有限公司"},
    )
    course.look("2026-07-07")
    mediated(course)
    agreed(course)
    confirmed(course)
    performed_late(course)
    suggested(course)
