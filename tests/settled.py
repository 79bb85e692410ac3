"""Matters of the room of problems in a wanted state, for tests; through actions only."""

from datetime import date, datetime
from typing import Any

from mechanisms.models import MechanismVersion, Provision
from mechanisms.states import Modal, RuleKind
from problems.actions import agreeing, consultations, guidance, law, problems
from problems.models import (
    Asking,
    ClassCase,
    Consultation,
    Guidance,
    Interpretation,
    Measure,
    Opinion,
    Position,
    Problem,
    Question,
    Standard,
    Visit,
)
from problems.states import Source
from services.consents.models import Verdict
from tests.city import City
from tests.disputes import moment

SEEN = date(2026, 3, 2)
DUE = date(2026, 4, 2)
AT = moment(SEEN, 10)


def acting(city: City, who: str = "gov_officer", at: datetime = AT) -> dict[str, Any]:
    return {"actor": city.users[who], "at": at}


def problem(city: City, who: str = "gov_officer", **changes: Any) -> Problem:
    organ = "court" if who.startswith("court") else "justice"
    words = problems.ProblemWords(
        **{
            "organization": city.organizations[organ],
            "title": "处罚告知不规范",
            "source": Source.RECONSIDERATION,
            "text": "部分案件未告知听证权利。",
            "area": "urban_management",
            "agencies": [city.organizations["agency"]],
            "units": [city.organizations["court"]],
            **changes,
        }
    )
    return problems.register(city.mechanism.pk, words=words, **acting(city, who))


def measure(city: City, about: Problem, unit: str = "agency", due_on: date = DUE) -> Measure:
    owed_by = city.organizations[unit]
    given = {"what": "修订告知文书", "unit": owed_by, "due_on": due_on}
    return problems.set_measure(about.pk, **given, **acting(city))


def class_case(city: City, who: str = "court_officer", told: bool = False, **more) -> ClassCase:
    words = law.ClassCaseWords(
        organization=city.organizations["court"],
        title="工伤认定类案",
        pattern="均涉及上下班途中的认定。",
        advice="建议统一证据要求。",
        agency=city.organizations["agency"],
        **more,
    )
    made = law.write_class_case(city.mechanism.pk, words=words, **acting(city, who))
    return law.tell_class_case(made.pk, **acting(city, who)) if told else made


def question(city: City, who: str = "court_officer") -> Question:
    organ = "court" if who.startswith("court") else "justice"
    words = law.QuestionWords(
        organization=city.organizations[organ],
        title="违建拆除的起诉期限",
        text="自何时起算？",
        law="行政诉讼法第四十六条",
    )
    return law.raise_question(city.mechanism.pk, words=words, **acting(city, who))


def position(city: City, about: Question, who: str = "gov_officer") -> Position:
    return law.take_position(about.pk, on=SEEN, text="自知道之日起算。", **acting(city, who))


def settled(city: City) -> Question:
    row = question(city)
    position(city, row)
    position(city, row, "court_officer")
    given = {"on": SEEN, "outcome": "自知道或者应当知道之日起算。"}
    return law.settle_question(row.pk, **given, **acting(city, "court_officer"))


def standard(city: City, state: str = "draft", who: str = "gov_officer") -> Standard:
    words = law.StandardWords(
        organization=city.organizations["justice"],
        title="行政处罚告知适用标准",
        text="一、应当告知听证权利。\n二、应当留存送达凭证。",
        number="2026-1",
    )
    row = law.write_standard(city.mechanism.pk, words=words, **acting(city, who))
    return agreed(city, row, state)


def provision(city: City, number: str = "T-44", **changes: Any) -> Provision:
    version = MechanismVersion.objects.get(mechanism=city.mechanism)
    return Provision.objects.create(
        **{
            "version": version,
            "number": number,
            "clause": "四（五）",
            "citation": "制度四（五）",
            "text": "由市人民政府、市人民法院协商解决。",
            "modal": Modal.SHALL,
            "rule_kind": RuleKind.TASK,
            "subject": "interpretation",
            "parameters": {"as_needed": True},
            "realised_by": {"room": "problems", "record": "interpretation", "page": ""},
            "order": 440 + version.provisions.count(),
            **changes,
        }
    )


def interpretation(city: City, state: str = "draft") -> Interpretation:
    words = law.InterpretationWords(
        organization=city.organizations["justice"],
        title="联络员不能到会时的办法",
        provision=Provision.objects.filter(number="T-44").first() or provision(city),
        asked="联络员请假，会议通知由谁签收？",
        text="由秘书处其他人员代签。",
    )
    row = law.write_interpretation(city.mechanism.pk, words=words, **acting(city))
    return agreed(city, row, state)


def agreed(city: City, row: Any, state: str) -> Any:
    """A draft, or `asked`, or `in_force`."""
    if state == "draft":
        return row
    row = agreeing.put(type(row), row.pk, in_force_on=SEEN, **acting(city))
    if state == "asked":
        return row
    about = acting(city, "court_officer")
    return agreeing.answer(type(row), row.pk, verdict=Verdict.AGREE, **about)


def consultation(city: City, sent: bool = False) -> Consultation:
    words = consultations.ConsultationWords(
        organization=city.organizations["justice"],
        title="试验市行政调解办法",
        reply_by=DUE,
        units=[city.organizations["court"], city.organizations["agency"]],
        explanation="为了规范行政调解工作。",
    )
    row = consultations.prepare(city.mechanism.pk, words=words, **acting(city))
    if not sent:
        return row
    return consultations.ask(row.pk, number="试司函〔2026〕9号", **acting(city))


def asking(row: Consultation, unit: str = "agency") -> Asking:
    return row.askings.get(organization__key=unit)


def opinion(city: City, about: Asking, who: str = "agency_contact") -> Opinion:
    given = {"clause": "第三条", "text": "建议删去。"}
    return consultations.give_opinion(about.pk, **given, **acting(city, who))


def letter_of_guidance(city: City, sent: bool = False) -> Guidance:
    words = guidance.GuidanceWords(
        organization=city.organizations["justice"],
        title="关于规范行政处罚告知的指导函",
        addressee=city.organizations["agency"],
        text="请规范告知程序。",
        reply_by=DUE,
    )
    row = guidance.write_guidance(city.mechanism.pk, words=words, **acting(city))
    return guidance.send_guidance(row.pk, **acting(city)) if sent else row


def visit(city: City, due_on: date | None = DUE) -> Visit:
    words = guidance.VisitWords(
        organization=city.organizations["justice"],
        title="行政应诉工作督导",
        addressee=city.organizations["agency"],
        begun_on=SEEN,
        people="李文静、许若晴",
        found="答辩材料提交不及时。",
        asked="建立台账。" if due_on else "",
        due_on=due_on,
    )
    return guidance.record_visit(city.mechanism.pk, words=words, **acting(city))
