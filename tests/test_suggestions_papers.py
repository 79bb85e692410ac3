"""The papers of suggestions, and the reports on how letters stand (CX-26)."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordDocument
from docx.oxml.ns import qn

from services.documents.attachments import attach
from services.documents.models import OfficialDocument
from services.documents.rendering import papers as rendering
from services.documents.rendering import word
from suggestions import papers
from suggestions.models import CaseLink, Measure, Position, Supervision
from suggestions.models import Reply as ReplyRow
from suggestions.papers.letters import DOCUMENT_KINDS
from suggestions.states import AddresseeState, CopyMode, Form, Kind
from tests import letters
from tests.letter_papers import LETTER, SHORT, SUPERVISION
from tests.letters import put_served
from tests.printed import opened, text_of

A = AddresseeState
MM = 25.4 / 72
NORM = "关于规范性文件"


class TestLetters:
    def test_the_court_paper_says_all_of_the_letter_in_its_order(self, city):
        made = letters.letter(
            city,
            addressees=letters.agencies(city),
            contact="阿依努尔·麦麦提江",
            contact_phone="0999-1234567",
            reply_length=30,
        )
        CaseLink.objects.create(suggestion=made, number="（2026）新4002行初8号")

        said = text_of("judicial_suggestion", papers.letter_context(made))

        order = [
            "试验市人民法院司法建议书",
            made.number,
            "试验市综合行政执法局、试验市自然资源和规划局、试验市住房和城乡建设局：",
            "一、审理中发现的问题",
            "（2026）新4002行初8号",
            "1.作出限期拆除决定前未书面催告。",
            "二、建议",
            "根据《中华人民共和国行政强制法》第三十五条的规定，特建议：",
            "1.限期拆除前统一制发催告书",
            "2.在处罚决定书中写明裁量的事实和理由。",
            "请各单位自收到本司法建议书之日起30个月内",
            "（印章）",
            "2026年9月25日",
            "联系人：阿依努尔·麦麦提江联系电话：0999-1234567",
            "抄送：试验市司法局。",
        ]
        places = [said.find(part) for part in order]
        assert -1 not in places, [part for part in order if part not in said]
        assert places == sorted(places)

    def test_the_cover_is_an_empty_frame_and_carries_no_number(self):
        with opened("judicial_suggestion", LETTER) as paper:
            cover, back, first = paper.pages[:3]

        frame = next(rect for rect in cover.rects if rect["width"] * MM > 45)
        assert frame["top"] * MM == pytest.approx(60, abs=0.6)
        assert (frame["width"] * MM, frame["height"] * MM) == pytest.approx((50, 55), abs=0.6)
        title = min(char["top"] for char in cover.chars if char["size"] > 29) * MM
        assert title - frame["bottom"] * MM == pytest.approx(40, abs=4)
        assert {round(char["size"]) for char in cover.chars if char["size"] > 29} == {30, 36}
        assert (cover.images, back.chars) == ([], [])
        assert "—1—" not in "".join(char["text"] for char in cover.chars)
        assert first.extract_text().replace(" ", "").endswith("—1—")

    def test_word_begins_the_text_on_page_one_behind_the_cover(self):
        html = rendering.html_of("judicial_suggestion", LETTER)
        document = WordDocument(BytesIO(word.render(html)))

        cover, text = document.sections
        assert cover.different_first_page_header_footer
        assert not text.different_first_page_header_footer
        assert text._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert text._sectPr.find(qn("w:type")).get(qn("w:val")) == "oddPage"

    @pytest.mark.parametrize(
        ("kind", "form", "says"),
        [
            (Kind.JUDICIAL, Form.NORM, "自收到本司法建议书之日起60日内书面答复本院"),
            (Kind.JUDICIAL, Form.INDIVIDUAL, "自收到本司法建议书之日起两个月内"),
            (Kind.PROCURATORIAL, Form.GENERAL, "可以在上述回复期限内向本院书面提出"),
            (
                Kind.PROCURATORIAL,
                Form.URGENT,
                "请你单位自收到本检察建议书之日起15日内",
            ),
            (Kind.RECONSIDERATION_OPINION, Form.INDIVIDUAL, "自收到本意见书之日起60日内"),
            (Kind.RECONSIDERATION_SUGGESTION, Form.CLASS, "将研究处理情况书面回复本机关"),
            (Kind.OPINION_LETTER, Form.INDIVIDUAL, "将有关情况函复本院"),
        ],
    )
    def test_each_kind_says_what_is_to_be_answered_and_by_when(self, city, kind, form, says):
        issuer = {
            Kind.PROCURATORIAL: letters.procuratorate(city),
            Kind.RECONSIDERATION_OPINION: city.organizations["gov"],
            Kind.RECONSIDERATION_SUGGESTION: city.organizations["gov"],
        }.get(kind, city.organizations["court"])
        made = letters.letter(city, kind=kind, form=form, issuer=issuer)

        assert says in text_of(DOCUMENT_KINDS[kind], papers.letter_context(made))

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("依据《行政处罚法》第四十四条的规定，", "根据《行政处罚法》第四十四条的规定，特建议"),
            ("《行政处罚法》第五条有关规定。", "根据《行政处罚法》第五条的规定，特建议"),
            ("", "二、建议特建议："),
            ("第一条规定了告知。第二条规定了听证。", "第二条规定了听证。特建议"),
        ],
    )
    def test_the_basis_fits_its_sentence_however_it_was_typed(self, city, typed, says):
        made = letters.letter(city, legal_basis=typed)

        assert says in text_of("judicial_suggestion", papers.letter_context(made))

    @pytest.mark.parametrize(
        ("kind", "statute"),
        [
            (Kind.RECONSIDERATION_OPINION, "《中华人民共和国行政复议法》第七十六条"),
            (
                Kind.RECONSIDERATION_SUGGESTION,
                "《中华人民共和国行政复议法实施条例》第五十七条第二款",
            ),
        ],
    )
    def test_the_statute_of_its_kind_is_cited_once(self, city, kind, statute):
        made = letters.letter(city, kind=kind, legal_basis=f"根据{statute}的规定")

        assert text_of(DOCUMENT_KINDS[kind], papers.letter_context(made)).count(statute) == 1

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            (Kind.JUDICIAL, "联系人：周明远联系电话：0999-1234567"),
            (Kind.OPINION_LETTER, "（联系人：周明远，联系电话：0999-1234567）"),
        ],
    )
    def test_the_contact_stands_on_one_line_below_the_date(self, city, kind, says):
        made = letters.letter(city, kind=kind, contact_phone="0999-1234567")

        assert f"2026年9月25日{says}" in text_of(DOCUMENT_KINDS[kind], papers.letter_context(made))

    def test_enclosures_are_named_without_what_a_file_system_adds(self, city):
        made = letters.letter(city)
        files = ["裁判文书目录.txt", "裁判文书目录.TXT", "统计表（2026.9）.txt"]
        for place, name in enumerate(files):
            attach(
                made,
                SimpleUploadedFile(name, f"第{place}份".encode()),
                actor=city.users["court_officer"],
                at=letters.moment(letters.ISSUED),
                jurisdiction=city.jurisdiction,
                declared=True,
                visibility="joint",
            )

        said = text_of("judicial_suggestion", papers.letter_context(made))

        assert "附件：1.裁判文书目录2.统计表（2026.9）（印章）" in said

    @pytest.mark.parametrize(("lines", "pages", "pitch"), [(1, 1, 9.0), (2, 2, 10.227)])
    def test_lines_come_closer_only_where_that_saves_the_page_of_a_signature(
        self, lines, pages, pitch
    ):
        """F18: 25 lines on the page at most; where these don't do, the grid stays."""
        one = {name: SHORT[name][:1] for name in ("problems", "advices")}
        text = "查处违法建设关系人民群众切身利益和城乡规划秩序，应当依法规范进行。"
        context = {**SHORT, **one, "attachments": [], "cases": [], "background": [text] * lines}
        with opened("opinion_letter", {**context, "red_head": SHORT["issuer"]}) as paper:
            body = [char for char in paper.pages[0].chars if round(char["size"]) == 16]
            left = sorted({char["matrix"][5] * MM for char in body if char["x0"] * MM < 45})

            assert len(paper.pages) == pages
            assert left[-3] - left[-4] == pytest.approx(pitch, abs=0.05)

    def test_the_last_words_stand_whole_above_the_signature(self):
        with opened("urging_letter", SUPERVISION) as paper:
            last = "".join(paper.pages[-1].extract_text().split())

        assert last.startswith("2.明确责任人和完成时限")

    def test_a_letter_of_a_thousand_lines_keeps_every_problem_with_its_advice(self):
        many = {
            **LETTER,
            "problems": [[f"第{n}个问题" + "程序" * 300] for n in range(1, 13)],
            "advices": [[f"第{n}项建议" + "规范" * 300] for n in range(1, 13)],
        }
        said = text_of("judicial_suggestion", many)

        assert re.findall(r"(\d+)\.第(\d+)个问题", said) == [
            (str(n), str(n)) for n in range(1, 13)
        ]
        assert re.findall(r"(\d+)\.第(\d+)项建议", said) == [
            (str(n), str(n)) for n in range(1, 13)
        ]


