"""The first page a person meets, and a page that is not there."""

import pytest
from playwright.sync_api import expect

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
