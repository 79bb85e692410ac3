"""The first page a person meets, and what every form page does."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.steps import fits

DESKTOP, PHONE = 1360, 390


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_sign_in_page_fits_its_width(reading_page, width):
    page = reading_page(width)

    page.goto("/")

    expect(page).to_have_url("/sign-in/?next=/")
    expect(page.locator("input[name=password]")).to_be_visible()
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wider) is False


def test_a_wrong_password_is_said_by_the_form(reading_page):
    page = reading_page(DESKTOP)
    page.goto("/sign-in/")

    page.fill("input[name=username]", "nobody")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")

    expect(page.locator("form")).to_contain_text("账号或密码")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_refused_form_leads_to_what_is_wrong(reading_page, shared_portal, width):
    page = reading_page(width)
    shared_portal.sign_in(page, "liwenjing")
    page.goto("/people/new/")
    page.fill("[name=email]", "somebody@example.test")

    page.locator(".fy-head__act button").click()

    refused = page.get_by_role("alert")
    expect(refused).to_be_focused()
    expect(page.locator("[name=email]")).to_have_value("somebody@example.test")
    refused.get_by_role("link", name="姓名").click()
    expect(page.locator("[name=name]")).to_be_focused()
    fits(page)


def test_the_verb_of_a_long_form_stays_at_hand_on_a_phone(reading_page, shared_portal):
    page = reading_page(PHONE, 640)
    shared_portal.sign_in(page, "liwenjing")
    page.goto("/organizations/new/")

    page.locator("form [name]:visible").last.scroll_into_view_if_needed()

    expect(page.locator(".fy-head__act button")).to_be_in_viewport()
    fits(page)


def test_what_is_printed_has_no_frame_and_no_cut_columns(reading_page, shared_portal):
    page = reading_page(DESKTOP)
    shared_portal.sign_in(page, "liwenjing")
    page.goto("/documents/")

    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert len(pages) < 10
    page.emulate_media(media="print")
    for part in (".fy-rail", ".fy-top", ".fy-filter", ".fy-views", ".fy-head__act"):
        expect(page.locator(part)).to_be_hidden()
