import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CourtCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="court code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("level", models.CharField(choices=[("supreme", "Supreme court"), ("high", "High court"), ("intermediate", "Intermediate court"), ("basic", "Basic court"), ("special", "Special court")], max_length=12, verbose_name="level")),
                ("division_code", models.CharField(blank=True, default="", max_length=6, verbose_name="division code")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("unverified", models.BooleanField(default=True, verbose_name="unverified")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("higher", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="lower", to="cases.courtcode", verbose_name="higher court")),
            ],
            options={
                "ordering": ["code"],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("higher", None), ("level", "supreme")), models.Q(("level", "supreme"), _negated=True), _connector="OR"), name="cases_supreme_court_has_no_higher")],
            },
        ),
    ]
