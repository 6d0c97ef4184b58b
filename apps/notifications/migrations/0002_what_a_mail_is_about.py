from django.conf import settings
from django.db import migrations, models

GONE = "(this text held a code or a link that works once, and was removed)"


def forget_secrets(apps, schema_editor):
    """Codes and links of mails that were lost stood in the table for good."""
    lost = apps.get_model("notifications", "Message").objects.filter(secret=True, state__in=["failed", "unknown"])
    lost.update(text=GONE, html="")


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("about", ""), _negated=True), fields=["about", "-created_at"], name="message_about"
            ),
        ),
        migrations.RunPython(forget_secrets, migrations.RunPython.noop),
    ]
