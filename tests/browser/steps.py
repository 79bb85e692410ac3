"""What people do in the portal, said once for the journeys; each step waits for its result."""

from io import BytesIO

import pikepdf
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from services.documents.rendering.stamp import outline

PAPER_PATIENCE_MS = 45_000
"""Until the worker has made the files of a document."""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def fits(page: Page) -> None:
    """No part of the page sticks out of the window."""
    assert page.evaluate(WIDER) is False, f"{page.url} is wider than its window"


def work(page: Page, *words: str) -> None:
    """From the workbench, open the matter that names all `words`."""
    page.goto("/")
    fits(page)
    matter = page.locator(".fy-work li")
    for word in words:
        matter = matter.filter(has_text=word)
    matter.locator("a.btn").click()


def go_on(page: Page, name: str) -> None:
    """The button of the page's head, whether it leads on or sends a form."""
    button = page.locator(".fy-rec__act, .fy-head__act").get_by_text(name, exact=True)
    expect(button).to_be_visible()
    fits(page)
    button.click()


def more(page: Page, name: str) -> None:
    """A verb of the menu beside the button."""
    page.locator(".fy-rec__act summary").click()
    page.locator(".fy-drop__menu").get_by_role("link", name=name).click()


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def submit_topic(page: Page, *, title: str, opinion: str, paper: str) -> None:
    """From the meeting's page, give in a topic with its material and come back."""
    page.locator("#topics").get_by_role("link", name="提出议题").click()
    page.get_by_label("议题", exact=True).fill(title)
    page.get_by_label("具体意见").fill(opinion)
    page.locator("[name=presenter]").select_option(index=1)
    go_on(page, "报送议题")
    material = page.locator("#material")
    material.locator("[name=file]").set_input_files(
        {"name": paper, "mimeType": "text/plain", "buffer": opinion.encode()}
    )
    material.get_by_label("不含国家秘密").check()
    fits(page)
    material.get_by_role("button", name="添加资料").click()
    expect(material.get_by_role("link", name=paper)).to_be_visible()
    page.locator(".fy-rec__crumb a").last.click()
    expect(page.locator("#topics")).to_contain_text(title)


def accept_topic(page: Page, title: str) -> None:
    row = page.locator("#topics tr").filter(has_text=title)
    row.get_by_role("button", name="列入议程").click()
    expect(row.get_by_role("button", name="列入议程")).to_have_count(0)


def paper(page: Page) -> bytes:
    """On a document's page: wait for its PDF and fetch it as its reader does."""
    link = page.locator(".fy-rec__act").get_by_role("link", name="打开 PDF")
    expect(link).to_be_visible(timeout=PAPER_PATIENCE_MS)
    fits(page)
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(one.extract_text() for one in pages).split())


def is_stamped(pdf: bytes, name: str) -> bool:
    """Is `name` drawn over its pages? A watermark has outlines, not words."""
    drawn = outline(name).operators.encode()
    with pikepdf.open(BytesIO(pdf)) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        return any(drawn in one.read_bytes() for one in streams)


def return_receipt(page: Page, answer: str = "参会") -> None:
    page.get_by_label("答复").select_option(label=answer)
    fits(page)
    page.locator(".fy-head__act button").click()
    expect(page.locator(".fy-said")).to_be_visible()


def begin_early(page: Page, why: str) -> None:
    """From the meeting's page to the recorder's screen, before the agreed day."""
    more(page, "开始记录")
    page.get_by_label("提前召开的理由").fill(why)
    go_on(page, "提前召开")
    expect(page.locator("#rc-now h2").first).to_be_visible()
    fits(page)


def is_saved(page: Page) -> None:
    saves(page, "saved", "已保存")


def saves(page: Page, state: str, words: str) -> None:
    """The bar of the recorder's screen says so."""
    bar = page.locator("#rc-saved")
    expect(bar).to_have_attribute("data-state", state)
    expect(bar).to_contain_text(words)


def notes(page: Page) -> Locator:
    return page.locator("#rc-text")
