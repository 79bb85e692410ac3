"""The database itself refuses to change or delete entries of the trail.

Who owns the database can take the guards away; then `verify_audit` finds what was done.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_auditentry"
MESSAGE = "The audit trail is append-only."

SQLITE_INSTALL = [
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS audit_no_update",
    "DROP TRIGGER IF EXISTS audit_no_delete",
]
POSTGRES_DROP = [
    f"DROP TRIGGER IF EXISTS audit_append_only ON {TABLE}",
    f"DROP TRIGGER IF EXISTS audit_no_truncate ON {TABLE}",
    "DROP FUNCTION IF EXISTS audit_refuse()",
]
POSTGRES_INSTALL = [
    *POSTGRES_DROP,
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
]


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, sqlite=SQLITE_INSTALL, postgresql=POSTGRES_INSTALL)


def drop(connection: BaseDatabaseWrapper) -> None:
    _run(connection, sqlite=SQLITE_DROP, postgresql=POSTGRES_DROP)


def installed(connection: BaseDatabaseWrapper) -> bool:
    questions = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' "
        "AND name IN ('audit_no_update', 'audit_no_delete')",
        "postgresql": "SELECT count(*) FROM pg_trigger "
        "WHERE tgname IN ('audit_append_only', 'audit_no_truncate')",
    }
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor])
        return cursor.fetchone()[0] == 2


def _run(connection: BaseDatabaseWrapper, **statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
