from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from cases.numbers.courts import seed_courts


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed_courts(apps.get_model("cases", "CourtCode"))


class Migration(migrations.Migration):
    """The court codes known: the high courts, and those of the five places.

    From then on the table is edited.
    """

    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
