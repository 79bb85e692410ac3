from django.db import migrations

from foundations.calendars.tables import seed_notices


def seed(apps, schema_editor):
    seed_notices(
        apps.get_model("calendars", "HolidayYear"), apps.get_model("calendars", "HolidayDay")
    )


class Migration(migrations.Migration):
    """The holiday notices known: national ones of 2004-2026 and some of regions.

    From then on the tables are edited.
    """

    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
