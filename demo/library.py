"""What the sides of 示范市 keep in their library, and the court's white paper of last year."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bulletins.actions import white_papers
from bulletins.actions.library import (
    ItemWords,
    add_item,
    mark_favourite,
    publish_item,
    put_together,
)
from bulletins.actions.white_papers import WhitePaperWords
from bulletins.models import LibraryItem, LibraryKind
from bulletins.papers.white_papers import WHITE_PAPER_KIND, white_paper_context
from demo.city import City
from demo.diary import Diary
from services.documents.rendering import word
from services.documents.rendering.papers import html_of

K = LibraryKind


@dataclass(frozen=True)
class Shelved:
    """A text, who keeps it, and how many days ago it was put in."""

    ago: int
    by: str
    unit: str
    kind: str
    title: str
    summary: str
    more: dict[str, Any] = field(default_factory=dict)
    paragraphs: tuple[str, ...] = ()


SHELVED_AFTER = 6
"""Days from the issue of a text to its place in the library, where it says no other."""
TEXTS: tuple[Shelved, ...] = (
    Shelved(
        *(350, "zhoumingyuan", "court", K.INTERPRETATION),
        "最高人民法院关于行政机关负责人出庭应诉若干问题的规定",
        "行政机关负责人的范围、应当出庭的案件、不能出庭的正当理由、出庭的职责和未出庭的后果。",
        {
            "number": "法释〔2020〕3号",
            "issued_by": "最高人民法院",
            "issued_on": date(2020, 6, 22),
            "effective_on": date(2020, 7, 1),
        },
    ),
    Shelved(
        *(349, "liwenjing", "justice", K.NORMATIVE),
        "中华人民共和国行政复议法",
        "2023年修订，自2024年1月1日起施行：扩大受案范围和复议前置范围，集中行政复议管辖，完善审理程序。",
        {
            "issued_by": "全国人民代表大会常务委员会",
            "issued_on": date(2023, 9, 1),
            "effective_on": date(2024, 1, 1),
        },
    ),
    Shelved(
        *(230, "liwenjing", "justice", K.NORMATIVE),
        "示范市行政裁量权基准",
        "统一市级行政执法事项的裁量阶次，列明从轻、减轻和不予处罚的情形。",
        {"number": "示政规〔{year}〕2号", "issued_by": "示范市人民政府"},
        (
            "各行政执法单位应当按照本基准行使裁量权，处罚决定书应当写明所适用的裁量阶次。",
            "偏离本基准的，应当经本单位法制机构审核并在案卷中说明理由。",
        ),
    ),
    Shelved(
        *(190, "zhoumingyuan", "court", K.TYPICAL_CASE),
        "某餐饮店诉某局行政处罚案",
        "作出较大数额罚款前未告知听证权利的，属于违反法定程序，应当依法撤销。",
        {"issued_by": "示范市人民法院", "area": "market", "masked": True},
        (
            "基本案情：某局对某餐饮店作出罚款决定，决定前未告知其有要求听证的权利。",
            "裁判结果：撤销行政处罚决定，责令某局重新作出处理。",
        ),
    ),
    Shelved(
        *(133, "zhoumingyuan", "court", K.TYPICAL_CASE),
        "某合作社诉某街道办事处强制拆除案",
        "强制拆除前未催告、未作出强制执行决定的，应当确认违法；当事人对损失难以举证的，由实施机关承担举证责任。",
        {"issued_by": "示范市人民法院", "area": "urban_management", "masked": True},
        ("裁判结果：确认强制拆除行为违法，责令限期作出赔偿决定。",),
    ),
    Shelved(
        *(75, "suhe", "justice", K.CLASS_GUIDANCE),
        "工伤认定类案件办理指引",
        "统一“三工”要素的审查次序、举证期限的告知和送达方式。",
        {"issued_by": "示范市司法局", "area": "work_injury"},
        (
            "受理后应当在决定书中分别回应工作时间、工作场所和工作原因。",
            "用人单位逾期举证的，应当在案卷中记明告知举证的时间和方式。",
        ),
    ),
    Shelved(
        *(5, "suhe", "justice", K.NORMATIVE),
        "示范市行政规范性文件清理结果",
        "继续有效、修改和废止的市政府规范性文件目录。",
        {"number": "示政发〔{year}〕18号", "issued_by": "示范市人民政府"},
    ),
)


def fill_library(city: City, diary: Diary) -> None:
    for one in TEXTS:
        diary.enter(city.ago(one.ago), "15:10", partial(_put_in, city, one))
    diary.enter(city.ago(120), "10:40", lambda at: _compile(city, at))
    if city.ago(0) > date(city.today.year, 2, 1):
        diary.enter(date(city.today.year, 1, 12), "09:30", lambda at: _write(city, at))
    diary.enter(city.ago(60), "11:05", lambda at: _favour(city, at))


def _put_in(city: City, one: Shelved, at: datetime) -> LibraryItem:
    actor = city.users[one.by]
    text = "".join(f"<p>{words}</p>" for words in one.paragraphs)
    issued_on = one.more.get("issued_on") or city.ago(one.ago + SHELVED_AFTER)
    number = one.more.get("number", "").format(year=issued_on.year)
    more = {**one.more, "number": number, "issued_on": issued_on}
    words = ItemWords(
        city.units[one.unit], one.kind, one.title, summary=one.summary, text=text, **more
    )
    return publish_item(add_item(actor=actor, at=at, words=words).pk, actor=actor, at=at)


def _compile(city: City, at: datetime) -> None:
    """The court prints the year's cases (SF-7)."""
    actor = city.users["zhoumingyuan"]
    words = ItemWords(
        city.units["court"],
        K.COMPILATION,
        f"{at.year}年行政审判典型案例选编",
        summary="选编本年度有指导意义的生效案例，供各行政机关参阅。",
    )
    book = add_item(actor=actor, at=at, words=words)
    cases = LibraryItem.objects.published().filter(kind=K.TYPICAL_CASE).order_by("pk")
    put_together(book.pk, actor=actor, at=at, items=list(cases))
    publish_item(book.pk, actor=actor, at=at)


def _write(city: City, at: datetime) -> None:
    """Last year's figures, what the court says of them, and the version that it finished."""
    actor = city.users["fangyan"]
    paper = white_papers.begin(
        city.mechanism.pk, actor=actor, at=at, organization=city.units["court"], year=at.year - 1
    )
    words = WhitePaperWords(
        overview="<p>全年收案总体平稳，涉及城市管理、社会保障和市场监管领域的案件居多，收结案数字见附表。</p>",
        features="<p>行政争议多元化解成效显现，进入诉讼前化解的争议增加；行政机关负责人出庭率继续提高。</p>",
        enforcement="<p>部分案件存在告知不规范、送达方式不合法、裁量理由说明不充分等问题。</p>",
        litigation="<p>个别单位逾期提交证据，个别出庭人员不了解案情，发声不充分。</p>",
        advice="<p>建议各单位加强执法全过程记录，建立败诉案件复盘和责任落实制度。</p>",
    )
    written = white_papers.write(paper.pk, actor=actor, at=at, words=words)
    context = white_paper_context(written, timezone.localdate(at))
    content = word.render(html_of(WHITE_PAPER_KIND, context))
    final = SimpleUploadedFile(f"{paper.title}.docx", content)
    white_papers.put_final(paper.pk, actor=actor, at=at, file=final, declared=True)


def _favour(city: City, at: datetime) -> None:
    for one in LibraryItem.objects.published().order_by("pk")[:2]:
        mark_favourite(one.pk, actor=city.users["liwenjing"], at=at, on=True)
