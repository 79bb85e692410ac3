"""Who lives in 示范市: made-up people, their posts, and the accounts of the demo."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from foundations.audit.trail import acting, record
from members.actions.accounts import bind_role
from members.actions.people import begin_post, create_person
from members.models import Jurisdiction, Organization, Person, User
from members.states import Rank, Role


@dataclass(frozen=True)
class Someone:
    """`desk` says in the table of accounts whose account it is."""

    username: str
    name: str
    unit: str
    title: str
    role: str
    desk: str
    rank: str = Rank.OTHER


R = Role
PEOPLE = (
    Someone("liwenjing", "李文静", "section", "四级主任科员", R.LIAISON_OFFICER, "政府方联络员"),
    Someone("zhoumingyuan", "周明远", "division", "法官助理", R.LIAISON_OFFICER, "法院方联络员"),
    Someone("xuruoqing", "许若晴", "section", "科员", R.RECORDER, "记录员"),
    Someone("luzhiyuan", "陆知远", "division", "书记员", R.RECORDER, "记录员"),
    Someone("guchengping", "顾承平", "gov", "副市长", R.LEADER, "政府方召集人", Rank.DEPUTY),
    Someone("shenruogu", "沈若谷", "court", "院长", R.LEADER, "法院方召集人", Rank.HEAD),
    Someone("hanlixia", "韩立夏", "justice", "副局长", R.LEADER, "政府方副召集人", Rank.DEPUTY),
    Someone(
        "yeerlan",
        "叶尔兰·托合塔尔",
        "court",
        "副院长",
        R.LEADER,
        "法院方副召集人",
        Rank.DEPUTY,
    ),
    Someone("suhe", "苏禾", "section", "科长", R.MEMBER_UNIT, "政府方成员", Rank.HEAD),
    Someone("fangyan", "方砚", "division", "庭长", R.MEMBER_UNIT, "法院方成员", Rank.HEAD),
    Someone("linwanzhao", "林晚照", "gov-office", "政务公开科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("qinmuye", "秦牧野", "natural", "法规科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("dingyifan", "丁一凡", "enforcement", "法制科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("ayinuer", "阿依努尔·麦麦提江", "hrss", "工伤保险科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("heyan", "何䶮", "market", "法规科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("shilei", "石磊", "police", "法制大队大队长", R.MEMBER_UNIT, "单位联系人"),
    Someone("luowenjing", "罗文璟", "housing", "房屋征收科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("tangxiaozhou", "唐晓舟", "transport", "法规科副科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("jianganning", "蒋安宁", "civil", "社会事务科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("tansuxin", "谭素心", "health", "政策法规科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("chiyu", "池雨", "education", "政策法规科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone(
        "abudu",
        "阿卜杜热合曼·阿卜杜克里木",
        "ecology",
        "法规与标准科科长",
        R.MEMBER_UNIT,
        "单位联系人",
    ),
    Someone("tianye", "田野", "agriculture", "政策与改革科科长", R.MEMBER_UNIT, "单位联系人"),
    Someone("fengzijin", "冯子衿", "donghu", "司法所所长", R.MEMBER_UNIT, "单位联系人"),
    Someone("lvliang", "吕梁", "liuxi", "副镇长", R.MEMBER_UNIT, "单位联系人", Rank.DEPUTY),
    Someone("bateer", "巴特尔·那木加甫", "shiqiao", "司法所所长", R.MEMBER_UNIT, "单位联系人"),
    Someone("yangzhuyun", "杨逐云", "yunling", "副乡长", R.MEMBER_UNIT, "单位联系人", Rank.DEPUTY),
    Someone("wenyucheng", "闻雨澄", "procuratorate", "检察官助理", R.MEMBER_UNIT, "单位联系人"),
    Someone("songqinghe", "宋清和", "intermediate", "法官助理", R.MEMBER_UNIT, "单位联系人"),
    Someone("luchenzhou", "陆沉舟", "high", "法官助理", R.MEMBER_UNIT, "单位联系人"),
    Someone("dengzhiqiu", "邓知秋", "centre", "副主任", R.MEMBER_UNIT, "单位联系人", Rank.DEPUTY),
)
ADMINISTRATORS = (
    ("sysadmin", "陈熙", R.SYSTEM_ADMINISTRATOR, "系统管理员"),
    ("secadmin", "梁慎之", R.SECURITY_ADMINISTRATOR, "安全管理员"),
    ("auditadmin", "郑明察", R.AUDIT_ADMINISTRATOR, "审计管理员"),
)
MAIL_DOMAIN = "example.test"


def open_accounts(
    place: Jurisdiction,
    units: dict[str, Organization],
    *,
    password: str,
    since: date,
    now: datetime,
) -> dict[str, User]:
    """The people with their accounts, by account; roles hold from `since`.

    They have no address yet: two years of news are not mailed. Passwords are new as of
    `now`, so that nobody is asked to change one, and hashed once for all: one by one
    they would take half a minute.
    """
    hashed = make_password(password)
    users = {}
    for one in PEOPLE:
        person = _person(place, units[one.unit], one)
        users[one.username] = _account(one.username, one.name, hashed, now, person)
        _bind(users[one.username], one.role, place, since, units[one.unit])
    for username, name, role, _desk in ADMINISTRATORS:
        users[username] = _account(username, name, hashed, now)
        _bind(users[username], role, place, since)
    return users


def _account(
    username: str, name: str, hashed: str, now: datetime, person: Person | None = None
) -> User:
    with acting():
        user = User.objects.create(
            username=username,
            person=person,
            display_name=name,
            password=hashed,
            must_change_password=False,
            password_changed_at=now,
        )
        record(None, "members.account.created", user, username=username, expires_on=None)
    return user


def _bind(
    user: User, role: str, place: Jurisdiction, since: date, unit: Organization | None = None
) -> None:
    bind_role(
        user.pk, actor=None, role=role, jurisdiction=place, organization=unit, valid_from=since
    )


def _person(place: Jurisdiction, unit: Organization, one: Someone) -> Person:
    """Whoever has a seat came with the profile."""
    known = Person.objects.filter(jurisdiction=place, name=one.name, posts__organization=unit)
    if (person := known.first()) is not None:
        return person
    person = create_person(place.pk, actor=None, name=one.name)
    begin_post(person.pk, actor=None, organization=unit, title=one.title, rank=one.rank)
    return person


def give_addresses(users: dict[str, User]) -> None:
    """From now on mail is sent too."""
    with acting():
        for user in users.values():
            user.refresh_from_db()
            user.email = f"{user.username}@{MAIL_DOMAIN}"
            user.save(update_fields=["email"])
            record(None, "members.account.address_given", user)
