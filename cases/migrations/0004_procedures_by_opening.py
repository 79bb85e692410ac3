from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest procedures are read from an index where a clause shows them as evidence."""

    dependencies = [("cases", "0003_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(fields=["-opened_on", "-id"], name="cases_procedure_opened"),
        ),
    ]
