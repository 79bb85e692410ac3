"""What a dispute's pages look like to a screen reader and in a narrow window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import fits

DESKTOP, PHONE = 1360, 390
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
TABS = ("", "?tab=parties", "?tab=papers", "?tab=settling", "?tab=related", "?tab=log")

REGISTERS = {
    "liwenjing": [
        *("units/", "registers/", "allowances/", "allowances/table/", "hearings/"),
        *("appearances/", "appearances/figures/", "performance/", "visits/", "notices/"),
        *("losses/", "coordination/", "ratings/", "warnings/", "assessments/", "imports/"),
    ],
    "dengzhiqiu": ["mediations/"],
    "xuruoqing": ["courts/", "hearings/"],
}
"""The lists of disputes' matters, by whoever reads them."""


def hurdles(page) -> list[str]:
    """The rules that the page breaks, each with the first place."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_pages_of_a_dispute_are_for_everybody(reading_page, shared_portal, width):
    page = reading_page(width)
    shared_portal.sign_in(page, "liwenjing")
    page.goto("/disputes/")
    first = page.locator(".fy-ledger a.t").first
    expect(first).to_be_visible()
    dispute = first.get_attribute("href")

    broken = []
    for address in ("/disputes/", "/disputes/new/", *(dispute + tab for tab in TABS)):
        page.goto(address)
        fits(page)
        broken += hurdles(page)

    assert broken == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("who", REGISTERS)
def test_the_registers_of_disputes_are_for_everybody(reading_page, shared_portal, who, width):
    page = reading_page(width)
    shared_portal.sign_in(page, who)

    broken = []
    for address in REGISTERS[who]:
        answer = page.goto(f"/disputes/{address}")
        assert answer.status == 200, address
        fits(page)
        broken += hurdles(page)

    assert broken == []
