"""Disputes in bulk, and one reader for each share of them that somebody may see.

Written as rows, not through the actions: 200,000 courses would take hours. Every dispute has
a registration and a reconsideration, every second one a suit on top, each with its events,
participants and limits. Under way are nearly half of the newest eighth, and few of the rest.
"""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cases.models import Procedure
from foundations.access.fields import encrypt
from members.models import Jurisdiction, Organization, RoleBinding, User
from members.states import OrganizationKind, Role, Side

DAYS = 1100
AGENCIES = 60
SHARES = {"0.1 %": 1000, "10 %": 10, "100 %": 1}
"""Of the readers' units: it takes part in every so manyeth dispute."""
DISPUTES = """
INSERT INTO cases_dispute (public_id, version, created_at, jurisdiction_id, number, title,
    filed_on, source, area, act_kind, act, act_number, claims, facts, flags, enterprise,
    reconsideration_first, agency_id, registered_by_id, standing, kind, state, holder_id,
    next_due_on, closed_on)
SELECT 'd' || n, 1, now(), %(place)s, '试争〔2026〕' || n || '号',
    (ARRAY['张某','李某','王某','赵某'])[1 + n %% 4] || '与试验市第' || n %% %(agencies)s
        || '局行政处罚争议', filed, 'window',
    (ARRAY['urban_management','market','natural_resources','labour','transport'])[1 + n %% 5],
    (ARRAY['行政处罚','行政许可','信息公开'])[1 + n %% 3], '责令限期拆除', '', '撤销该决定',
    '事实和理由', CASE WHEN n %% 11 = 0 THEN '["mass"]' ELSE '[]' END::jsonb, n %% 5 = 0, '',
    %(agency)s + n %% %(agencies)s, %(bureau)s,
    CASE WHEN live THEN 'open' WHEN n %% 50 = 1 THEN 'aftermath' ELSE 'closed' END,
    CASE WHEN n %% 2 = 0 THEN 'first_instance' ELSE 'reconsideration' END,
    CASE WHEN NOT live THEN CASE WHEN n %% 2 = 0 THEN 'effective' ELSE 'archived' END
        WHEN n %% 2 = 0 THEN 'answering' ELSE 'accepted' END,
    CASE WHEN live THEN %(agency)s + n %% %(agencies)s END,
    CASE WHEN live THEN %(first)s::date + %(days)s + (n %% 90)::int - 10 END,
    CASE WHEN NOT live THEN filed + 150 END
FROM (SELECT n, %(first)s::date + (n * %(days)s / %(size)s)::int AS filed,
        n * 8 > %(size)s * 7 AND n %% 7 < 3 OR n %% 89 = 0 AS live
    FROM generate_series(1, %(size)s::bigint) AS n) AS made
"""
PROCEDURES = """
INSERT INTO cases_procedure (public_id, version, created_at, dispute_id, kind, organ_id, state,
    before, number, number_key, track, panel, opened_on, accepted_on, closed_on, mode, facts)
SELECT left(made.kind, 1) || dispute.id, 1, now(), dispute.id, made.kind,
    CASE made.kind WHEN 'first_instance' THEN %(court)s ELSE %(bureau)s END, made.state, '',
    '试' || left(made.kind, 2) || dispute.id || '号', made.kind || dispute.id, 'ordinary', '',
    dispute.filed_on + after, dispute.filed_on + after,
    CASE WHEN made.mode <> '' THEN dispute.filed_on + after + 50 END, made.mode, '{}'
FROM cases_dispute AS dispute CROSS JOIN LATERAL (VALUES
    ('intake', 0, 'registered', 'to_reconsideration', true),
    ('reconsideration', 5, CASE WHEN id %% 2 = 1 AND standing = 'open' THEN 'accepted'
        ELSE 'archived' END,
        CASE WHEN id %% 2 = 1 AND standing = 'open' THEN '' ELSE 'upheld' END, true),
    ('first_instance', 70, CASE WHEN standing = 'open' THEN 'answering' ELSE 'effective' END,
        CASE WHEN standing = 'open' THEN '' ELSE 'claims_dismissed' END, id %% 2 = 0)
) AS made (kind, after, state, mode, wanted) WHERE wanted
"""
LINKS = """
INSERT INTO cases_link (earlier_id, later_id, reason)
SELECT earlier.id, later.id, '不服复议' FROM cases_procedure AS earlier
JOIN cases_procedure AS later ON later.dispute_id = earlier.dispute_id
WHERE earlier.kind = 'reconsideration' AND later.kind = 'first_instance'
"""
EVENTS = """
INSERT INTO cases_event (procedure_id, step, name, "on", at, actor_id, before, after, backdated,
    reason, facts)
SELECT id, step, name, opened_on + n * 9, now(), %(clerk)s, '', state, false, '', '{}'
FROM cases_procedure CROSS JOIN (VALUES (0, 'open', '收到申请'), (1, 'accept', '受理'),
    (2, 'send', '发送副本'), (3, 'answered', '收到答复'), (4, 'hear', '开庭'),
    (5, 'close', '结案')) AS made (n, step, name)
WHERE n < CASE kind WHEN 'intake' THEN 2 ELSE 6 END
"""
PARTIES = """
INSERT INTO cases_party (public_id, version, created_at, dispute_id, kind, name, shown_name,
    name_digest, id_number, id_digest, gender, born_on, ethnicity, phone, address, district,
    representative, "order")
SELECT 'p' || id, 1, now(), id, 'person', %(name)s, '张某', md5(id::text), '', '', '', '', '',
    '', '', '', '', 0
FROM cases_dispute
"""
CLAIMANTS = """
INSERT INTO cases_participant (public_id, version, created_at, procedure_id, party_id, role,
    "order")
SELECT 'c' || procedure.id, 1, now(), procedure.id, party.id,
    CASE procedure.kind WHEN 'first_instance' THEN 'plaintiff' ELSE 'applicant' END, 0
FROM cases_procedure AS procedure JOIN cases_party AS party USING (dispute_id)
"""
ANSWERING = """
INSERT INTO cases_participant (public_id, version, created_at, procedure_id, organization_id,
    role, "order")
SELECT 'a' || procedure.id, 1, now(), procedure.id, dispute.agency_id,
    CASE procedure.kind WHEN 'first_instance' THEN 'defendant' ELSE 'respondent' END, 0
FROM cases_procedure AS procedure JOIN cases_dispute AS dispute ON dispute.id = dispute_id
WHERE procedure.kind <> 'intake'
"""
LIMITS = """
INSERT INTO deadlines_deadline (public_id, version, created_at, subject_type_id, subject_id, rule,
    title, jurisdiction_id, owed_by_id, basis, trigger_on, nominal_on, due_on, steps, provisional,
    length_n, length_unit, before, own_length, "window", counted_with, state, closed_on)
SELECT 'l' || procedure.id || rule, 1, now(), %(procedures)s, procedure.id, rule, made.title,
    %(place)s, organ_id, '行政复议法第六十二条', opened_on, opened_on + length,
    CASE WHEN late AND procedure.closed_on IS NULL THEN dispute.next_due_on
        ELSE opened_on + length END, '[]', false, length, 'days', false, false, false, '',
    CASE WHEN late AND procedure.closed_on IS NULL THEN 'open' ELSE 'met' END,
    CASE WHEN late AND procedure.closed_on IS NULL THEN NULL ELSE opened_on + 4 END
FROM cases_procedure AS procedure JOIN cases_dispute AS dispute ON dispute.id = dispute_id
CROSS JOIN (VALUES ('A', '审查受理', 7, false), ('D', '作出决定', 60, true))
    AS made (rule, title, length, late)
WHERE procedure.kind <> 'intake'
"""
ACCESS = """
INSERT INTO cases_access (dispute_id, principal, why, since, filed_on, standing, next_due_on,
    holder_id, enterprise)
SELECT id, 'o' || %(unit)s, 'party', now(), filed_on, standing, next_due_on, holder_id, enterprise
FROM cases_dispute WHERE id %% %(each)s = 0
"""
AGENCIES_SEE = """
INSERT INTO cases_access (dispute_id, principal, why, since, filed_on, standing, next_due_on,
    holder_id, enterprise)
SELECT id, 'o' || agency_id, 'agency', now(), filed_on, standing, next_due_on, holder_id,
    enterprise
FROM cases_dispute
"""
ROWS = (
    *(DISPUTES, AGENCIES_SEE, PROCEDURES, LINKS, EVENTS),
    *(PARTIES, CLAIMANTS, ANSWERING, LIMITS),
)


