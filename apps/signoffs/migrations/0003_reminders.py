import apps.core.ids
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signoffs", "0002_signature_stays")]

    operations = [
        migrations.CreateModel(
            name="SignReminder",
            fields=[
                ("id", models.UUIDField(default=apps.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("state", models.CharField(choices=[("queued", "queued"), ("running", "running"), ("done", "done"), ("failed", "failed"), ("unknown", "unknown")], default="queued", max_length=10)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("effect_key", models.CharField(max_length=200, unique=True)),
                ("last_error", models.TextField(blank=True)),
                ("sent", models.PositiveSmallIntegerField(default=0)),
                ("request", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="reminder", to="signoffs.signrequest")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="signreminder_due")],
            },
        ),
    ]
