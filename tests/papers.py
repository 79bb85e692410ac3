"""One context of every kind of paper, as the rooms above build them."""

from tests.case_papers import CASE_CONTEXTS
from tests.letter_papers import LETTER_CONTEXTS
from tests.outcome_papers import OUTCOME_CONTEXTS
from tests.side_papers import SIDES_CONTEXTS


def seat(name: str, unit_title: str) -> dict:
    return {"name": name, "unit_title": unit_title}


RARE = "喆堃玥珺䶮㛃彧甯燚"
DOTTED = "热孜艳·买买提明"
PEOPLE = [
    seat(DOTTED, "示范市人民政府副市长"),
    seat("陈珺", "示范市人民法院院长"),
    seat("李堃", "市司法局局长"),
    seat("王喆", "市人民法院副院长"),
    seat("张玥", "市综合行政执法局法规科科长"),
    seat("刘彧", "市自然资源局副局长"),
    seat("周燚", "市人力资源和社会保障局副局长"),
    seat("赵㛃", "市住建局科长"),
    seat("钱䶮", "行政审判庭庭长"),
    seat("甯明远", "市行政争议化解中心主任"),
]
MEETING = "2026年第6次行政复议与行政诉讼联席会议"
CLAUSE = (
    "会议讨论意见仅供内部参考，不得转发，不得作为行政复议、行政审判等有关对外公文具体引用的依据。"
)
NOTICE = {
    "red_head": "示范市司法局",
    "number": "示司函〔2026〕8号",
    "title": f"关于召开{MEETING}的通知",
    "addressees": ["各县（区）人民政府", "市政府各有关部门"],
    "paragraphs": [
        "根据《示范市行政复议与行政诉讼联席会议制度（试行）》第三条第一项的规定，经与市人民法院"
        "协商一致，定于近期召开联席会议。现将有关事项通知如下。"
    ],
    "items": [
        {"label": "会议时间", "text": "2026年12月4日（星期五）上午10:00，会期半天"},
        {"label": "会议地点", "text": "市司法局三楼第二会议室"},
        {"label": "主持", "text": f"{DOTTED}（市人民政府副市长，召集人）"},
    ],
    "agenda": [
        {"n": 1, "title": "2026年1月至10月行政复议案件办理情况通报", "reporter": "市司法局"},
        {"n": 2, "title": "关于规范征收补偿决定书送达程序的建议", "reporter": "市自然资源局"},
    ],
    "participants": [
        {"label": "出席", "names": PEOPLE[:5]},
        {"label": "列席", "names": PEOPLE[5:]},
    ],
    "requirements": ["因故不能参会的，须于会前2日书面请假并明确代会人员"],
    "receipt": {"due": "2026年12月2日", "contact": "市司法局行政复议与应诉科"},
    "contacts": [
        {"side": "government", "unit": "复议与应诉科", "name": "李文静", "phone": "0999-1234567"},
        {"side": "court", "unit": "行政审判庭", "name": "周明", "phone": "0999-7654321"},
    ],
    "signer": "示范市司法局",
    "date": "2026年11月22日",
    "attachments": [],
    "copy_to": [["市委办公室", "市人大常委会办公室"], ["市人民法院"]],
    "mark": "",
    "replaces": "示司函〔2026〕3号",
}
MINUTES = {
    "red_head": "示范市行政复议与行政诉讼联席会议纪要",
    "number": "示府院纪〔2026〕6号",
    "issuer": "示范市人民政府办公室",
    "date": "2026年12月7日",
    "mark": "内部资料",
    "clause": CLAUSE,
    "title": f"{MEETING}纪要",
    "opening": f"2026年12月4日上午，市人民政府副市长{DOTTED}主持召开会议，院长陈珺出席。",
    "heard": [
        "市司法局通报了行政复议案件办理情况：审结251件，调解率为38.6%",
        "市人民法院通报了典型案例",
    ],
    "held": ["当前行政争议主要集中在房屋征收、行政处罚领域，程序违法是败诉的首要原因"],
    "resolved": [
        {
            "n": 1,
            "text": "修订国有土地上房屋征收补偿决定书送达规程",
            "lead": "市自然资源局",
            "support": "市司法局",
            "due": "2027年1月31日",
        },
        {"n": 2, "text": "每季度发布典型案例", "lead": "市司法局", "support": "", "due": ""},
    ],
    "present": PEOPLE[:7],
    "leave": PEOPLE[7:8],
    "guests": PEOPLE[8:],
    "circulation": ["市人民政府各有关部门", "市人民法院各部门"],
    "copy_to": [["市委办公室", "市人大常委会办公室"]],
}
CONTEXTS: dict[str, dict] = {
    "notice": NOTICE,
    "agenda": {
        "title": f"{MEETING}议程",
        "meeting": MEETING,
        "time": "2026年12月4日上午10:00",
        "place": "市司法局三楼第二会议室",
        "chair": DOTTED,
        "rows": [
            {
                "n": 1,
                "title": "案件办理情况通报",
                "kind": "情况通报",
                "reporter": "市司法局",
                "minutes": 15,
                "mark": "内部",
            }
        ],
        "notes": ["每个议题汇报不超过15分钟"],
        "date": "2026年11月22日",
    },
    "roster": {
        "title": "示范市行政复议与行政诉讼联席会议成员名单",
        "body": "联席会议",
        "on": "2026-11-22",
        "groups": [
            {"role": "召集人", "seats": PEOPLE[:2]},
            {"role": "成员", "seats": PEOPLE[2:]},
        ],
    },
    "attendance": {
        "title": f"{MEETING}签到表",
        "time": "2026年12月4日上午10:00",
        "place": "市司法局三楼第二会议室",
        "rows": [
            {"n": n, "side": "政府", "signature": "", **person}
            for n, person in enumerate(PEOPLE, 1)
        ],
    },
    "minutes": MINUTES,
    "opinion": {**MINUTES, "red_head": "", "number": "", "title": f"{MEETING}讨论意见"},
    "consensus": {
        "title": "关于工伤认定行政案件若干法律适用问题的研讨共识",
        "number": "示府院共识〔2026〕1号",
        "issuers": ["示范市人民政府", "示范市人民法院"],
        "paragraphs": ["为统一工伤认定行政案件的法律适用尺度，经研讨形成以下共识。"],
        "date": "2026年12月20日",
    },
    "receipt": {"meeting": MEETING, "due": "2026年12月2日", "contact": "市司法局"},
    "topic_form": {"meeting": MEETING, "due": "2026年11月20日", "rows": []},
    "circulation_slip": {
        "document": {"title": f"{MEETING}纪要", "number": "示府院纪〔2026〕6号"},
        "readers": PEOPLE,
    },
    "change_notice": {
        "body": "示范市联席会议",
        "on": "2026-12-01",
        "reason": "工作变动",
        "ended": [
            {"name": "陈珺", "organization": "市人民法院", "title": "院长", "label": "召集人"}
        ],
        "begun": [
            {"name": DOTTED, "organization": "市人民法院", "title": "院长", "label": "召集人"}
        ],
    },
    "handover_sheet": {
        "jurisdiction": "示范市",
        "giver": "陈珺",
        "taker": DOTTED,
        "on": "2026-12-01",
        "reason": "岗位调整",
        "groups": [{"label": "议定事项", "titles": ["修订送达规程", "发布典型案例"]}],
    },
    **LETTER_CONTEXTS,
    **OUTCOME_CONTEXTS,
    **CASE_CONTEXTS,
    **SIDES_CONTEXTS,
}
