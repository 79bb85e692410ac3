from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from foundations.calendars.tables import seed_national_years


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed_national_years(
        apps.get_model("calendars", "HolidayYear"), apps.get_model("calendars", "HolidayDay")
    )


class Migration(migrations.Migration):
    """The national holiday notices of 2004-2026; from then on the tables are edited."""

    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
