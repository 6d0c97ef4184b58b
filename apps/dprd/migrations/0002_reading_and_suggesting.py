import apps.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def count_from_here(apps, schema_editor):
    """What is ready stays ready: until now nobody had said of which text."""
    section = apps.get_model("dprd", "Section")
    section.objects.update(text_version=models.F("version"))
    section.objects.filter(state="ready").update(ready_version=models.F("version"))
    # A row changed twice in one transaction waits for its deferred checks, and no index is made while something waits.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('dprd', '0001_initial'),
        ('stakeholders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='section',
            name='ready_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='section',
            name='ready_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='section',
            name='ready_version',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='section',
            name='text_version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=apps.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('duty', models.CharField(choices=[('approves', 'approves'), ('consulted', 'is consulted')], max_length=10)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='dprd.section')),
                ('stakeholder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='section_seats', to='stakeholders.stakeholder')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('section', 'user'), name='one_seat_for_a_member'), models.UniqueConstraint(fields=('section', 'stakeholder'), name='one_seat_for_a_stakeholder'), models.CheckConstraint(condition=models.Q(models.Q(('stakeholder__isnull', False), ('user', None)), models.Q(('stakeholder', None), ('user__isnull', False)), _connector='OR'), name='somebody_sits_in_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='dprd.section')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('section', 'user'), name='one_look_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=apps.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('base_version', models.PositiveIntegerField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('quote', models.TextField(blank=True)),
                ('replacement', models.TextField(blank=True)),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='why')),
                ('verdict', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back')], default='open', max_length=10)),
                ('word', models.CharField(blank=True, max_length=500)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suggestions', to='dprd.revision')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='dprd.section')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['section'], name='open_suggestions')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('verdict', 'open')), models.Q(models.Q(('verdict', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='a_settled_suggestion_has_a_time'), models.CheckConstraint(condition=models.Q(('quote', models.F('replacement')), _negated=True), name='a_suggestion_changes_something')],
            },
        ),
        migrations.RunPython(count_from_here, migrations.RunPython.noop),
    ]
