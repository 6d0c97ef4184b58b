from django.db import migrations


class Migration(migrations.Migration):
    """The cache's table (rate limits): in the database, so that pages never need Redis."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE core_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, "
            "expires timestamptz NOT NULL); CREATE INDEX core_cache_expires ON core_cache (expires);",
            "DROP TABLE core_cache;",
        )
    ]
