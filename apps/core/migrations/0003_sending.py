from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_cache_table")]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("made", models.CharField(blank=True, max_length=100)),
            ],
        )
    ]
