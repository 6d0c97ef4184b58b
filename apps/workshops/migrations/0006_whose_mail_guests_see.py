from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workshops", "0005_decisions_and_actions")]

    operations = [
        migrations.AddField("workshop", "host_mail_shown", models.BooleanField(default=False)),
    ]
