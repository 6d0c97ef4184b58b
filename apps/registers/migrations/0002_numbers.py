from django.db import migrations, models

IN_THE_ORDER_THEY_CAME = """
UPDATE registers_row SET number = place.number FROM (
  SELECT id, row_number() OVER (PARTITION BY project_id, register ORDER BY created_at, id) AS number FROM registers_row
) AS place WHERE place.id = registers_row.id
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_rows")]

    operations = [
        migrations.AddField("row", "number", models.PositiveIntegerField(default=0, editable=False), preserve_default=False),
        migrations.RunSQL(IN_THE_ORDER_THEY_CAME, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "row",
            models.UniqueConstraint(fields=("project", "register", "number"), name="one_row_per_number_of_a_register"),
        ),
    ]
