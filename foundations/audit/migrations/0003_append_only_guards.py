from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from foundations.audit import guards


def install(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers that refuse UPDATE, DELETE and TRUNCATE of entries."""

    dependencies = [("audit", "0002_initial")]

    operations = [migrations.RunPython(install, drop)]
