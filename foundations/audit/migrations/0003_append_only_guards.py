from django.db import migrations

from foundations.audit import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


def drop(apps, schema_editor):
    guards.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers that refuse UPDATE, DELETE and TRUNCATE of entries."""

    dependencies = [("audit", "0002_initial")]

    operations = [migrations.RunPython(install, drop)]
