"""One context of every paper of a dispute that is made of its records."""

DOTTED = "阿依努尔·麦麦提江"
COURT = "示范市人民法院"
AGENCY = "示范市综合行政执法局"
CENTRE = "示范市行政争议协调化解中心"
NUMBER = "（2026）鄂0199行初12号"
CASE = f"{DOTTED}、李堃诉{AGENCY}行政处罚一案"
LONG = (
    "对涉案临时构筑物重新组织现场勘验，邀请当事人和社区代表到场，核实建造时间、面积和用途，"
    "并在十个工作日内书面反馈核实结果"
)
_HEARING: dict = {
    "addressees": [AGENCY],
    "people": [{"name": DOTTED}, {"name": "李堃"}],
    "organ": COURT,
    "case": CASE,
    "case_number": NUMBER,
    "role": "被告",
    "time": "2026年12月10日上午9:30",
    "day": "2026年12月10日",
    "place": "第二审判庭",
    "manner": "公开开庭审理",
    "several": False,
    "joint": "",
    "attachments": ["行政机关负责人出庭应诉回执"],
    "date": "2026年11月23日",
    "copy_to": [],
}
APPEARANCE_NOTICE: dict = {
    **_HEARING,
    "title": "行政机关负责人出庭应诉通知书",
    "paper": "行政机关负责人出庭应诉通知书",
    "subject_title": "",
    "red_head": "",
    "issuer": COURT,
    "own": "本院",
    "suggests": False,
    "reasons": ["本案社会高度关注", "被诉行政行为涉及公民、法人或者其他组织重大人身、财产权益"],
    "number": NUMBER,
    "own_number": NUMBER,
    "signer": COURT,
}
APPEARANCE_LETTER: dict = {
    **_HEARING,
    "title": "行政机关负责人出庭应诉告知函",
    "red_head": "示范市司法局",
    "issuer": "示范市司法局",
    "own": "本机关",
    "number": "示司函〔2026〕8号",
    "signer": "示范市司法局",
}
RESOLUTION_PLAN: dict = {
    "title": "行政争议实质性化解方案",
    "issuer": AGENCY,
    "addressees": [COURT],
    "parties": [
        {"role": "原告", "names": f"{DOTTED}、李堃"},
        {"role": "被告", "names": AGENCY},
    ],
    "act": "责令限期拆除临时构筑物",
    "act_number": "示综执罚〔2026〕31号",
    "act_on": "2026年3月2日",
    "case_number": NUMBER,
    "register_number": "示争〔2026〕8号",
    "cause": ["2025年巡查发现沿街建有临时构筑物，当事人认为其建造经过批准。"],
    "earlier": ["2026年4月组织过一次调解，因补偿金额未能达成一致。"],
    "next_steps": [LONG, "会同街道办事处与当事人再次协商。"],
    "timetable": ["2026年12月底前完成。"],
    "risk": [],
    "evidence": ["现场勘验笔录", "《中华人民共和国行政处罚法》第三十三条"],
    "head": "王彬（副局长）",
    "handler": "赵㛃",
    "studied": "2026年11月18日",
    "approved": "2026年11月20日",
    "approved_by": "局长办公会议",
    "signer": AGENCY,
    "date": "2026年11月23日",
}
AGREEMENT: dict = {
    "title": "调解协议书",
    "issuer": CENTRE,
    "settled": False,
    "number": "示争调〔2026〕5号",
    "case": f"申请人{DOTTED}与被申请人{AGENCY}行政处罚一案",
    "people": [{"name": DOTTED}],
    "parties": [
        {
            "role": "申请人",
            "who": DOTTED,
            "line": f"{DOTTED}，女，维吾尔族，1988年5月3日出生，住示范市东城街道和平路12号",
            "agents": ["甯明远，律师，湖北示范律师事务所"],
        },
        {"role": "被申请人", "who": AGENCY, "line": AGENCY, "agents": []},
    ],
    "mediator": "周燚",
    "facts": ["2026年3月2日，被申请人责令申请人限期拆除临时构筑物。"],
    "basis": "《中华人民共和国行政诉讼法》第六十条",
    "items": [
        {
            "by": AGENCY,
            "what": "支付搬迁补助",
            "amount": "12,800.00",
            "method": "银行转账",
            "due": "2026-12-31",
        },
        {
            "by": DOTTED,
            "what": "自行拆除临时构筑物",
            "amount": "",
            "method": "",
            "due": "2027-01-15",
        },
    ],
    "closing": ["申请人自收到补助之日起五日内撤回起诉。"],
    "liability": ["一方不履行的，另一方可以依法申请强制执行。"],
    "confirmation": True,
    "signed": "2026年11月23日",
    "effective": "2026年11月23日",
}
EXPLANATION_NOTICE: dict = {
    "title": "判后答疑告知书",
    "paper": "判后答疑告知书",
    "subject_title": "",
    "issuer": COURT,
    "number": NUMBER,
    "own_number": NUMBER,
    "case": CASE,
    "case_number": NUMBER,
    "outcome": "驳回诉讼请求",
    "closed": "2026年11月20日",
    "addressees": [DOTTED],
    "window": "示范市人民法院诉讼服务大厅5号窗口，0717-1234567",
    "answered_by": "承办法官李文静",
    "last_day": "2026年12月8日",
    "signer": COURT,
    "date": "2026年11月23日",
    "copy_to": [],
}
EXPLANATION_RECORD: dict = {
    "title": "判后答疑笔录",
    "issuer": COURT,
    "case": CASE,
    "case_number": NUMBER,
    "outcome": "驳回诉讼请求",
    "closed": "2026年11月20日",
    "party": DOTTED,
    "role": "原告",
    "held": "2026年11月25日",
    "place": "示范市人民法院第三调解室",
    "attendees": f"{DOTTED}；委托代理人甯明远；行政复议机关工作人员钱䶮",
    "answered_by": "承办法官李文静",
    "recorder": {"name": "周明"},
    "questions": ["为什么认定该构筑物属于违法建设？", "催告程序是否合法？"],
    "answers": ["该构筑物未取得规划许可。", "催告书已经依法送达。"],
    "acceptance": "部分服判",
    "intention": "尚未决定是否上诉",
    "last_day": "2026年12月8日",
}
CASE_CONTEXTS: dict[str, dict] = {
    "appearance_notice": APPEARANCE_NOTICE,
    "appearance_letter": APPEARANCE_LETTER,
    "resolution_plan": RESOLUTION_PLAN,
    "settlement_agreement": AGREEMENT,
    "explanation_notice": EXPLANATION_NOTICE,
    "explanation_record": EXPLANATION_RECORD,
}
