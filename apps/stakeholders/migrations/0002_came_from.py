from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='stakeholder',
            name='came_from',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='came_from_url',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