class TestReplies:
    def test_the_reply_answers_each_advice_and_lists_the_measures(self, city):
        made = letters.letter(city)
        made.copies.update(mode=CopyMode.FORCED)
        row = put_served(made.addressees.get())
        first, second = made.problems.all()
        reply = ReplyRow(
            addressee=row, attitude="partly", reason="第二项需研究", received_on=date(2026, 11, 20)
        )
        reply.store()
        for problem, attitude in ((first, "accepted"), (second, "not_accepted")):
            Position.objects.create(reply=reply, problem=problem, attitude=attitude, reason="")
        Measure(
            addressee=row,
            problem=first,
            text="统一催告书样式",
            responsible="热依古丽·阿不都",
            due_on=date(2026, 12, 31),
        ).store()

        said = text_of("suggestion_reply", papers.reply_context(reply))
        made.copies.update(mode=CopyMode.DEFAULT)
        assert papers.reply_context(reply)["copy_to"] == []

        for part in (
            f"关于{made.number}司法建议书的回复函",
            f"贵院2026年9月28日送达的《{made.title}》（{made.number}）收悉",
            "我单位部分采纳所提建议",
            "1.关于“限期拆除前统一制发催告书，并附送达回证”的建议：采纳。",
            "的建议：不予采纳。",
            "热依古丽·阿不都",
            "2026-12-31",
            "抄送：试验市司法局。",
        ):
            assert part in said, part

    def test_the_unit_makes_its_letter_and_a_second_one_waits_for_the_first(self, city, as_user):
        row = put_served(letters.addressee(city, title="关于规范查处程序的司法建议"))
        reply = ReplyRow(addressee=row, attitude="accepted", received_on=date(2026, 11, 20))
        reply.store()
        url = reverse("suggestions:reply-paper", args=[reply.public_id])
        unit = as_user(city.users["agency_contact"])
        assert unit.get(url).status_code == 200

        answer = unit.post(url, {"number": "试综执函(2026)018号"})

        paper = OfficialDocument.objects.about(reply).get()
        assert answer.url == paper.get_absolute_url()
        assert (paper.number, paper.state) == ("试综执函〔2026〕18号", "issuing")
        assert paper.organization == city.organizations["agency"]
        assert unit.post(url, {"number": ""}).status_code == 422
        paper.state = "issued"
        paper.save()
        unit.post(url, {"number": "试综执函〔2026〕19号"})
        paper.refresh_from_db()
        assert (paper.state, paper.replaced_by.number) == ("replaced", "试综执函〔2026〕19号")

    @pytest.mark.parametrize(
        ("who", "on_behalf", "status"),
        [
            ("agency_contact", False, 302),
            ("agency_contact", True, 422),
            ("court_officer", False, 403),
            ("gov_officer", False, 403),
            ("system_admin", False, 404),
        ],
    )
    def test_who_makes_the_letter_of_a_reply(self, city, as_user, who, on_behalf, status):
        row = put_served(letters.addressee(city))
        reply = ReplyRow(
            addressee=row,
            attitude="accepted",
            received_on=date(2026, 11, 20),
            on_behalf=on_behalf,
        )
        reply.store()
        url = reverse("suggestions:reply-paper", args=[reply.public_id])

        assert as_user(city.users[who]).post(url, {"number": ""}).status_code == status
        assert OfficialDocument.objects.exists() == (status == 302)