def load(size: int) -> None:
    """The rows of one size, on an empty database."""
    call_command("migrate", verbosity=0)
    place = Jurisdiction.objects.create(key="bench", name="试验市")
    agencies = [_unit(place, f"第{n}局", OrganizationKind.AGENCY) for n in range(AGENCIES)]
    given: dict[str, int | str | date] = {
        "place": place.pk,
        "first": timezone.localdate() - timedelta(days=DAYS),
        "days": DAYS,
        "size": size,
        "agency": agencies[0].pk,
        "agencies": AGENCIES,
        "bureau": _unit(place, "司法局", OrganizationKind.JUSTICE_BUREAU).pk,
        "court": _unit(place, "法院", OrganizationKind.COURT, Side.COURT).pk,
        "clerk": User.objects.create(username="clerk").pk,
        "procedures": ContentType.objects.get_for_model(Procedure).pk,
        "name": encrypt("张某某"),
    }
    for sql in ROWS:
        _run(sql, given)
    for share, each in SHARES.items():
        _run(ACCESS, {"unit": _reader(place, share).pk, "each": each})
    _run("VACUUM ANALYZE", None)


def reader(share: str) -> User:
    return User.objects.get(username=_name(share))


def _name(share: str) -> str:
    return f"reader-{SHARES[share]}"


def _reader(place: Jurisdiction, share: str) -> Organization:
    unit = _unit(place, f"第{SHARES[share]}室", OrganizationKind.AGENCY)
    user = User.objects.create(
        username=_name(share), must_change_password=False, password_changed_at=timezone.now()
    )
    RoleBinding.objects.create(
        user=user, role=Role.MEMBER_UNIT, organization=unit, jurisdiction=place
    )
    return unit


def _unit(place: Jurisdiction, name: str, kind: str, side: str = Side.GOVERNMENT) -> Organization:
    return Organization.objects.create(
        jurisdiction=place, key=name, name=f"试验市{name}", short_name=name, kind=kind, side=side
    )


def _run(sql: str, given: dict[str, int | str | date] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
