"""One context of every paper on mediation and on outcomes, as the room builds them."""

DOTTED = "阿依努尔·麦麦提江"
GOVERNMENT = "示范市人民政府"
COURT = "示范市人民法院"
CENTRE = "示范市行政争议协调化解中心"
AGENCY = "示范市自然资源和规划局"
COMPANY = "示范市河湾片区城市更新建设投资发展有限责任公司"
ACT = "限期拆除河湾镇东二路临时构筑物（示综执拆〔2026〕17号）"
DISPUTE = "张某等与市自然资源和规划局土地征收补偿争议"
LONG = (
    "作出征收补偿决定前未依法公告补偿方案，未听取被征收人的意见；评估报告送达不规范，未告知申请复核"
    "评估和鉴定的权利，导致主要程序存在缺陷"
)
CLERK = {"name": DOTTED, "phone": "0999-1234567"}
NOTICE: dict = {
    "title": "关于示府复〔2026〕31号\n行政复议案件处理结果的抄告函",
    "red_head": GOVERNMENT,
    "number": "示府复抄〔2026〕6号",
    "addressees": ["示范省自然资源厅"],
    "you": "你单位",
    "own": "本机关",
    "claimants": f"张某、{COMPANY}等5名申请人",
    "agency": AGENCY,
    "act": f"作出的“{ACT}”行政行为",
    "accepted": "2026年3月5日",
    "closed": "2026年4月28日",
    "decision": "行政复议决定书",
    "case_number": "示府复〔2026〕31号",
    "result": "撤销并责令重作",
    "ground": "违反法定程序",
    "basis": "《中华人民共和国行政复议法》第七十九条第二款",
    "copy": "行政复议决定书副本",
    "attachments": ["行政复议决定书（示府复〔2026〕31号）"],
    "signer": GOVERNMENT,
    "date": "2026年5月6日",
    "person": CLERK,
    "copy_to": [],
    "mark": "",
}
OUTCOMES = ("维持", "驳回复议请求", "终止（自行纠错后撤回）", "终止（主体消灭）")
OUTCOME_LIST: dict = {
    "title": "关于集中抄告2026年第二季度\n行政复议案件处理结果的函",
    "red_head": GOVERNMENT,
    "number": "示府复抄〔2026〕9号",
    "addressees": ["示范省司法厅"],
    "you": "你单位",
    "own": "本机关",
    "period": "2026年4月1日至6月30日",
    "total": 26,
    "results": "维持7件、驳回复议请求7件、终止（自行纠错后撤回）6件、终止（主体消灭）6件",
    "basis": "",
    "cases": [
        {
            "number": f"示府复〔2026〕{n}号",
            "claimants": "张某等3人" if n % 3 else COMPANY,
            "agency": AGENCY,
            "result": OUTCOMES[n % 4],
            "on": f"2026-05-{n:02}",
        }
        for n in range(1, 27)
    ],
    "attachments": ["行政复议案件处理结果抄告清单"],
    "signer": GOVERNMENT,
    "date": "2026年7月6日",
    "person": CLERK,
    "copy_to": [],
    "mark": "",
}
MATTER = f"{DOTTED}等5人与{AGENCY}土地征收补偿争议"
CONSENT: dict = {
    "title": "征求调解意愿书",
    "case_number": "（2026）新4002行诉前调12号",
    "matter": MATTER,
    "organ": CENTRE,
    "parties": [
        {
            "name": DOTTED,
            "called": DOTTED,
            "role": "申请人",
            "phone": "13800005678",
            "agreed": None,
            "note": "",
            "asked": "",
        },
        {
            "called": COMPANY,
            "role": "第三人",
            "phone": "",
            "agreed": True,
            "note": "希望分两期支付，并由镇政府协助迁移管线",
            "asked": "2026年5月6日当面征询",
        },
    ],
}
REFERRAL: dict = {
    "title": "委托调解函",
    "red_head": COURT,
    "number": "（2026）新4002行诉前调12号",
    "addressees": [CENTRE],
    "own": "本院",
    "verb": "委托",
    "mediator": "你中心调解员迪丽热巴·阿卜杜外力",
    "matter": MATTER,
    "consented": "2026年5月6日",
    "parties": [
        {
            "role": "原告" if n else "被告",
            "called": (DOTTED if n % 2 else COMPANY) if n else AGENCY,
            "phone": "13800005678",
            "address": "示范市东城街道解放路社区东二路北巷107号院3栋2单元501室",
        }
        for n in range(9)
    ],
    "act": ACT,
    "claims": ["撤销征收补偿决定，责令重新评估"],
    "facts": [LONG, LONG],
    "limit": "自调解员确认接受之日起15日；各方当事人同意的，可以延长",
    "answer_by": "2026年5月11日",
    "signer": COURT,
    "date": "2026年5月6日",
    "person": CLERK,
    "copy_to": [],
    "mark": "",
}
APPLICATION: dict = {
    "title": "司法确认申请书",
    "applicants": [
        {
            "name": DOTTED,
            "called": DOTTED,
            "details": [
                "女",
                "1984年2月29日出生",
                "维吾尔族",
                "公民身份号码110101198402290012",
                "住示范市东城街道解放路社区东二路北巷107号院3栋2单元501室",
                "联系电话13800005678",
            ],
            "agents": ["委托代理人：李文静，示范律师事务所律师，特别授权"],
        },
        {"called": COMPANY, "details": ["法定代表人周明远"], "agents": []},
        {"called": AGENCY, "details": [], "agents": []},
    ],
    "signed": "2026年6月3日",
    "agreement": "调解协议",
    "agreement_number": "示化解协〔2026〕8号",
    "facts": [LONG],
    "mediated_by": f"{CENTRE}（调解员迪丽热巴·阿卜杜外力）",
    "effective": "2026年6月3日",
    "items": [
        f"{AGENCY}于2026年{n}月30日前支付第{n}期补偿款12345.00元，转入申请人指定账户"
        for n in range(1, 13)
    ]
    * 2,
    "closing": "履行完毕后，申请人撤回起诉，双方就本争议再无其他纠纷",
    "court": COURT,
    "attachments": ["调解协议", "申请人身份证明、主体资格证明", "与调解协议相关的证据材料"],
}
VISIT_HEAD: dict = {
    "dispute": DISPUTE,
    "register_number": "示争〔2026〕31号",
    "organ": CENTRE,
    "reason": "行政复议（示府复〔2026〕31号）：撤销并责令重作",
    "limit": "2026年7月30日前",
    "duties": [
        {
            "what": f"{LONG[:40]}，第{n}项",
            "owed_by": AGENCY,
            "due": "2026-06-30",
            "standing": "逾期履行" if n % 2 else "尚未履行",
        }
        for n in range(1, 21)
    ],
}
EMPTY_VISIT = {
    "nth": "",
    "on": "",
    "method": "□当面　□电话　□视频　□书面",
    "person": "",
    "result": "",
    "said": [],
    "measure": "",
    "next": "",
    "visitor": "",
}
VISIT_FORM = {**VISIT_HEAD, "title": "回访记录表", "visits": [EMPTY_VISIT]}
VISIT_RECORD = {
    **VISIT_HEAD,
    "title": "回访记录表",
    "visits": [
        {
            "nth": 2,
            "on": "2026年7月6日",
            "method": "当面",
            "person": DOTTED,
            "result": "部分履行",
            "said": [LONG, LONG, LONG],
            "measure": "商请市财政局于七月底前拨付剩余补偿款",
            "next": "2026年8月6日前",
            "visitor": "迪丽热巴·阿卜杜外力",
        }
    ],
}
FLAGS = ("涉众", "群体性", "涉外", "涉企", "涉军", "信访", "舆情", "重大项目", "民生")
RISK: dict = {
    "title": "行政争议风险评估表",
    "mark": "内部资料",
    "dispute": DISPUTE,
    "register_number": "示争〔2026〕31号",
    "agency": AGENCY,
    "area": "自然资源（土地征收）",
    "filed": "2026年3月2日",
    "act": ACT,
    "standing": "行政复议：审理",
    "flags": [{"name": name, "on": n % 3 == 0} for n, name in enumerate(FLAGS)],
    "persons": "12人",
    "proposed": "高",
    "level": "极高",
    "rated": "2026年3月9日",
    "reason": LONG,
    "organization": "示范市司法局",
    "rated_by": DOTTED,
    "review": "2026年4月9日",
    "history": [
        {"on": f"2026-03-{n:02}", "level": "高", "organization": "示范市司法局", "reason": LONG}
        for n in range(1, 9)
    ],
}
DECISION_RISK: dict = {
    "title": "重大行政决策诉讼风险评估表",
    "mark": "内部资料",
    "decision": "河湾片区城市更新（棚户区改造）三期项目土地和房屋征收补偿方案",
    "organization": GOVERNMENT,
    "area": "住房和城乡建设（房屋征收）",
    "focus": True,
    "asked": "2026年2月2日",
    "concluded": "2026年3月2日",
    "matter": [LONG, LONG],
    "opinions": [
        {"unit": COURT, "level": "高", "text": LONG, "advisory": True, "on": "2026-02-16"},
        {"unit": "示范市司法局", "level": "中", "text": LONG, "advisory": False, "on": "—"},
    ]
    * 5,
    "level": "高",
    "foreseen": [LONG, LONG],
    "prevention": [LONG],
    "compared": "至2026年11月20日，相关争议14件，其中针对决策单位的6件，进入诉讼的3件。",
    "duties": [
        {
            "what": "完成被征收人意见登记和答复",
            "unit": AGENCY,
            "due": "2026-04-30",
            "outcome": "2026-04-28完成",
        }
    ]
    * 4,
}
CAUSES = (
    "主要证据不足",
    "适用法律错误",
    "违反法定程序",
    "超越职权",
    "滥用职权",
    "明显不当",
    "不履行职责",
)
LOSS: dict = {
    "title": "败诉案件分析表",
    "mark": "内部资料",
    "dispute": DISPUTE,
    "case_number": "（2026）新4002行初12号",
    "procedure": "一审",
    "organ": COURT,
    "organization": AGENCY,
    "result": "撤销并判令重作",
    "closed": "2026年4月20日",
    "act": ACT,
    "appeared": "2026年4月1日开庭：负责人出庭，示范市自然资源和规划局局长周明远",
    "causes": [{"name": name, "on": n == 2} for n, name in enumerate(CAUSES)],
    "analysis": [LONG, LONG, LONG],
    "lesson": [LONG],
    "rectification": [LONG, LONG],
    "rectify_by": "2026年7月31日",
    "rectified": "",
    "written": "2026年4月27日",
    "accepted": "",
    "remark": "",
}
SERVICE: dict = {
    "title": "送达回证",
    "organ": COURT,
    "case_number": "（2026）新4002行初12号",
    "cause": "土地征收补偿",
    "papers": ["（2026）新4002行初12号行政判决书　1份"],
    "receivers": [
        {
            "called": DOTTED,
            "role": "原告",
            "address": "示范市东城街道解放路社区东二路北巷107号院3栋2单元501室",
            "phone": "13800005678",
        },
        {"called": COMPANY, "role": "第三人", "address": "", "phone": ""},
    ],
}
ALLOWANCES: dict = {
    "title": "2026年6月行政争议调解案件补贴发放表",
    "organization": "示范市司法局",
    "date": "2026年7月1日",
    "paid": [
        {
            "name": DOTTED if n % 2 else "周明",
            "number": f"（2026）新4002行诉前调{n}号",
            "dispute": DISPUTE,
            "standard": "示司发〔2025〕10号第三条：疑难案件",
            "amount": "500.00",
        }
        for n in range(1, 24)
    ],
    "people": 2,
    "total": 23,
    "total_words": "壹万壹仟伍佰元整",
    "total_amount": "11,500.00",
}
OUTCOME_CONTEXTS = {
    "outcome_notice": NOTICE,
    "outcome_list": OUTCOME_LIST,
    "mediation_consent": CONSENT,
    "mediation_referral": REFERRAL,
    "confirmation_application": APPLICATION,
    "visit_form": VISIT_FORM,
    "visit_record": VISIT_RECORD,
    "risk_form": RISK,
    "decision_risk_form": DECISION_RISK,
    "loss_form": LOSS,
    "service_receipt": SERVICE,
    "allowance_table": ALLOWANCES,
}