class TestSupervision:
    def made(self, city, by: str, kind: str = "urging", **changes) -> Supervision:
        row = put_served(letters.addressee(city, number="试法建〔2026〕7号"))
        one = Supervision(
            addressee=row,
            kind=kind,
            level="key",
            by_organization=city.organizations[by],
            by=city.users["gov_officer"],
            on=date(2026, 12, 9),
            due_on=date(2026, 12, 18),
            reason="涉及共性问题",
            **changes,
        )
        one.store()
        return one

    def test_an_urging_letter_names_level_days_overdue_and_the_day_to_answer(self, city):
        said = text_of("urging_letter", papers.supervision_context(self.made(city, "justice")))

        assert "重点督办" in said
        assert "关于督促回复试法建〔2026〕7号司法建议书的督办函" in said
        assert "截至2026年12月9日，未见你单位回复，已逾期9日。" in said
        assert "至迟于2026年12月18日书面回复试验市人民法院，同时告知本机关" in said

    def test_the_issuer_urges_in_its_own_name(self, city):
        said = text_of("urging_letter", papers.supervision_context(self.made(city, "court")))

        assert "书面回复本院。" in said
        assert "告知" not in said

    def test_a_talk_names_its_hour_and_place(self, city):
        context = papers.supervision_context(
            self.made(city, "justice", "talk", place="三楼会议室")
        )

        said = text_of("talk_notice", {**context, "hour": "上午9:30"})

        assert "约谈通知书" in said
        assert "二、约谈时间：2026年12月18日上午9:30。三、约谈地点：三楼会议室。" in said

    def test_an_order_says_until_when_and_what(self):
        said = text_of(
            "order_notice", {**SUPERVISION, "paper": "责令限期履行通知书", "red_head": ""}
        )

        assert "现责令你单位至迟于2026年12月18日履行下列事项" in said
