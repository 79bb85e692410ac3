"""What the papers between the sides are printed from: bulletins, reports upward, white paper."""

from bulletins.papers.blocks import blocks_of

BLOCKS = [
    {"kind": "text", "text": "全年收案总体平稳。"},
    {"kind": "second", "text": "（一）案件类型"},
    *blocks_of(
        '<table><tr><th rowspan="2">领域</th><th colspan="2">件数</th></tr>'
        "<tr><th>收案</th><th>结案</th></tr>"
        "<tr><td>市场监管</td><td>12</td><td>10</td></tr></table>"
    ),
]
FIGURES = {
    "title": "行政案件收结案情况",
    "columns": ["程序", "收案", "结案"],
    "rows": [["一审", "12", "10"], ["合计", "12", "10"]],
    "basis": "按本院办理的程序计。",
}
OF_INDICATORS = {
    "title": "主要指标情况",
    "columns": ["单位", "位次", "分子", "分母", "数值", "上年同期", "同比"],
    "heads": [
        {"name": name, "width": width}
        for name, width in (
            ("单位", "w22"),
            ("位次", "w8"),
            ("分子", "w8"),
            ("分母", "w8"),
            ("数值", "w14"),
            ("上年同期", "w22"),
            ("同比", "w18"),
        )
    ],
    "rows": [
        ["市自然资源和规划局", "1", "18", "20", "90.00%", "87.50%（14/16）", "+2.50个百分点"],
        ["市水利局", "—", "1", "3", "33.33%", "—", "—"],
        ["合计", "", "19", "23", "82.61%", "87.50%（14/16）", "−4.89个百分点"],
    ],
    "small": ["市水利局"],
    "basis": "负责人出庭应诉率（开庭审理的案件）：分子：……；分母：……。",
    "notes": ["负责人出庭应诉率（开庭审理的案件）：分子：……；分母：……。"],
    "counted": "统计期间2026年7月1日至9月30日，统计范围为全辖区，统计于2026年10月15日9:30。",
}
CASE = {
    "title": "某餐饮店诉某局行政处罚案",
    "source": "示范市人民法院",
    "gist_name": "裁判要旨",
    "gist": ["作出较大数额罚款前应当告知听证权利。"],
    "blocks": BLOCKS,
}
UPWARD = {
    "red_head": "示范市司法局文件",
    "number": "示司发〔2026〕18号",
    "own_number": "示司发〔2026〕18号",
    "signed_by": "韩立夏",
    "addressees": ["示范市人民政府"],
    "paragraphs": ["现将上一年度行政复议工作情况报告如下。"],
    "tables": [
        {
            "title": "行政复议案件办理情况",
            "heads": ["项目", "件数"],
            "rows": [["受理", "120"], ["审结", "112"]],
        }
    ],
    "signer": "示范市司法局",
    "date": "2026年11月20日",
    "contact": "",
    "copy_to": [],
    "printed_by": "示范市司法局",
    "printed_on": "2026年11月20日",
    "mark": "",
}
SIDES_CONTEXTS: dict[str, dict] = {
    "bulletin": {
        "title": "关于2026年第三季度行政诉讼案件审理情况的通报",
        "red_head": "示范市人民法院情况通报",
        "issue": "2026年第3期",
        "issuer": "示范市人民法院",
        "date": "2026年11月20日",
        "period": "2026年7月1日至2026年9月30日",
        "blocks": BLOCKS,
        "tables": [FIGURES, OF_INDICATORS],
        "corrects": "",
        "mark": "",
        "printed_by": "示范市人民法院",
        "printed_on": "2026年11月20日",
        "report_to": ["示范市人民代表大会"],
        "send_to": ["示范市人民政府"],
        "hand_to": ["示范市公安局"],
    },
    "compilation": {
        "title": "典型案例选编",
        "number": "",
        "opening": ["选编本年度有指导意义的生效案例。"],
        "items": [CASE],
        "issuer": "示范市人民法院",
        "date": "2026年11月20日",
        "mark": "",
    },
    "white_paper": {
        "title": "示范市人民法院2025年度行政审判白皮书",
        "number": "",
        "parts": [{"name": "基本情况", "blocks": BLOCKS}, {"name": "主要特点", "blocks": []}],
        "cases": [CASE],
        "tables": [FIGURES],
        "as_of": "2026年1月12日",
        "issuer": "示范市人民法院",
        "date": "2026年3月20日",
        "mark": "",
    },
    "upward_report": {
        **UPWARD,
        "title": "关于上一年度行政复议工作情况的报告",
        "closing": "特此报告。",
    },
    "upward_request": {
        **UPWARD,
        "title": "关于重大复杂案件办理事项的请示",
        "closing": "妥否，请批示。",
        "contact": "李文静　0000-1234",
    },
    "figures_query": {
        "title": "五个比率",
        "institution": "行政复议与行政诉讼联席会议制度",
        "period": "2026年10月",
        "unit": "",
        "area": "",
        "lines": [
            {
                "indicator": "复议纠错率",
                "way": "占审结案件",
                "figure": "26.56%",
                "parts": "17 / 64",
                "apart": "未结10",
                "moved": "+9.61 个百分点",
                "target": "≥12%",
                "broken": "",
            },
            {
                "indicator": "述法覆盖率",
                "way": "应述单位",
                "figure": "—",
                "parts": "",
                "apart": "",
                "moved": "—",
                "target": "—",
                "broken": "不按所选范围统计",
            },
        ],
        "group": "单位",
        "tables": [
            {
                "heads": [{"indicator": "复议纠错率", "way": "占审结案件"}],
                "rows": [
                    {"group": "市公安局", "cells": [{"figure": "14.29%", "parts": "1 / 7"}]},
                    {"group": "市民政局", "cells": [{"figure": "50.00%", "parts": "1 / 2"}]},
                ],
            }
        ],
        "bases": [
            "复议纠错率（占审结案件）：分子：以撤销、变更等方式结案的复议案件；分母：期内审结的复议案件。"
        ],
        "missing": [],
        "reader": "李文静",
        "as_of": "2026年11月24日",
    },
    "compliance": {
        "title": "行政复议与行政诉讼联席会议制度落实情况对照表",
        "on": "2026-11-20",
        "total": 1,
        "totals": "落实 1 条",
        "clauses": [
            {
                "number": "SF-14",
                "clause": "三（一）",
                "chapter": "三、工作规则",
                "words": "每两个月召开一次",
                "state": "落实",
                "said": "上一次：2026年10月19日。",
                "next": "2026-12-21",
            }
        ],
    },
    "quarter_package": {
        "title": "示范市人民法院2026年第一季度材料包",
        "period": "2026年第一季度",
        "own": "示范市人民法院",
        "told_to": "示范市人民政府",
        "owed": 2,
        "told": 1,
        "late": 0,
        "nil": 0,
        "open": 1,
        "as_of": "2026年4月2日",
        "lines": [
            {
                "clause": "制度四（一）",
                "matter": "行政诉讼案件审理情况",
                "label": "2026年3月",
                "due": "2026-03-20",
                "sent": "2026-03-17",
                "paper": "2026年第3期",
                "receipts": "市政府 2026-03-17",
                "signed": ["市政府 03-17"],
            }
        ],
        "reports": ["关于2025年度司法建议落实情况的通报"],
        "white_papers": ["示范市人民法院2025年度行政审判白皮书"],
        "signer": "示范市人民法院",
        "date": "2026年4月2日",
        "mark": "",
    },
    "score_sheet": {
        "title": "行政处罚案卷评查评分表",
        "hosts": "示范市司法局",
        "day": "2026年6月3日",
        "rows": [
            {
                "n": 1,
                "file": "某公司行政处罚案卷",
                "unit": "市市场监管局",
                "score": "92",
                "findings": "送达回证填写不完整",
                "reviewer": "方砚",
                "award": "优秀",
            }
        ],
        "mark": "",
    },
    "guidance_letter": {
        "title": "关于规范政府信息公开答复的指导函",
        "red_head": "示范市司法局",
        "number": "示司函〔2026〕6号",
        "letter": True,
        "addressees": ["示范市自然资源和规划局"],
        "paragraphs": ["答复书应当逐项回应申请内容，并写明依据。"],
        "due": "2026年6月30日",
        "own": "示范市司法局",
        "signer": "示范市司法局",
        "date": "2026年6月3日",
        "copy_to": [],
        "mark": "",
    },
    "consultation": {
        "title": "关于征求《示范市城市更新管理办法》（征求意见稿）意见的函",
        "red_head": "示范市司法局",
        "number": "示司函〔2026〕7号",
        "letter": True,
        "addressees": ["示范市人民法院"],
        "own": "示范市司法局",
        "subject": "示范市城市更新管理办法",
        "reasons": ["为规范城市更新活动，起草本办法。"],
        "due": "2026年7月10日",
        "enclosed": ["示范市城市更新管理办法（征求意见稿）"],
        "signer": "示范市司法局",
        "date": "2026年6月20日",
        "copy_to": [],
        "mark": "",
    },
}
