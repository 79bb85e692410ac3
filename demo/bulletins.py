"""What was said to the bulletins of 示范市, and those that are on their way through the house."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from bulletins.actions import bulletins as actions
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.circulation import circulate, correct, note_reading, receive, words_of
from bulletins.actions.comments import comment
from bulletins.actions.reports import draft_report
from bulletins.models import Bulletin
from bulletins.states import Kind, OpinionTopic
from demo.city import City
from demo.diary import Diary
from foundations.calendars.terms import Per, Term

COURT, GOVERNMENT = "fangyan", "suhe"
PRESIDENT, DIRECTOR = "yeerlan", "guchengping"
COURT_OFFICER, GOVERNMENT_OFFICER = "zhoumingyuan", "liwenjing"
CLASS_CASES = (
    "<h2>一、基本情况</h2><p>今年以来，因违法建设查处引发的行政案件较为集中，败诉原因多为程序问题。</p>"
    "<h2>二、主要问题</h2><ol><li><p>限期拆除决定作出前未告知陈述、申辩权。</p></li>"
    "<li><p>现场勘验笔录无见证人签字。</p></li></ol>"
    "<h2>三、下一步建议</h2><p>建议统一文书样式，开展案卷评查。</p>"
)
REPORTED = (
    *("C1", "C2", "C3", "R1", "R2", "R3", "R4", "R5", "R12", "R6", "R6a", "R7", "R14a"),
    *("C4", "R8", "R10"),
)
UNCLEAR = "现场勘验笔录无见证人签字。"
CLEAR = "现场勘验笔录无见证人签字，也未注明见证人拒签或者不能到场的情况。"
SENSITIVE = (
    "<h2>案件基本情况</h2><p>某村集体土地征收系列案件，涉及户数较多，已立案受理。</p>"
    "<h2>风险提示</h2><p>建议有关部门提前做好释法和稳控工作，本期限所列单位阅知。</p>"
)
OPINION = (
    "<h2>对行政审判工作的意见</h2><p>建议明确非诉执行案件的送达和腾退衔接程序。</p>"
    "<h2>对非诉执行工作的意见</h2><p>建议对“裁执分离”案件统一交接清单。</p>"
)


def tell_bulletins(city: City, diary: Diary) -> None:
    """A class of cases with opinions and an answer, a correcting issue, a restricted brief, the
    report on a quarter, a draft returned and one that waits for its signature."""
    story = _Story(city)
    for ago, clock, deed in (
        (96, "10:10", story.class_cases),
        (93, "16:20", story.opinion),
        (90, "09:40", story.answer),
        (88, "11:00", story.correction),
        (85, "09:30", story.corrected),
        (61, "15:30", story.sensitive),
        (12, "10:00", story.returned),
        (9, "10:20", story.report),
        (6, "16:40", story.waiting),
    ):
        diary.enter(city.workday(city.ago(ago), 1), clock, deed)


class _Story:
    def __init__(self, city: City) -> None:
        self.city = city
        self.pk = 0

    def _draft(self, at: datetime, issuer: str, who: str, words: BulletinWords) -> Bulletin:
        return actions.draft(
            self.city.mechanism.pk,
            actor=self.city.users[who],
            at=at,
            issuer_id=self.city.units[issuer].pk,
            words=words,
        )

    def _out(self, made: Bulletin, at: datetime, who: str, signer: str) -> None:
        users = self.city.users
        actions.send_for_review(made.pk, actor=users[who], at=at)
        actions.sign(made.pk, actor=users[signer], at=at)
        circulate(made.pk, actor=users[who], at=at)

    def _units(self, *keys: str) -> tuple[int, ...]:
        return tuple(self.city.units[key].pk for key in keys)

    def report(self, at: datetime) -> None:
        """On the quarter before, with its figures."""
        made = draft_report(
            self.city.mechanism.pk,
            actor=self.city.users[COURT],
            at=at,
            issuer_id=self.city.units["court"].pk,
            term=Term.around(Per.QUARTER, timezone.localdate(at)).before,
            indicators=REPORTED,
        )
        self._out(made, at, COURT, PRESIDENT)
        receive(made.pk, actor=self.city.users[GOVERNMENT_OFFICER], at=at)

    def class_cases(self, at: datetime) -> None:
        words = BulletinWords(
            title="关于违法建设查处类行政案件的通报",
            body=CLASS_CASES,
            kind=Kind.CLASS_CASES,
            matter="违法建设查处类案件",
            recipients=self._units("gov", "justice"),
        )
        made = self._draft(at, "court", COURT, words)
        self._out(made, at, COURT, PRESIDENT)
        self.pk = made.pk

    def opinion(self, at: datetime) -> None:
        note_reading(self.pk, actor=self.city.users[GOVERNMENT_OFFICER], at=at)
        receive(self.pk, actor=self.city.users[GOVERNMENT_OFFICER], at=at)
        comment(
            self.pk,
            actor=self.city.users[GOVERNMENT_OFFICER],
            at=at,
            text="建议对勘验笔录见证人的身份要求作出说明，便于执法人员掌握。",
            topic=OpinionTopic.TRIAL,
        )

    def answer(self, at: datetime) -> None:
        asked = Bulletin.objects.get(pk=self.pk).comments.latest("pk")
        comment(
            self.pk,
            actor=self.city.users[COURT_OFFICER],
            at=at,
            text="将在下次联席会议上作专门说明，并附典型案例。",
            reply_to=asked.pk,
        )

    def correction(self, at: datetime) -> None:
        officer = self.city.users[COURT]
        new = correct(self.pk, actor=officer, at=at, reason="第二部分第二项表述不完整")
        body = CLASS_CASES.replace(UNCLEAR, CLEAR)
        words = replace(words_of(new), body=body)
        actions.revise(new.pk, actor=officer, at=at, words=words)
        new.refresh_from_db()
        self._out(new, at, COURT, PRESIDENT)
        self.pk = new.pk

    def corrected(self, at: datetime) -> None:
        receiver = self.city.users[GOVERNMENT_OFFICER]
        note_reading(self.pk, actor=receiver, at=at)
        receive(self.pk, actor=receiver, at=at)

    def sensitive(self, at: datetime) -> None:
        words = BulletinWords(
            title="关于集体土地征收系列案件受理情况的专报",
            body=SENSITIVE,
            kind=Kind.MAJOR_CASE,
            matter="重大敏感行政案件受理情况",
            recipients=self._units("justice"),
            restricted=True,
        )
        self._out(self._draft(at, "court", COURT, words), at, COURT, PRESIDENT)

    def returned(self, at: datetime) -> None:
        words = BulletinWords(
            title="对行政审判和非诉执行工作的意见建议",
            body=OPINION,
            kind=Kind.OPINION,
            matter="对行政审判工作的意见和建议",
            recipients=self._units("court"),
        )
        made = self._draft(at, "gov", GOVERNMENT, words)
        actions.send_for_review(made.pk, actor=self.city.users[GOVERNMENT], at=at)
        reason = "请补充各部门反馈的具体意见"
        actions.return_draft(made.pk, actor=self.city.users[DIRECTOR], at=at, reason=reason)

    def waiting(self, at: datetime) -> None:
        words = BulletinWords(
            title="关于负责人出庭应诉工作的简报",
            body="<p>近期各单位负责人出庭应诉情况总体良好，现将有关做法予以通报。</p>",
            kind=Kind.BRIEF,
            matter="负责人出庭应诉做法",
            recipients=self._units("gov", "justice"),
        )
        made = self._draft(at, "court", COURT, words)
        actions.send_for_review(made.pk, actor=self.city.users[COURT], at=at)
        reviewer = self.city.users[COURT_OFFICER]
        actions.approve(made.pk, actor=reviewer, at=at)
