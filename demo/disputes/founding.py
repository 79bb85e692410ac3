"""What disputes of the made-up city need besides its institution: courts with their codes, and
the register of mediators."""

from datetime import date, datetime

from cases.actions.courts import publish_courts
from cases.actions.registers import ProfessionalWords, enter_professional
from cases.models import CourtLevel, Profession
from cases.numbers.lines import CourtLine
from members.models import Jurisdiction, Organization, User

COURTS = (
    CourtLine("示", "示范省高级人民法院", CourtLevel.HIGH, "最高法"),
    CourtLine("示01", "示范地区中级人民法院", CourtLevel.INTERMEDIATE, "示"),
    CourtLine("示0102", "示范市人民法院", CourtLevel.BASIC, "示01"),
)
SOURCE = "演示用的虚构法院代字"
MEDIATORS = (
    ("邓知秋", "示范市行政争议化解中心", "行政调解、土地纠纷", "dengzhiqiu"),
    ("骆长庚", "示范市人民调解委员会", "拆迁补偿", ""),
    ("施静姝", "示范市人民调解委员会", "劳动和社会保障", ""),
    ("吉日嘎拉", "示范市退休法官工作室", "农村土地、林权", ""),
    ("柏念真", "示范明理律师事务所", "市场监管、涉企纠纷", ""),
    ("华秋实", "示范市退休法官工作室", "治安、交通", ""),
)
OTHERS = (
    (Profession.LAWYER, "章若水", "示范明理律师事务所", "行政诉讼"),
    (Profession.LAWYER, "葛远山", "示范明理律师事务所", "建设工程"),
    (Profession.EXPERT, "云在田", "示范农业大学", "林权、土壤评估"),
    (Profession.EXPERT, "魏尚志", "示范省房地产评估协会", "房屋评估"),
    (Profession.ADVISER, "金淑贞", "示范大学法学院", "行政复议"),
)


def publish_codes(*, actor: User | None = None) -> None:
    publish_courts(COURTS, actor=actor, source=SOURCE)


def enter_register(
    place: Jurisdiction,
    centre: Organization,
    users: dict[str, User],
    *,
    at: datetime,
    since: date,
) -> None:
    """Mediators, lawyers, experts and an adviser; one mediator has an account."""
    for name, firm, fields, account in MEDIATORS:
        words = ProfessionalWords(
            Profession.MEDIATOR,
            name,
            valid_from=since,
            organization=centre if account else None,
            firm=firm,
            fields=fields,
            user=users.get(account),
        )
        enter_professional(place, actor=None, at=at, words=words)
    for profession, name, firm, fields in OTHERS:
        words = ProfessionalWords(profession, name, valid_from=since, firm=firm, fields=fields)
        enter_professional(place, actor=None, at=at, words=words)
