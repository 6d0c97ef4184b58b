from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_triage")]

    operations = [
        migrations.AddField(model_name="triage", name="asked", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="triage", name="outcome", field=models.JSONField(default=dict)),
    ]
