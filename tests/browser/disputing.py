"""What people do with disputes, as their pages offer it; each step waits for its result."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import steps

WHY = "历史材料补录"
"""Why something is recorded long after its day."""


class Desk:
    """One account at its own desk, with the page that it looks at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def nav(self, name: str) -> None:
        """An entry of the rail, or of the bar on a phone."""
        entries = self.page.locator(".fy-rail:visible, .fy-tabbar:visible")
        entries.get_by_role("link", name=name, exact=True).click()

    def find(self, title: str) -> None:
        """From any page to that of a dispute, as the frame leads there."""
        page = self.page
        self.nav("争议")
        page.locator("#ledger input[type=search]").fill(title)
        page.locator("#ledger input[type=search]").press("Enter")
        page.wait_for_url(re.compile(r"[?&]q="))
        page.locator(".fy-ledger a.t").filter(has_text=title).first.click()
        expect(page.locator("h1")).to_contain_text(title)
        steps.fits(page)

    def tab(self, name: str) -> None:
        link = self.page.locator(".fy-tabs").get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        steps.fits(self.page)

    def procedure(self, name: str) -> Locator:
        rows = self.page.locator("tr[id^=p-]")
        return rows.filter(has=self.page.locator("td b").get_by_text(name, exact=True)).first

    def open(self, procedure: str, why: str, **given: object) -> None:
        """From the dispute's page, the next procedure, for the reason that it gives."""
        self.page.locator(".fy-sec__h").get_by_role("link", name="登记新程序").click()
        rows = self.page.locator("main tr").filter(has_text=procedure).filter(has_text=why)
        rows.first.get_by_role("link").click()
        self.send(**given)

    def record(self, procedure: str, step: str, on: str, **given: object) -> None:
        """From the dispute's page, a step of one of its procedures, by the row's menu."""
        self.begin(procedure, step)
        self.send(on=on, **given)
        expect(self.page.get_by_role("status").filter(has_text=f"“{step}”")).to_be_visible()

    def begin(self, procedure: str, step: str) -> None:
        row = self.procedure(procedure)
        row.locator("summary").click()
        row.locator(".fy-drop__menu").get_by_role("link", name=step, exact=True).click()
        expect(self.verb()).to_be_visible()

    def send(self, **given: object) -> None:
        """Fill the form and send it; whoever is asked why so late says it."""
        before = self.page.url
        self.fill(**given)
        steps.fits(self.page)
        self.verb().click()
        late = self.page.locator("[name=late], form:not(:has([name=late])) [name=reason]")
        refused = self.page.get_by_role("alert")
        expect(refused.or_(self.page.locator(".fy-said"))).to_be_visible()
        if refused.count() and late.count() and not late.first.input_value():
            late.first.fill(WHY)
            self.verb().click()
        expect(self.page).not_to_have_url(before)

    def verb(self) -> Locator:
        return self.page.locator(".fy-head__act button.btn-primary")

    def fill(self, **given: object) -> None:
        for name, value in given.items():
            self.put(self.page.locator(f"[name={name}]"), value)

    def put(self, field: Locator, value: object) -> None:
        first = field.first
        kind = first.get_attribute("type") or first.evaluate("it => it.tagName")
        if kind in ("checkbox", "radio"):
            for words in value if isinstance(value, (list, tuple)) else [value]:
                labels = self.page.locator("label").filter(has=field)
                labels.filter(has_text=str(words)).first.locator("input").check()
        elif kind == "SELECT":
            wanted = [
                one
                for one in first.locator("option").all_inner_texts()
                if str(value) == one.strip()
            ] or [one for one in first.locator("option").all_inner_texts() if str(value) in one]
            assert wanted, (str(value), first.locator("option").all_inner_texts())
            first.select_option(label=wanted[0].strip())
        else:
            first.fill(str(value))

    def limit(self, name: str, day: str, times: int = 1) -> None:
        """On the dispute's page limits of this name end on `day`, and say why."""
        lines = self.page.locator(".fy-limits tr").filter(has_text=name)
        dated = lines.filter(has=self.page.locator(f"time[datetime='{day}']"))
        expect(dated).to_have_count(times)
        for words in ("起算事由", "24 时止", "依据"):
            expect(dated.first.locator(".fy-pop")).to_contain_text(words)

    def agency(self, name: str) -> Locator:
        """Its part of the page of a hearing."""
        head = self.page.locator(".fy-sec__h h2").get_by_text(name, exact=True)
        return self.page.locator("section[id^=a-]").filter(has=head)

    def at_hearing(self, agency: str, act: str) -> None:
        """On the page of a hearing, what can be done for an agency."""
        part = self.agency(agency)
        menu = part.locator(".fy-drop > summary")
        if menu.count():
            menu.click()
        part.get_by_role("link", name=act, exact=True).click()
        expect(self.verb()).to_be_visible()
