from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from foundations.calendars.tables import seed_notices


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed_notices(
        apps.get_model("calendars", "HolidayYear"), apps.get_model("calendars", "HolidayDay")
    )


class Migration(migrations.Migration):
    """The holiday notices known: national ones of 2004-2026 and some of regions.

    From then on the tables are edited.
    """

    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
