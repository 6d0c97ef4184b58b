from django.db import migrations, models


def who_was_asked_to(apps, schema_editor):
    responses = apps.get_model("reviews", "Response").objects
    responses.filter(request__asked="approve").update(approves=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="approves",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(who_was_asked_to, migrations.RunPython.noop),
    ]
