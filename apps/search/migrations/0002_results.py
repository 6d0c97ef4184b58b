"""Measured values and benefits are searched."""

from django.db import migrations

INDEXES = {
    "results_measurement": "source || ' ' || remark",
    "results_benefit": "title || ' ' || formula || ' ' || assumptions || ' ' || owner",
}


class Migration(migrations.Migration):
    dependencies = [("search", "0001_words"), ("results", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX search_{table} ON {table} USING gin (scoperoom_words({words}))",
            f"DROP INDEX search_{table}",
        )
        for table, words in INDEXES.items()
    ]
